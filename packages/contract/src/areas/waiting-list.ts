import { z } from "zod";
import { mailAddress } from "../mail-address.ts";
import { operation } from "../operation.ts";
import { key } from "./bookings.ts";
import { idParams, instant, nextCursor, nothing, pageQuery, plainText, thingId, version, zoneId } from "../values.ts";

/** Who waits for one service at once. */
export const WISHES_OF_A_SERVICE_MAX = 500;
/** What one customer waits for at once. */
export const WISHES_OF_A_CUSTOMER_MAX = 5;
/** Days from the first to the last that somebody waits for. */
export const WISH_DAYS_MAX = 366;
/** Whoever let so many offers pass is asked no more. */
export const OFFERS_PASSED_MAX = 5;
/** How long an offer may stand. */
export const OFFER_MINUTES_MAX = 10_080;

const MINUTES_OF_A_DAY = 1_440;

const state = z.enum(["waiting", "offered", "booked", "withdrawn", "over"]);

const wanted = {
  serviceId: thingId,
  firstDay: z.iso.date().describe("By the calendar of the service's zone, as all of the wish"),
  lastDay: z.iso.date().describe("It is waited for until this day is over"),
  weekdays: z
    .array(z.int().min(1).max(7))
    .max(7)
    .describe("1 for Monday; none: any")
    .refine((days) => new Set(days).size === days.length, "each weekday once"),
  fromMinute: z
    .int()
    .min(0)
    .max(MINUTES_OF_A_DAY - 1)
    .describe("Minutes of the clock on the wall from which it may start"),
  toMinute: z.int().min(1).max(MINUTES_OF_A_DAY).describe("Before which it starts"),
  minutes: z.int().min(5).max(MINUTES_OF_A_DAY).describe("How long it takes"),
  choose: z.array(thingId).max(8).describe("Whom or what the customer has chosen"),
  places: z.int().min(1).max(500),
};

const person = {
  name: plainText(200).min(1),
  email: mailAddress,
  phone: plainText(40),
};

const offer = z
  .object({
    holdId: thingId,
    key: key.describe("With it the offer is booked, as any hold"),
    start: z.string().describe("With the offset of its zone"),
    end: z.string(),
    until: z.string().describe("Then it is offered to the next"),
    link: z.string().describe("The path of the page on which it is booked; empty while nothing is public"),
  })
  .nullable()
  .describe("What is held for them now");

const wish = z
  .object({
    id: thingId,
    service: z.object({ id: thingId, name: z.string() }),
    state,
    ...wanted,
    zone: z.string().describe("In which times are told to the customer"),
    language: z.enum(["en", "de", "fr", "es"]),
    since: z.string(),
    place: z
      .int()
      .nullable()
      .describe("Their place among those who wait for the service, 1 for who is asked first; null: they wait no more"),
    passed: z.int().describe("Offers that they let pass"),
    customer: z
      .object({ name: z.string(), email: z.string(), phone: z.string() })
      .nullable()
      .describe("Null after they were forgotten"),
    offer,
    booking: z.object({ id: thingId, link: z.string() }).nullable().describe("What was booked of it"),
    isMailed: z.boolean().describe("Whether mail tells the customer of offers; else the link is all there is"),
    link: z.string().describe("The path of its page, for the customer"),
    who: z.string().nullable().describe("The organisation's part of public addresses"),
    version,
  })
  .meta({ id: "Wish" });

const shape = { problems: [], mcp: "propose", since: "0.5.0", example: {} } as const;
const byAnybody = { ...shape, permission: "everyone", publicBy: "params.id", rateClass: "booking" } as const;
const byOwner = { ...shape, permission: "booking.write", rateClass: "write" } as const;

