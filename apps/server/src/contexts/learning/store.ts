import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import { parseRegistry, printRegistry, ROWS_A_PERSON_MIN, type Report, type Watch } from "@hourwright/learn";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { HistoryCount } from "./decide.ts";
import type { Setting } from "./model.ts";

type SettingRow = {
  is_on: boolean;
  consent: string;
  key: string;
  read_until: Temporal.Instant | null;
  trained_at: Temporal.Instant | null;
  registry: string;
  watches: Record<string, Watch>;
};

const instantOf = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms);

/** How the organisation learns; null where nobody has ever said. */
export async function settingOf(unit: Unit): Promise<Setting | null> {
  const { rows } = await sql<SettingRow>`
    select is_on, consent, key, read_until, trained_at, registry, watches
    from learning.setting where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0] === undefined ? null : toSetting(rows[0]);
}

/** The same, locked: whoever decides about models or the setting holds it. */
export async function lockSetting(unit: Unit): Promise<Setting | null> {
  const { rows } = await sql<SettingRow>`
    select is_on, consent, key, read_until, trained_at, registry, watches
    from learning.setting where org_id = ${unit.organisation} for update`.execute(unit.db);
  return rows[0] === undefined ? null : toSetting(rows[0]);
}

export async function putSetting(unit: Unit, setting: Setting): Promise<void> {
  const { isOn, consent, key, readUntilMs, trainedAtMs, registry, watches } = setting;
  await sql`
    insert into learning.setting (org_id, is_on, consent, key, read_until, trained_at, registry, watches)
    values (${unit.organisation}, ${isOn}, ${consent}, ${key},
      ${readUntilMs === null ? null : instantOf(readUntilMs)}::timestamptz,
      ${trainedAtMs === null ? null : instantOf(trainedAtMs)}::timestamptz,
      ${printRegistry(registry)}, ${JSON.stringify(watches)}::jsonb)
    on conflict (org_id) do update set is_on = excluded.is_on, consent = excluded.consent,
      read_until = excluded.read_until, trained_at = excluded.trained_at, registry = excluded.registry,
      watches = excluded.watches`.execute(unit.db);
}

/** Makes the row with a key of its own where there is none: two at once get the same. */
export async function ensureSetting(unit: Unit, setting: Setting): Promise<Setting> {
  await sql`
    insert into learning.setting (org_id, key, registry)
    values (${unit.organisation}, ${setting.key}, ${printRegistry(setting.registry)})
    on conflict do nothing`.execute(unit.db);
  return (await lockSetting(unit))!;
}

/** Everything goes: history, key, models, and what they foretold. */
export async function deleteAll(unit: Unit): Promise<void> {
  await sql`delete from learning.prediction where org_id = ${unit.organisation}`.execute(unit.db);
  await sql`delete from learning.model where org_id = ${unit.organisation}`.execute(unit.db);
  await sql`delete from learning.past where org_id = ${unit.organisation}`.execute(unit.db);
  await sql`delete from learning.setting where org_id = ${unit.organisation}`.execute(unit.db);
}

/** A line of the history, by its keyed name. */
export type PastLine = {
  readonly id: string;
  readonly startMs: number;
  readonly who: string;
  readonly line: string;
};

/** Adds lines; those that are there already stay as they were read. At most some hundred at once. */
export async function insertPast(unit: Unit, agreed: string, lines: readonly PastLine[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into learning.past (org_id, id, start_at, who, agreed, line)
    select ${unit.organisation}, *
    from unnest(${lines.map(({ id }) => id)}::text[],
      ${lines.map(({ startMs }) => instantOf(startMs).toString())}::timestamptz[],
      ${lines.map(({ who }) => who)}::text[],
      ${lines.map(() => agreed)}::text[],
      ${lines.map(({ line }) => line)}::text[])
    on conflict (org_id, id) do update set agreed = excluded.agreed, line = excluded.line
      where learning.past.agreed <> excluded.agreed`.execute(unit.db);
}

