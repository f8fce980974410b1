import { z } from "zod";
import { operation } from "../operation.ts";
import { plainText, zoneId } from "../values.ts";
import { firstWeekday, organisation, part, focusMinutes } from "../identity-values.ts";

export const readOrganisation = operation({
  id: "organisation.read",
  kind: "query",
  method: "GET",
  path: "/v1/organisation",
  summary: "The organisation and its settings",
  answer: organisation,
  status: 200,
  problems: [],
  permission: "organisation.read",
  rateClass: "read",
  mcp: "read",
  since: "0.2.0",
  example: {},
});

export const updateOrganisation = operation({
  id: "organisation.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/organisation",
  summary: "Change the organisation's name, zone, first weekday, capacity thresholds or focus time",
  body: z.strictObject({
    name: plainText(200).min(1).optional(),
    zone: zoneId.optional(),
    firstWeekday: firstWeekday.optional(),
    thresholds: z.strictObject({ steady: part, full: part, over: part }).optional(),
    focusMinutes: focusMinutes.optional(),
  }),
  answer: organisation,
  status: 200,
  problems: ["identity/unknown-zone", "identity/thresholds-out-of-order"],
  permission: "organisation.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: { body: { focusMinutes: 90 } },
});

export const removeDemo = operation({
  id: "demo.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/demo",
  summary: "Remove the demo organisations with everything in them, for good",
  answer: z.object({
    removed: z.int().describe("How many organisations"),
    setupCode: z
      .string()
      .nullable()
      .describe(
        "Opens set-up in this browser, where only this machine reaches the server; the terminal has it otherwise",
      ),
  }),
  status: 200,
  problems: ["identity/no-demo"],
  permission: "organisation.manage",
  rateClass: "heavy",
  mcp: "none",
  since: "0.2.0",
  example: {},
});