export const createWish = operation({
  ...byAnybody,
  id: "waitingList.create",
  kind: "command",
  method: "POST",
  path: "/v1/waiting-list",
  summary: "Wait for a time to become free: who waits longest is offered it first",
  body: z
    .strictObject({
      ...wanted,
      weekdays: wanted.weekdays.default([]),
      fromMinute: wanted.fromMinute.default(0),
      toMinute: wanted.toMinute.default(MINUTES_OF_A_DAY),
      minutes: wanted.minutes.optional(),
      choose: wanted.choose.default([]),
      places: wanted.places.default(1),
      customer: z.strictObject({ ...person, phone: person.phone.default("") }),
      zone: zoneId.optional().describe("The customer's"),
      language: z.enum(["en", "de", "fr", "es"]).default("en"),
    })
    .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, "toMinute is after fromMinute"),
  answer: wish,
  status: 201,
  problems: ["bookings/wish-invalid", "bookings/waiting-full", "bookings/not-offered", "bookings/length-unknown"],
  publicBy: "body.serviceId",
  idempotent: true,
  example: {
    body: {
      serviceId: "svc_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
      firstDay: "2027-03-01",
      lastDay: "2027-03-14",
      weekdays: [1, 3],
      fromMinute: 540,
      toMinute: 1_020,
      customer: { name: "Ada Learner", email: "ada@example.org" },
    },
  },
});

export const readWish = operation({
  ...byAnybody,
  id: "waitingList.read",
  kind: "query",
  method: "GET",
  path: "/v1/waiting-list/{id}",
  summary: "What somebody waits for, and what is offered to them: by the link's key, and for those who run bookings",
  params: idParams,
  query: z.strictObject({ key: key.optional() }),
  answer: wish,
  status: 200,
  rateClass: "read",
  mcp: "read",
});

export const removeWish = operation({
  ...byAnybody,
  id: "waitingList.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/waiting-list/{id}",
  summary: "Wait no more; what is held for them goes to the next",
  params: idParams,
  query: z.strictObject({ key: key.optional() }),
  answer: nothing,
  status: 204,
  problems: ["bookings/wrong-state"],
});

export const passOffer = operation({
  ...byAnybody,
  id: "waitingList.pass",
  kind: "command",
  method: "POST",
  path: "/v1/waiting-list/{id}/pass",
  summary: "Let an offer pass: it goes to the next at once, and they wait on behind those who let fewer pass",
  params: idParams,
  body: z.strictObject({ key: key.optional() }),
  answer: wish,
  status: 200,
  problems: ["bookings/wrong-state"],
  example: { body: { key: "…" } },
});

export const listWishes = operation({
  ...byOwner,
  id: "waitingList.list",
  kind: "query",
  method: "GET",
  path: "/v1/waiting-list",
  summary: "Who waits for what, in the order in which they are asked; what is over only when asked for",
  query: z.strictObject({
    serviceId: thingId.optional(),
    state: state.optional().describe("Left out: who waits, or has an offer"),
    ...pageQuery,
  }),
  answer: z.object({ items: z.array(wish), nextCursor }),
  status: 200,
  list: "items",
  rateClass: "read",
  mcp: "read",
});

export const offerByHand = operation({
  ...byOwner,
  id: "waitingList.offer",
  kind: "command",
  method: "POST",
  path: "/v1/waiting-list/{id}/offer",
  summary: "Offer a free time to somebody who waits, out of turn",
  params: idParams,
  body: z.strictObject({ start: instant }),
  answer: wish,
  status: 200,
  problems: ["bookings/wrong-state", "bookings/slot-taken", "bookings/not-offered"],
  example: { body: { start: "2027-03-01T09:00:00+01:00" } },
});

export const putWish = operation({
  ...byOwner,
  id: "waitingList.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/waiting-list/{id}",
  internal: true,
  summary: "Let somebody wait again, and give back what was offered: what undo is made of",
  params: idParams,
  body: z.strictObject({}),
  answer: nothing,
  status: 204,
  problems: ["bookings/wrong-state"],
  mcp: "none",
});
