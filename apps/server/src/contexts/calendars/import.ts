import { isRefused, refuseCalendar, refuseRequest, type Refused } from "@hourwright/contract";
import { findZone } from "@hourwright/time";
import type { Problem } from "@hourwright/ical";
import type { Unit, UnitContext } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import { enqueue, readJob, type JobHandler } from "../../platform/jobs/jobs.ts";
import { shownJob, type ImportResult } from "../../platform/jobs/operations.ts";
import type { RequestContext } from "../../platform/operations/context.ts";
import { TaskFailed, type Task } from "../../platform/workers/pool.ts";
import { calendarFor, ownCalendar } from "./access.ts";
import { applyStaged, unitOf, type ImportPorts, type ImportRun } from "./import-apply.ts";
import {
  clearUpload,
  compareStaged,
  importById,
  insertImport,
  insertPart,
  insertStaged,
  readPart,
  setImportState,
  type Import,
} from "./import-store.ts";
import type { FileFacts, FilePart, ReadFileInput } from "./read-file.task.ts";
import { factsForNobody } from "./facts.ts";

/** Bytes of an upload stored at once: a unit of a few milliseconds. */
const PART_BYTES = 262_144;
const CLEAR_ROWS = 1_000;
/** Problems kept with an import; all are counted. */
const PROBLEMS_KEPT = 200;

export const IMPORT_JOB = "calendars.import";
const readFile: Task<ReadFileInput, FilePart, FileFacts> = {
  module: new URL("read-file.task.ts", import.meta.url),
  name: "readFileTask",
  priority: "parse",
};

export type ImportWish = {
  readonly calendarId: string | null;
  readonly zone: string | undefined;
  readonly preview: boolean;
  readonly fileName: string | undefined;
};

type ImportProblem = "calendars/read-only" | "calendars/unknown-zone" | `request/${string}`;

/** Stores the upload, part by part, and leaves the rest to a job: when this answers, nothing of the file can be lost. */
export async function startImport(
  context: RequestContext,
  wish: ImportWish,
  body: AsyncIterable<Uint8Array>,
  newId: IdMaker,
): Promise<ReturnType<typeof shownJob> | Refused<ImportProblem>> {
  const caller = context.caller!;
  if (wish.zone !== undefined && findZone(wish.zone) === null)
    return refuseCalendar("unknown-zone", "zone", { zone: wish.zone });
  const importId = newId("imp");
  const begun = await context.write(async (unit) => {
    const calendar =
      wish.calendarId === null
        ? await ownCalendar(unit, caller)
        : await calendarFor(unit, caller, wish.calendarId, "write");
    if (calendar === "unknown" || calendar === null) return refuseRequest("not-found", "calendar", {});
    if (calendar === "read-only") return refuseCalendar("read-only", "ask", {});
    await insertImport(unit, {
      id: importId,
      calendarId: calendar.id,
      zone: wish.zone ?? null,
      fileName: wish.fileName ?? null,
      caller,
    });
    return calendar;
  });
  if (isRefused(begun)) return begun;

  const bytes = await storeParts(body, (part, store) => context.write((unit) => store(unit, importId, part)));
  const job = await context.write(async (unit) => {
    const jobId = await enqueue(unit, { kind: IMPORT_JOB, input: { importId, preview: wish.preview } });
    await setImportState(unit, importId, "uploaded", { bytes, jobId });
    return (await readJob(unit, jobId))!;
  });
  context.reply.headers["location"] = `/v1/jobs/${job.id}`;
  return shownJob(job);
}

/** Stores an upload part by part, each in a unit that the caller opens. Answers how many bytes there were. */
export async function storeParts(
  body: AsyncIterable<Uint8Array>,
  inUnit: (part: number, store: (unit: Unit, importId: string, part: number) => Promise<void>) => Promise<void>,
): Promise<number> {
  let bytes = 0;
  let part = 0;
  for await (const chunk of inParts(body, PART_BYTES)) {
    bytes += chunk.byteLength;
    await inUnit(part++, (unit, importId, at) => insertPart(unit, importId, at, chunk));
  }
  return bytes;
}

