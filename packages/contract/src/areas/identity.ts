import { z } from "zod";
import { operation } from "../operation.ts";
import {
  fieldsQuery,
  idParams,
  nextCursor,
  nothing,
  pageQuery,
  plainText,
  thingId,
  version,
  zoneId,
} from "../values.ts";

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

const firstWeekday = z.int().min(1).max(7).describe("1 is Monday, 7 is Sunday");
const part = z.number().min(0.01).max(2);
const thresholds = z
  .object({ steady: part, full: part, over: part })
  .describe("From which part of the open time a day counts as steady, full, over; each higher than the one before");
export const FOCUS_MINUTES_MIN = 15;
export const FOCUS_MINUTES_MAX = 480;
const focusMinutes = z
  .int()
  .min(FOCUS_MINUTES_MIN)
  .max(FOCUS_MINUTES_MAX)
  .describe("The shortest free stretch that counts as focus time");

const organisation = z
  .object({
    id: z.string(),
    name: z.string(),
    zone: zoneId,
    firstWeekday,
    demo: z.boolean(),
    thresholds,
    focusMinutes,
    version,
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
    shows: z.array(thingId).describe("Whose time I see first: people, things and calendars; empty for everybody's"),
  })
  .meta({ id: "Me" });

const session = z
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
    poolId: thingId.nullable().describe("The pool it is one of: naming the pool takes whichever is free"),
    role: role.nullable().describe("With which role the person signs in; null for who does not"),
    retired: z.boolean().describe("Kept for its history, and never taken again"),
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
  query: z.strictObject({
    ...pageQuery,
    ...fieldsQuery,
    search: plainText(100).optional(),
    retired: z.boolean().default(false).describe("Only those that are retired"),
  }),
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
  query: z.strictObject({
    ...pageQuery,
    ...fieldsQuery,
    search: plainText(100).optional(),
    retired: z.boolean().default(false).describe("Only those that are retired"),
  }),
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
  problems: ["identity/unknown-zone", "identity/email-taken"],
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
    poolId: thingId.nullable().default(null),
  }),
  answer: subject,
  status: 201,
  problems: ["identity/unknown-zone", "identity/unknown-pool"],
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

const ahead = z
  .object({
    planned: z.int().describe("Times from now on that are planned with it, at most 1,000"),
    next: z.string().nullable().describe("When the first of them starts"),
    sentence: z.string(),
  })
  .meta({ id: "Ahead" });

const retiredSubject = z.object({ subject, ahead });

const subjectProblems = ["identity/unknown-zone", "identity/email-taken", "identity/unknown-pool"] as const;

export const updatePerson = operation({
  id: "people.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/people/{id}",
  summary: "Change a person's name, address, zone or overlap policy, or bring back one who was retired",
  params: idParams,
  body: z.strictObject({
    name: plainText(200).min(1).optional(),
    email: email.nullable().optional(),
    zone: zoneId.optional(),
    policy: overlapPolicy.optional(),
    retired: z.literal(false).optional(),
  }),
  answer: subject,
  status: 200,
  problems: subjectProblems,
  permission: "subject.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: {},
});

export const removePerson = operation({
  id: "people.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/people/{id}",
  summary: "Retire a person: they no longer sign in and are no longer available; what was and what is planned stays",
  params: idParams,
  answer: retiredSubject,
  status: 200,
  problems: ["identity/needed"],
  permission: "subject.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: {},
});

export const updateResource = operation({
  id: "resources.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/resources/{id}",
  summary: "Change a room, a vehicle or a piece of equipment, or bring back one that was retired",
  params: idParams,
  body: z.strictObject({
    name: plainText(200).min(1).optional(),
    kind: z.enum(["room", "vehicle", "equipment"]).optional(),
    zone: zoneId.optional(),
    policy: overlapPolicy.optional(),
    capacity: z.int().min(1).max(1_000_000).nullable().optional(),
    site: plainText(200).nullable().optional(),
    poolId: thingId.nullable().optional(),
    retired: z.literal(false).optional(),
  }),
  answer: subject,
  status: 200,
  problems: subjectProblems,
  permission: "subject.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: {},
});

export const removeResource = operation({
  id: "resources.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/resources/{id}",
  summary: "Retire a room or thing: nothing new takes it; what was and what is planned stays",
  params: idParams,
  answer: retiredSubject,
  status: 200,
  problems: [],
  permission: "subject.manage",
  precondition: "optional",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: {},
});

const pool = z
  .object({ id: thingId, name: z.string(), members: z.array(z.object({ id: thingId, name: z.string() })), version })
  .meta({ id: "Pool" });

export const listPools = operation({
  id: "pools.list",
  kind: "query",
  method: "GET",
  path: "/v1/pools",
  summary: "Groups of interchangeable things: an event that names one takes whichever is free",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(pool) }),
  status: 200,
  list: "items",
  problems: [],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.2.0",
  example: {},
});

export const createPool = operation({
  id: "pools.create",
  kind: "command",
  method: "POST",
  path: "/v1/pools",
  summary: "Make a pool",
  body: z.strictObject({ name: plainText(200).min(1) }),
  answer: pool,
  status: 201,
  problems: [],
  permission: "subject.manage",
  idempotent: true,
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: { body: { name: "Vans" } },
});

export const removePool = operation({
  id: "pools.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/pools/{id}",
  summary: "Dissolve a pool; its things stay, each for itself",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: [],
  permission: "subject.manage",
  rateClass: "write",
  mcp: "propose",
  since: "0.2.0",
  example: {},
});

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
