import { z } from "zod";
import { operation } from "../operation.ts";
import { filesAsked, filesToAsk } from "../booking-values.ts";
import { slotChangeFacts, slotReasonFacts } from "../slot-reasons.ts";
import { idParams, instant, nothing, plainText, thingId, version, zoneId } from "../values.ts";
import { REMINDER_MINUTES_MAX, REMINDERS_MAX } from "./mail.ts";
import { SERIES_DATES_MAX } from "./booking-series.ts";
import { OFFER_MINUTES_MAX } from "./waiting-list.ts";
import { stretch, STRETCHES_OF_A_WEEK_MAX } from "./workforce.ts";

/** Services of an organisation. */
export const SERVICES_MAX = 500;
/** Subjects of whom a service takes some. */
export const SERVICE_SUBJECTS_MAX = 500;
/** Questions that a booking asks. */
export const SERVICE_QUESTIONS_MAX = 20;
/** Slots of one answer. */
export const SLOTS_MAX = 20_000;
/** Days that one question about slots looks through. */
export const SLOT_DAYS_MAX = 400;
/** The question after a visit. */
export const RATING_QUESTION_CHARACTERS_MAX = 200;
/** It is asked at most two weeks after the visit. */
export const RATING_AFTER_MINUTES_MAX = 20_160;

const MINUTES_OF_A_DAY = 1_440;
/** Thirty days. */
const STALE_MINUTES_MAX = 43_200;
const name = plainText(200).min(1);
const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "small letters, digits and single hyphens between them: driving-lesson")
  .describe("Its part of the public address");
const minutes = (from: number, to: number) => z.int().min(from).max(to);
const count = (to: number) => z.int().min(1).max(to);

const roleFields = {
  name: name.describe("What it is in this service: instructor, car, room"),
  anyOf: z.array(thingId).min(1).max(SERVICE_SUBJECTS_MAX).describe("Who or what can be it"),
  count: count(20).describe("How many at once"),
  assign: z
    .enum(["customer", "fair", "least-busy", "same"])
    .describe(
      "customer: chosen, or fair where nobody is · fair: who is furthest behind their share · least-busy: in the slot's week · same: as last time, else fair",
    ),
  weights: z.record(thingId, z.number().gt(0).max(100)).describe("Shares; 1 for who is not named"),
};
const role = z.strictObject({
  ...roleFields,
  count: roleFields.count.default(1),
  assign: roleFields.assign.default("fair"),
  weights: roleFields.weights.default({}),
});

const questionFields = {
  id: z
    .string()
    .max(40)
    .regex(/^[a-z][a-z0-9-]*$/, "an id looks like licence-class"),
  kind: z.enum(["text", "choice", "file", "consent"]),
  label: name,
  isRequired: z.boolean(),
  options: z.array(name).max(50).describe("Of a choice"),
  file: filesAsked.nullable().describe("Of a question for files: which, how many and how large"),
};
const question = z.strictObject({
  ...questionFields,
  isRequired: questionFields.isRequired.default(false),
  options: questionFields.options.default([]),
  file: filesToAsk.nullable().default(null),
});

