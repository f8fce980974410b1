import { limits } from "@hourwright/contract";
import { CLOCKED_MAX } from "@hourwright/schedule";
import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { dayText } from "../contracts/terms.ts";
import { USUAL_RULES, type AccountRules, type Pair, type StoredCorrection } from "./model.ts";

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

type RulesRow = { readonly rules: AccountRules; readonly version: number };

/** The rules of the organisation; the usual ones where nobody has set any. */
export async function accountRules(unit: Unit): Promise<RulesRow> {
  return unit.known("account rules", async () => {
    const { rows } = await sql<RulesRow>`
      select rules, version from workforce.account_rules where org_id = ${unit.organisation}`.execute(unit.db);
    return rows[0] ?? { rules: USUAL_RULES, version: 0 };
  });
}

/** Sets them where they are still at a version. False where somebody else was first. */
export async function putAccountRules(unit: Unit, rules: AccountRules, version: number): Promise<boolean> {
  const { rows } = await sql`
    insert into workforce.account_rules (org_id, rules, version) values (${unit.organisation}, ${JSON.stringify(rules)}::jsonb, ${version})
    on conflict (org_id) do update set rules = excluded.rules, version = excluded.version
      where workforce.account_rules.version = excluded.version - 1
    returning version`.execute(unit.db);
  return rows.length === 1;
}

type PairRow = { id: string; subject_id: string; start_ms: number; end_ms: number | null };

const PAIR = sql`id, subject_id, (date_part('epoch', started_at) * 1000)::bigint as start_ms,
  (date_part('epoch', ended_at) * 1000)::bigint as end_ms`;

const toPair = ({ id, subject_id, start_ms, end_ms }: PairRow): Pair => ({
  id,
  personId: subject_id,
  startMs: start_ms,
  endMs: end_ms,
});

/** When somebody came, within some time, in order. */
export async function pairsOf(unit: Unit, personId: string, fromMs: number, toMs: number): Promise<Pair[]> {
  const { rows } = await sql<PairRow>`
    select ${PAIR} from workforce.clocked where org_id = ${unit.organisation} and subject_id = ${personId}
      and started_at >= ${at(fromMs)}::timestamptz and started_at < ${at(toMs)}::timestamptz
    order by started_at, id limit ${CLOCKED_MAX}`.execute(unit.db);
  return rows.map(toPair);
}

/** Comings and corrections of one answer about many people. */
const CLOCKED_OF_MANY_MAX = 400_000;

/** When some people came, within some time, in order. */
export async function pairsOfPeople(
  unit: Unit,
  people: readonly string[],
  fromMs: number,
  toMs: number,
): Promise<ReadonlyMap<string, readonly Pair[]>> {
  const { rows } = await sql<PairRow>`
    select ${PAIR} from workforce.clocked where org_id = ${unit.organisation} and subject_id = any(${[...people]}::text[])
      and started_at >= ${at(fromMs)}::timestamptz and started_at < ${at(toMs)}::timestamptz
    order by started_at, id limit ${CLOCKED_OF_MANY_MAX}`.execute(unit.db);
  return Map.groupBy(rows.map(toPair), ({ personId }) => personId);
}

/** Since when somebody is in; null: they are not. */
export async function pairOpen(unit: Unit, personId: string): Promise<Pair | null> {
  const { rows } = await sql<PairRow>`
    select ${PAIR} from workforce.clocked
    where org_id = ${unit.organisation} and subject_id = ${personId} and ended_at is null`.execute(unit.db);
  return rows[0] === undefined ? null : toPair(rows[0]);
}

