import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, instant, plainText, thingId, version } from "../values.ts";

/** Layers of one person, thing, place, or of the organisation: years of time off among them. */
export const LAYERS_OF_ONE_MAX = 500;
/** Weeks that take turns. */
export const PATTERN_WEEKS_MAX = 8;
/** Seven stretches a day. */
export const STRETCHES_OF_A_TURN_MAX = 49;
export const TIMES_OF_A_DAY_MAX = 8;
/** Days that one layer of days or of time off may last. */
export const LAYER_DAYS_MAX = 731;
/** Days with hours of their own, of all layers of one together: beyond, a season says it. */
export const DAYS_WITH_HOURS_MAX = 400;
/** Days told in one answer. */
export const AVAILABILITY_DAYS_MAX = 100;
export const AVAILABILITY_FILE_BYTES_MAX = 1_000_000;
/** Holidays of one region that are switched off or called otherwise. */
export const HOLIDAYS_CHANGED_MAX = 200;
const HOLIDAY_KEY_CHARACTERS_MAX = 300;
const NAME_CHARACTERS_MAX = 200;
const REASON_CHARACTERS_MAX = 1_000;
const DAY_MIN = "1970-01-01";
const DAY_MAX = "2199-12-31";
const YEAR_MIN = 1970;
const YEAR_MAX = 2199;

const wallTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "a time of the day looks like 09:00")
  .describe("By the clock on the wall, to the minute");
const day = z.iso
  .date()
  .refine((text) => text >= DAY_MIN && text <= DAY_MAX, `a day from ${DAY_MIN} to ${DAY_MAX}`)
  .describe("A day: 2027-12-24");
const dayOfYear = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day of the year looks like 06-01")
  .describe("A day of each year: 06-01; what a month does not have is its last day");
const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/, "a day, or a local time like 2027-03-25T15:30")
  .refine((text) => day.safeParse(text.slice(0, 10)).success, `a day from ${DAY_MIN} to ${DAY_MAX}`)
  .describe("A day, or a time by the clocks of whose layer it is: 2027-03-25T15:30");
const name = plainText(NAME_CHARACTERS_MAX).default("").describe("What people call it; may be empty");

const times = {
  opens: wallTime,
  closes: wallTime.describe("24:00 is midnight; when it is not after `opens` it is on the next day"),
};

/** A region as the world numbers them: a country, a part of it, a part of that. */
export const holidayRegion = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Za-z0-9]{1,10}){0,2}$/, "a region looks like DE, DE-BY or DE-BY-A")
  .describe("A country, or a part of one: DE, DE-BY, DE-BY-A");
const holidayType = z
  .enum(["public", "bank", "school", "optional", "observance"])
  .describe(
    "public: nobody has to work. bank, school: these are closed. optional: many take it off. observance: a day to remember",
  );
const holidayKey = plainText(HOLIDAY_KEY_CHARACTERS_MAX).min(1).describe("What names the holiday in every year");

const season = z
  .discriminatedUnion("every", [
    z.strictObject({
      every: z.literal("year"),
      from: dayOfYear,
      until: dayOfYear.describe("The last day; before `from`: of the next year"),
    }),
    z.strictObject({
      every: z.literal("once"),
      from: day.nullable().describe("The first day; null: since ever"),
      until: day.nullable().describe("The last day; null: without an end"),
    }),
  ])
  .nullable()
  .describe("When it holds; null: always");

