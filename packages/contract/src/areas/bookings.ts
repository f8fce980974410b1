import { z } from "zod";
import { operation } from "../operation.ts";
import { bookingFile, proof } from "../booking-values.ts";
import { mailAddress } from "../mail-address.ts";
import { packageCode } from "./packages.ts";
import { idParams, instant, nextCursor, nothing, pageQuery, plainText, thingId, version, zoneId } from "../values.ts";

/** Answers to questions of a booking. */
export const ANSWER_CHARACTERS_MAX = 2_000;

export const key = z.string().max(64).describe("What the link says: it proves that one may");
/** What is held by who asks, and given up for what is asked. */
export const heldBefore = z
  .strictObject({ id: thingId, key })
  .optional()
  .describe("What you hold already: it is given back when this is held, and files sent for it go over; else it stays");
const reason = plainText(500);

const state = z.enum(["held", "requested", "confirmed", "declined", "cancelled", "no-show", "completed"]);

const customer = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string(),
});

export const booking = z
  .object({
    id: thingId,
    service: z.object({ id: thingId, name: z.string() }),
    state,
    start: z.string().describe("With the offset of its zone"),
    end: z.string(),
    zone: z.string(),
    places: z.int(),
    subjects: z.array(z.object({ id: thingId, name: z.string() })).describe("Whose time it takes"),
    customer: customer
      .nullable()
      .describe("Null after they were forgotten, and for a hold unless it was offered to somebody who waits"),
    differs: z
      .object({ name: z.string().nullable(), phone: z.string().nullable() })
      .nullable()
      .describe("What was given with it otherwise than the customer is known; `customers.takeOver` takes it over"),
    answers: z.array(
      z.object({
        question: z.string(),
        answer: z.string(),
        files: z.array(thingId).describe("Of a question for files: which; `answer` names them"),
      }),
    ),
    files: z
      .array(bookingFile)
      .describe(
        "What was sent with it; of a hold what has been sent so far. `GET /v1/bookings/{id}/files/{file}` has them",
      ),
    where: z.object({ kind: z.string(), text: z.string() }),
    policy: z.string(),
    reason: z.string().describe("Why it was declined or cancelled"),
    previous: z.object({ start: z.string(), end: z.string() }).nullable().describe("Where it was before it was moved"),
    needsApproval: z.boolean().describe("Whether it needs a yes: by its service, or because a calendar was old"),
    unsure: z
      .array(
        z.object({
          subject: z.object({ id: thingId, name: z.string() }),
          calendar: z.string(),
          freshAt: z.string().nullable(),
        }),
      )
      .describe(
        "Whose calendar elsewhere was old when it was held, and when it was last read; told to the organisation alone",
      ),
    mayChange: z.boolean().describe("Whether whoever asks may still move or cancel it"),
    changeUntil: z.string().describe("Until when its customer may"),
    isMailed: z
      .boolean()
      .describe("Whether mail tells the customer; else nothing is sent, and the link is all there is"),
    link: z.string().describe("The path of its page, for the customer"),
    heldUntil: z.string().nullable().describe("When its hold ends; null once it is booked"),
    who: z.string().nullable().describe("The organisation's part of public addresses; null: it has no public page"),
    package: z
      .object({ id: thingId, name: z.string(), units: z.int(), left: z.int() })
      .nullable()
      .describe("With which package it was booked, how many units it took, and how many are left"),
    series: z
      .object({ id: thingId, index: z.int(), count: z.int() })
      .nullable()
      .describe("Which date of a series it is; null: of none"),
    offer: z
      .object({
        times: z.array(z.object({ start: z.string(), end: z.string() })),
        until: z.string().describe("Until when one of them can be chosen"),
        isOpen: z.boolean().describe("Whether it still can be; else nobody has answered in time"),
      })
      .nullable()
      .describe("Times offered instead, because whoever it was with is away: it needs another time. Null: none"),
    rating: z
      .object({
        question: z
          .string()
          .describe("As the organisation asks it; empty: as the page does, in the language of its reader"),
        isOpen: z.boolean().describe("Whether it can be answered, or the answer changed"),
        until: z.string().describe("Until when it can be"),
        score: z.int().min(1).max(5).nullable().describe("Null: not answered yet"),
        comment: z.string().describe("Empty once its customer was forgotten"),
      })
      .nullable()
      .describe("The question after the visit; null: nothing is asked, or not yet"),
    version,
  })
  .meta({ id: "Booking" });

/** Of a date of a series: it alone, it and those that start after it, or all. */
const which = z.enum(["this", "following", "all"]);

