import { limits } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import { clockText, type WorkingTime } from "./decide.ts";

/** Everybody who has no week of their own. */
export const EVERYBODY = "";

export async function insertWeek(unit: Unit, subjectId: string, week: readonly WorkingTime[]): Promise<void> {
  const clock = clockText;
  if (subjectId !== EVERYBODY)
    await sql`insert into workforce.own_week (org_id, subject_id) values (${unit.organisation}, ${subjectId}) on conflict do nothing`.execute(
      unit.db,
    );
  await sql`
    insert into workforce.working_time (org_id, subject_id, weekday, opens, closes)
    select ${unit.organisation}, ${subjectId}, w.weekday, w.opens, w.closes
    from unnest(${week.map(({ weekday }) => weekday)}::smallint[], ${week.map(({ opensMinute }) => clock(opensMinute))}::time[],
      ${week.map(({ closesMinute }) => clock(closesMinute))}::time[]) as w(weekday, opens, closes)`.execute(unit.db);
}

/** Of two who set the same week at once, the second waits for the first. */
export async function lockWeek(unit: Unit, subjectId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`workforce.week ${unit.organisation} ${subjectId}`}, 0))`.execute(
    unit.db,
  );
}

/** Takes a week away: a person follows the organisation again, an organisation has no hours. */
export async function deleteWeek(unit: Unit, subjectId: string): Promise<void> {
  await sql`delete from workforce.working_time where org_id = ${unit.organisation} and subject_id = ${subjectId}`.execute(
    unit.db,
  );
  await sql`delete from workforce.own_week where org_id = ${unit.organisation} and subject_id = ${subjectId}`.execute(
    unit.db,
  );
}

/** The week of a subject alone; null when a person has none of their own. */
export async function weekOf(unit: Unit, subjectId: string): Promise<readonly WorkingTime[] | null> {
  const { rows } = await sql<{ weekday: number; opens: number; closes: number }>`
    select weekday, (extract(epoch from opens) / 60)::bigint as opens, (extract(epoch from closes) / 60)::bigint as closes
    from workforce.working_time where org_id = ${unit.organisation} and subject_id = ${subjectId} order by weekday, opens`.execute(
    unit.db,
  );
  if (rows.length === 0 && subjectId !== EVERYBODY) {
    const own =
      await sql`select from workforce.own_week where org_id = ${unit.organisation} and subject_id = ${subjectId}`.execute(
        unit.db,
      );
    if (own.rows.length === 0) return null;
  }
  return rows.map(({ weekday, opens, closes }) => ({ weekday, opensMinute: opens, closesMinute: closes }));
}

export type Holiday = { readonly day: string; readonly name: string };

export async function holidaysBetween(unit: Unit, from: string, to: string, limit: number): Promise<Holiday[]> {
  const { rows } = await sql<Holiday>`
    select day::text as day, name from workforce.holiday
    where org_id = ${unit.organisation} and day >= ${from}::date and day < ${to}::date order by day limit ${limit}`.execute(
    unit.db,
  );
  return rows;
}

/** The days on which nobody works, as epoch days. */
export async function holidayDays(unit: Unit): Promise<readonly number[]> {
  return unit.known("holidays", async () => {
    const { rows } = await sql<{ day: number }>`
      select (day - date '1970-01-01')::bigint as day from workforce.holiday
      where org_id = ${unit.organisation} limit ${limits.HOLIDAYS_MAX}`.execute(unit.db);
    return rows.map(({ day }) => day);
  });
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
  const own = await sql<{ subject_id: string }>`
    select subject_id from workforce.own_week where org_id = ${unit.organisation} order by subject_id limit 100000`.execute(
    unit.db,
  );
  const byPerson = Map.groupBy(weeks.rows, (row) => row.subject_id);
  const ids = [...own.rows.map(({ subject_id }) => subject_id), ...(byPerson.has(EVERYBODY) ? [EVERYBODY] : [])];
  return {
    weeks: new Map(
      ids.map((id) => [
        id,
        (byPerson.get(id) ?? []).map(({ weekday, opens, closes }) => ({
          weekday,
          opensMinute: opens,
          closesMinute: closes,
        })),
      ]),
    ),
    holidays: new Set(holidays.rows.map(({ day }) => day)),
  };
}

export type Behind = { readonly subjectId: string; readonly zone: string; readonly retired: boolean };

/** The rules that somebody's availability was made from, and the zone it was made in. */
const rulesWithZone = sql`(coalesce(own.rules, everybody.rules) || ' ' || p.zone)`;

/**
 * People whose availability does not reach as far as it should, or was made from other rules or in another zone, and
 * those who are retired and still have some. `own` has the rules of who has a week of their own.
 */
export async function peopleBehind(
  unit: Unit,
  until: string,
  { own, everybody }: RuleHashes,
  limit: number,
): Promise<Behind[]> {
  const { rows } = await sql<{ id: string; zone: string; retired: boolean }>`
    select p.id, p.zone, p.retired_at is not null as retired
    from identity.subject p
    cross join (select ${everybody}::text as rules) everybody
    left join unnest(${[...own.keys()]}::text[], ${[...own.values()]}::text[]) as own(id, rules) on own.id = p.id
    left join workforce.handed_in h on h.org_id = p.org_id and h.subject_id = p.id
    where p.org_id = ${unit.organisation} and p.kind = 'person' and (
      p.retired_at is null and (h.subject_id is null or h.until < ${until}::date or h.rules <> ${rulesWithZone})
      or p.retired_at is not null and h.subject_id is not null)
    order by p.id limit ${limit}`.execute(unit.db);
  return rows.map(({ id, zone, retired }) => ({ subjectId: id, zone, retired }));
}

/** Hashes of the rules: of everybody, and of each who has a week of their own. */
export type RuleHashes = { readonly everybody: string; readonly own: ReadonlyMap<string, string> };

export async function markHandedIn(
  unit: Unit,
  people: readonly { readonly subjectId: string; readonly rules: string }[],
  until: string,
): Promise<void> {
  await sql`
    insert into workforce.handed_in (org_id, subject_id, until, rules)
    select ${unit.organisation}, s.id, ${until}::date, s.rules
    from unnest(${people.map(({ subjectId }) => subjectId)}::text[], ${people.map(({ rules }) => rules)}::text[]) as s(id, rules)
    on conflict (org_id, subject_id) do update set until = excluded.until, rules = excluded.rules`.execute(unit.db);
}

export async function forgetHandedIn(unit: Unit, subjectIds: readonly string[]): Promise<void> {
  await sql`delete from workforce.handed_in where org_id = ${unit.organisation} and subject_id = any(${[...subjectIds]}::text[])`.execute(
    unit.db,
  );
}
