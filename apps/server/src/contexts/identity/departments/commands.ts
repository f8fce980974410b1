import { isRefused, limits, refuseIdentity, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../../platform/operations/context.ts";
import { subjectsById } from "../store.ts";
import { departmentOf, whyNotEmpty, managedBy, type Tree } from "./decide.ts";
import { DEPARTMENT, DEPARTMENT_PERSON, type Department, type DepartmentContents } from "./model.ts";
import {
  countPeople,
  deleteDepartment,
  readDepartments,
  readDepartmentsOfPeople,
  lockDepartments,
  placeInDepartments,
  putDepartment,
} from "./store.ts";

type Invalid = Refused<"identity/department-invalid">;
type Barred = Refused<"request/forbidden">;
type Gone = Refused<"request/not-found" | "request/version-changed">;
type NotEmpty = Refused<"identity/department-not-empty">;
type TooMany = Refused<"identity/too-many-departments">;

export const noDepartment = refuseRequest("not-found", "department", {});
const versionChanged = refuseRequest("version-changed", "read", {});
const barred = refuseRequest("forbidden", "departments", {});

/** What somebody may change: everything (null), or the departments they manage. */
export function rightsOf(tree: Tree, caller: Caller): ReadonlySet<string> | null {
  return caller.role === "owner" || caller.role === "administrator" ? null : managedBy(tree, caller.personId);
}

/** Whether somebody may make departments in one, and put their people there. Null is the top. */
export const mayFill = (rights: ReadonlySet<string> | null, id: string | null): boolean =>
  rights === null || (id !== null && rights.has(id));

/** Whether somebody may change one: what it is itself is decided above it. */
export const mayChange = (rights: ReadonlySet<string> | null, { parentId }: Pick<Department, "parentId">): boolean =>
  mayFill(rights, parentId);

export async function createDepartment(
  unit: Unit,
  caller: Caller,
  wish: DepartmentContents,
): Promise<Department | Invalid | TooMany | Barred> {
  await lockDepartments(unit);
  const tree = await readDepartments(unit);
  if (!mayFill(rightsOf(tree, caller), wish.parentId)) return barred;
  if (tree.byId.size >= limits.DEPARTMENTS_MAX) return tooMany;
  const contents = (await wrongManager(unit, wish.managerIds, [])) ?? departmentOf(tree, null, wish);
  if (isRefused(contents)) return contents;
  const department: Department = { id: unit.newId("dep"), version: 1, ...contents };
  await putDepartment(unit, department);
  record(unit, department.id, null, contents);
  return department;
}

/** Renames a department, moves it with all below it, or says who manages it. */
export async function changeDepartment(
  unit: Unit,
  caller: Caller,
  { id, ifMatch }: { readonly id: string; readonly ifMatch: IfMatch },
  wish: { readonly [Key in keyof DepartmentContents]?: DepartmentContents[Key] | undefined },
): Promise<Department | Invalid | Gone | Barred> {
  await lockDepartments(unit);
  const tree = await readDepartments(unit);
  const before = tree.byId.get(id);
  if (before === undefined) return noDepartment;
  const wanted = {
    name: wish.name ?? before.name,
    parentId: wish.parentId === undefined ? before.parentId : wish.parentId,
    managerIds: wish.managerIds ?? before.managerIds,
  };
  const rights = rightsOf(tree, caller);
  if (!mayChange(rights, before) || !mayChange(rights, wanted)) return barred;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const contents = (await wrongManager(unit, wanted.managerIds, before.managerIds)) ?? departmentOf(tree, id, wanted);
  if (isRefused(contents)) return contents;
  const after: Department = { id, version: before.version + 1, ...contents };
  await putDepartment(unit, after);
  record(unit, id, before, contents);
  return after;
}

export async function removeDepartment(
  unit: Unit,
  caller: Caller,
  { id, ifMatch }: { readonly id: string; readonly ifMatch: IfMatch },
): Promise<null | NotEmpty | Gone | Barred> {
  await lockDepartments(unit);
  const tree = await readDepartments(unit);
  const before = tree.byId.get(id);
  if (before === undefined) return noDepartment;
  if (!mayChange(rightsOf(tree, caller), before)) return barred;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  return takeAway(unit, tree, before);
}

/** Puts a department back as it was before a change, or takes away the one that a change made; as whoever may change it. */
export async function putDepartmentBack(
  unit: Unit,
  caller: Caller,
  id: string,
  was: DepartmentContents | null,
): Promise<null | Invalid | NotEmpty | TooMany | Barred> {
  await lockDepartments(unit);
  const tree = await readDepartments(unit);
  const before = tree.byId.get(id);
  const rights = rightsOf(tree, caller);
  if ([before, was].some((each) => each !== undefined && each !== null && !mayChange(rights, each))) return barred;
  if (was === null) return before === undefined ? null : takeAway(unit, tree, before);
  if (before === undefined && tree.byId.size >= limits.DEPARTMENTS_MAX) return tooMany;
  const contents = departmentOf(tree, before === undefined ? null : id, was);
  if (isRefused(contents)) return contents;
  await putDepartment(unit, { id, version: (before?.version ?? 0) + 1, ...contents });
  record(unit, id, before ?? null, contents);
  return null;
}

export type Place = { readonly personId: string; readonly departmentId: string | null };

/**
 * Puts people into departments. Who manages some may move their people among those; who is in none, or leaves all of them, is put
 * by who runs the organisation: else anybody could make themselves somebody's manager.
 */
export async function placePeople(
  unit: Unit,
  caller: Caller,
  wanted: readonly Place[],
): Promise<number | Invalid | Barred> {
  await lockDepartments(unit);
  const tree = await readDepartments(unit);
  const places = new Map(wanted.map(({ personId, departmentId }) => [personId, departmentId]));
  if (places.size < wanted.length) return refuseIdentity("department-invalid", "twice", {});
  if ([...places.values()].some((id) => id !== null && !tree.byId.has(id)))
    return refuseIdentity("department-invalid", "department", {});
  const people = (await subjectsById(unit, [...places.keys()])).filter(({ kind }) => kind === "person");
  if (people.length < places.size) return refuseIdentity("department-invalid", "person", {});
  const before = await readDepartmentsOfPeople(unit, [...places.keys()]);
  const rights = rightsOf(tree, caller);
  const moved = new Map([...places].filter(([personId, to]) => (before.get(personId) ?? null) !== to));
  if ([...moved].some(([personId, to]) => !mayFill(rights, to) || !mayFill(rights, before.get(personId) ?? null)))
    return barred;
  await placeInDepartments(unit, moved);
  for (const [personId, departmentId] of moved)
    unit.record({
      kind: "updated",
      thing: { type: DEPARTMENT_PERSON, id: personId },
      collectionId: departmentId,
      fields: ["department"],
      before: { departmentId: before.get(personId) ?? null },
      after: { departmentId },
    });
  return moved.size;
}

async function takeAway(unit: Unit, tree: Tree, before: Department): Promise<null | NotEmpty> {
  const full = whyNotEmpty(tree, before, (await countPeople(unit)).get(before.id) ?? 0);
  if (full !== null) return full;
  await deleteDepartment(unit, before.id);
  record(unit, before.id, before, null);
  return null;
}

const tooMany = refuseIdentity("too-many-departments", "most", { most: limits.DEPARTMENTS_MAX });

/** Who is named anew is a person who is here; who left stays named until somebody else is. */
async function wrongManager(unit: Unit, wanted: readonly string[], known: readonly string[]): Promise<Invalid | null> {
  const anew = [...new Set(wanted)].filter((id) => !known.includes(id));
  const here = (await subjectsById(unit, anew)).filter(({ kind, retired }) => kind === "person" && !retired);
  return here.length === anew.length ? null : refuseIdentity("department-invalid", "manager", {});
}

function record(unit: Unit, id: string, before: DepartmentContents | null, after: DepartmentContents | null): void {
  const kind = before === null ? "created" : after === null ? "removed" : "updated";
  const contents = (of: DepartmentContents | null) =>
    of === null ? null : { name: of.name, parentId: of.parentId, managerIds: of.managerIds };
  unit.record({
    kind,
    thing: { type: DEPARTMENT, id },
    fields: ["department"],
    before: contents(before),
    after: contents(after),
  });
}