/** A booking after it was changed, and what became of the other dates of its series where they were meant as well. */
const changedBooking = booking
  .extend({
    changed: z.array(thingId).describe("What was changed, this booking among it"),
    stayed: z
      .array(z.object({ id: thingId, start: z.string(), why: z.string() }))
      .describe("Dates that could not be changed any more, and why"),
  })
  .meta({ id: "ChangedBooking" });

export const hold = z
  .object({
    id: thingId,
    key,
    serviceId: thingId,
    start: z.string(),
    end: z.string(),
    zone: z.string(),
    places: z.int(),
    subjects: z.array(z.object({ id: thingId, name: z.string() })),
    expiresAt: z.string(),
  })
  .meta({ id: "Hold" });

const byOwner = {
  problems: [],
  permission: "booking.write",
  rateClass: "write",
  mcp: "propose",
  since: "0.5.0",
  example: {},
} as const;
const byAnybody = { ...byOwner, permission: "everyone", publicBy: "params.id", rateClass: "booking" } as const;

export const createHold = operation({
  ...byAnybody,
  id: "holds.create",
  kind: "command",
  method: "POST",
  path: "/v1/holds",
  summary: "Hold a slot for a few minutes: it takes the time of everybody it needs, at once",
  body: z.strictObject({
    serviceId: thingId,
    start: instant,
    minutes: z.int().min(5).max(1_440).optional(),
    choose: z.array(thingId).max(8).default([]),
    places: z.int().min(1).max(500).default(1),
    zone: zoneId.optional().describe("In which the times are written"),
    inPlaceOf: heldBefore,
    proof,
  }),
  answer: hold,
  status: 201,
  problems: ["bookings/slot-taken", "bookings/not-offered", "bookings/length-unknown", "bookings/proof-wanted"],
  publicBy: "body.serviceId",
  idempotent: true,
  example: { body: { serviceId: "svc_01J8Z3K4M5N6P7Q8R9S0T1V2W3", start: "2027-03-01T09:00:00+01:00" } },
});

export const removeHold = operation({
  ...byAnybody,
  id: "holds.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/holds/{id}",
  summary: "Give a held slot back",
  params: idParams,
  query: z.strictObject({ key }),
  answer: nothing,
  status: 204,
  example: { query: { key: "…" } },
});

export const prolongHold = operation({
  ...byAnybody,
  id: "holds.prolong",
  kind: "command",
  method: "POST",
  path: "/v1/holds/{id}/prolong",
  summary: "Hold a slot as long again, once: who needs more time for the details",
  params: idParams,
  body: z.strictObject({ key }),
  answer: hold,
  status: 200,
  problems: ["bookings/hold-over"],
  example: { body: { key: "…" } },
});

export const createBooking = operation({
  ...byAnybody,
  id: "bookings.create",
  kind: "command",
  method: "POST",
  path: "/v1/bookings",
  summary: "Book what is held, all dates of a series at once; the same again answers the same booking",
  body: z.strictObject({
    holdId: thingId,
    key,
    customer: z.strictObject({
      name: plainText(200).min(1),
      email: mailAddress,
      phone: plainText(40).default(""),
    }),
    answers: z
      .record(z.string().max(40), plainText(ANSWER_CHARACTERS_MAX))
      .default({})
      .describe("By the questions' ids"),
    package: packageCode.optional(),
    zone: zoneId.optional().describe("The customer's"),
    language: z.enum(["en", "de", "fr", "es"]).default("en"),
  }),
  answer: booking,
  status: 201,
  problems: ["bookings/hold-over", "bookings/details-invalid", "bookings/not-offered", "bookings/package-unfit"],
  publicBy: "body.holdId",
  idempotent: "by itself",
  example: {
    body: {
      holdId: "bkg_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
      key: "…",
      customer: { name: "Ada Learner", email: "ada@example.org" },
    },
  },
});

export const readBooking = operation({
  ...byAnybody,
  id: "bookings.read",
  kind: "query",
  method: "GET",
  path: "/v1/bookings/{id}",
  summary: "One booking: for its customer by the link's key, and for those of the organisation who may",
  params: idParams,
  query: z.strictObject({ key: key.optional() }),
  answer: booking,
  status: 200,
  rateClass: "read",
  mcp: "read",
});

export const bookingCalendar = operation({
  ...byAnybody,
  id: "bookings.calendar",
  kind: "file",
  method: "GET",
  path: "/v1/bookings/{id}/calendar",
  summary: "The booking as a calendar file",
  params: idParams,
  query: z.strictObject({
    key: key.optional(),
    which: z.enum(["this", "all"]).default("this").describe("all: with the other dates of its series"),
  }),
  answer: { mediaType: "text/calendar" },
  status: 200,
  rateClass: "read",
  mcp: "none",
});

