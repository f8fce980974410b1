import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, nothing, plainText, thingId } from "../values.ts";

export const STRETCHES_OF_A_WEEK_MAX = 20;
export const HOLIDAYS_MAX = 10_000;
export const HOLIDAYS_ADDED_MAX = 366;

const wallTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "a time of the day looks like 09:00")
  .describe("By the clock on the wall, to the minute");
const day = z.iso.date().describe("A day: 2027-12-24");

/** One opening of a week. */
export const stretch = z.strictObject({
  weekday: z.int().min(1).max(7).describe("1 is Monday, 7 is Sunday"),
  opens: wallTime,
  closes: wallTime.describe("After it opens; 24:00 is midnight"),
});

const hours = z
  .object({
    subjectId: thingId.nullable().describe("Whose hours; null for those of the organisation"),
    own: z.boolean().describe("Hours of their own; otherwise those of the organisation"),
    week: z
      .array(stretch)
      .describe("The first of the weeks that take turns; seasons and single days are in the layers"),
  })
  .meta({ id: "WorkingHours" });

export const readWorkingHours = operation({
  id: "workingHours.read",
  kind: "query",
  method: "GET",
  path: "/v1/working-hours",
  summary: "When people work in a usual week: the organisation, or one person. A short word for their layer of weeks",
  query: z.strictObject({ subject: thingId.optional().describe("The organisation's hours when left out") }),
  answer: hours,
  status: 200,
  problems: [],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.2.0",
  example: {},
});

export const putWorkingHours = operation({
  id: "workingHours.put",
  kind: "command",
  method: "PUT",
  path: "/v1/working-hours",
  summary:
    "Set the usual week of the organisation or of one person, in place of their weeks without a season; a person without one of their own follows the organisation",
  body: z.strictObject({
    subjectId: thingId.nullable().describe("A person; null for the organisation"),
    week: z
      .array(stretch)
      .max(STRETCHES_OF_A_WEEK_MAX)
      .nullable()
      .describe("Empty: never. Null: as the organisation, for a person alone"),
  }),
  answer: hours,
  status: 200,
  problems: ["workforce/closes-before-opens", "workforce/stretches-meet", "workforce/layer-invalid"],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: {
    body: {
      subjectId: null,
      week: [
        { weekday: 1, opens: "09:00", closes: "12:30" },
        { weekday: 1, opens: "13:15", closes: "17:30" },
      ],
    },
  },
});

const holiday = z
  .object({
    day,
    name: z.string().describe("Of a public holiday in English, where it has such a name"),
    names: z.record(z.string(), z.string()).describe("By language; none where the organisation has named it"),
    region: z.string().nullable().describe("Whose public holiday it is; null: a day that the organisation has named"),
    from: z.string().nullable().describe("Closed from this time on alone; null: the whole day"),
  })
  .meta({ id: "Holiday" });
const namedDay = z.object({ day, name: z.string() });

export const listHolidays = operation({
  id: "holidays.list",
  kind: "query",
  method: "GET",
  path: "/v1/holidays",
  summary: "Days on which nobody works: public holidays of the organisation's region, and days that it has named",
  query: z.strictObject({ from: day.optional(), to: day.optional().describe("Exclusive"), ...fieldsQuery }),
  answer: z.object({ items: z.array(holiday) }),
  status: 200,
  list: "items",
  problems: [],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.2.0",
  example: { query: { from: "2027-01-01", to: "2028-01-01" } },
});

export const addHolidays = operation({
  id: "holidays.add",
  kind: "command",
  method: "POST",
  path: "/v1/holidays",
  summary: "Add days on which nobody works; one that is there already gets the new name",
  body: z.strictObject({
    days: z
      .array(z.strictObject({ day, name: plainText(200).min(1) }))
      .min(1)
      .max(HOLIDAYS_ADDED_MAX),
  }),
  answer: z.object({ items: z.array(namedDay) }),
  status: 200,
  problems: ["workforce/too-many-holidays"],
  permission: "organisation.manage",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: { body: { days: [{ day: "2027-12-24", name: "Christmas Eve" }] } },
});

export const removeHoliday = operation({
  id: "holidays.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/holidays/{day}",
  summary: "Make a holiday an ordinary day again",
  params: z.strictObject({ day }),
  answer: nothing,
  status: 204,
  problems: [],
  permission: "organisation.manage",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: {},
});