const contents = {
  name,
  slug,
  description: plainText(4_000).default(""),
  lengths: z
    .array(minutes(5, MINUTES_OF_A_DAY))
    .min(1)
    .max(8)
    .describe("How many minutes it may take; the first unless another is chosen"),
  bufferBeforeMinutes: minutes(0, MINUTES_OF_A_DAY).default(0).describe("Two buffers that meet add up"),
  bufferAfterMinutes: minutes(0, MINUTES_OF_A_DAY).default(0),
  noticeMinutes: minutes(0, 525_600).default(0).describe("So long before its start it can still be booked"),
  windowDays: count(730).nullable().default(60).describe("So many days ahead it can be booked; null: no such bound"),
  windowEnd: z.iso.date().nullable().default(null).describe("The first day that cannot be booked any more"),
  raster: z
    .strictObject({
      everyMinutes: minutes(5, MINUTES_OF_A_DAY),
      from: z
        .enum(["midnight", "opening"])
        .describe("midnight: by the clock on the wall · opening: from each opening on"),
    })
    .default({ everyMinutes: 30, from: "midnight" }),
  zone: zoneId.nullable().default(null).describe("Of its days and hours; the organisation's when null"),
  isZoneLocked: z.boolean().default(true).describe("Times are shown in its own zone alone: one has to be there"),
  hours: z
    .array(stretch)
    .max(STRETCHES_OF_A_WEEK_MAX)
    .nullable()
    .default(null)
    .describe("Of the service itself, within those of whom it takes; null: as theirs"),
  limitPerDay: count(10_000).nullable().default(null),
  limitPerWeek: count(10_000).nullable().default(null),
  limitPerCustomer: z
    .strictObject({ count: count(1_000), days: count(365) })
    .nullable()
    .default(null)
    .describe("So many within any so many days"),
  places: count(500).default(1).describe("More than one: others join until they are full"),
  roles: z.array(role).min(1).max(8).describe("Whose time it takes, together"),
  needsApproval: z.boolean().default(false),
  cancelUntilMinutes: minutes(0, 525_600)
    .default(1_440)
    .describe("So long before its start the customer may still change it"),
  price: plainText(200).default(""),
  policy: plainText(2_000).default("").describe("What the customer is told of cancelling"),
  where: z
    .strictObject({ kind: z.enum(["address", "phone", "link", "none"]), text: plainText(500) })
    .default({ kind: "none", text: "" }),
  questions: z
    .array(question)
    .max(SERVICE_QUESTIONS_MAX)
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "each question has an id of its own"),
  holdMinutes: minutes(1, 60).default(5).describe("So long a slot waits for the details of who wants it"),
  reminderMinutes: z
    .array(minutes(5, REMINDER_MINUTES_MAX))
    .max(REMINDERS_MAX)
    .default([MINUTES_OF_A_DAY])
    .describe("So long before its start the customer is reminded by mail; whole days by the calendar"),
  seriesMax: count(SERIES_DATES_MAX)
    .nullable()
    .default(null)
    .describe("So many dates may be booked as one series; null or 1: none"),
  needsPackage: z.boolean().default(false).describe("Whether it can be booked with a package alone"),
  offerMinutes: minutes(10, OFFER_MINUTES_MAX)
    .default(120)
    .describe("So long a time that became free waits for the answer of who is offered it; never past its notice"),
  rating: z
    .strictObject({
      question: plainText(RATING_QUESTION_CHARACTERS_MAX).describe(
        "Empty: as the page asks, in the language of its reader",
      ),
      afterMinutes: minutes(0, RATING_AFTER_MINUTES_MAX).describe(
        "So long after its end the customer is asked by mail",
      ),
    })
    .nullable()
    .default(null)
    .describe("One question after the visit, answered with 1 to 5 and a comment; null: none"),
  stale: z
    .strictObject({ policy: z.enum(["book", "ask", "refuse"]), afterMinutes: minutes(30, STALE_MINUTES_MAX) })
    .default({ policy: "book", afterMinutes: MINUTES_OF_A_DAY })
    .describe(
      "What is done where a calendar elsewhere of somebody it takes was last read so long ago: book all the same · ask for a yes · refuse to offer their time",
    ),
  isOpen: z.boolean().default(true).describe("Whether it can be booked at its public address"),
};

type Contents = typeof contents;
type Plain<Schema> = Schema extends z.ZodDefault<infer Inner extends z.ZodType> ? Inner : Schema;

/** A field without what stands in for it: as it is told, and as it is changed. */
const plain = <Schema extends z.ZodType>(schema: Schema) =>
  (schema instanceof z.ZodDefault ? schema.unwrap() : schema) as Plain<Schema>;
const fields = Object.entries(contents) as [keyof Contents, z.ZodType][];
const told = Object.fromEntries(fields.map(([field, schema]) => [field, plain(schema)])) as {
  [Field in keyof Contents]: Plain<Contents[Field]>;
};
/** Each field may be left out, and stays then as it was. */
const changed = Object.fromEntries(fields.map(([field, schema]) => [field, plain(schema).optional()])) as {
  [Field in keyof Contents]: z.ZodOptional<Plain<Contents[Field]>>;
};