/** One layer of opening times. The list of a subject is read from the top: of one kind the first that speaks of a day decides. */
export const availabilityLayer = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("weeks").describe("Hours of the week; several weeks take turns"),
      name,
      weeks: z
        .array(
          z
            .array(z.strictObject({ weekday: z.int().min(1).max(7).describe("1 is Monday, 7 is Sunday"), ...times }))
            .max(STRETCHES_OF_A_TURN_MAX),
        )
        .min(1)
        .max(PATTERN_WEEKS_MAX),
      anchor: day.describe("A day of a week in which the first of them holds"),
      season,
    }),
    z.strictObject({
      kind: z.literal("days").describe("Some days with hours of their own"),
      name,
      from: day,
      until: day.describe("The last of the days"),
      how: z
        .enum(["instead", "also"])
        .describe("instead: these hours and no others. also: beside those that the days have"),
      times: z.array(z.strictObject(times)).max(TIMES_OF_A_DAY_MAX).describe("None: closed"),
    }),
    z.strictObject({
      kind: z.literal("away").describe("Time off"),
      start: localTime.describe("The first day, or the time from which on"),
      end: localTime.describe("The last day, or the time until which"),
      reason: plainText(REASON_CHARACTERS_MAX).nullable().describe("Told to who may change it alone; others read null"),
    }),
    z.strictObject({
      kind: z.literal("holidays").describe("The public holidays of a region"),
      region: holidayRegion.nullable().describe("Null: none of any region"),
      types: z.array(holidayType).max(5).default(["public"]),
      without: z.array(holidayKey).max(HOLIDAYS_CHANGED_MAX).default([]).describe("Those that do not close here"),
      renamed: z
        .array(z.strictObject({ key: holidayKey, name: plainText(NAME_CHARACTERS_MAX).min(1) }))
        .max(HOLIDAYS_CHANGED_MAX)
        .default([]),
    }),
  ])
  .meta({ id: "AvailabilityLayer" });

const layers = z.array(availabilityLayer).max(LAYERS_OF_ONE_MAX);
const owner = z
  .union([thingId, z.literal("organisation")])
  .describe("A person, a room or another thing, a place; `organisation` for everybody");
const ownerParams = z.strictObject({ id: owner });

const layersOfOne = z
  .object({
    id: z.string(),
    zone: z.string().describe("By whose clocks: IANA time zone"),
    layers: z.array(availabilityLayer),
    follows: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .describe("Whose layers hold below its own: a place, the organisation"),
    mayChange: z.boolean(),
    version: z.int().min(0).describe("Rises with each change, 0 before the first; send it as If-Match"),
  })
  .meta({ id: "AvailabilityLayers" });

/** The layer that decides whether a time is open, for who says it in their language. */
export const decidedBy = z
  .object({
    kind: z
      .enum(["weeks", "days", "away", "holidays", "day", "contract", "any"])
      .describe(
        "day: a holiday that the organisation has named. contract: the contract and what was approved. any: any time",
      ),
    of: z.string().nullable().describe("Whose layer: an id, or `organisation`; null: nobody's"),
    name: z.string().describe("What it is called; of a holiday in English, where it has such a name"),
    names: z.record(z.string(), z.string()).describe("The holiday's names by language"),
    region: z.string().nullable().describe("Whose public holiday it is: Bavaria"),
    regionNames: z.record(z.string(), z.string()).describe("What the region is called, by language"),
    reason: z.string().nullable().describe("Of time off; null for who may not know"),
  })
  .meta({ id: "DecidingLayer" });

const shape = {
  problems: [],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.6.0",
  example: {},
} as const;

export const readAvailability = operation({
  ...shape,
  id: "availability.read",
  kind: "query",
  method: "GET",
  path: "/v1/availability",
  summary: "When a person or a thing may be booked, and which layer says so: at most 100 days",
  query: z.strictObject({ subjectId: owner, from: instant, to: instant }),
  answer: z.object({
    subjectId: z.string(),
    zone: z.string(),
    open: z.array(z.object({ start: z.string(), end: z.string() })).describe("Stretches with their offsets, in order"),
    parts: z
      .array(
        z.object({
          start: z.string(),
          end: z.string(),
          isOpen: z.boolean(),
          sentence: z.string().describe("Closed: public holiday in Bavaria (Assumption Day)."),
          layer: decidedBy.nullable().describe("Null: nobody has said that it is open"),
        }),
      )
      .describe("The whole window without gaps, part by part"),
  }),
  status: 200,
  problems: ["workforce/bad-window"],
  example: {
    query: { subjectId: "organisation", from: "2027-08-02T00:00:00+02:00", to: "2027-08-16T00:00:00+02:00" },
  },
});

export const readLayers = operation({
  ...shape,
  id: "availability.layers",
  kind: "query",
  method: "GET",
  path: "/v1/availability/{id}/layers",
  summary: "The layers of which opening times are made: weeks, seasons, days, time off, holidays",
  params: ownerParams,
  answer: layersOfOne,
  status: 200,
});

