import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nothing, plainText, thingId } from "../values.ts";

/** Tokens for directories that an organisation has at once. */
export const PROVISIONING_TOKENS_MAX = 20;
export const PROVISIONING_TOKEN_DAYS_MAX = 730;

const token = z
  .object({
    id: thingId,
    name: z.string(),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string(),
    usedAt: z.string().nullable().describe("When a directory came with it last, to the hour"),
  })
  .meta({ id: "ProvisioningToken" });

const shape = {
  permission: "organisation.manage",
  mcp: "none",
  since: "0.7.0",
  example: {},
} as const;

export const listTokens = operation({
  ...shape,
  id: "provisioningTokens.list",
  kind: "query",
  method: "GET",
  path: "/v1/provisioning/tokens",
  summary: "Tokens by which directories keep people and teams (SCIM 2.0 at /scim/v2), newest first",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({
    items: z.array(token),
    address: z.string().describe("Where a directory is to come to: the base of all resources"),
  }),
  status: 200,
  list: "items",
  problems: [],
  rateClass: "read",
});

export const createToken = operation({
  ...shape,
  id: "provisioningTokens.create",
  kind: "command",
  method: "POST",
  path: "/v1/provisioning/tokens",
  summary: "Make a token for a directory, which is shown this one time",
  body: z.strictObject({
    name: plainText(100)
      .refine((text) => text.trim() !== "", "a token has a name")
      .describe("Which directory it is for"),
    days: z.int().min(1).max(PROVISIONING_TOKEN_DAYS_MAX).default(365),
  }),
  answer: token.extend({ token: z.string().describe("Kept as a hash only, so nobody can show it again") }),
  status: 201,
  problems: ["identity/too-many-tokens"],
  rateClass: "write",
  example: { body: { name: "Our directory", days: 365 } },
});

export const removeToken = operation({
  ...shape,
  id: "provisioningTokens.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/provisioning/tokens/{id}",
  summary: "Revoke a token: nobody comes in with it from now on",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: [],
  rateClass: "write",
});