const service = z
  .object({
    ...told,
    id: thingId,
    version,
    roles: z.array(z.object(roleFields)),
    questions: z.array(z.object(questionFields)),
    address: z.string().describe("Of its page: /book/larkfield/lesson; empty while nothing is public"),
  })
  .meta({ id: "Service" });

const shape = {
  problems: [],
  permission: "service.manage",
  rateClass: "write",
  mcp: "propose",
  since: "0.5.0",
  example: {},
} as const;

const lesson = {
  name: "Driving lesson",
  slug: "driving-lesson",
  lengths: [45, 90],
  bufferAfterMinutes: 15,
  noticeMinutes: 720,
  roles: [{ name: "Instructor", anyOf: ["per_01J8Z3K4M5N6P7Q8R9S0T1V2W3"] }],
};

export const listServices = operation({
  ...shape,
  id: "services.list",
  kind: "query",
  method: "GET",
  path: "/v1/services",
  summary: "What can be booked",
  answer: z.object({ items: z.array(service) }),
  status: 200,
  list: "items",
  permission: "booking.read",
  rateClass: "read",
  mcp: "read",
});

export const readService = operation({
  ...shape,
  id: "services.read",
  kind: "query",
  method: "GET",
  path: "/v1/services/{id}",
  summary: "One service",
  params: idParams,
  answer: service,
  status: 200,
  permission: "booking.read",
  rateClass: "read",
  mcp: "read",
});

export const createService = operation({
  ...shape,
  id: "services.create",
  kind: "command",
  method: "POST",
  path: "/v1/services",
  summary: "Offer something that can be booked",
  body: z.strictObject(contents),
  answer: service,
  status: 201,
  problems: ["bookings/service-invalid"],
  idempotent: true,
  example: { body: lesson },
});

export const updateService = operation({
  ...shape,
  id: "services.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/services/{id}",
  summary: "Change a service; what was booked stays as it was booked",
  params: idParams,
  body: z.strictObject(changed),
  answer: service,
  status: 200,
  problems: ["bookings/service-invalid"],
  precondition: "optional",
  example: {
    body: {
      needsApproval: true,
      seriesMax: 10,
      windowDays: 120,
      price: "€ 40",
      rating: { question: "", afterMinutes: 120 },
      questions: [{ id: "licence", kind: "file", label: "Your licence", file: { types: ["pdf", "jpeg"] } }],
    },
  },
});

export const removeService = operation({
  ...shape,
  id: "services.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/services/{id}",
  summary: "Take a service away that nobody has booked ahead; what was booked before stays in the books",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: ["bookings/service-booked"],
  precondition: "optional",
});

export const putService = operation({
  ...shape,
  id: "services.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/services/{id}",
  internal: true,
  summary: "Put a service back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({ was: z.strictObject(contents).nullable() }),
  answer: nothing,
  status: 204,
  problems: ["bookings/service-invalid", "bookings/service-booked"],
  mcp: "none",
});

/** Zeros that the hash of a proof of work begins with: a moment for a phone. */
export const PROOF_BITS = 16;

const asksForProof = z
  .boolean()
  .describe(
    "Whether who holds a time without an account does a little work first; without it only few holds are let in",
  );

const bookingPage = z
  .object({
    who: slug.nullable().describe("The organisation's part of public addresses; null: nothing is public"),
    name: z.string(),
    greeting: plainText(2_000),
    hue: z.int().min(0).max(359).describe("The colour of its pages"),
    logo: z.string().nullable().describe("An image as a data address, PNG, JPEG or WebP"),
    asksForProof,
  })
  .meta({ id: "BookingPage" });

export const readBookingPage = operation({
  ...shape,
  id: "bookingPage.read",
  kind: "query",
  method: "GET",
  path: "/v1/booking-page",
  summary: "How the organisation's public pages look, and where they are",
  answer: bookingPage,
  status: 200,
  permission: "booking.read",
  rateClass: "read",
  mcp: "read",
});

