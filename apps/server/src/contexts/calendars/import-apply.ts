import { isRefused, refuseCalendar, type Refused } from "@hourwright/contract";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Unit, UnitContext } from "../../platform/db/database.ts";
import { tendTables } from "../../platform/db/upkeep.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { JobOutcome, JobRun } from "../../platform/jobs/jobs.ts";
import type { ImportResult } from "../../platform/jobs/operations.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { deletePendingBatch, insertPendingBatch } from "../claims/public.ts";
import type { DerivedSlice, DeriveInput } from "./derive.task.ts";
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

/** Objects and bytes read at once; what is derived of them is handed on in smaller slices. */
const READ_OBJECTS = 100;
const READ_BYTES = 524_288;
/** Rows written in one unit: begun small, and then as many as fit into the time. One object is never divided. */
const ROWS_FIRST = 250;
const ROWS_MAX = 4_000;
const UNIT_MS_HIGH = 100;
const UNIT_MS_LOW = 50;

const deriveObjects: Task<DeriveInput, DerivedSlice, null> = {
  module: new URL("derive.task.ts", import.meta.url),
  name: "deriveTask",
  priority: "parse",
};

/** A unit of a job: after what people ask for. */
/** What an import knows of the work that it is part of: a job, or a feed. */
export type ImportRun = Omit<JobRun, "enough">;

export const unitOf = <T>(
  ports: Pick<ImportPorts, "database">,
  run: { readonly context: UnitContext },
  work: (unit: Unit) => Promise<T>,
): Promise<T> => ports.database.inOrganisation(run.context, work, { lane: "job" });

/**
 * Writes what is staged, in units that stay short, hidden until the last one shows it. While the database writes one
 * slice, a compute thread derives the next.
 */
export async function applyStaged(
  ports: ImportPorts,
  run: ImportRun,
  found: Import,
  result: ImportResult,
): Promise<JobOutcome | Refused> {
  await unitOf(ports, run, async (unit) => {
    await insertPendingBatch(unit, found.id);
    await setImportState(unit, found.id, "pending");
  });
  const writer = new SliceWriter(ports, run, found);
  let tendAt = READ_OBJECTS;
  for (let position = 0; position < result.found;) {
    const page = await readPage(ports, run, found, position);
    if (isRefused(page)) return page;
    const refused = await writer.write(page);
    if (refused !== null) return refused;
    position += page.count;
    // The planner must learn of tables that double under it, or each row costs as much as all before it.
    if (position >= tendAt) {
      await tendTables(ports.database);
      tendAt = position * 2;
    }
    await run.progress(result.found + position * 2, result.found * 3);
  }
  await unitOf(ports, run, (unit) => show(unit, found));
  return { done: { ...result, unclaimed: writer.unclaimed } };
}

/** The next objects of an import: how many were looked at, and those that differ from what the calendar holds. */
type Page = { readonly count: number; readonly changed: readonly Staged[]; readonly facts: DeriveFacts };

async function readPage(ports: ImportPorts, run: ImportRun, found: Import, from: number): Promise<Page | Refused> {
  return unitOf(ports, run, async (unit) => {
    const calendar = (await calendarsById(unit, [found.calendarId]))[0];
    if (calendar === undefined) return refuseCalendar("read-only", "removed", {});
    const rows = await readStaged(unit, found, from, { rows: READ_OBJECTS, bytes: READ_BYTES });
    const changed = rows.filter(({ isUnchanged }) => !isUnchanged);
    const addresses = new Map(changed.flatMap((staged) => staged.addresses).map((each) => [each.email, each]));
    const facts = await deriveFacts(unit, calendar, found.zone, [...addresses.values()]);
    return { count: rows.length, changed, facts };
  });
}

/** Derives pages of objects on a compute thread and writes what comes back, one slice behind. */
class SliceWriter {
  /** Times that somebody else had. */
  unclaimed = 0;
  readonly #ports: ImportPorts;
  readonly #run: ImportRun;
  readonly #found: Import;
  #rowsOfUnit = ROWS_FIRST;

  constructor(ports: ImportPorts, run: ImportRun, found: Import) {
    this.#ports = ports;
    this.#run = run;
    this.#found = found;
  }

  async write({ changed, facts }: Page): Promise<Refused | null> {
    if (changed.length === 0) return null;
    const objects = changed.map(({ bytes, floatingZone }) => ({ bytes, floatingZone }));
    const input = { objects, facts, nowMs: this.#ports.clock.nowMs(), rows: this.#rowsOfUnit };
    let refused: Refused | null = null;
    let writing = Promise.resolve();
    const onPart = async ({ from, derived }: DerivedSlice): Promise<void> => {
      await writing;
      const slice = derived.flatMap((each, i) =>
        each === null ? [] : [{ staged: changed[from + i]!, derived: each }],
      );
      writing = this.#writeSlice(slice).then((answer) => void (refused ??= answer));
      writing.catch(() => {}); // Heard when the next slice, or the end, waits for it.
    };
    await this.#ports.pool.run(deriveObjects, input, { onPart, signal: this.#run.signal });
    await writing;
    return refused;
  }

  async #writeSlice(slice: readonly DerivedObject[]): Promise<Refused | null> {
    const startedMs = this.#ports.clock.monotonicMs();
    const written = await unitOf(this.#ports, this.#run, (unit) => write(unit, this.#found, slice));
    if (isRefused(written)) return written;
    this.unclaimed += written.contested;
    const tookMs = this.#ports.clock.monotonicMs() - startedMs;
    if (tookMs > UNIT_MS_HIGH) this.#rowsOfUnit = Math.ceil(this.#rowsOfUnit / 2);
    else if (tookMs < UNIT_MS_LOW) this.#rowsOfUnit = Math.min(ROWS_MAX, this.#rowsOfUnit * 2);
    return null;
  }
}

type DerivedObject = { readonly staged: Staged; readonly derived: KeptDates };

async function write(
  unit: Unit,
  { id, calendarId }: Import,
  changed: readonly DerivedObject[],
): Promise<{ contested: number } | Refused> {
  const calendar = (await calendarsById(unit, [calendarId]))[0];
  if (calendar === undefined) return refuseCalendar("read-only", "removed", {});
  const written = await changeObjects(unit, await changesFor(unit, changed, calendar), {
    onTaken: "report",
    importId: id,
  });
  if (isRefused(written)) return written;
  return { contested: isBarred(written) ? 0 : written.contested.length };
}

async function changesFor(unit: Unit, changed: readonly DerivedObject[], calendar: Calendar): Promise<ObjectChange[]> {
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
