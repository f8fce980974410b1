import { z } from "zod";
import { operation } from "../operation.ts";
import { thingId, lineProblem } from "../values.ts";

/** People that one file may bring. */
export const STAFF_FILE_ROWS_MAX = 5_000;
export const STAFF_FILE_BYTES_MAX = 5_242_880;
/** Lines of a file that are told: as wrong, and with what they change. */
export const STAFF_FILE_PROBLEMS_MAX = 200;
export const STAFF_FILE_LINES_MAX = 1_000;

/** What came of a file. */
export const staffTakenIn = z
  .object({
    rows: z.int(),
    created: z.int().describe("New people; in a dry run those that would be"),
    updated: z.int().describe("Known by their address or their name, with something new"),
    unchanged: z.int(),
    lines: z
      .array(
        z.object({
          line: z.int().describe("In the file, from 1"),
          personId: thingId.nullable().describe("Null: somebody new, in a dry run"),
          name: z.string(),
          what: z.enum(["created", "updated"]),
          changes: z.array(z.object({ column: z.string(), before: z.string(), after: z.string() })),
        }),
      )
      .describe(`What is new, by line; at most ${STAFF_FILE_LINES_MAX}`),
    problems: z
      .array(lineProblem)
      .describe(`What is wrong; at most ${STAFF_FILE_PROBLEMS_MAX}. What was done before a line was refused stays`),
    isDone: z.boolean().describe("Every line of the file is taken in"),
  })
  .meta({ id: "StaffTakenIn" });

export const importStaff = operation({
  id: "staff.import",
  kind: "command",
  method: "POST",
  path: "/v1/staff/file",
  summary:
    "People, their departments and contracts from CSV (by commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252) or XLSX with a header: name, email, department, from, until, hours, part, monday … sunday, site, region, rules, cost, currency. Nothing is taken in while a line is wrong, and with `dryRun` nothing at all",
  query: z.strictObject({ dryRun: z.boolean().default(false) }),
  upload: { mediaType: "application/octet-stream", bytesMax: STAFF_FILE_BYTES_MAX },
  answer: staffTakenIn,
  status: 200,
  mayLast: true,
  problems: [],
  permission: "subject.manage",
  rateClass: "heavy",
  mcp: "none",
  since: "0.7.0",
  example: {},
});
