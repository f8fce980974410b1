import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, nextCursor, nothing, pageQuery, plainText, thingId, version, zoneId } from "../values.ts";

export const role = z.enum(["owner", "administrator", "manager", "member"]);
export const subjectKind = z.enum(["person", "room", "vehicle", "equipment", "outside"]);
export const overlapPolicy = z
  .enum(["forbid", "warn", "allow", "observe"])
  .describe("What happens when time is taken twice: refused, refused unless insisted on, accepted, or only watched");

const email = z
  .string()
  .trim()
  .toLowerCase()
  .min(3)
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, "an address looks like ana@example.org");
const password = z.string().min(10, "a password has at least 10 characters").max(200);

const organisation = z
  .object({
    id: z.string(),
    name: z.string(),
    zone: zoneId,
    firstWeekday: z.int().min(1).max(7).describe("1 is Monday, 7 is Sunday"),
    demo: z.boolean(),
  })
  .meta({ id: "Organisation" });

const me = z
  .object({
    userId: z.string(),
    personId: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    organisation,
  })
  .meta({ id: "Me" });

const session = z
  .object({
    signedIn: z.boolean(),
    demo: z.boolean().describe("The demo organisation is here and its accounts can be used with one click"),
    setup: z.boolean().describe("Nobody owns this server yet"),
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
  summary: "Make the first organisation and its owner, with the code from the terminal",
  body: z.strictObject({
    code: z.string().min(1).max(40),
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

const subject = z
  .object({
    id: thingId,
    name: z.string(),
    kind: subjectKind,
    email: z.string().nullable(),
    zone: zoneId,
    policy: overlapPolicy,
    capacity: z.int().nullable().describe("Places in a room or vehicle; null when it has none"),
    site: z.string().nullable().describe("Where it is"),
    teams: z.array(z.string()).describe("Names of its teams"),
    version,
  })
  .meta({ id: "Subject" });

const subjectPage = z.object({ items: z.array(subject), nextCursor });

export const listPeople = operation({
  id: "people.list",
  kind: "query",
  method: "GET",
  path: "/v1/people",
  summary: "The people whose time is kept",
  query: z.strictObject({ ...pageQuery, ...fieldsQuery, search: plainText(100).optional() }),
  answer: subjectPage,
  status: 200,
  list: "items",
  problems: [],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: { query: { limit: "2", fields: "id,name" } },
});

export const listResources = operation({
  id: "resources.list",
  kind: "query",
  method: "GET",
  path: "/v1/resources",
  summary: "Rooms, vehicles and equipment that can be taken",
  query: z.strictObject({ ...pageQuery, ...fieldsQuery, search: plainText(100).optional() }),
  answer: subjectPage,
  status: 200,
  list: "items",
  problems: [],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: { query: { limit: "2", fields: "id,name" } },
});

const newPerson = z.strictObject({
  name: plainText(200).min(1),
  email: email.optional(),
  zone: zoneId.optional(),
});

export const createPerson = operation({
  id: "people.create",
  kind: "command",
  method: "POST",
  path: "/v1/people",
  summary: "Add a person; a calendar of their own comes with them",
  body: newPerson,
  answer: subject,
  status: 201,
  problems: ["identity/unknown-zone"],
  permission: "subject.manage",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: { body: { name: "Petra Malá", email: "petra@larkfield.example" } },
});

export const createResource = operation({
  id: "resources.create",
  kind: "command",
  method: "POST",
  path: "/v1/resources",
  summary: "Add a room, a vehicle or a piece of equipment",
  body: z.strictObject({
    name: plainText(200).min(1),
    kind: z.enum(["room", "vehicle", "equipment"]),
    zone: zoneId.optional(),
    policy: overlapPolicy.default("forbid"),
    capacity: z.int().min(1).max(1_000_000).nullable().default(null),
    site: plainText(200).nullable().default(null),
  }),
  answer: subject,
  status: 201,
  problems: ["identity/unknown-zone"],
  permission: "subject.manage",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.1.0",
  example: { body: { name: "Hall C", kind: "room", capacity: 40 } },
});

export const readFreeBusy = operation({
  id: "subjects.freeBusy",
  kind: "query",
  method: "GET",
  path: "/v1/free-busy",
  summary: "When people and things are available, and when they are busy",
  query: z.strictObject({
    subjects: z.array(thingId).min(1).max(100),
    start: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }),
  }),
  answer: z.object({
    items: z.array(
      z.object({
        subjectId: thingId,
        available: z.array(z.object({ start: z.string(), end: z.string() })),
        busy: z.array(
          z.object({
            start: z.string(),
            end: z.string(),
            status: z.enum(["held", "confirmed", "contested", "observed"]),
          }),
        ),
      }),
    ),
  }),
  status: 200,
  problems: ["calendars/ends-before-start", "calendars/out-of-range"],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.1.0",
  example: {},
});
