import { z } from "zod";
import { operation } from "../operation.ts";
import {
  fieldsQuery,
  idParams,
  instant,
  nextCursor,
  nothing,
  pageQuery,
  plainText,
  thingId,
  version,
  zoneId,
} from "../values.ts";
import { role, subjectKind, overlapPolicy, email } from "../identity-values.ts";

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
    poolId: thingId
      .nullable()
      .describe("The pool it is one of, with those that are as good: naming the pool takes whichever is free"),
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
  bundled: true,
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
  bundled: true,
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
    start: instant,
    end: instant,
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
  bundled: true,
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
    poolId: thingId.nullable().optional().describe("Who is of one pool may come instead of each other"),
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
  bundled: true,
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
  bundled: true,
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
  bundled: true,
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

export const listTeams = operation({
  id: "teams.list",
  kind: "query",
  method: "GET",
  path: "/v1/teams",
  summary: "The teams of the organisation, and how many are in each",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({
    items: z.array(
      z.object({ id: thingId, name: z.string(), parentId: thingId.nullable(), members: z.int() }).meta({ id: "Team" }),
    ),
  }),
  status: 200,
  list: "items",
  problems: [],
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
  since: "0.4.0",
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