/** A logo is small: a page of slots on a phone waits for nothing. */
export const LOGO_CHARACTERS_MAX = 65_536;

export const putBookingPage = operation({
  ...shape,
  id: "bookingPage.put",
  kind: "command",
  method: "PUT",
  path: "/v1/booking-page",
  summary: "Say where the public pages are and how they look",
  body: z.strictObject({
    who: slug,
    greeting: plainText(2_000).default(""),
    hue: z.int().min(0).max(359).default(250),
    logo: z
      .string()
      .max(LOGO_CHARACTERS_MAX)
      .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/, "an image as a data address: PNG, JPEG or WebP")
      .nullable()
      .default(null),
    asksForProof: asksForProof.default(false),
  }),
  answer: bookingPage,
  status: 200,
  problems: ["bookings/address-taken"],
  example: { body: { who: "larkfield" } },
});

/** Questions at the beginning of a public page, their answers, and the rules that they lead by. */
export const ROUTING_QUESTIONS_MAX = 5;
export const ROUTING_OPTIONS_MAX = 8;
export const ROUTING_RULES_MAX = 50;

const routingFields = {
  questions: z
    .array(
      z.strictObject({
        id: questionFields.id.describe("That of a question of the service is answered there with it"),
        label: name,
        options: z
          .array(name)
          .min(2)
          .max(ROUTING_OPTIONS_MAX)
          .refine((all) => new Set(all).size === all.length, "each answer once"),
      }),
    )
    .max(ROUTING_QUESTIONS_MAX),
  rules: z
    .array(
      z.strictObject({
        when: z
          .array(z.strictObject({ question: z.string().max(40), answer: name }))
          .max(ROUTING_QUESTIONS_MAX)
          .describe("All of them; none: whatever is answered"),
        serviceId: thingId,
        choose: z.array(thingId).max(8).describe("Whom or what it is with"),
      }),
    )
    .max(ROUTING_RULES_MAX)
    .describe("In order: the first that matches leads; where none does all services are shown"),
};
const routing = z.object(routingFields).meta({ id: "Routing" });

export const readRouting = operation({
  ...shape,
  id: "bookingPage.readRouting",
  kind: "query",
  method: "GET",
  path: "/v1/booking-page/routing",
  summary: "What the public page asks first, and where the answers lead",
  answer: routing,
  status: 200,
  permission: "booking.read",
  rateClass: "read",
  mcp: "read",
});

export const putRouting = operation({
  ...shape,
  id: "bookingPage.putRouting",
  kind: "command",
  method: "PUT",
  path: "/v1/booking-page/routing",
  summary: "Say what the public page asks first, and where the answers lead",
  body: z.strictObject(routingFields),
  answer: routing,
  status: 200,
  problems: ["bookings/routing-invalid"],
  example: { body: { questions: [], rules: [] } },
});

/** What customers are told of a service. */
const offered = z
  .object({
    id: thingId,
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    lengths: z.array(z.int()),
    zone: z.string(),
    isZoneLocked: z.boolean(),
    places: z.int(),
    choices: z
      .array(z.object({ name: z.string(), anyOf: z.array(z.object({ id: thingId, name: z.string() })) }))
      .describe("Whom or what the customer may choose"),
    needsApproval: z.boolean(),
    noticeMinutes: z.int(),
    cancelUntilMinutes: z.int(),
    price: z.string(),
    policy: z.string(),
    where: z.object({ kind: z.string(), text: z.string() }),
    questions: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        label: z.string(),
        isRequired: z.boolean(),
        options: z.array(z.string()),
        file: filesAsked.nullable().describe("Of a question for files: `POST /v1/holds/{id}/files` takes them"),
      }),
    ),
    holdMinutes: z.int(),
    seriesMax: z.int().nullable(),
    package: z.enum(["none", "accepted", "needed"]).describe("Whether it is booked with the code of a package"),
  })
  .meta({ id: "OfferedService" });

