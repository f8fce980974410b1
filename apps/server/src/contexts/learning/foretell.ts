import {
  alarmsOf,
  decide,
  entryIn,
  entryOf,
  FEATURE_COUNT,
  OUTPUT_COUNT,
  parseModel,
  predictRows,
  vectorOf,
  versionFor,
  type Model,
  type Registry,
} from "@hourwright/learn";
import { keyedHash } from "@hourwright/learn/pseudonym";
import { Lru } from "@hourwright/std";
import { DAY_MS } from "@hourwright/time";
import { lastSeq } from "../../platform/changes/read.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Unit } from "../../platform/db/database.ts";
import { pastRows, type DateRow, type PastDate } from "../calendars/public.ts";
import { systemContext } from "../identity/public.ts";
import { watchedWith } from "./decide.ts";
import { AHEAD_DAYS, type Setting } from "./model.ts";
import { datesFor, knownFromMs, type HistoryPorts } from "./past.ts";
import {
  deletePredictions,
  deletePredictionsExcept,
  duePredictions,
  insertPredictions,
  lockSetting,
  modelBytes,
  putSetting,
  settingOf,
  type Prediction,
} from "./store.ts";
import { recordModel } from "./training.ts";

type InUnit = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

/** What was foretold and came about since, and what is foretold now. */
export type Foretold = { readonly settled: number; readonly foretold: number; readonly rolledBack: number };

const NOTHING: Foretold = { settled: 0, foretold: 0, rolledBack: 0 };

/** When each organisation was looked at last, by what it would have to be looked at again for, and not before when. */
const lastLooked = new Lru<string, { readonly mark: string; readonly notBeforeMs: number }>(10_000);
/** Who takes longer than a second is looked at more seldom: a fiftieth of the time, whatever it holds. */
const LONG_MS = 1_000;
const REST_TIMES = 50;

/**
 * Looks at an organisation whose model is asked: what was foretold of dates that have begun is compared with what the log of changes
 * says of them, an alarm of a monitor takes the model back at once, and what comes in the next four weeks is foretold. Nothing while
 * nothing has changed for the last hour, or shortly after it took long. Reads as a history is read: the same function says what *moved* means. Safe to repeat.
 */
export async function foretell(
  { database, newId, pool, clock }: HistoryPorts & { readonly clock: Clock },
  organisation: number,
  signal: AbortSignal,
): Promise<Foretold> {
  const [nowMs, startedMs] = [clock.nowMs(), clock.monotonicMs()];
  const context = systemContext(organisation, "learning.foretell", newId);
  const inUnit: InUnit = (work) => database.inOrganisation(context, work, { lane: "job" });
  const { setting, seq, models } = await inUnit(async (unit) => {
    const setting = await settingOf(unit);
    return {
      setting,
      seq: await lastSeq(unit),
      models: setting === null ? new Map() : await askedModels(unit, setting),
    };
  });
  if (setting === null || !setting.isOn || models.size === 0) return NOTHING;
  const mark = `${seq} ${[...models.keys()].join(" ")} ${Math.floor(nowMs / 3_600_000)}`;
  const place = `${database.kind} ${organisation} ${setting.key}`;
  const last = lastLooked.get(place);
  if (last !== undefined && (last.mark === mark || startedMs < last.notBeforeMs)) return NOTHING;
  await inUnit((unit) => deletePredictionsExcept(unit, [...models.keys()]));
  const fromMs = knownFromMs(nowMs);
  const window = { fromMs, untilMs: nowMs + AHEAD_DAYS * DAY_MS, importedMs: fromMs };
  const { dates, holidays } = await datesFor(inUnit, window);
  const { settled, rolledBack } = await settle(inUnit, dates);
  let foretold = 0;
  if (rolledBack === 0) {
    const planned = dates.flatMap((date) => asPlannedNow(date, nowMs));
    const input = { dates: planned, holidays, key: setting.key, fromMs: nowMs };
    const onPart = async (part: readonly DateRow[]) => {
      const said = saidOf(part, setting, models);
      foretold += said.length;
      await inUnit(async (unit) => {
        const now = await lockSetting(unit);
        if (now?.isOn === true && now.key === setting.key) await insertPredictions(unit, said);
      });
    };
    await pool.run(pastRows, input, { onPart, signal });
    const endedMs = clock.monotonicMs();
    const tookMs = endedMs - startedMs;
    lastLooked.set(place, { mark, notBeforeMs: tookMs > LONG_MS ? endedMs + REST_TIMES * tookMs : endedMs });
  }
  return { settled, foretold, rolledBack };
}

/** The models that are asked for somebody, by version. */
async function askedModels(unit: Unit, { registry }: Setting): Promise<Map<number, Model>> {
  const versions = [entryIn(registry, "canary"), entryIn(registry, "serving")].flatMap((entry) => entry?.version ?? []);
  const models = new Map<number, Model>();
  for (const [version, bytes] of await modelBytes(unit, versions)) {
    const model = parseModel(bytes);
    if (!("refused" in model)) models.set(version, model); // Of other features: it is not asked.
  }
  return models;
}

