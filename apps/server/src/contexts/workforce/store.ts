import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { WorkingTime } from "./decide.ts";

export async function insertWeek(unit: Unit, subjectId: string, week: readonly WorkingTime[]): Promise<void> {
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  await sql`
    insert into workforce.working_time (org_id, subject_id, weekday, opens, closes)
    select ${unit.organisation}, ${subjectId}, w.weekday, w.opens, w.closes
    from unnest(${week.map(({ weekday }) => weekday)}::smallint[], ${week.map(({ opensMinute }) => clock(opensMinute))}::time[],
      ${week.map(({ closesMinute }) => clock(closesMinute))}::time[]) as w(weekday, opens, closes)`.execute(unit.db);
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

export type Rules = {
  readonly weeks: ReadonlyMap<string, readonly WorkingTime[]>;
  readonly holidays: ReadonlySet<number>;
};

export async function readRules(unit: Unit): Promise<Rules> {
  const weeks = await sql<{ subject_id: string; weekday: number; opens: number; closes: number }>`
    select subject_id, weekday, (extract(epoch from opens) / 60)::bigint as opens, (extract(epoch from closes) / 60)::bigint as closes
    from workforce.working_time where org_id = ${unit.organisation} order by subject_id, weekday, opens limit 100000`.execute(
    unit.db,
  );
  const holidays = await sql<{ day: number }>`
    select (day - date '1970-01-01')::bigint as day from workforce.holiday where org_id = ${unit.organisation} limit 10000`.execute(
    unit.db,
  );
  const byPerson = Map.groupBy(weeks.rows, (row) => row.subject_id);
  return {
    weeks: new Map(
      [...byPerson].map(([id, rows]) => [
        id,
        rows.map(({ weekday, opens, closes }) => ({ weekday, opensMinute: opens, closesMinute: closes })),
      ]),
    ),
    holidays: new Set(holidays.rows.map(({ day }) => day)),
  };
}

export type Behind = { readonly subjectId: string; readonly zone: string };

/** People whose availability does not reach as far as it should, or was made from other rules. */
export async function peopleBehind(unit: Unit, until: string, rules: string, limit: number): Promise<Behind[]> {
  const { rows } = await sql<{ id: string; zone: string }>`
    select p.id, p.zone from identity.subject p
    left join workforce.handed_in h on h.org_id = p.org_id and h.subject_id = p.id
    where p.org_id = ${unit.organisation} and p.kind = 'person' and (h.subject_id is null or h.until < ${until}::date or h.rules <> ${rules})
    order by p.id limit ${limit}`.execute(unit.db);
  return rows.map(({ id, zone }) => ({ subjectId: id, zone }));
}

export async function markHandedIn(
  unit: Unit,
  subjectIds: readonly string[],
  until: string,
  rules: string,
): Promise<void> {
  await sql`
    insert into workforce.handed_in (org_id, subject_id, until, rules)
    select ${unit.organisation}, s.id, ${until}::date, ${rules} from unnest(${[...subjectIds]}::text[]) as s(id)
    on conflict (org_id, subject_id) do update set until = excluded.until, rules = excluded.rules`.execute(unit.db);
}
