import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { managersOfTeamsOf, subjectsById } from "../store.ts";
import { mayChange, mayFill, rightsOf } from "./commands.ts";
import { inOrder, managedBy, managersAbove, within } from "./decide.ts";
import { countPeople, departmentsOf, departmentsOfPeople, peopleOfDepartments, readDepartments } from "./store.ts";

/** The tree as it is shown: each department after the one it is part of. */
export async function shownDepartments(unit: Unit, caller: Caller) {
  const tree = await departmentsOf(unit);
  const people = await countPeople(unit);
  const managers = await subjectsById(unit, [
    ...new Set([...tree.byId.values()].flatMap(({ managerIds }) => managerIds)),
  ]);
  const byId = new Map(managers.map((each) => [each.id, each]));
  const rights = rightsOf(tree, caller);
  return inOrder(tree).map(({ department: { managerIds, ...department }, level }) => ({
    ...department,
    level,
    managers: managerIds.flatMap((id) => {
      const manager = byId.get(id);
      return manager === undefined ? [] : [{ id, name: manager.name, retired: manager.retired }];
    }),
    people: people.get(department.id) ?? 0,
    peopleWithin: within(tree, department.id).reduce((sum, id) => sum + (people.get(id) ?? 0), 0),
    mayChange: mayChange(rights, department),
    mayFill: mayFill(rights, department.id),
  }));
}

/**
 * Who manages somebody, nearest first: the managers of their department, then of the department that is part of, up the tree. A level
 * without managers is an empty list; who is in no department is managed by those whose role has them in its scope, at one level. Who left is
 * among them still: ask `subjectsById`.
 */
export async function managersOf(unit: Unit, personId: string): Promise<readonly (readonly string[])[]> {
  const departmentId = (await departmentsOfPeople(unit, [personId])).get(personId) ?? null;
  if (departmentId !== null) return managersAbove(await departmentsOf(unit), departmentId);
  const ofTeams = (await managersOfTeamsOf(unit, personId)).filter((id) => id !== personId);
  return ofTeams.length === 0 ? [] : [ofTeams];
}

/** What somebody answers for as a manager of departments: the departments, and the people in them who are still here. */
export async function scopeOf(
  unit: Unit,
  personId: string,
): Promise<{ readonly departmentIds: readonly string[]; readonly personIds: readonly string[] }> {
  const departmentIds = [...managedBy(await departmentsOf(unit), personId)];
  if (departmentIds.length === 0) return { departmentIds, personIds: [] };
  return unit.known(`department scope of ${personId}`, async () => ({
    departmentIds,
    personIds: (await peopleOfDepartments(unit, departmentIds)).map(({ id }) => id),
  }));
}

/** The department of each of some people, by name; nothing of who is in none. */
export async function departmentsNamed(
  unit: Unit,
  people: readonly string[],
): Promise<ReadonlyMap<string, readonly { readonly id: string; readonly name: string }[]>> {
  const { byId } = await departmentsOf(unit);
  const departments = [...(await departmentsOfPeople(unit, people))].flatMap(([personId, id]) => {
    const department = id === null ? undefined : byId.get(id);
    return department === undefined ? [] : [[personId, [{ id: department.id, name: department.name }]] as const];
  });
  return new Map(departments);
}

/** All departments as they are now, and in which each of some people is. */
export async function departmentsAround(unit: Unit, people: readonly string[]) {
  const { byId } = await readDepartments(unit);
  return { departments: [...byId.values()], departmentOf: await departmentsOfPeople(unit, people) };
}

/** A department and those below it; none where there is none. */
export async function departmentsWithin(unit: Unit, id: string): Promise<readonly string[]> {
  const tree = await departmentsOf(unit);
  return tree.byId.has(id) ? within(tree, id) : [];
}
