import { z } from "zod";
import { operation } from "../operation.ts";
import { plainText, thingId, lineProblem } from "../values.ts";
import { draft } from "./drafts.ts";
import { STAFF_FILE_BYTES_MAX, STAFF_FILE_LINES_MAX, STAFF_FILE_PROBLEMS_MAX } from "./staff-file.ts";

export const importShifts = operation({
  id: "drafts.import",
  kind: "command",
  method: "POST",
  path: "/v1/drafts/file",
  summary:
    "Existing shifts into a new draft, from CSV (by commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252) or XLSX: a row for each shift with person (name, address or employee number), day, from, to, break, shift, site, skill; or people down and days across with 07:00-15:00 or codes, which rows under “legend” explain. Nothing is taken in while a line is wrong, and with `dryRun` nothing at all",
  query: z.strictObject({
    dryRun: z.boolean().default(false),
    name: plainText(100)
      .refine((text) => text.trim() !== "", "a draft has a name")
      .default("From a file")
      .describe("What the draft is called"),
  }),
  upload: { mediaType: "application/octet-stream", bytesMax: STAFF_FILE_BYTES_MAX },
  answer: z.object({
    shifts: z.int().describe("In the file"),
    added: z.int().describe("In a dry run those that would be, here and below"),
    replacing: z
      .int()
      .describe("Of those, how many are in the place of shifts that stand and do not take place in the draft"),
    unchanged: z.int().describe("Stand as the file has them, and are left out"),
    lines: z
      .array(
        z.object({
          line: z.int().describe("In the file, from 1"),
          personId: thingId.nullable().describe("Null: an open shift"),
          name: z.string(),
          day: z.string(),
          times: z.string(),
          instead: z.array(z.string()).describe("The standing shifts in the place of which it is"),
        }),
      )
      .describe(`What is new, by line; at most ${STAFF_FILE_LINES_MAX}`),
    problems: z.array(lineProblem).describe(`What is wrong; at most ${STAFF_FILE_PROBLEMS_MAX}`),
    draft: draft.nullable().describe("Null: none was made"),
  }),
  status: 200,
  problems: ["workforce/draft-invalid", "workforce/too-many-drafts"],
  permission: "signed-in",
  rateClass: "heavy",
  mcp: "none",
  since: "0.7.0",
  example: {},
});
