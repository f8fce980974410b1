import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, nothing, plainText, thingId, version } from "../values.ts";

/** Plug-ins that an organisation allows: each of them is asked about every person's time. */
export const PLUGINS_ALLOWED_MAX = 10;

const hash = z
  .string()
  .regex(/^sha256-[0-9a-f]{64}$/, "a hash looks like sha256- and 64 digits")
  .describe("Of its manifest and its module, as `hourwright plugin hash` prints it");
const values = z
  .record(plainText(40), z.number())
  .refine((given) => Object.keys(given).length <= 20, "a plug-in has at most 20 parameters")
  .describe("Its parameters by name; what is left out is as preset");

const plugin = z
  .object({
    id: thingId.nullable().describe("Of what is allowed, or was; null where nobody has ever allowed it"),
    version: version.nullable(),
    name: z.string().describe("As its manifest has it, or its folder where that cannot be read"),
    release: z.string().nullable().describe("Its version, three numbers; null where its folder cannot be read"),
    kind: z.enum(["constraint", "algorithm"]).nullable(),
    title: z.string(),
    rule: z.string().nullable().describe("What a constraint asks, in a few words"),
    hash: z.string().nullable().describe("What lies in the folder now; null where it cannot be read, or is gone"),
    allowedHash: z.string().nullable(),
    state: z
      .enum(["allowed", "not-allowed", "changed", "off", "missing", "unreadable", "unused"])
      .describe(
        "changed: other bytes than those that are allowed, so it does not run · off: it was switched off · missing: allowed, and not in the folder · unused: an algorithm, which the server does not ask yet",
      ),
    sentence: z.string().nullable().describe("Why it is off, or cannot be read"),
    parameters: z.array(
      z.object({
        name: z.string(),
        unit: z.enum(["minutes", "hours", "days", "times", "share", "time of day"]),
        from: z.number(),
        to: z.number(),
        preset: z.number(),
        value: z.number(),
        says: z.string(),
      }),
    ),
  })
  .meta({ id: "Plugin" });

const shape = {
  permission: "organisation.manage",
  rateClass: "write",
  mcp: "none",
  since: "0.4.0",
  problems: [],
  example: {},
} as const;

export const listPlugins = operation({
  ...shape,
  id: "plugins.list",
  kind: "query",
  method: "GET",
  path: "/v1/plugins",
  summary: "The plug-ins in the server's folder, which of them are allowed, and which were switched off",
  answer: z.object({
    items: z.array(plugin),
    hasFolder: z.boolean().describe("Whether the server was given a folder of plug-ins"),
  }),
  status: 200,
  list: "items",
  rateClass: "read",
});

export const allowPlugin = operation({
  ...shape,
  id: "plugins.allow",
  kind: "command",
  method: "POST",
  path: "/v1/plugins",
  summary: "Allow a plug-in by its hash, with its numbers; one that was switched off is asked again from now on",
  body: z.strictObject({ hash, values: values.default({}) }),
  answer: plugin,
  status: 200,
  problems: ["planning/plugin-invalid"],
  idempotent: true,
  example: { body: { hash: `sha256-${"0".repeat(64)}` } },
});

export const forgetPlugin = operation({
  ...shape,
  id: "plugins.forget",
  kind: "command",
  method: "DELETE",
  path: "/v1/plugins/{id}",
  summary: "Allow a plug-in no more",
  params: idParams,
  answer: nothing,
  status: 204,
  precondition: "optional",
});

export const putPlugin = operation({
  ...shape,
  id: "plugins.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/plugins/{id}",
  internal: true,
  summary: "Put what is allowed of a plug-in back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({
    was: z
      .strictObject({
        name: plainText(60),
        hash,
        values: z.record(z.string(), z.number()),
        off: plainText(1_000).nullable(),
      })
      .nullable(),
  }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: ["planning/plugin-invalid"],
});
