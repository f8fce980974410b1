import { limits, refuseIdentity, type Refused } from "@hourwright/contract";
import type { Department, DepartmentContents } from "./model.ts";

// Pure: how departments lie in each other, what one may be, and who manages whom.

type Invalid = Refused<"identity/department-invalid">;

/** The departments of an organisation, found by id and by what they are part of. */
export type Tree = {
  readonly byId: ReadonlyMap<string, Department>;
  /** Those directly below one, or at the top under null, by name. */
  readonly below: ReadonlyMap<string | null, readonly Department[]>;
};

/** O(n log n); a parent that is not among them counts as the top. */
export function treeOf(departments: readonly Department[]): Tree {
  const byId = new Map(departments.map((each) => [each.id, each]));
  const byName = departments.toSorted(
    (a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.id, b.id),
  );
  const above = ({ parentId }: Department) => (parentId !== null && byId.has(parentId) ? parentId : null);
  return { byId, below: Map.groupBy(byName, above) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A department and those it is part of, itself first. */
export function pathOf({ byId }: Tree, id: string | null): Department[] {
  const path: Department[] = [];
  let at = byId.get(id ?? "");
  while (at !== undefined && path.length < limits.DEPARTMENT_LEVELS_MAX) {
    path.push(at);
    at = byId.get(at.parentId ?? "");
  }
  return path;
}

/** All departments, each after the one it is part of. */
export function inOrder({ below }: Tree): { readonly department: Department; readonly level: number }[] {
  const walk = (parentId: string | null, level: number): { department: Department; level: number }[] =>
    (below.get(parentId) ?? []).flatMap((department) => [{ department, level }, ...walk(department.id, level + 1)]);
  return walk(null, 1);
}

/** The ids of a department and of all below it. */
export function within(tree: Tree, id: string): string[] {
  return [id, ...(tree.below.get(id) ?? []).flatMap((each) => within(tree, each.id))];
}

/** Departments that somebody manages: those they are named for, and all below. */
export function managedBy(tree: Tree, personId: string): ReadonlySet<string> {
  const named = [...tree.byId.values()].filter(({ managerIds }) => managerIds.includes(personId));
  return new Set(named.flatMap(({ id }) => within(tree, id)));
}

/** Who manages somebody of a department, by level: its own managers first, then those of what it is part of. */
export const managersAbove = (tree: Tree, departmentId: string | null): (readonly string[])[] =>
  pathOf(tree, departmentId).map(({ managerIds }) => managerIds);

/**
 * A department as it may be kept. Refused: a parent that is none, itself or below itself; deeper than
 * `DEPARTMENT_LEVELS_MAX`; a name that one beside it has. `id` is null for one that is new.
 */
export function departmentOf(tree: Tree, id: string | null, wish: DepartmentContents): DepartmentContents | Invalid {
  const { parentId } = wish;
  const tidy = { name: wish.name.trim(), parentId, managerIds: [...new Set(wish.managerIds)].sort() };
  if (parentId !== null && !tree.byId.has(parentId)) return refuseIdentity("department-invalid", "parent", {});
  const above = pathOf(tree, parentId);
  if (id !== null && above.some((each) => each.id === id)) return loop(tree, id, parentId!);
  const levels = above.length + (id === null ? 1 : levelsOf(tree, id));
  if (levels > limits.DEPARTMENT_LEVELS_MAX)
    return refuseIdentity("department-invalid", "deep", { levels, most: limits.DEPARTMENT_LEVELS_MAX });
  const twin = (tree.below.get(parentId) ?? []).find(
    (each) => each.id !== id && each.name.toLowerCase() === tidy.name.toLowerCase(),
  );
  return twin === undefined ? tidy : refuseIdentity("department-invalid", "named", { name: twin.name });
}

function loop({ byId }: Tree, id: string, parentId: string): Invalid {
  const { name } = byId.get(id)!;
  return parentId === id
    ? refuseIdentity("department-invalid", "itself", { name })
    : refuseIdentity("department-invalid", "loop", { name, parent: byId.get(parentId)!.name });
}

/** How many levels a department and what lies below it take. */
function levelsOf(tree: Tree, id: string): number {
  return 1 + Math.max(0, ...(tree.below.get(id) ?? []).map((each) => levelsOf(tree, each.id)));
}

/** What keeps a department from being removed; null when it is empty. */
export function whyNotEmpty(
  tree: Tree,
  { id, name }: Department,
  people: number,
): Refused<"identity/department-not-empty"> | null {
  const departments = tree.below.get(id)?.length ?? 0;
  if (departments === 0 && people === 0) return null;
  return refuseIdentity("department-not-empty", "inside", { name, people, departments });
}
