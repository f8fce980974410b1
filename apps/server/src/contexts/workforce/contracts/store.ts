import { limits } from "@hourwright/contract";
import type { HourlyCost, Rule } from "@hourwright/schedule";
import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import type { RuleSet, Terms, Version } from "./model.ts";
import { dayText } from "./terms.ts";

type Row = {
  id: string;
  subject_id: string;
  first: number;
  beyond: number | null;
  terms: Terms;
  cost: HourlyCost | null;
  rule_set_id: string | null;
  version: number;
};

const COLUMNS = sql`id, subject_id, (from_day - date '1970-01-01')::bigint as first, (to_day - date '1970-01-01')::bigint as beyond,
  terms, cost, rule_set_id, version`;

const toVersion = (row: Row): Version => ({
  id: row.id,
  personId: row.subject_id,
  fromDay: row.first,
  toDay: row.beyond,
  terms: row.terms,
  cost: row.cost,
  ruleSetId: row.rule_set_id,
  version: row.version,
});

/** People asked for at once who are read by themselves; of more all are known. */
const READ_ALONE_MAX = 4;

/** The versions of some people, or of all (null), in order. Of many they are known. */
export async function versionsOf(
  unit: Unit,
  people: readonly string[] | null,
): Promise<ReadonlyMap<string, readonly Version[]>> {
  if (people !== null && people.length <= READ_ALONE_MAX)
    return Map.groupBy(await readVersions(unit, people), ({ personId }) => personId);
  const all = await unit.known("contracts", async () =>
    Map.groupBy(await readVersions(unit, null), ({ personId }) => personId),
  );
  if (people === null) return all;
  return new Map(people.flatMap((id) => (all.has(id) ? [[id, all.get(id)!] as const] : [])));
}

async function readVersions(unit: Unit, people: readonly string[] | null): Promise<Version[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.contract
    where org_id = ${unit.organisation} ${people === null ? sql`` : sql`and subject_id = any(${[...people]}::text[])`}
    order by subject_id, from_day limit ${limits.CONTRACT_VERSIONS_MAX}`.execute(unit.db);
  return rows.map(toVersion);
}

/** A page of versions by person and first day. `people`: of these alone; null: of all. */
export async function pageOfVersions(
  unit: Unit,
  people: readonly string[] | null,
  after: readonly [person: string, day: string] | null,
  limit: number,
): Promise<Version[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.contract
    where org_id = ${unit.organisation} ${people === null ? sql`` : sql`and subject_id = any(${[...people]}::text[])`}
      ${after === null ? sql`` : sql`and (subject_id, from_day) > (${after[0]}, ${after[1]}::date)`}
    order by subject_id, from_day limit ${limit}`.execute(unit.db);
  return rows.map(toVersion);
}

export async function versionById(unit: Unit, id: string): Promise<Version | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.contract where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows[0] === undefined ? null : toVersion(rows[0]);
}

export async function countVersions(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from workforce.contract where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0]!.count;
}

/** The versions of some people as they should be: what differs is written, what is left out goes. Two statements at most. */
export async function replaceVersions(
  unit: Unit,
  changes: readonly { readonly before: readonly Version[]; readonly after: readonly Version[] }[],
): Promise<void> {
  const kept = new Set(changes.flatMap(({ after }) => after.map(({ id }) => id)));
  const gone = changes.flatMap(({ before }) => before.filter(({ id }) => !kept.has(id)).map(({ id }) => id));
  if (gone.length > 0)
    await sql`delete from workforce.contract where org_id = ${unit.organisation} and id = any(${gone}::text[])`.execute(
      unit.db,
    );
  const changed = changes.flatMap(({ before, after }) => after.filter((each) => !before.includes(each)));
  if (changed.length === 0) return;
  // Those that end sooner first: no two of a person may hold at once in between.
  await sql`
    insert into workforce.contract (org_id, id, subject_id, from_day, to_day, terms, cost, rule_set_id, version)
    select ${unit.organisation}, r.* from jsonb_to_recordset(${JSON.stringify(changed.map(rowOf))}::jsonb) as r(id text,
      subject_id text, from_day date, to_day date, terms jsonb, cost jsonb, rule_set_id text, version integer)
    order by r.subject_id, r.from_day
    on conflict (org_id, id) do update set from_day = excluded.from_day, to_day = excluded.to_day, terms = excluded.terms,
      cost = excluded.cost, rule_set_id = excluded.rule_set_id, version = excluded.version`.execute(unit.db);
}

