import { z } from "zod";
import { operation } from "../operation.ts";
import { proof } from "../booking-values.ts";
import { idParams, instant, thingId, zoneId } from "../values.ts";
import { booking, heldBefore, hold, key } from "./bookings.ts";

/** Dates of one series of bookings: a year of weeks. */
export const SERIES_DATES_MAX = 52;
/** From the first date of a series to its last. */
export const SERIES_SPAN_DAYS_MAX = 400;

const dateOfHold = z.object({
  id: thingId,
  index: z.int().describe("1 for the first"),
  start: z.string(),
  end: z.string(),
  subjects: z.array(z.object({ id: thingId, name: z.string() })),
});

const shape = {
  problems: [],
  permission: "everyone",
  mcp: "propose",
  since: "0.5.0",
} as const;

export const createSeriesHold = operation({
  ...shape,
  id: "holds.createSeries",
  kind: "command",
  method: "POST",
  path: "/v1/holds/series",
  summary:
    "Hold a slot and its repeats, all of them or none; what clashes is named with the nearest times that are free",
  body: z.strictObject({
    serviceId: thingId,
    start: instant.describe("Of the first; the others are at its wall clock time in the service's zone"),
    repeat: z.strictObject({
      every: z.int().min(1).max(26).default(1),
      unit: z.enum(["day", "week"]).default("week"),
      count: z.int().min(2).max(SERIES_DATES_MAX),
    }),
    instead: z
      .array(z.strictObject({ index: z.int().min(1).max(SERIES_DATES_MAX), start: instant.nullable() }))
      .max(SERIES_DATES_MAX)
      .default([])
      .describe("Dates that are to be at another time; null: left out"),
    minutes: z.int().min(5).max(1_440).optional(),
    choose: z.array(thingId).max(8).default([]),
    places: z.int().min(1).max(500).default(1),
    zone: zoneId.optional().describe("In which the times are written"),
    inPlaceOf: heldBefore,
    proof,
  }),
  answer: hold.extend({ seriesId: thingId, dates: z.array(dateOfHold) }).meta({ id: "SeriesHold" }),
  status: 201,
  problems: ["bookings/dates-clash", "bookings/not-offered", "bookings/length-unknown", "bookings/proof-wanted"],
  publicBy: "body.serviceId",
  idempotent: true,
  rateClass: "booking",
  example: {
    body: {
      serviceId: "svc_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
      start: "2027-03-01T09:00:00+01:00",
      repeat: { unit: "week", count: 10 },
    },
  },
});

export const readSeries = operation({
  ...shape,
  id: "bookings.series",
  kind: "query",
  method: "GET",
  path: "/v1/bookings/{id}/series",
  summary: "All dates of the series that a booking is of, by time; a booking of no series alone",
  params: idParams,
  query: z.strictObject({ key: key.optional() }),
  answer: z.object({ items: z.array(booking) }),
  status: 200,
  list: "items",
  publicBy: "params.id",
  rateClass: "read",
  mcp: "read",
  example: {},
});
