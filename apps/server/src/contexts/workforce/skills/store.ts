import { limits } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import type { HeldSkill } from "../../planning/public.ts";
import type { Held, Skill } from "./model.ts";

const SKILL_COLUMNS = sql`id, name, levels, version`;

/** The skills of the organisation, by name. */
export async function skillsOf(unit: Unit): Promise<Skill[]> {
  const { rows } = await sql<Skill>`
    select ${SKILL_COLUMNS} from workforce.skill where org_id = ${unit.organisation} and removed_at is null
    order by lower(name), id limit ${limits.SKILLS_MAX}`.execute(unit.db);
  return rows;
}

/** Those of some that there are. */
export async function skillsById(unit: Unit, ids: readonly string[]): Promise<Skill[]> {
  const { rows } = await sql<Skill>`
    select ${SKILL_COLUMNS} from workforce.skill
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) and removed_at is null`.execute(unit.db);
  return rows;
}

/** Who takes one of them away waits until the unit ends. */
export async function keepSkills(unit: Unit, ids: readonly string[]): Promise<void> {
  await sql`
    select from workforce.skill where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) order by id for share`.execute(
    unit.db,
  );
}

/** A skill, whether it was taken away or not. */
export async function lockSkill(unit: Unit, id: string): Promise<(Skill & { readonly isRemoved: boolean }) | null> {
  const { rows } = await sql<Skill & { isRemoved: boolean }>`
    select ${SKILL_COLUMNS}, removed_at is not null as "isRemoved" from workforce.skill
    where org_id = ${unit.organisation} and id = ${id} for update`.execute(unit.db);
  return rows[0] ?? null;
}

/** One writer of skills at a time: two that are called alike are seen before the index refuses them. */
export async function lockNames(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`workforce.skill ${unit.organisation}`}, 0))`.execute(
    unit.db,
  );
}

export async function isNameTaken(unit: Unit, name: string, butOf: string): Promise<boolean> {
  const { rows } = await sql`
    select from workforce.skill where org_id = ${unit.organisation} and lower(name) = lower(${name}) and removed_at is null
      and id <> ${butOf} limit 1`.execute(unit.db);
  return rows.length > 0;
}

export async function countSkills(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from workforce.skill where org_id = ${unit.organisation} and removed_at is null`.execute(
    unit.db,
  );
  return rows[0]!.count;
}

/** Makes a skill, changes it, or brings it back with everybody who had it. */
export async function putSkill(unit: Unit, { id, name, levels, version }: Skill): Promise<void> {
  await sql`
    insert into workforce.skill (org_id, id, name, levels, version)
    values (${unit.organisation}, ${id}, ${name}, ${[...levels]}::text[], ${version})
    on conflict (org_id, id) do update
      set name = excluded.name, levels = excluded.levels, version = excluded.version, removed_at = null`.execute(
    unit.db,
  );
}

/** Skills that were taken away and are kept for whoever undoes that; the oldest go. */
const REMOVED_KEPT = limits.SKILLS_MAX;