export const putLayers = operation({
  ...shape,
  id: "availability.putLayers",
  kind: "command",
  method: "PUT",
  path: "/v1/availability/{id}/layers",
  summary: "Set all layers of one; who has no weeks of their own follows their place and the organisation",
  params: ownerParams,
  body: z.strictObject({ layers }),
  answer: layersOfOne,
  status: 200,
  problems: ["workforce/closes-before-opens", "workforce/stretches-meet", "workforce/layer-invalid"],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  precondition: "optional",
  example: {
    body: {
      layers: [
        {
          kind: "weeks" as const,
          weeks: [
            [
              { weekday: 1, opens: "09:00", closes: "12:30" },
              { weekday: 1, opens: "13:15", closes: "17:30" },
            ],
          ],
          anchor: "2027-01-04",
          season: null,
        },
        {
          kind: "weeks" as const,
          name: "Summer",
          weeks: [[{ weekday: 1, opens: "08:00", closes: "14:00" }]],
          anchor: "2027-01-04",
          season: { every: "year" as const, from: "06-01", until: "08-31" },
        },
        {
          kind: "days" as const,
          name: "Stocktaking",
          from: "2027-01-04",
          until: "2027-01-05",
          how: "instead" as const,
          times: [],
        },
        { kind: "holidays" as const, region: "DE-BY" },
      ],
    },
  },
});

export const exportAvailability = operation({
  ...shape,
  id: "availability.export",
  kind: "file",
  method: "GET",
  path: "/v1/availability/{id}/calendar",
  summary: "Opening times as a calendar file with a VAVAILABILITY (RFC 7953), from a week ago until two years ahead",
  params: ownerParams,
  answer: { mediaType: "text/calendar" },
  status: 200,
  problems: ["workforce/too-many-parts"],
  rateClass: "heavy",
  mcp: "none",
});

export const importAvailability = operation({
  ...shape,
  id: "availability.import",
  kind: "command",
  method: "PUT",
  path: "/v1/availability/{id}/calendar",
  summary:
    "Take opening times from a calendar file with a VAVAILABILITY (RFC 7953): weeks that take turns, and the days that differ",
  params: ownerParams,
  query: z.strictObject({
    preview: z.boolean().default(false).describe("Say what would become of it; nothing is changed"),
  }),
  upload: { mediaType: "text/calendar", bytesMax: AVAILABILITY_FILE_BYTES_MAX },
  answer: z
    .object({
      isPreview: z.boolean(),
      layers: z.array(availabilityLayer).describe("What it would have, or has, then"),
      sentences: z.array(z.string()).describe("What was read, and what cannot be expressed"),
      version,
    })
    .meta({ id: "ImportedAvailability" }),
  status: 200,
  problems: [
    "workforce/no-availability",
    "workforce/layer-invalid",
    "workforce/closes-before-opens",
    "workforce/stretches-meet",
  ],
  permission: "signed-in",
  rateClass: "heavy",
  mcp: "none",
  precondition: "optional",
});

const named = z.object({ region: z.string(), name: z.string() });

export const listRegions = operation({
  ...shape,
  id: "holidayRegions.list",
  kind: "query",
  method: "GET",
  path: "/v1/holiday-regions",
  summary: "Countries whose holidays are known, or the parts of one",
  query: z.strictObject({
    of: holidayRegion.optional().describe("A country, or a part of it: its parts. Left out: all countries"),
    language: z.enum(["en", "de", "fr", "es"]).default("en"),
    ...fieldsQuery,
  }),
  answer: z.object({ items: z.array(named) }),
  status: 200,
  list: "items",
  example: { query: { of: "DE" } },
});

export const listRegionHolidays = operation({
  ...shape,
  id: "holidayRegions.holidays",
  kind: "query",
  method: "GET",
  path: "/v1/holiday-regions/{region}/holidays",
  summary: "All holidays of a region in one year, whatever their type",
  params: z.strictObject({ region: holidayRegion }),
  query: z.strictObject({ year: z.int().min(YEAR_MIN).max(YEAR_MAX), ...fieldsQuery }),
  answer: z.object({
    region: z.string().describe("What it is called: Bavaria"),
    items: z.array(
      z
        .object({
          day: z.string(),
          key: z.string(),
          name: z.string(),
          names: z.record(z.string(), z.string()).describe("By language, where there are names"),
          type: holidayType,
          from: z.string().nullable().describe("Closed from this time on alone; null: the whole day"),
        })
        .meta({ id: "RegionHoliday" }),
    ),
  }),
  status: 200,
  list: "items",
  example: { params: { region: "DE-BY" }, query: { year: "2027" } },
});
