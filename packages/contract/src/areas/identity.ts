import { z } from "zod";
import { operation } from "../operation.ts";
import { nothing, plainText, thingId, zoneId } from "../values.ts";
import { role, email, password, organisation } from "../identity-values.ts";

const me = z
  .object({
    userId: z.string(),
    personId: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    organisation,
    shows: z.array(thingId).describe("Whose time I see first: people, things and calendars; empty for everybody's"),
  })
  .meta({ id: "Me" });

export const session = z
  .object({
    signedIn: z.boolean(),
    demo: z.boolean().describe("The demo organisation is here and its accounts can be used with one click"),
    setup: z.boolean().describe("Nobody owns this server yet"),
    start: z
      .enum(["no", "free", "code"])
      .describe(
        "Whether an organisation of one's own can be started: at once where only this machine reaches the server",
      ),
    besideDemo: z.boolean().describe("The demo is on this server as well, and whoever asks may remove it"),
    plainHttp: z.boolean().describe("The page came over plain http from another machine: browsers drop its cookies"),
    notice: z.string().nullable().describe("What everybody who comes here has to know, for a strip at the top"),
    accounts: z.array(z.object({ email: z.string(), name: z.string(), role })),
    me: me.nullable(),
  })
  .meta({ id: "Session" });

export const readSession = operation({
  id: "session.read",
  kind: "query",
  method: "GET",
  path: "/v1/session",
  summary: "Who is signed in here, and how one can sign in",
  answer: session,
  status: 200,
  problems: [],
  permission: "everyone",
  rateClass: "read",
  mcp: "none",
  since: "0.1.0",
  example: {},
});

export const startSession = operation({
  id: "session.start",
  kind: "command",
  method: "POST",
  path: "/v1/session",
  summary: "Sign in with a browser: email and password, or a demo account with one click",
  body: z.union([z.strictObject({ email, password: z.string().min(1).max(200) }), z.strictObject({ account: email })]),
  answer: session,
  status: 201,
  problems: ["identity/wrong-credentials", "identity/demo-only", "identity/account-disabled"],
  permission: "everyone",
  rateClass: "sign-in",
  mcp: "none",
  since: "0.1.0",
  example: { body: { email: "coordinator@larkfield.example", password: "larkfield-demo" } },
});

export const endSession = operation({
  id: "session.end",
  kind: "command",
  method: "DELETE",
  path: "/v1/session",
  summary: "Sign out of this browser",
  answer: nothing,
  status: 204,
  problems: [],
  permission: "everyone",
  rateClass: "write",
  mcp: "none",
  since: "0.1.0",
  example: {},
});

export const finishSetup = operation({
  id: "setup.finish",
  kind: "command",
  method: "POST",
  path: "/v1/setup",
  summary: "Make the first organisation and its owner, with the code from the terminal; the demo stays beside it",
  body: z.strictObject({
    code: z.string().max(40).optional().describe("Not needed where `start` of the session is `free`"),
    organisation: plainText(200).min(1),
    zone: zoneId,
    firstWeekday: z.int().min(1).max(7).default(1),
    name: plainText(200).min(1),
    email,
    password,
  }),
  answer: session,
  status: 201,
  problems: ["identity/setup-code-wrong", "identity/setup-done", "identity/unknown-zone"],
  permission: "everyone",
  rateClass: "sign-in",
  mcp: "none",
  since: "0.1.0",
  example: {
    body: {
      code: "K7QF-2MHX",
      organisation: "Riverside Club",
      zone: "Europe/Prague",
      name: "Ana Field",
      email: "ana@riverside.example",
      password: "a long sentence of mine",
    },
  },
});

const tokens = z
  .object({
    accessToken: z.string().describe("Bearer token, 15 minutes"),
    refreshToken: z.string().describe("Used once for the next pair, 7 days"),
    expiresIn: z.int().describe("Seconds until the access token ends"),
    tokenType: z.literal("Bearer"),
  })
  .meta({ id: "Tokens" });

export const signIn = operation({
  id: "auth.signIn",
  kind: "command",
  method: "POST",
  path: "/v1/auth/sign-in",
  summary: "Sign in with a program: a pair of tokens",
  body: z.strictObject({ email, password: z.string().min(1).max(200) }),
  answer: tokens,
  status: 200,
  problems: ["identity/wrong-credentials", "identity/account-disabled"],
  permission: "everyone",
  rateClass: "sign-in",
  mcp: "none",
  since: "0.1.0",
  example: { body: { email: "coordinator@larkfield.example", password: "larkfield-demo" } },
});

export const refresh = operation({
  id: "auth.refresh",
  kind: "command",
  method: "POST",
  path: "/v1/auth/refresh",
  summary: "Trade a refresh token for the next pair; a token used twice ends its family",
  body: z.strictObject({ refreshToken: z.string().min(1).max(400) }),
  answer: tokens,
  status: 200,
  problems: ["identity/session-ended"],
  permission: "everyone",
  rateClass: "sign-in",
  mcp: "none",
  since: "0.1.0",
  example: { body: { refreshToken: "…" } },
});

export const signOut = operation({
  id: "auth.signOut",
  kind: "command",
  method: "POST",
  path: "/v1/auth/sign-out",
  summary: "Revoke the session of the token that asks",
  answer: nothing,
  status: 204,
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "none",
  since: "0.1.0",
  example: {},
});

export const readMe = operation({
  id: "me.read",
  kind: "query",
  method: "GET",
  path: "/v1/me",
  summary: "Who I am, and in which organisation",
  answer: me,
  status: 200,
  problems: [],
  permission: "signed-in",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: {},
});

export const updateMe = operation({
  id: "me.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/me",
  summary: "What I see first",
  body: z.strictObject({ shows: z.array(thingId).max(500) }),
  answer: me,
  status: 200,
  problems: [],
  permission: "signed-in",
  idempotent: true,
  rateClass: "write",
  mcp: "none",
  since: "0.1.0",
  example: { body: { shows: [] } },
});