export const readPublicPage = operation({
  ...shape,
  id: "bookingPage.show",
  kind: "query",
  method: "GET",
  path: "/v1/book/{who}",
  summary: "What an organisation offers to everybody",
  params: z.strictObject({ who: slug }),
  answer: z.object({
    who: z.string(),
    name: z.string(),
    greeting: z.string(),
    hue: z.int(),
    logo: z.string().nullable(),
    asksForProof,
    services: z.array(offered),
    routing: routing.describe("What is asked first, and where the answers lead"),
  }),
  status: 200,
  permission: "everyone",
  publicBy: "params.who",
  rateClass: "read",
  mcp: "read",
  example: { params: { who: "larkfield" } },
});

const slotQuery = {
  minutes: minutes(5, MINUTES_OF_A_DAY).optional().describe("How long; the first of its lengths when left out"),
  choose: z.array(thingId).max(8).optional().describe("Whom or what the customer has chosen"),
};

export const listSlots = operation({
  ...shape,
  id: "services.slots",
  kind: "query",
  method: "GET",
  path: "/v1/services/{id}/slots",
  summary: "When it can be booked: exact, and as the asked zone shows it",
  params: idParams,
  query: z.strictObject({
    from: instant,
    to: instant,
    zone: zoneId.optional().describe("In which the times are written; its own when left out, or locked"),
    ...slotQuery,
    places: count(500).default(1),
    limit: z.int().min(1).max(SLOTS_MAX).default(2_000),
  }),
  answer: z.object({
    items: z.array(z.object({ start: z.string(), end: z.string(), placesLeft: z.int() })),
    zone: z.string(),
    next: z
      .string()
      .nullable()
      .describe("When there is none: the next after the window; null: none as far as it can be booked"),
  }),
  status: 200,
  list: "items",
  problems: ["bookings/window-invalid", "bookings/length-unknown"],
  permission: "everyone",
  publicBy: "params.id",
  rateClass: "read",
  mcp: "read",
  example: { query: { from: "2027-03-01T00:00:00Z", to: "2027-03-08T00:00:00Z" } },
});

const reason = z.object({
  kind: z.string(),
  sentence: z.string(),
  subject: z.object({ id: z.string(), name: z.string() }).nullable().describe("Whom or what it is about"),
  facts: slotReasonFacts,
});

export const whyNoSlot = operation({
  ...shape,
  id: "services.why",
  kind: "query",
  method: "GET",
  path: "/v1/services/{id}/why",
  summary: "Why it cannot be booked at a time, and what would make it possible; nothing where it can",
  params: idParams,
  query: z.strictObject({ at: instant, ...slotQuery }),
  answer: z.object({
    isOffered: z.boolean(),
    zone: z.string().describe("By whose clocks the times are: IANA time zone"),
    reasons: z.array(reason),
    relaxation: z
      .array(z.object({ kind: z.string(), sentence: z.string(), facts: slotChangeFacts }))
      .nullable()
      .describe("What to change, all of it, so that it can be booked; null: nothing would help, as in the past"),
    calendars: z
      .array(
        z.object({
          sentence: z.string(),
          isStale: z.boolean(),
          whose: z.string().nullable().describe("By name; null of who is gone"),
          calendar: z.string(),
          ageMinutes: z.int().nullable().describe("Null: it was never read"),
        }),
      )
      .describe("Calendars elsewhere of those it takes, and how old what is known of them is"),
  }),
  status: 200,
  problems: ["bookings/window-invalid", "bookings/length-unknown"],
  permission: "booking.read",
  rateClass: "read",
  mcp: "read",
  example: { query: { at: "2027-03-01T09:00:00Z" } },
});

export const readChallenge = operation({
  ...shape,
  id: "services.challenge",
  kind: "query",
  method: "GET",
  path: "/v1/services/{id}/challenge",
  summary:
    "What proves a little work: a number so that the SHA-256 of `{challenge}.{number}` begins with so many zero bits. Sent as `proof` it lets one hold in",
  params: idParams,
  answer: z.object({
    challenge: z.string().nullable().describe("Null where nothing is asked"),
    bits: z.int(),
    expiresAt: z.string().nullable(),
  }),
  status: 200,
  permission: "everyone",
  publicBy: "params.id",
  rateClass: "read",
  mcp: "none",
});
