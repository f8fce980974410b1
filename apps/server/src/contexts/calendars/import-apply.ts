import { calendarProblems, isRefused, type Refused } from "@hourwright/contract";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Unit, UnitContext } from "../../platform/db/database.ts";
import { tendTables } from "../../platform/db/upkeep.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { JobOutcome, JobRun } from "../../platform/jobs/jobs.ts";
import type { ImportResult } from "../../platform/jobs/operations.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { deletePendingBatch, insertPendingBatch } from "../claims/public.ts";
import type { ToDerive } from "./derive.task.ts";
import type { KeptDates } from "./derive-ahead.ts";
import type { DeriveFacts } from "./derive.ts";
import { readStaged, setImportState, type Import, type Staged } from "./import-store.ts";
import type { Calendar } from "./model.ts";
import { calendarsById, lockObjects, standingInCalendar } from "./store.ts";
import { deriveFacts } from "./facts.ts";
import { changeObjects, isBarred, type ObjectChange } from "./write.ts";

export type ImportPorts = {
  readonly database: Database;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly newId: IdMaker;
};

/** Objects written in one unit: begun small, and then as many as fit into the time. */
const CHUNK_FIRST = 25;
const CHUNK_MAX = 100;
const CHUNK_MS_HIGH = 100;
const CHUNK_MS_LOW = 50;

const deriveObjects: Task<
  { objects: readonly ToDerive[]; facts: DeriveFacts; nowMs: number },
  never,
  (KeptDates | null)[]
> = {
  module: new URL("derive.task.ts", import.meta.url),
  name: "deriveTask",
};

/** A unit of a job: after what people ask for. */
export const unitOf = <T>(
  ports: Pick<ImportPorts, "database">,
  run: { readonly context: UnitContext },
  work: (unit: Unit) => Promise<T>,
): Promise<T> => ports.database.inOrganisation(run.context, work, { lane: "job" });

/** The next objects of an import, with what is derived from those that the calendar does not hold like this already. */
type Chunk = {
  readonly count: number;
  readonly changed: readonly { readonly staged: Staged; readonly derived: KeptDates }[];
};

/**
 * Writes what is staged, in units that stay short, hidden until the last one shows it. While the database writes one
 * chunk, a compute thread derives the next.
 */
export async function applyStaged(
  ports: ImportPorts,
  run: JobRun,
  found: Import,
  result: ImportResult,
): Promise<JobOutcome | Refused> {
  await unitOf(ports, run, async (unit) => {
    await insertPendingBatch(unit, found.id);
    await setImportState(unit, found.id, "pending");
  });
  let unclaimed = 0;
  let size = CHUNK_FIRST;
  let tendAt = CHUNK_FIRST;
  let position = 0;
  let next = prepare(ports, run, found, position, size);
  while (position < result.found) {
    const chunk = await next;
    if (isRefused(chunk)) return chunk;
    position += chunk.count;
    next = prepare(ports, run, found, position, size);
    next.catch(() => {}); // Heard when its turn comes.
    const startedMs = ports.clock.monotonicMs();
    const written = await unitOf(ports, run, (unit) => write(unit, found, chunk));
    if (isRefused(written)) return written;
    unclaimed += written.contested;
    size = nextSize(size, ports.clock.monotonicMs() - startedMs);
    // The planner must learn of tables that double under it, or each row costs as much as all before it.
    if (position >= tendAt) {
      await tendTables(ports.database);
      tendAt = position * 2;
    }
    await run.progress(result.found + position * 2, result.found * 3);
  }
  await next;
  await unitOf(ports, run, (unit) => show(unit, found));
  return { done: { ...result, unclaimed } };
}

function nextSize(size: number, tookMs: number): number {
  if (tookMs > CHUNK_MS_HIGH) return Math.max(1, Math.floor(size / 2));
  return tookMs < CHUNK_MS_LOW ? Math.min(CHUNK_MAX, size * 2) : size;
}

/** Reads the next staged objects and has those derived that differ from what the calendar holds: the same bytes again change nothing. */
async function prepare(
  ports: ImportPorts,
  run: JobRun,
  found: Import,
  from: number,
  size: number,
): Promise<Chunk | Refused> {
  const read = await unitOf(ports, run, async (unit) => {
    const calendar = (await calendarsById(unit, [found.calendarId]))[0];
    if (calendar === undefined) return calendarProblems.refuse("read-only", "The calendar was removed meanwhile.");
    const rows = await readStaged(unit, found, from, size);
    const changed = rows.filter(({ isUnchanged }) => !isUnchanged);
    const addresses = new Map(changed.flatMap((staged) => staged.addresses).map((each) => [each.email, each]));
    return {
      count: rows.length,
      changed,
      facts: await deriveFacts(unit, calendar, found.zone, [...addresses.values()]),
    };
  });
  if (isRefused(read)) return read;
  if (read.changed.length === 0) return { count: read.count, changed: [] };
  const derived = await ports.pool.run(
    deriveObjects,
    {
      objects: read.changed.map(({ bytes, floatingZone }) => ({ bytes, floatingZone })),
      facts: read.facts,
      nowMs: ports.clock.nowMs(),
    },
    { signal: run.signal },
  );
  return {
    count: read.count,
    changed: read.changed.flatMap((staged, i) => (derived[i] === null ? [] : [{ staged, derived: derived[i]! }])),
  };
}

async function write(
  unit: Unit,
  { id, calendarId }: Import,
  { changed }: Chunk,
): Promise<{ contested: number } | Refused> {
  const calendar = (await calendarsById(unit, [calendarId]))[0];
  if (calendar === undefined) return calendarProblems.refuse("read-only", "The calendar was removed meanwhile.");
  const written = await changeObjects(unit, await changesFor(unit, changed, calendar), {
    onTaken: "report",
    importId: id,
  });
  if (isRefused(written)) return written;
  return { contested: isBarred(written) ? 0 : written.contested.length };
}

async function changesFor(unit: Unit, changed: Chunk["changed"], calendar: Calendar): Promise<ObjectChange[]> {
  const standing = await standingInCalendar(
    unit,
    calendar.id,
    changed.map(({ staged }) => staged.uid),
  );
  const held = new Map(
    (
      await lockObjects(
        unit,
        [...standing.values()].map((each) => each.id),
      )
    ).map((object) => [object.id, object]),
  );
  return changed.map(({ staged: { uid, kind, bytes, contentTag, floatingZone }, derived }) => {
    const before = held.get(standing.get(uid)?.id ?? "") ?? null;
    const id = before?.id ?? unit.newId("evt");
    const after = {
      id,
      calendarId: calendar.id,
      name: before?.name ?? `${id}.ics`,
      uid,
      kind,
      bytes,
      version: (before?.version ?? 0) + 1,
      floatingZone,
    };
    return { before, after, calendar, done: { derived, contentTag } };
  });
}

async function show(unit: Unit, { id, calendarId }: Import): Promise<void> {
  await deletePendingBatch(unit, id);
  await setImportState(unit, id, "visible");
  unit.record({
    kind: "updated",
    thing: { type: "calendar", id: calendarId },
    collectionId: calendarId,
    fields: ["events"],
  });
}
