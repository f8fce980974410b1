import { limits } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { treeOf, type Tree } from "./decide.ts";
import type { Department } from "./model.ts";

/** The departments of the organisation: shared, read only. */
export const departmentsOf = (unit: Unit): Promise<Tree> => unit.known("departments", () => readDepartments(unit));

/** The same as they are now: for who holds them (`lockDepartments`), since what is known is as of the unit's beginning. */
export async function readDepartments(unit: Unit): Promise<Tree> {
  const { rows } = await sql<Department>`
    select d.id, d.name, d.parent_id as "parentId", d.version,
      array(select m.subject_id from identity.department_manager m
        where m.org_id = d.org_id and m.department_id = d.id order by m.subject_id) as "managerIds"
    from identity.department d where d.org_id = ${unit.organisation}
    order by d.id limit ${limits.DEPARTMENTS_MAX}`.execute(unit.db);
  return treeOf(rows);
}

/** The departments of some people, null for who is in none. */
export const departmentsOfPeople = (unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> =>
  unit.knownEach("department of", ids, (missing) => readDepartmentsOfPeople(unit, missing));

/** The same as it is now. */
export async function readDepartmentsOfPeople(
  unit: Unit,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ subject_id: string; department_id: string }>`
    select subject_id, department_id from identity.department_person
    where org_id = ${unit.organisation} and subject_id = any(${[...ids]}::text[])`.execute(unit.db);
  const found = new Map(rows.map(({ subject_id, department_id }) => [subject_id, department_id]));
  return new Map(ids.map((id) => [id, found.get(id) ?? null]));
}

/** People of some departments who are still here, by name. */
const PEOPLE_MAX = 20_000;

export async function peopleOfDepartments(
  unit: Unit,
  departmentIds: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select s.id, s.name from identity.department_person p
    join identity.subject s on s.org_id = p.org_id and s.id = p.subject_id
    where p.org_id = ${unit.organisation} and p.department_id = any(${[...departmentIds]}::text[]) and s.retired_at is null
    order by s.name, s.id limit ${PEOPLE_MAX}`.execute(unit.db);
  return rows;
}

/** How many people who are still here are in each department itself; those with none are left out. */
export async function countPeople(unit: Unit): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ department_id: string; count: number }>`
    select p.department_id, count(*) as count from identity.department_person p
    join identity.subject s on s.org_id = p.org_id and s.id = p.subject_id and s.retired_at is null
    where p.org_id = ${unit.organisation} group by p.department_id limit ${limits.DEPARTMENTS_MAX}`.execute(unit.db);
  return new Map(rows.map(({ department_id, count }) => [department_id, count]));
}

/** One writer of departments at a time: a tree stays one whoever moves what in the same moment. */
export async function lockDepartments(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.department ${unit.organisation}`}, 0))`.execute(
    unit.db,
  );
}

/** Makes a department or changes it, with who manages it. */
export async function putDepartment(
  unit: Unit,
  { id, name, parentId, managerIds, version }: Department,
): Promise<void> {
  await sql`
    insert into identity.department (org_id, id, name, parent_id, version)
    values (${unit.organisation}, ${id}, ${name}, ${parentId}, ${version})
    on conflict (org_id, id) do update
      set name = excluded.name, parent_id = excluded.parent_id, version = excluded.version`.execute(unit.db);
  await sql`
    delete from identity.department_manager
    where org_id = ${unit.organisation} and department_id = ${id} and subject_id <> all(${[...managerIds]}::text[])`.execute(
    unit.db,
  );
  await sql`
    insert into identity.department_manager (org_id, department_id, subject_id)
    select ${unit.organisation}, ${id}, subject_id from unnest(${[...managerIds]}::text[]) as subject_id
    on conflict do nothing`.execute(unit.db);
}

/** With the places of people in it who are retired. */
export async function deleteDepartment(unit: Unit, id: string): Promise<void> {
  await sql`delete from identity.department where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** Puts people where they are from now on; null: nowhere. */
export async function placeInDepartments(unit: Unit, places: ReadonlyMap<string, string | null>): Promise<void> {
  const into = [...places].filter(([, departmentId]) => departmentId !== null);
  const out = [...places].filter(([, departmentId]) => departmentId === null).map(([personId]) => personId);
  await sql`
    delete from identity.department_person where org_id = ${unit.organisation} and subject_id = any(${out}::text[])`.execute(
    unit.db,
  );
  await sql`
    insert into identity.department_person (org_id, subject_id, department_id)
    select ${unit.organisation}, place.subject_id, place.department_id
    from unnest(${into.map(([id]) => id)}::text[], ${into.map(([, id]) => id)}::text[]) as place(subject_id, department_id)
    order by place.subject_id
    on conflict (org_id, subject_id) do update set department_id = excluded.department_id`.execute(unit.db);
}