/** The same bytes in parts of one size. */
async function* inParts(body: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    held.push(piece);
    bytes += piece.byteLength;
    if (bytes < size) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

/**
 * The job behind an import: read the file on a compute thread and stage it → count → wait for a yes, when a preview was
 * asked → write it in small units, hidden → make it visible with one last small write. Every step may be repeated: what
 * stands already is found unchanged.
 */
export function importHandler(ports: ImportPorts): JobHandler {
  return {
    kind: IMPORT_JOB,
    async run(input, run) {
      const { importId, preview } = input as { importId: string; preview: boolean };
      const found = await unitOf(ports, run, (unit) => importById(unit, importId));
      if (found === null || found.state === "visible" || found.state === "undone") return { done: null };
      const facts = await stage(ports, run, found);
      if ("refused" in facts) return facts;
      const counts = await unitOf(ports, run, (unit) => compareStaged(unit, found));
      const result = resultOf(facts, counts, found.requestId);
      if (preview && !run.accepted) return { waiting: result };
      const applied = await applyStaged(ports, run, found, result);
      if (!("refused" in applied)) await clear(ports, run, importId);
      return applied;
    },
  };
}

type Facts = { readonly found: number; readonly problems: readonly Problem[]; readonly problemCount: number };

/** Reads the file and stages its objects. Repeated after a kill, it stages the same objects in the same places. */
async function stage(
  ports: ImportPorts,
  run: ImportRun,
  { id, bytes: total, zone }: Import,
): Promise<Facts | { readonly refused: object }> {
  const bytes = await assemble(ports, run, id, total);
  const nowMs = ports.clock.nowMs();
  let staged = 0;
  const onPart = async (part: FilePart) => {
    if ("read" in part) return run.progress(Math.round(part.read / 2), total * 2);
    await unitOf(ports, run, (unit) => insertStaged(unit, id, staged, part.objects));
    staged += part.objects.length;
    return run.progress(staged, Math.max(staged * 3, 1));
  };
  try {
    const facts = await ports.pool.run(
      readFile,
      { bytes, facts: factsForNobody(nowMs, zone), nowMs },
      { onPart, transfer: [bytes.buffer as ArrayBuffer], signal: run.signal },
    );
    const first = facts.problems.find(({ severity }) => severity === "error");
    if (staged === 0 && first !== undefined) {
      return refuseCalendar(
        "not-a-calendar",
        "line",
        { line: first.line, message: first.message },
        { problems: facts.problems.slice(0, 20) },
      );
    }
    await unitOf(ports, run, (unit) => setImportState(unit, id, "staged"));
    return { found: staged, problems: facts.problems, problemCount: facts.problemCount };
  } catch (error) {
    if (error instanceof TaskFailed) return refuseCalendar("not-a-calendar", "unreadable", {});
    throw error;
  }
}

async function assemble(ports: ImportPorts, run: ImportRun, importId: string, total: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(total);
  let at = 0;
  for (let part = 0; at < total; part++) {
    const piece = await unitOf(ports, run, (unit) => readPart(unit, importId, part));
    if (piece === null) throw new Error(`the upload ${importId} lacks part ${part}`);
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

function resultOf(
  facts: Facts,
  counts: { created: number; updated: number; unchanged: number },
  requestId: string,
): ImportResult {
  const problems = facts.problems
    .slice(0, PROBLEMS_KEPT)
    .map(({ line, column, severity, code, message }) => ({ line, column, severity, code, message }));
  return { found: facts.found, ...counts, unclaimed: 0, problems, problemCount: facts.problemCount, requestId };
}

async function clear(ports: ImportPorts, run: { readonly context: UnitContext }, id: string): Promise<void> {
  while (!(await unitOf(ports, run, (unit) => clearUpload(unit, id, CLEAR_ROWS))));
}

export { clear as clearImport, stage as stageFile };
