import { DAY_MS } from "@hourwright/time";
import { keyedHash } from "@hourwright/learn/pseudonym";
import { CONTENTS_DAYS } from "../../platform/changes/retention.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { WorkerPool } from "../../platform/workers/pool.ts";
import { pastDates, pastRows, type DateRow, type PastDate } from "../calendars/public.ts";
import { organisationOf, systemContext } from "../identity/public.ts";
import { notLearnedFrom } from "../planning/public.ts";
import { holidayDays } from "../workforce/public.ts";
import { lineOf } from "./lines.ts";
import { agreedBy, newSetting } from "./model.ts";
import {
  deletePastOf,
  ensureSetting,
  insertPast,
  lockSetting,
  pastAfter,
  putSetting,
  settingOf,
  trimPast,
} from "./store.ts";

type InUnit = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

/** The log says for so long what was changed: what began before that is not known. */
export const knownFromMs = (nowMs: number): number => dayOf(nowMs) - (CONTENTS_DAYS - 1) * DAY_MS;
/** The start of a day of UTC. */
export const dayOf = (nowMs: number): number => Math.floor(nowMs / DAY_MS) * DAY_MS;

/** What was planned by people of whom something may be learned, and the days on which nobody works. In short units. */
export async function datesFor(
  inUnit: InUnit,
  window: Parameters<typeof pastDates>[1],
): Promise<{ readonly dates: readonly PastDate[]; readonly holidays: readonly number[]; readonly isCut: boolean }> {
  const { dates, isCut } = await pastDates(inUnit, window);
  const [barred, holidays] = await inUnit(
    async (unit) => [await notLearnedFrom(unit), await holidayDays(unit)] as const,
  );
  return { dates: dates.filter(({ organiserId }) => !barred.has(organiserId)), holidays: [...holidays], isCut };
}

/** The key by which an organisation's history names people: made at the first call, and gone with the history. */
export async function historyKey(unit: Unit, newKey: () => string): Promise<string> {
  return (await ensureSetting(unit, newSetting(newKey()))).key;
}

export type HistoryPorts = {
  readonly database: Database;
  readonly newId: IdMaker;
  /** A thread for rows. */
  readonly pool: WorkerPool;
};

/**
 * Brings an organisation's history up to the start of today: what has begun since it was read last, at most 29 days. Those of whom
 * nothing may be learned any more are taken out, where it is off as well. Nothing else where it is off, or up to date. Safe to repeat.
 */
export async function readHistory(
  { database, newId, pool }: HistoryPorts,
  organisation: number,
  nowMs: number,
  signal: AbortSignal,
): Promise<number> {
  const context = systemContext(organisation, "learning.history", newId);
  const inUnit: InUnit = (work) => database.inOrganisation(context, work, { lane: "job" });
  const untilMs = dayOf(nowMs);
  const { setting, isMadeUp, barred } = await inUnit(async (unit) => ({
    setting: await settingOf(unit),
    isMadeUp: (await organisationOf(unit)).demo,
    barred: await notLearnedFrom(unit),
  }));
  if (setting === null || isMadeUp) return 0;
  const hash = keyedHash(setting.key);
  if (barred.size > 0) await inUnit((unit) => deletePastOf(unit, [...barred].map(hash)));
  if (!setting.isOn) return 0;
  const knownMs = knownFromMs(nowMs);
  const fromMs = Math.max(knownMs, setting.readUntilMs ?? knownMs);
  if (fromMs >= untilMs) return 0;
  const agreed = agreedBy(setting.consent);
  // All that is known, also what was read before: rows tell what had become of others by then.
  const { dates, holidays } = await datesFor(inUnit, { fromMs: knownMs, untilMs, importedMs: null });
  const input = { dates, holidays, key: setting.key, fromMs };
  const onPart = async (part: readonly DateRow[]) => {
    const lines = part.map(({ of, row }) => {
      const { startMs, who } = row;
      return { id: hash(`date ${of.eventId} ${of.date}`), startMs, who, line: lineOf(row) };
    });
    await inUnit(async (unit) => {
      // Whoever switches it off, or forgets it all, waits for this row: nothing is written after that.
      const now = await lockSetting(unit);
      if (now?.isOn === true && now.key === setting.key) await insertPast(unit, agreed, lines);
    });
  };
  const count = await pool.run(pastRows, input, { onPart, signal });
  await inUnit(async (unit) => {
    await trimPast(unit);
    const now = await lockSetting(unit);
    // Somebody may have said meanwhile that people agreed to something else: then it is read again.
    if (now !== null && now.consent === setting.consent) await putSetting(unit, { ...now, readUntilMs: untilMs });
  });
  return count;
}

/** The lines that were read under a consent, in order, some hundred at a time. */
export async function* pastLines(inUnit: InUnit, consent: string): AsyncGenerator<string> {
  const agreed = agreedBy(consent);
  let page: Awaited<ReturnType<typeof pastAfter>> = { lines: [], last: null };
  do {
    const after = page.last;
    page = await inUnit((unit) => pastAfter(unit, agreed, after));
    yield page.lines.join("");
  } while (page.last !== null);
}
