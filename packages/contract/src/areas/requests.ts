import { z } from "zod";
import { operation } from "../operation.ts";

const done = z.object({
  id: z.string().describe("POST /v1/requests/{id}/undo takes it back"),
  summary: z.string().describe("Moved “Coach 1:1”"),
  at: z.string(),
});

export const listMyRequests = operation({
  id: "requests.mine",
  kind: "query",
  method: "GET",
  path: "/v1/requests/mine",
  summary: "What you did within the last day and can undo or redo, newest first, at most 50 of each",
  answer: z.object({ undo: z.array(done), redo: z.array(done) }),
  status: 200,
  problems: [],
  permission: "signed-in",
  rateClass: "read",
  mcp: "none",
  since: "0.1.0",
  example: {},
});