/** The oldest lines over the bound go. */
export async function trimPast(unit: Unit): Promise<void> {
  await sql`
    delete from learning.past
    where org_id = ${unit.organisation} and id in (
      select id from learning.past
      where org_id = ${unit.organisation}
      order by start_at desc, id desc
      offset ${limits.HISTORY_ROWS_MAX})`.execute(unit.db);
}

/** Lines of people of whom nothing may be learned go. */
export async function deletePastOf(unit: Unit, who: readonly string[]): Promise<void> {
  if (who.length === 0) return;
  await sql`
    delete from learning.past where org_id = ${unit.organisation} and who = any(${[...who]}::text[])`.execute(unit.db);
}

const PAGE = 500;

/** Lines after one of them, in order, 500 at most. */
export async function pastAfter(
  unit: Unit,
  agreed: string,
  after: Pick<PastLine, "id" | "startMs"> | null,
): Promise<{ readonly lines: readonly string[]; readonly last: Pick<PastLine, "id" | "startMs"> | null }> {
  const { rows } = await sql<{ id: string; start_at: Temporal.Instant; line: string }>`
    select id, start_at, line from learning.past
    where org_id = ${unit.organisation} and agreed = ${agreed}
      ${after === null ? sql`` : sql`and (start_at, id) > (${instantOf(after.startMs)}::timestamptz, ${after.id})`}
    order by start_at, id
    limit ${PAGE}`.execute(unit.db);
  const last = rows.at(-1);
  return {
    lines: rows.map(({ line }) => line),
    last: last === undefined || rows.length < PAGE ? null : { id: last.id, startMs: last.start_at.epochMilliseconds },
  };
}

/** How much there is to learn from. One index range: some milliseconds for 50,000. */
export async function countPast(unit: Unit, agreed: string): Promise<HistoryCount> {
  const { rows } = await sql<{
    rows: number;
    usable: number;
    people: number;
    first: Temporal.Instant | null;
    last: Temporal.Instant | null;
  }>`
    select coalesce(sum(count), 0)::bigint as rows,
      coalesce(sum(count) filter (where count >= ${ROWS_A_PERSON_MIN}), 0)::bigint as usable,
      count(*) filter (where count >= ${ROWS_A_PERSON_MIN}) as people,
      min(first) as first, max(last) as last
    from (
      select count(*) as count, min(start_at) as first, max(start_at) as last
      from learning.past
      where org_id = ${unit.organisation} and agreed = ${agreed}
      group by who
    ) each`.execute(unit.db);
  const { first, last, ...counts } = rows[0]!;
  return { ...counts, fromMs: first?.epochMilliseconds ?? null, toMs: last?.epochMilliseconds ?? null };
}

export async function insertModel(unit: Unit, version: number, bytes: string, report: Report): Promise<void> {
  await sql`
    insert into learning.model (org_id, version, bytes, report)
    values (${unit.organisation}, ${version}, ${bytes}, ${JSON.stringify(report)}::jsonb)`.execute(unit.db);
}

export async function deleteModels(unit: Unit, versions: readonly number[]): Promise<void> {
  if (versions.length === 0) return;
  await sql`
    delete from learning.model where org_id = ${unit.organisation} and version = any(${[...versions]}::integer[])`.execute(
    unit.db,
  );
}

/** What models are made of, by version. */
export async function modelBytes(unit: Unit, versions: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (versions.length === 0) return new Map();
  const { rows } = await sql<{ version: number; bytes: string }>`
    select version, bytes from learning.model
    where org_id = ${unit.organisation} and version = any(${[...versions]}::integer[])`.execute(unit.db);
  return new Map(rows.map(({ version, bytes }) => [version, bytes]));
}

/** How models did when they were judged, by version. */
export async function reportsOf(unit: Unit): Promise<ReadonlyMap<number, Report>> {
  const { rows } = await sql<{ version: number; report: Report }>`
    select version, report from learning.model where org_id = ${unit.organisation}`.execute(unit.db);
  return new Map(rows.map(({ version, report }) => [version, report]));
}

/** What a model said of a date. Times are those that were planned then. */
export type Prediction = {
  readonly eventId: string;
  readonly date: string;
  readonly version: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly said: readonly number[];
};

