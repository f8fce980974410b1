import { z } from "zod";
import { operation } from "../operation.ts";

export const CHANGES_OF_A_PAGE_MAX = 1_000;

export const listChanges = operation({
  id: "changes.list",
  kind: "query",
  method: "GET",
  path: "/v1/changes",
  summary: "What changed since, in order: ids and fields; read the things again with your own sight",
  query: z.strictObject({
    since: z.int().min(0).default(0).describe("`seq` of the last change you know"),
    limit: z.int().min(1).max(CHANGES_OF_A_PAGE_MAX).default(100),
  }),
  answer: z.object({
    items: z.array(
      z.object({
        seq: z.int(),
        kind: z.enum(["created", "updated", "removed"]),
        type: z.string(),
        id: z.string(),
        fields: z.array(z.string()),
      }),
    ),
    nextCursor: z.string().nullable().describe("`since` of the next page; null when nothing is left"),
    latest: z.int().describe("The newest `seq`"),
  }),
  status: 200,
  list: "items",
  problems: [],
  permission: "change.read",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: { query: { since: "0", limit: "5" } },
});