/**
 * What was moved meanwhile is foretold of as it is planned now, and what came with an import as it is known now. What came with one
 * and has begun tells nothing of people, as in their history.
 */
function asPlannedNow(date: PastDate, nowMs: number): PastDate[] {
  const { became, becameMs, isMadeKnown } = date;
  if (!isMadeKnown)
    return became === null || became.startMs <= nowMs
      ? []
      : [{ ...date, ...became, madeMs: nowMs - 1, becameMs: null }];
  if (became === null || becameMs === null || became.startMs <= nowMs) return [date];
  return [{ ...date, ...became, madeMs: becameMs, becameMs: null }];
}

function saidOf(
  part: readonly DateRow[],
  { registry, key }: Setting,
  models: ReadonlyMap<number, Model>,
): Prediction[] {
  const asked = part.flatMap(({ of, row }) => {
    const version = of.became === null ? null : versionOf(registry, of.organiserId, key);
    return version === null ? [] : [{ of, row, version }];
  });
  return [...Map.groupBy(asked, ({ version }) => version)].flatMap(([version, rows]): Prediction[] => {
    const model = models.get(version);
    if (model === undefined) return [];
    const features = new Float64Array(rows.length * FEATURE_COUNT);
    for (const [i, { row }] of rows.entries()) features.set(vectorOf(row.commitment), i * FEATURE_COUNT);
    const said = predictRows(model, features);
    return rows.map(({ of: { eventId, date, startMs, endMs } }, i) => ({
      eventId,
      date,
      version,
      startMs,
      endMs,
      said: Array.from(said.subarray(i * OUTPUT_COUNT, (i + 1) * OUTPUT_COUNT), (p) => Math.round(p * 10_000) / 10_000),
    }));
  });
}

/** A canary's 5 % are people whose commitments it is asked about. */
const versionOf = (registry: Registry, personId: string, key: string): number | null =>
  versionFor(registry, personId, keyedHash(key));

/** Dates with foretold ones that have begun, settled at once in a unit each; those of a while without a server take more. */
const UNITS_MAX = 200;

/** Notes what became of dates that have begun, and lets the monitors decide. */
async function settle(inUnit: InUnit, dates: readonly PastDate[]): Promise<Pick<Foretold, "settled" | "rolledBack">> {
  const byName = new Map(dates.map((date) => [`${date.eventId} ${date.date}`, date]));
  let [settled, rolledBack] = [0, 0];
  for (let units = 0; units < UNITS_MAX; units++) {
    const done = await inUnit(async (unit) => {
      const setting = await lockSetting(unit);
      const due = await duePredictions(unit);
      if (setting === null || due.length === 0) return { count: 0, rolledBack: 0 };
      const watched = notedIn(setting, due, byName);
      const { registry, taken } = monitored(watched, unit.nowMs);
      await putSetting(unit, { ...watched, registry });
      await deletePredictions(unit, due);
      for (const version of taken) {
        await deletePredictionsExcept(unit, askedIn(registry));
        recordModel(unit, version, "updated");
      }
      return { count: due.length, rolledBack: taken.length };
    });
    if (done.count === 0) break;
    settled += done.count;
    rolledBack += done.rolledBack;
  }
  return { settled, rolledBack };
}

/** What the log knows no more is forgotten, and counts for nothing. */
function notedIn(setting: Setting, due: readonly Prediction[], byName: ReadonlyMap<string, PastDate>): Setting {
  const watches = { ...setting.watches };
  for (const { eventId, date, version, startMs, endMs, said } of due) {
    const past = byName.get(`${eventId} ${date}`);
    if (past === undefined || entryOf(setting.registry, version) === undefined) continue;
    const came = { startMs, endMs, became: past.became, isRefused: past.declined.length > 0 };
    watches[version] = watchedWith(watches[version], version, said, came);
  }
  return { ...setting, watches };
}

const askedIn = ({ entries }: Registry): number[] =>
  entries.flatMap(({ version, state }) => (state === "canary" || state === "serving" ? [version] : []));

/** The registry after its monitors have spoken, and the versions that were taken back. */
function monitored({ registry, watches }: Setting, nowMs: number): { registry: Registry; taken: number[] } {
  const at = Temporal.Instant.fromEpochMilliseconds(nowMs).toString();
  const taken: number[] = [];
  let after = registry;
  for (const version of askedIn(registry)) {
    const [watch, entry] = [watches[version], entryOf(after, version)];
    if (watch === undefined || entry === undefined || alarmsOf(watch, entry).length === 0) continue;
    const decision = decide(after, { do: "observe", watch }, at);
    if ("refused" in decision) continue;
    after = decision.registry;
    taken.push(version);
  }
  return { registry: after, taken };
}
