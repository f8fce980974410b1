import { isRefused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { cancelJob, enqueue, readJob, type JobHandler } from "../../platform/jobs/jobs.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { changesOfRequest, type ChangeWithContents } from "../../platform/changes/read.ts";
import { deletePendingBatch } from "../claims/public.ts";
import { clearImport } from "./import.ts";
import { unitOf, type ImportPorts } from "./import-apply.ts";
import { importById, importOfRequest, setImportState, unfinishedImports, type Import } from "./import-store.ts";
import type { StoredObject } from "./model.ts";
import { calendarsById, lockObjects } from "./store.ts";
import { changeObjects, isBarred, type ObjectChange } from "./write.ts";
import { listOrganisations, systemContext } from "../identity/public.ts";

export const UNDO_IMPORT_JOB = "calendars.undoImport";
const CHUNK = 100;

/** Takes an import back as a job, when the request was one; null when it was not. */
export async function undoImportAsJob(unit: Unit, requestId: string): Promise<{ readonly summary: string } | null> {
  const found = await importOfRequest(unit, requestId);
  if (found === null) return null;
  if (found.state !== "visible" && found.jobId !== null && (await cancelJob(unit, found.jobId)))
    return { summary: "The import is being broken off." };
  if (found.state !== "visible") return null;
  await enqueue(unit, { kind: UNDO_IMPORT_JOB, input: { importId: found.id } });
  return { summary: "The import is being taken back." };
}

/** Takes back what an import wrote, but for what somebody has changed since. */
export function undoImportHandler(ports: ImportPorts): JobHandler {
  return {
    kind: UNDO_IMPORT_JOB,
    async run(input, run) {
      const { importId } = input as { importId: string };
      const found = await unitOf(ports, run, (unit) => importById(unit, importId));
      if (found === null || found.state === "undone") return { done: null };
      await takeBack(ports, run, found, run.progress);
      return { done: null };
    },
  };
}

async function takeBack(
  ports: ImportPorts,
  run: Parameters<typeof unitOf>[1],
  found: Import,
  progress: (done: number, total: number) => Promise<void>,
): Promise<void> {
  let since = 0;
  let done = 0;
  for (;;) {
    const from = since;
    const step = await unitOf(ports, run, async (unit) => {
      const changes = await changesOfRequest(unit, found.requestId, CHUNK, from);
      await revert(unit, changes);
      return { last: changes.at(-1)?.seq ?? null, count: changes.length };
    });
    if (step.last === null) break;
    since = step.last;
    done += step.count;
    await progress(done, done + CHUNK);
  }
  await unitOf(ports, run, async (unit) => {
    await deletePendingBatch(unit, found.id);
    await setImportState(unit, found.id, "undone");
    unit.record({
      kind: "updated",
      thing: { type: "calendar", id: found.calendarId },
      collectionId: found.calendarId,
      fields: ["events"],
    });
  });
  await clearImport(ports, run, found.id);
}

type Was = {
  readonly calendarId: string;
  readonly name: string;
  readonly uid: string;
  readonly floatingZone: string | null;
  readonly bytes: string;
};

async function revert(unit: Unit, changes: readonly ChangeWithContents[]): Promise<void> {
  const events = changes.filter(({ thing }) => thing.type === "event");
  const held = new Map(
    (
      await lockObjects(
        unit,
        events.map(({ thing }) => thing.id),
      )
    ).map((object) => [object.id, object]),
  );
  const calendars = new Map(
    (await calendarsById(unit, [...new Set([...held.values()].map(({ calendarId }) => calendarId))])).map(
      (calendar) => [calendar.id, calendar],
    ),
  );
  const reverted: ObjectChange[] = events.flatMap(({ thing, kind, before, after }) => {
    const object = held.get(thing.id);
    // Changed or removed since by a person: theirs stays.
    if (object === undefined || object.version !== (after as { version?: number } | null)?.version) return [];
    const was = before as Was | null;
    // How it was is not known any more, because it was too large for the log: what stands there stays.
    if (was === null && kind !== "created") return [];
    const restored: StoredObject | null =
      was === null
        ? null
        : {
            ...object,
            name: was.name,
            uid: was.uid,
            floatingZone: was.floatingZone,
            bytes: Buffer.from(was.bytes),
            version: object.version + 1,
          };
    return [{ before: object, after: restored, calendar: calendars.get(object.calendarId)! }];
  });
  const written = await changeObjects(unit, reverted, { onTaken: "report" });
  if (isRefused(written) || isBarred(written)) throw new Error("taking back an import was refused");
}

const SWEEP_EVERY_MS = 600_000;
const UPLOAD_MS_MAX = 3_600_000;
/** A preview that nobody has accepted for a week is cancelled. */
const PREVIEW_MS_MAX = 7 * 86_400_000;
const IMPORTS_OF_A_SWEEP = 50;

/** Removes what imports left that were cancelled, failed, or broke off while they were uploaded. */
export function importSweeper(ports: ImportPorts): Reconciler {
  return {
    name: "imports.sweep",
    everyMs: SWEEP_EVERY_MS,
    async run(signal) {
      let swept = 0;
      for (const { id: organisation } of await listOrganisations(ports.database)) {
        if (signal.aborted) break;
        const run = { context: systemContext(organisation, "imports.sweep", ports.newId) };
        for (const found of await unitOf(ports, run, abandoned)) {
          await takeBack(ports, run, found, async () => {});
          swept++;
        }
      }
      return { swept };
    },
  };
}

async function abandoned(unit: Unit): Promise<Import[]> {
  const left: Import[] = [];
  for (const found of await unfinishedImports(unit, IMPORTS_OF_A_SWEEP)) {
    if (await isAbandoned(unit, found, unit.nowMs - found.createdMs)) left.push(found);
  }
  return left;
}

async function isAbandoned(unit: Unit, { jobId }: Import, ageMs: number): Promise<boolean> {
  if (jobId === null) return ageMs > UPLOAD_MS_MAX;
  const state = (await readJob(unit, jobId))?.state;
  if (state === "waiting" && ageMs > PREVIEW_MS_MAX) return cancelJob(unit, jobId);
  return state === "failed";
}
