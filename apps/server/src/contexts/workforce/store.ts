import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";

/** A holiday that the organisation has named. */
export type Holiday = { readonly day: string; readonly name: string };

export async function holidaysBetween(unit: Unit, from: string, to: string, limit: number): Promise<Holiday[]> {
  const { rows } = await sql<Holiday>`
    select day::text as day, name from workforce.holiday
    where org_id = ${unit.organisation} and day >= ${from}::date and day < ${to}::date order by day limit ${limit}`.execute(
    unit.db,
  );
  return rows;
}

/** Adds days or renames those there are; those that stood before come back as they were. */
export async function putHolidays(unit: Unit, holidays: readonly Holiday[]): Promise<Holiday[]> {
  const days = holidays.map(({ day }) => day);
  const { rows } = await sql<Holiday>`
    select day::text as day, name from workforce.holiday where org_id = ${unit.organisation} and day = any(${days}::date[]) for update`.execute(
    unit.db,
  );
  await sql`
    insert into workforce.holiday (org_id, day, name)
    select ${unit.organisation}, h.day, h.name
    from unnest(${days}::date[], ${holidays.map(({ name }) => name)}::text[]) as h(day, name)
    on conflict (org_id, day) do update set name = excluded.name`.execute(unit.db);
  return rows;
}

export async function countHolidays(unit: Unit): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from workforce.holiday where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0]!.count;
}

export async function deleteHoliday(unit: Unit, day: string): Promise<Holiday | null> {
  const { rows } = await sql<Holiday>`
    delete from workforce.holiday where org_id = ${unit.organisation} and day = ${day}::date returning day::text as day, name`.execute(
    unit.db,
  );
  return rows[0] ?? null;
}

export async function insertHolidays(
  unit: Unit,
  holidays: readonly { readonly day: string; readonly name: string }[],
): Promise<void> {
  await sql`
    insert into workforce.holiday (org_id, day, name)
    select ${unit.organisation}, h.day, h.name
    from unnest(${holidays.map(({ day }) => day)}::date[], ${holidays.map(({ name }) => name)}::text[]) as h(day, name)
    on conflict do nothing`.execute(unit.db);
}
