import { isRefused, type Refused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit, UnitContext } from "../../platform/db/database.ts";

import { applyStaged, unitOf, type ImportPorts, type ImportRun } from "./import-apply.ts";
import { clearImport, storeParts, stageFile } from "./import.ts";
import { compareStaged, insertImport, importById, setImportState } from "./import-store.ts";
import { calendarsById, deleteCalendarRow, lockObjects } from "./store.ts";
import { changeObjects, isBarred } from "./write.ts";

// A calendar that follows a file somewhere else: what is new comes, what changed changes, what vanished goes.

/** Of so many events or more, at least half must still be there: an emptied source is a broken one until somebody says not. */
export const EMPTIED_FROM_EVENTS = 5;
const EMPTIED_PART = 0.5;
/** Objects that are removed in one unit. */
const REMOVED_OF_A_UNIT = 100;

export type Synced =
  | {
      readonly kind: "synced";
      readonly found: number;
      readonly created: number;
      readonly updated: number;
      readonly removed: number;
      /** The first thing in the file that could not be read; null when all could. */
      readonly problem: string | null;
    }
  /** Nearly everything would vanish; nothing was changed. */
  | { readonly kind: "emptied"; readonly held: number; readonly found: number }
  | Refused;

export type SyncWish = {
  readonly calendarId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Take the file as it is, though nearly everything vanished. */
  readonly acceptEmptied: boolean;
};

/**
 * Brings a calendar to what a file says, through the way of an import: staged, compared, written in short units, shown
 * by one last small write. Then what the file no longer holds is removed. Safe to repeat; a run that breaks off is swept
 * like a broken import.
 */
export async function syncCalendar(
  ports: ImportPorts,
  { context, signal }: { readonly context: UnitContext; readonly signal: AbortSignal },
  { calendarId, bytes, acceptEmptied }: SyncWish,
): Promise<Synced> {
  const importId = ports.newId("imp");
  const run: ImportRun = { id: importId, context, accepted: true, signal, progress: () => Promise.resolve() };
  await unitOf(ports, run, (unit) =>
    insertImport(unit, { id: importId, calendarId, zone: null, fileName: null, caller: null }),
  );
  const size = await storeParts(bytesAsParts(bytes), (part, piece) =>
    unitOf(ports, run, (unit) => piece(unit, importId, part)),
  );
  await unitOf(ports, run, (unit) => setImportState(unit, importId, "uploaded", { bytes: size, jobId: null }));
  const found = (await unitOf(ports, run, (unit) => importById(unit, importId)))!;
  try {
    const facts = await stageFile(ports, run, found);
    if ("refused" in facts) return facts as Refused;
    const counts = await unitOf(ports, run, (unit) => compareStaged(unit, found));
    const { held, vanished } = await unitOf(ports, run, (unit) => countVanished(unit, calendarId, importId));
    if (!acceptEmptied && held >= EMPTIED_FROM_EVENTS && vanished > held * EMPTIED_PART)
      return { kind: "emptied", held, found: facts.found };
    const applied = await applyStaged(ports, run, found, {
      found: facts.found,
      ...counts,
      unclaimed: 0,
      problems: [],
      problemCount: 0,
      requestId: context.requestId,
    });
    if (isRefused(applied)) return applied;
    const removed = await removeVanished(ports, run, calendarId, importId);
    const problem = facts.problems.find(({ severity }) => severity === "error")?.message ?? null;
    return { kind: "synced", found: facts.found, created: counts.created, updated: counts.updated, removed, problem };
  } finally {
    await clearImport(ports, run, importId);
    await unitOf(ports, run, (unit) => forgetImport(unit, importId));
  }
}

async function* bytesAsParts(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const notStaged = (importId: string) => sql`not exists (select from calendars.staged s
  where s.org_id = o.org_id and s.import_id = ${importId} and s.uid = o.uid)`;

async function countVanished(
  unit: Unit,
  calendarId: string,
  importId: string,
): Promise<{ held: number; vanished: number }> {
  const { rows } = await sql<{ held: number; vanished: number }>`
    select count(*) as held, count(*) filter (where ${notStaged(importId)}) as vanished
    from calendars.object o where o.org_id = ${unit.organisation} and o.calendar_id = ${calendarId}`.execute(unit.db);
  return rows[0]!;
}

async function removeVanished(
  ports: ImportPorts,
  run: ImportRun,
  calendarId: string,
  importId: string,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const count = await unitOf(ports, run, async (unit) => {
      const { rows } = await sql<{ id: string }>`
        select o.id from calendars.object o where o.org_id = ${unit.organisation} and o.calendar_id = ${calendarId}
          and ${notStaged(importId)} order by o.id limit ${REMOVED_OF_A_UNIT}`.execute(unit.db);
      return removeSome(
        unit,
        rows.map(({ id }) => id),
      );
    });
    removed += count;
    if (count < REMOVED_OF_A_UNIT || run.signal.aborted) return removed;
  }
}

async function removeSome(unit: Unit, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const held = await lockObjects(unit, ids);
  const calendars = new Map(
    (await calendarsById(unit, [...new Set(held.map(({ calendarId }) => calendarId))])).map((each) => [each.id, each]),
  );
  const written = await changeObjects(
    unit,
    held.map((before) => ({ before, after: null, calendar: calendars.get(before.calendarId)! })),
    { onTaken: "report" },
  );
  if (isRefused(written) || isBarred(written)) throw new Error("removing what vanished was refused");
  return held.length;
}

/** A sync leaves no import behind: it is undone by its source alone. */
async function forgetImport(unit: Unit, importId: string): Promise<void> {
  await sql`delete from calendars.import where org_id = ${unit.organisation} and id = ${importId} and state <> 'pending'`.execute(
    unit.db,
  );
}

/** Removes a calendar's events, some at a time; the calendar itself goes with the last of them. True when it is gone. */
export async function clearCalendar(unit: Unit, calendarId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from calendars.object where org_id = ${unit.organisation} and calendar_id = ${calendarId}
    order by id limit ${REMOVED_OF_A_UNIT}`.execute(unit.db);
  const removed = await removeSome(
    unit,
    rows.map(({ id }) => id),
  );
  if (removed === REMOVED_OF_A_UNIT) return false;
  await deleteCalendarRow(unit, calendarId);
  unit.record({ kind: "removed", thing: { type: "calendar", id: calendarId }, collectionId: calendarId });
  return true;
}