const rowOf = ({ id, personId, fromDay, toDay, terms, cost, ruleSetId, version }: Version) => ({
  id,
  subject_id: personId,
  from_day: dayText(fromDay),
  to_day: toDay === null ? null : dayText(toDay),
  terms,
  cost,
  rule_set_id: ruleSetId,
  version,
});

/** Many versions at once, of people who have none: a first fill. */
export async function insertVersions(unit: Unit, versions: readonly Version[]): Promise<void> {
  const rows = versions.map(rowOf);
  await sql`
    insert into workforce.contract (org_id, id, subject_id, from_day, to_day, terms, cost, rule_set_id, version)
    select ${unit.organisation}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, subject_id text,
      from_day date, to_day date, terms jsonb, cost jsonb, rule_set_id text, version integer)`.execute(unit.db);
  await touchSchedules(
    unit,
    versions.map(({ personId }) => personId),
  );
}

/** Says that what somebody's schedule is made of has changed: their hours are handed in again. */
export async function touchSchedules(unit: Unit, people: readonly string[]): Promise<void> {
  await sql`
    insert into workforce.schedule (org_id, subject_id)
    select ${unit.organisation}, p.id from unnest(${[...new Set(people)].sort()}::text[]) as p(id)
    on conflict (org_id, subject_id) do update set version = workforce.schedule.version + 1`.execute(unit.db);
}

/** One writer of somebody's schedule at a time: until the unit ends nobody else changes their contract or adjustments. */
export async function lockSchedules(unit: Unit, people: readonly string[]): Promise<void> {
  const names = [...new Set(people)].sort().map((id) => `workforce.schedule ${unit.organisation} ${id}`);
  // One after the other in this order, as every other unit has it.
  await sql`
    select pg_advisory_xact_lock(hashtextextended(named.name, 0))
    from unnest(${names}::text[]) with ordinality as named(name, position) order by position`.execute(unit.db);
}

// Rule sets

type RuleSetRow = { id: string; name: string; rules: readonly Rule[]; weekly_minutes: number; version: number };

const toRuleSet = ({ weekly_minutes: weeklyMinutes, ...row }: RuleSetRow): RuleSet => ({ ...row, weeklyMinutes });

/** The rule sets of the organisation, by name. */
export async function ruleSetsOf(unit: Unit): Promise<readonly RuleSet[]> {
  return unit.known("rule sets", async () => {
    const { rows } = await sql<RuleSetRow>`
      select id, name, rules, weekly_minutes, version from workforce.rule_set where org_id = ${unit.organisation}
      order by lower(name), id limit ${limits.RULE_SETS_MAX}`.execute(unit.db);
    return rows.map(toRuleSet);
  });
}

/** A rule set that nobody changes until the unit ends. */
export async function lockRuleSet(unit: Unit, id: string): Promise<RuleSet | null> {
  const { rows } = await sql<RuleSetRow>`
    select id, name, rules, weekly_minutes, version from workforce.rule_set
    where org_id = ${unit.organisation} and id = ${id} for update`.execute(unit.db);
  return rows[0] === undefined ? null : toRuleSet(rows[0]);
}

/** Those of some rule sets that there are, as they are and stay until the unit ends. */
export async function keepRuleSets(unit: Unit, ids: readonly string[]): Promise<readonly RuleSet[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<RuleSetRow>`
    select id, name, rules, weekly_minutes, version from workforce.rule_set
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) order by id for share`.execute(unit.db);
  return rows.map(toRuleSet);
}

/** One writer of rule sets at a time: two that are called alike are seen before the index refuses them. */
export async function lockRuleSetNames(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`workforce.rule_set ${unit.organisation}`}, 0))`.execute(
    unit.db,
  );
}

export async function putRuleSetRow(unit: Unit, { id, name, rules, weeklyMinutes, version }: RuleSet): Promise<void> {
  await sql`
    insert into workforce.rule_set (org_id, id, name, rules, weekly_minutes, version)
    values (${unit.organisation}, ${id}, ${name}, ${JSON.stringify(rules)}::jsonb, ${weeklyMinutes}, ${version})
    on conflict (org_id, id) do update set name = excluded.name, rules = excluded.rules,
      weekly_minutes = excluded.weekly_minutes, version = excluded.version`.execute(unit.db);
}

export async function deleteRuleSet(unit: Unit, id: string): Promise<void> {
  await sql`delete from workforce.rule_set where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** How many versions of contracts name each rule set. */
export async function contractsByRuleSet(unit: Unit): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select rule_set_id as id, count(*) as count from workforce.contract
    where org_id = ${unit.organisation} and rule_set_id is not null group by rule_set_id`.execute(unit.db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}
