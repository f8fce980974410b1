import { z } from "zod";
import { operation } from "../operation.ts";
import { instant, thingId } from "../values.ts";

const minutesByTurns = z
  .array(z.number().min(0))
  .describe(
    "Minutes from `start` on, by turns not and so: [540, 480] is nothing for nine hours, then eight hours of it",
  );

export const readCapacity = operation({
  id: "capacity.read",
  kind: "query",
  method: "GET",
  path: "/v1/capacity",
  summary: "When people may be claimed and when they are: what load, focus time and everybody's free time are made of",
  query: z.strictObject({
    start: instant,
    end: instant,
    subjects: z.array(thingId).max(500).optional().describe("Only these people; everybody otherwise"),
  }),
  answer: z.object({
    start: z.string().describe("From when on minutes are counted"),
    open: z
      .array(z.object({ subjectIds: z.array(thingId), minutes: minutesByTurns }))
      .describe("Open time, once for all who share it. Of whom nobody said when they may be claimed is not in it"),
    taken: z.array(z.object({ subjectId: thingId, minutes: minutesByTurns })).describe("Time taken, whatever takes it"),
    thresholds: z
      .object({ steady: z.number(), full: z.number(), over: z.number() })
      .describe("From which part of the open time a day counts as steady, full, over"),
    focusMinutes: z.int().describe("The shortest free stretch that counts as focus time"),
  }),
  status: 200,
  problems: ["calendars/ends-before-start", "calendars/out-of-range"],
  permission: "subject.read",
  rateClass: "heavy",
  mcp: "read",
  since: "0.1.0",
  example: { query: { start: "2027-01-01T00:00:00+01:00", end: "2028-01-01T00:00:00+01:00" } },
});