/** Takes a skill away; who has it is kept with it. */
export async function removeSkill(unit: Unit, id: string): Promise<void> {
  await sql`
    update workforce.skill set removed_at = ${Temporal.Instant.fromEpochMilliseconds(unit.nowMs).toString()}::timestamptz
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  await sql`
    with gone as (
      delete from workforce.skill where org_id = ${unit.organisation} and id in (
        select id from workforce.skill where org_id = ${unit.organisation} and removed_at is not null
        order by removed_at desc, id desc offset ${REMOVED_KEPT})
      returning id)
    delete from workforce.person_skill where org_id = ${unit.organisation} and skill_id in (select id from gone)`.execute(
    unit.db,
  );
}

/** How many people who are here have each skill on a day. */
export async function peopleBySkill(unit: Unit, day: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select h.skill_id as id, count(*) as count from workforce.person_skill h
    join identity.subject p on p.org_id = h.org_id and p.id = h.subject_id and p.retired_at is null
    where h.org_id = ${unit.organisation} and h.from_day <= ${day}::date and (h.until_day is null or h.until_day >= ${day}::date)
    group by h.skill_id`.execute(unit.db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

type HeldRow = {
  person_id: string;
  skill_id: string;
  level: number;
  from_day: string;
  until_day: string | null;
  version: number;
};

const HELD_COLUMNS = sql`h.subject_id as person_id, h.skill_id, h.level, h.from_day::text as from_day, h.until_day::text as until_day, h.version`;

/** What somebody has, of skills that there are. */
export async function heldByPerson(unit: Unit, personId: string): Promise<Held[]> {
  const { rows } = await sql<HeldRow>`
    select ${HELD_COLUMNS} from workforce.person_skill h
    join workforce.skill s on s.org_id = h.org_id and s.id = h.skill_id and s.removed_at is null
    where h.org_id = ${unit.organisation} and h.subject_id = ${personId} order by lower(s.name), s.id
    limit ${limits.SKILLS_OF_A_PERSON_MAX}`.execute(unit.db);
  return rows.map(toHeld);
}

/** Who has a skill, of those who are here. `among`: of these alone; null: of all. */
export async function holdersOf(
  unit: Unit,
  skillId: string,
  among: readonly string[] | null,
): Promise<(Held & { readonly person: string })[]> {
  const { rows } = await sql<HeldRow & { person: string }>`
    select ${HELD_COLUMNS}, p.name as person from workforce.person_skill h
    join identity.subject p on p.org_id = h.org_id and p.id = h.subject_id and p.retired_at is null
    where h.org_id = ${unit.organisation} and h.skill_id = ${skillId}
      ${among === null ? sql`` : sql`and h.subject_id = any(${[...among]}::text[])`}
    order by lower(p.name), p.id limit ${limits.PEOPLE_OF_A_SKILL_MAX}`.execute(unit.db);
  return rows.map((row) => ({ ...toHeld(row), person: row.person }));
}

export async function lockHeld(unit: Unit, personId: string, skillId: string): Promise<Held | null> {
  const { rows } = await sql<HeldRow>`
    select ${HELD_COLUMNS} from workforce.person_skill h
    where h.org_id = ${unit.organisation} and h.subject_id = ${personId} and h.skill_id = ${skillId} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toHeld(rows[0]);
}

/** Says that somebody has a skill. False where another said so at the same time. */
export async function putHeld(unit: Unit, held: Held): Promise<boolean> {
  const { rows } = await sql`
    insert into workforce.person_skill (org_id, subject_id, skill_id, level, from_day, until_day, version)
    values (${unit.organisation}, ${held.personId}, ${held.skillId}, ${held.level}, ${held.from}::date, ${held.until}::date, ${held.version})
    on conflict (org_id, subject_id, skill_id) do update
      set level = excluded.level, from_day = excluded.from_day, until_day = excluded.until_day, version = excluded.version
      where workforce.person_skill.version = excluded.version - 1
    returning version`.execute(unit.db);
  return rows.length === 1;
}

export async function deleteHeld(unit: Unit, { personId, skillId }: Pick<Held, "personId" | "skillId">): Promise<void> {
  await sql`
    delete from workforce.person_skill
    where org_id = ${unit.organisation} and subject_id = ${personId} and skill_id = ${skillId}`.execute(unit.db);
}

/** Which of some skills some people have, had, or will have, by days of the epoch: as rules judge them. */
export async function heldBy(
  unit: Unit,
  people: readonly string[],
  skills: readonly string[],
): Promise<ReadonlyMap<string, readonly HeldSkill[]>> {
  const { rows } = await sql<{ person: string; skill: string; level: number; first: number; last: number | null }>`
    select h.subject_id as person, h.skill_id as skill, h.level,
      (h.from_day - date '1970-01-01')::bigint as first, (h.until_day - date '1970-01-01')::bigint as last
    from workforce.person_skill h
    where h.org_id = ${unit.organisation} and h.subject_id = any(${[...people]}::text[])
      and h.skill_id = any(${[...skills]}::text[])`.execute(unit.db);
  const byPerson = Map.groupBy(rows, ({ person }) => person);
  return new Map(
    Array.from(byPerson, ([person, own]) => [
      person,
      own.map(({ skill, level, first, last }) => ({ skillId: skill, level, fromDay: first, untilDay: last })),
    ]),
  );
}

const toHeld = (row: HeldRow): Held => ({
  personId: row.person_id,
  skillId: row.skill_id,
  level: row.level,
  from: row.from_day,
  until: row.until_day,
  version: row.version,
});