export async function pairById(unit: Unit, id: string): Promise<Pair | null> {
  const { rows } = await sql<PairRow>`
    select ${PAIR} from workforce.clocked where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
  return rows[0] === undefined ? null : toPair(rows[0]);
}

export async function putPair(unit: Unit, { id, personId, startMs, endMs }: Pair): Promise<void> {
  await sql`
    insert into workforce.clocked (org_id, id, subject_id, started_at, ended_at)
    values (${unit.organisation}, ${id}, ${personId}, ${at(startMs)}::timestamptz, ${endMs === null ? null : at(endMs)}::timestamptz)
    on conflict (org_id, id) do update set ended_at = excluded.ended_at`.execute(unit.db);
}

type CorrectionRow = {
  id: string;
  subject_id: string;
  clocked_id: string | null;
  on_day: number;
  start_ms: number | null;
  end_ms: number | null;
  state: StoredCorrection["state"];
  note: string;
  asked_name: string;
  asked_ms: number;
  decided_name: string | null;
  decided_ms: number | null;
  answer: string;
  version: number;
};

const CORRECTION = sql`id, subject_id, clocked_id, (day - date '1970-01-01')::bigint as on_day,
  (date_part('epoch', started_at) * 1000)::bigint as start_ms, (date_part('epoch', ended_at) * 1000)::bigint as end_ms, state, note,
  asked_name, (date_part('epoch', asked_at) * 1000)::bigint as asked_ms, decided_name,
  (date_part('epoch', decided_at) * 1000)::bigint as decided_ms, answer, version`;

const toCorrection = (row: CorrectionRow): StoredCorrection => ({
  id: row.id,
  personId: row.subject_id,
  of: row.clocked_id,
  day: row.on_day,
  time: row.start_ms === null ? null : { startMs: row.start_ms, endMs: row.end_ms! },
  state: row.state,
  note: row.note,
  askedName: row.asked_name,
  askedMs: row.asked_ms,
  decidedName: row.decided_name,
  decidedMs: row.decided_ms,
  answer: row.answer,
  version: row.version,
});

/** Corrections of some days, in the order in which they were decided, and then asked for: of a pair the last counts. */
export async function correctionsOf(
  unit: Unit,
  personId: string,
  fromDay: number,
  toDay: number,
): Promise<StoredCorrection[]> {
  const { rows } = await sql<CorrectionRow>`
    select ${CORRECTION} from workforce.correction where org_id = ${unit.organisation} and subject_id = ${personId}
      and day >= ${dayText(fromDay)}::date and day < ${dayText(toDay)}::date
    order by decided_at nulls last, asked_at, id limit ${CLOCKED_MAX}`.execute(unit.db);
  return rows.map(toCorrection);
}

/** The same of some people. */
export async function correctionsOfPeople(
  unit: Unit,
  people: readonly string[],
  { fromDay, toDay }: { readonly fromDay: number; readonly toDay: number },
): Promise<ReadonlyMap<string, readonly StoredCorrection[]>> {
  const { rows } = await sql<CorrectionRow>`
    select ${CORRECTION} from workforce.correction where org_id = ${unit.organisation} and subject_id = any(${[...people]}::text[])
      and day >= ${dayText(fromDay)}::date and day < ${dayText(toDay)}::date
    order by decided_at nulls last, asked_at, id limit ${CLOCKED_OF_MANY_MAX}`.execute(unit.db);
  return Map.groupBy(rows.map(toCorrection), ({ personId }) => personId);
}

/** One that nobody else decides until the unit ends. */
export async function lockCorrection(unit: Unit, id: string): Promise<StoredCorrection | null> {
  const { rows } = await sql<CorrectionRow>`
    select ${CORRECTION} from workforce.correction where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toCorrection(rows[0]);
}

/** How many of somebody's are asked for. */
export async function countCorrectionsAsked(unit: Unit, personId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from workforce.correction
    where org_id = ${unit.organisation} and subject_id = ${personId} and state = 'requested'`.execute(unit.db);
  return rows[0]!.count;
}

export const CORRECTIONS_ASKED_MAX = limits.CLOCKED_LISTED_MAX;

export async function putCorrection(unit: Unit, each: StoredCorrection): Promise<void> {
  const { time, decidedMs } = each;
  await sql`
    insert into workforce.correction (org_id, id, subject_id, clocked_id, day, started_at, ended_at, state, note, asked_name, asked_at,
      decided_name, decided_at, answer, version)
    values (${unit.organisation}, ${each.id}, ${each.personId}, ${each.of}, ${dayText(each.day)}::date,
      ${time === null ? null : at(time.startMs)}::timestamptz, ${time === null ? null : at(time.endMs)}::timestamptz, ${each.state},
      ${each.note}, ${each.askedName}, ${at(each.askedMs)}::timestamptz, ${each.decidedName},
      ${decidedMs === null ? null : at(decidedMs)}::timestamptz, ${each.answer}, ${each.version})
    on conflict (org_id, id) do update set state = excluded.state, decided_name = excluded.decided_name,
      decided_at = excluded.decided_at, answer = excluded.answer, version = excluded.version`.execute(unit.db);
}
