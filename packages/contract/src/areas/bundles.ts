import { z } from "zod";
import { operation } from "../operation.ts";
import { itemProblem, plainText, thingId, version } from "../values.ts";

/** Calls of one bundle: what is one unit must not keep others waiting. */
export const BUNDLE_ASKED_MAX = 100;

const call = z.strictObject({
  operation: plainText(60).describe("An operation of the catalogue that may be part of a bundle: `personSkills.put` …"),
  params: z.record(plainText(40), z.unknown()).default({}),
  query: z.record(plainText(40), z.unknown()).default({}),
  body: z.record(plainText(40), z.unknown()).optional(),
  ifMatch: version.optional().describe("As the header If-Match of the call alone: the version it is meant for"),
});

export const runBundle = operation({
  id: "bundles.run",
  kind: "command",
  method: "POST",
  path: "/v1/bundles",
  summary:
    "Do several things with people, their skills, contracts and departments: all or none, or each by itself; one step to undo",
  body: z.strictObject({
    calls: z.array(call).min(1).max(BUNDLE_ASKED_MAX),
    atomic: z.boolean().default(true).describe("All or none; false: each by itself, and the answer says which"),
  }),
  answer: z.object({
    requestId: z.string().describe("Undo takes back all that was done: POST /v1/requests/{requestId}/undo"),
    items: z
      .array(
        z.object({
          isDone: z.boolean(),
          id: thingId.nullable().describe("Of what was made or changed, where the call alone would tell it"),
          problem: itemProblem,
        }),
      )
      .describe("In the order of the calls"),
  }),
  status: 200,
  problems: ["bundles/not-possible", "bundles/refused"],
  permission: "signed-in",
  rateClass: "write",
  mcp: "none",
  since: "0.7.0",
  example: {
    body: {
      atomic: false,
      calls: [
        {
          operation: "personSkills.put",
          params: { id: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3", skillId: "skl_01J8Z3K4M5N6P7Q8R9S0T1V2W3" },
          body: { level: 1, until: null },
        },
      ],
    },
  },
});