type PredictionRow = {
  event_id: string;
  date: string;
  version: number;
  start_at: Temporal.Instant;
  end_at: Temporal.Instant;
  said: number[];
};

/** Adds what is foretold; what was said of a date first stays. Some hundred at once. */
export async function insertPredictions(unit: Unit, all: readonly Prediction[]): Promise<void> {
  if (all.length === 0) return;
  await sql`
    insert into learning.prediction (org_id, event_id, date, version, start_at, end_at, said)
    select ${unit.organisation}, *
    from unnest(${all.map(({ eventId }) => eventId)}::text[],
      ${all.map(({ date }) => date)}::text[],
      ${all.map(({ version }) => version)}::integer[],
      ${all.map(({ startMs }) => instantOf(startMs).toString())}::timestamptz[],
      ${all.map(({ endMs }) => instantOf(endMs).toString())}::timestamptz[],
      ${all.map(({ said }) => JSON.stringify(said))}::jsonb[])
    on conflict do nothing`.execute(unit.db);
}

/** What was foretold of dates that have begun, the oldest 500. */
export async function duePredictions(unit: Unit): Promise<Prediction[]> {
  const { rows } = await sql<PredictionRow>`
    select event_id, date, version, start_at, end_at, said from learning.prediction
    where org_id = ${unit.organisation} and start_at <= ${instantOf(unit.nowMs)}::timestamptz
    order by start_at
    limit ${PAGE}`.execute(unit.db);
  return rows.map(toPrediction);
}

export async function deletePredictions(
  unit: Unit,
  all: readonly Pick<Prediction, "eventId" | "date">[],
): Promise<void> {
  if (all.length === 0) return;
  await sql`
    delete from learning.prediction
    where org_id = ${unit.organisation} and (event_id, date) in (
      select * from unnest(${all.map(({ eventId }) => eventId)}::text[], ${all.map(({ date }) => date)}::text[]))`.execute(
    unit.db,
  );
}

/** What models said that are not asked any more goes. */
export async function deletePredictionsExcept(unit: Unit, versions: readonly number[]): Promise<void> {
  await sql`
    delete from learning.prediction
    where org_id = ${unit.organisation} and not version = any(${[...versions]}::integer[])`.execute(unit.db);
}

export async function predictionOf(unit: Unit, eventId: string, date: string): Promise<Prediction | null> {
  const { rows } = await sql<PredictionRow>`
    select event_id, date, version, start_at, end_at, said from learning.prediction
    where org_id = ${unit.organisation} and event_id = ${eventId} and date = ${date}`.execute(unit.db);
  return rows[0] === undefined ? null : toPrediction(rows[0]);
}

export async function countPredictions(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from learning.prediction
    where org_id = ${unit.organisation} and start_at > ${instantOf(unit.nowMs)}::timestamptz`.execute(unit.db);
  return rows[0]!.count;
}

const toPrediction = (row: PredictionRow): Prediction => ({
  eventId: row.event_id,
  date: row.date,
  version: row.version,
  startMs: row.start_at.epochMilliseconds,
  endMs: row.end_at.epochMilliseconds,
  said: row.said,
});

/** Organisations that have said something about learning: of those that stopped, too, whoever wants it is taken out. */
export async function organisationsThatLearn(database: Database, max: number): Promise<number[]> {
  const { rows } = await database.outside(
    (db) => sql<{ org_id: number }>`select org_id from learning.organisations(${max})`.execute(db),
    { lane: "job" },
  );
  return rows.map(({ org_id }) => org_id);
}

function toSetting(row: SettingRow): Setting {
  const registry = parseRegistry(row.registry);
  if ("refused" in registry) throw new Error(`the registry of models: ${registry.refused}`);
  return {
    isOn: row.is_on,
    consent: row.consent,
    key: row.key,
    readUntilMs: row.read_until?.epochMilliseconds ?? null,
    trainedAtMs: row.trained_at?.epochMilliseconds ?? null,
    registry,
    watches: row.watches,
  };
}
