import { z } from "zod";
import { operation } from "../operation.ts";
import { thingId } from "../values.ts";

/** Months of one answer. */
export const FIGURE_MONTHS_MAX = 24;

const month = z
  .string()
  .regex(/^(19[7-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])$/, "a month looks like 2027-03")
  .describe("A month: 2027-03");
const minutes = z.int();

const absence = z
  .object({
    leave: minutes,
    sick: minutes,
    training: minutes,
    compensation: minutes,
    unpaid: minutes,
    parental: minutes,
  })
  .describe("Minutes of shifts that were not worked, by why");

const coverage = z
  .object({
    neededMinutes: minutes.describe(
      "The minimum times the minutes of its demand, each site, skill and level by itself",
    ),
    coveredMinutes: minutes.describe("Of these, those for which somebody is there, by schedules as they stand"),
    shortMinutes: minutes.describe("Needed and not covered"),
    spareMinutes: minutes.describe("Of who is there above the ideal while anybody is needed or wished for"),
  })
  .nullable()
  .describe(
    "Of a site: its demand in the month, whoever is there. Of others: that of all sites at which these people have shifts in the month, absent or not, each once. A minute is of the day of its demand: a night over the end of a month is the month's it begins in. Null: nobody is needed, or see coverageState",
  );

const sums = {
  nominalMinutes: minutes.describe("What contracts ask"),
  plannedMinutes: minutes.describe("Paid work that stands in schedules"),
  workedMinutes: minutes.describe("What was worked until today: clocked, or as planned where nobody clocks"),
  creditedMinutes: minutes.describe("Paid absence and public holidays"),
  overtimeMinutes: minutes,
  coverage,
  absence,
  leaveDays: z.number().describe("Days of leave taken, to the hundredth"),
  cost: z
    .array(z.object({ minorUnits: z.int(), currency: z.string() }))
    .nullable()
    .describe(
      "What the paid time costs, worked until today and planned from then on, where contracts say what an hour costs; null for who may not know",
    ),
};

const group = z
  .object({
    id: thingId.nullable().describe("Null: a site, or those who are in none"),
    name: z.string().describe("Empty: those who are in none"),
    month: z.string(),
    people: z
      .int()
      .describe("With a contract in the month; by site those with shifts there as well, all of whose hours count"),
    ...sums,
  })
  .meta({ id: "StaffFigures" });

const query = z.strictObject({
  from: month.describe("The first month"),
  to: month.describe(`The last one; at most ${FIGURE_MONTHS_MAX} months`),
  by: z
    .enum(["department", "team", "site"])
    .default("department")
    .describe("Who is in two teams, or has shifts at two sites in the month, counts in both, and once in the total"),
  within: thingId.optional().describe("This department with all below it, or (by team) this team, alone"),
});

const shape = {
  query,
  status: 200,
  problems: ["workforce/bad-window"],
  permission: "signed-in",
  rateClass: "heavy",
  mcp: "read",
  since: "0.7.0",
  example: { query: { from: "2027-01", to: "2027-03" } },
} as const;

export const readStaffFigures = operation({
  ...shape,
  id: "staffFigures.read",
  kind: "query",
  method: "GET",
  path: "/v1/staff-figures",
  summary:
    "Hours, overtime, coverage, absence and cost by department, team or site and month: of those you manage, and of yourself",
  answer: z.object({
    items: z.array(group).describe("Sites where nobody is, but needed, among them where everybody is asked for"),
    total: z
      .array(group.omit({ id: true, name: true }))
      .describe("Each person and each site once; of everybody with the demand of all sites"),
    coverageState: z
      .enum(["told", "for-planners", "too-many"])
      .describe(
        "Coverage is told to who plans, those who manage anybody; and counts everybody: too-many asks for fewer months",
      ),
  }),
});

export const staffFiguresFile = operation({
  ...shape,
  id: "staffFigures.file",
  kind: "file",
  method: "GET",
  path: "/v1/staff-figures/file",
  summary:
    "The same by person and month for payroll, or by group and month, as CSV (RFC 4180, UTF-8) or as a spreadsheet (XLSX)",
  query: query.extend({
    format: z.enum(["csv", "xlsx"]).default("csv"),
    of: z
      .enum(["people", "groups"])
      .default("people")
      .describe(
        "A line for each person and month, for payroll; or for each group and month with coverage, the total last",
      ),
  }),
  answer: { mediaType: "text/csv" },
  mcp: "none",
});