export const listBookings = operation({
  ...byOwner,
  id: "bookings.list",
  kind: "query",
  method: "GET",
  path: "/v1/bookings",
  summary: "What is booked, by time; members see what takes their own time",
  query: z.strictObject({
    start: instant.optional(),
    end: instant.optional(),
    serviceId: thingId.optional(),
    subjectId: thingId.optional(),
    customerId: thingId.optional(),
    state: state.optional(),
    needsTime: z.boolean().optional().describe("Only those that were offered other times and have not answered"),
    ...pageQuery,
  }),
  answer: z.object({ items: z.array(booking), nextCursor }),
  status: 200,
  list: "items",
  permission: "booking.read",
  rateClass: "read",
  mcp: "read",
});

export const rescheduleBooking = operation({
  ...byAnybody,
  id: "bookings.reschedule",
  kind: "command",
  method: "POST",
  path: "/v1/bookings/{id}/reschedule",
  summary: "Move a booking to another slot, as one change: it is never without a time",
  params: idParams,
  body: z.strictObject({
    key: key.optional(),
    start: instant,
    choose: z.array(thingId).max(8).default([]),
    which: which.default("this").describe("Others of its series move by the same difference of the wall clock"),
  }),
  answer: changedBooking,
  status: 200,
  problems: [
    "bookings/slot-taken",
    "bookings/not-offered",
    "bookings/dates-clash",
    "bookings/too-late",
    "bookings/wrong-state",
  ],
  precondition: "optional",
  example: { body: { start: "2027-03-02T09:00:00+01:00" } },
});

export const cancelBooking = operation({
  ...byAnybody,
  id: "bookings.cancel",
  kind: "command",
  method: "POST",
  path: "/v1/bookings/{id}/cancel",
  summary: "Cancel a booking and give its time back",
  params: idParams,
  body: z.strictObject({ key: key.optional(), reason: reason.default(""), which: which.default("this") }),
  answer: changedBooking,
  status: 200,
  problems: ["bookings/too-late", "bookings/wrong-state"],
  precondition: "optional",
  example: { body: { reason: "I am ill" } },
});

const decided = {
  ...byOwner,
  kind: "command",
  method: "POST",
  params: idParams,
  answer: booking,
  status: 200,
  problems: ["bookings/wrong-state"],
  precondition: "optional",
} as const;

export const approveBooking = operation({
  ...decided,
  id: "bookings.approve",
  path: "/v1/bookings/{id}/approve",
  summary: "Say yes to a booking that asks",
  query: z.strictObject({ which: which.default("this") }),
  answer: changedBooking,
});

export const declineBooking = operation({
  ...decided,
  id: "bookings.decline",
  path: "/v1/bookings/{id}/decline",
  summary: "Say no to a booking that asks, and give its time back",
  body: z.strictObject({ reason: reason.default(""), which: which.default("this") }),
  answer: changedBooking,
  example: { body: {} },
});

export const markNoShow = operation({
  ...decided,
  id: "bookings.noShow",
  path: "/v1/bookings/{id}/no-show",
  summary: "Say that the customer did not come",
});

export const completeBooking = operation({
  ...decided,
  id: "bookings.complete",
  path: "/v1/bookings/{id}/complete",
  summary: "Say that it has happened",
});

export const putBooking = operation({
  ...decided,
  id: "bookings.put",
  method: "PUT",
  path: "/v1/internal/bookings/{id}",
  internal: true,
  summary: "Put a booking back as it was, if its time is still free: what undo is made of",
  body: z.strictObject({
    was: z.strictObject({
      state,
      startMs: z.number(),
      endMs: z.number(),
      subjectIds: z.array(thingId),
      sessionId: thingId.nullable().default(null),
      hasReason: z.boolean().default(false),
      previousStartMs: z.number().nullable(),
      previousEndMs: z.number().nullable(),
      paid: z.strictObject({ packageId: thingId, units: z.int() }).nullable().default(null),
      picked: z
        .array(z.array(thingId))
        .nullable()
        .default(null)
        .describe("Null: as it is, of what was recorded before"),
      serviceId: thingId.nullable().default(null).describe("Null: of what was recorded before it was named"),
      madeMs: z.number().nullable().default(null),
      offer: z
        .strictObject({ starts: z.array(z.number()), endsMs: z.number(), awayId: thingId })
        .nullable()
        .default(null),
    }),
  }),
  answer: nothing,
  status: 204,
  problems: ["bookings/slot-taken", "bookings/package-unfit"],
  mcp: "none",
});
