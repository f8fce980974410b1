import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nothing, plainText, thingId } from "../values.ts";
import { role, email, password } from "../identity-values.ts";
import { session } from "./identity.ts";

export const INVITATION_DAYS_MAX = 30;
export const INVITATION_USES_MAX = 500;

const invitation = z
  .object({
    id: thingId,
    role,
    email: z.string().nullable().describe("Only for this address; null for whoever has the link"),
    personId: thingId.nullable().describe("The person who is claimed with it; null when a new one is made"),
    personName: z.string().nullable(),
    usesMax: z.int(),
    uses: z.int(),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string(),
    state: z.enum(["open", "used", "expired", "revoked"]),
  })
  .meta({ id: "Invitation" });

export const createInvitation = operation({
  id: "invitations.create",
  kind: "command",
  method: "POST",
  path: "/v1/invitations",
  summary: "Invite by a link, which is shown this one time",
  body: z.strictObject({
    role: role.default("member"),
    email: email.optional(),
    personId: thingId.optional().describe("A person who is here and does not sign in yet"),
    days: z.int().min(1).max(INVITATION_DAYS_MAX).default(7),
    uses: z.int().min(1).max(INVITATION_USES_MAX).default(1),
  }),
  answer: invitation.extend({
    link: z.string().describe("Where it leads: kept as a hash only, so nobody can show it again"),
  }),
  status: 201,
  problems: ["identity/role-too-high", "identity/email-taken"],
  permission: "organisation.manage",
  rateClass: "write",
  mcp: "none",
  since: "0.2.0",
  example: { body: { role: "member", days: 7 } },
});

export const listInvitations = operation({
  id: "invitations.list",
  kind: "query",
  method: "GET",
  path: "/v1/invitations",
  summary: "Invitations of the last months, newest first",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(invitation) }),
  status: 200,
  list: "items",
  problems: [],
  permission: "organisation.manage",
  rateClass: "read",
  mcp: "none",
  since: "0.2.0",
  example: {},
});

export const removeInvitation = operation({
  id: "invitations.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/invitations/{id}",
  summary: "Revoke an invitation: its link opens nothing from now on",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: [],
  permission: "organisation.manage",
  rateClass: "write",
  mcp: "none",
  since: "0.2.0",
  example: {},
});

const inviteToken = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/, "this is no invitation link");

export const readInvitation = operation({
  id: "join.read",
  kind: "query",
  method: "GET",
  path: "/v1/join/{token}",
  summary: "Who invites with a link, and for what",
  params: z.strictObject({ token: inviteToken }),
  answer: z.object({
    organisation: z.string(),
    role,
    email: z.string().nullable(),
    name: z.string().nullable().describe("Of the person who is claimed with it"),
    expiresAt: z.string(),
  }),
  status: 200,
  problems: ["identity/invitation-over"],
  permission: "everyone",
  rateClass: "sign-in",
  mcp: "none",
  since: "0.2.0",
  example: {},
});

export const acceptInvitation = operation({
  id: "join.accept",
  kind: "command",
  method: "POST",
  path: "/v1/join",
  summary: "Join the organisation that an invitation names, with a person and a calendar of one's own",
  body: z.strictObject({ token: inviteToken, name: plainText(200).min(1), email, password }),
  answer: session,
  status: 200,
  problems: [
    "identity/invitation-over",
    "identity/invitation-not-yours",
    "identity/email-taken",
    "identity/wrong-credentials",
  ],
  permission: "everyone",
  rateClass: "sign-in",
  mcp: "none",
  since: "0.2.0",
  example: {
    body: {
      token: "hw0oiTFbR4pS8sYtS3Xk1uR7",
      name: "Petra Malá",
      email: "petra@riverside.example",
      password: "a long sentence of mine",
    },
  },
});
