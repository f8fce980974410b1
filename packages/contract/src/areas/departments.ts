import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nothing, plainText, thingId, version } from "../values.ts";

/** Departments of an organisation. */
export const DEPARTMENTS_MAX = 2_000;
/** How many departments lie above each other, the topmost one counted. */
export const DEPARTMENT_LEVELS_MAX = 12;
/** People who manage one department. */
export const DEPARTMENT_MANAGERS_MAX = 20;
/** People who are put into departments at once. */
export const PEOPLE_PLACED_MAX = 500;

const name = plainText(100)
  .refine((text) => text.trim() !== "", "a department has a name")
  .describe("No two departments side by side are called alike, whatever their case");
const parentId = thingId.nullable().describe("The department it is part of; null: it stands at the top");
const managerIds = z
  .array(thingId)
  .max(DEPARTMENT_MANAGERS_MAX)
  .describe("People who manage it and every department below it");

const named = z.object({ id: thingId, name: z.string() });

const department = z
  .object({
    id: thingId,
    name: z.string(),
    parentId: thingId.nullable(),
    level: z.int().describe("1 at the top"),
    managers: z.array(named.extend({ retired: z.boolean() })),
    people: z.int().describe("How many are in it itself"),
    peopleWithin: z.int().describe("How many are in it and below it"),
    mayChange: z.boolean().describe("Whether whoever asks may rename, move and remove it, and say who manages it"),
    mayFill: z.boolean().describe("Whether whoever asks may make departments in it and put their people there"),
    version,
  })
  .meta({ id: "Department" });

const shape = {
  problems: [],
  permission: "organisation.read",
  rateClass: "write",
  mcp: "propose",
  since: "0.6.0",
  example: {},
} as const;

export const listDepartments = operation({
  ...shape,
  id: "departments.list",
  kind: "query",
  method: "GET",
  path: "/v1/departments",
  summary: "The departments as a tree: each after the one it is part of, those side by side by name",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(department) }),
  status: 200,
  list: "items",
  rateClass: "read",
  mcp: "read",
});

export const listDepartmentPeople = operation({
  ...shape,
  id: "departments.people",
  kind: "query",
  method: "GET",
  path: "/v1/departments/{id}/people",
  summary: "Who is in a department itself, by name",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(named) }),
  status: 200,
  list: "items",
  rateClass: "read",
  mcp: "read",
});

export const createDepartment = operation({
  ...shape,
  id: "departments.create",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/departments",
  summary: "Add a department; who manages one may make others in it",
  body: z.strictObject({ name, parentId: parentId.default(null), managerIds: managerIds.default([]) }),
  answer: department,
  status: 201,
  problems: ["identity/department-invalid", "identity/too-many-departments"],
  idempotent: true,
  example: { body: { name: "Reception" } },
});

export const updateDepartment = operation({
  ...shape,
  id: "departments.update",
  bundled: true,
  kind: "command",
  method: "PATCH",
  path: "/v1/departments/{id}",
  summary: "Rename a department, move it with everything below it, or say who manages it",
  params: idParams,
  body: z.strictObject({
    name: name.optional(),
    parentId: parentId.optional(),
    managerIds: managerIds.optional(),
  }),
  answer: department,
  status: 200,
  problems: ["identity/department-invalid"],
  precondition: "optional",
});

export const removeDepartment = operation({
  ...shape,
  id: "departments.remove",
  bundled: true,
  kind: "command",
  method: "DELETE",
  path: "/v1/departments/{id}",
  summary: "Remove a department that is empty: nobody is in it, and nothing lies below it",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: ["identity/department-not-empty"],
  precondition: "optional",
});

export const placePeople = operation({
  ...shape,
  id: "departments.place",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/departments/place",
  summary: "Put people into departments, or out of theirs: each is in one at most",
  body: z.strictObject({
    people: z
      .array(z.strictObject({ personId: thingId, departmentId: thingId.nullable().describe("Null: in none") }))
      .min(1)
      .max(PEOPLE_PLACED_MAX),
  }),
  answer: z.object({ placed: z.int().describe("How many are somewhere else now than before") }),
  status: 200,
  problems: ["identity/department-invalid"],
  example: {
    body: {
      people: [{ personId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3", departmentId: "dep_01J8Z3K4M5N6P7Q8R9S0T1V2W3" }],
    },
  },
});

export const putDepartment = operation({
  ...shape,
  id: "departments.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/departments/{id}",
  internal: true,
  summary: "Put a department back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({ was: z.strictObject({ name, parentId, managerIds }).nullable() }),
  answer: nothing,
  status: 204,
  problems: ["identity/department-invalid", "identity/department-not-empty", "identity/too-many-departments"],
  mcp: "none",
});
