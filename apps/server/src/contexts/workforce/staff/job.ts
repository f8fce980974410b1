import { isRefused, refuseRequest, type Refused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Database, Unit } from "../../../platform/db/database.ts";
import { countUnfinished, enqueue, readJob, type JobHandler } from "../../../platform/jobs/jobs.ts";
import { shownJob } from "../../../platform/jobs/operations.ts";
import { RawJson, type Caller, type RequestContext } from "../../../platform/operations/context.ts";
import { takeInFile, type StaffPorts } from "./take-in.ts";

export const STAFF_JOB = "staff.import";

/** Files of one person that wait or are taken in. */
const FILES_OF_ONE_MAX = 3;
/** Bytes of a file in one statement. */
const PART_BYTES = 524_288;
/** A file whose job ended before it ran is kept no longer. */
const KEPT_DAYS = 2;

type StaffInput = { readonly uploadId: string; readonly sessionId: string };

/** Keeps the file and leaves the rest to a job: when this answers, nothing of it can be lost. */
export async function startStaffJob(
  context: RequestContext,
  bytes: Buffer,
): Promise<RawJson | Refused<"request/too-many">> {
  const { userId, sessionId } = context.caller!;
  const job = await context.write(async (unit) => {
    if ((await countUnfinished(unit, STAFF_JOB, userId)) >= FILES_OF_ONE_MAX) return tooManyFiles;
    const uploadId = unit.newId("upl");
    await keepUpload(unit, uploadId, bytes);
    const input: StaffInput = { uploadId, sessionId };
    return (await readJob(unit, await enqueue(unit, { kind: STAFF_JOB, input })))!;
  });
  if (isRefused(job)) return job;
  context.reply.status = 202;
  context.reply.headers["location"] = `/v1/jobs/${job.id}`;
  return new RawJson(JSON.stringify(shownJob(job)));
}

const tooManyFiles = refuseRequest("too-many", "files", { most: FILES_OF_ONE_MAX }, { retryAfterSeconds: 30 });

type JobPorts = {
  readonly database: Database;
  readonly callersOf: (sessionIds: readonly string[]) => Promise<readonly Caller[]>;
  readonly staff: StaffPorts;
};

/**
 * Takes a file in as whoever sent it, while they are signed in and may. Run again it goes on where it stopped, since what stands already
 * changes nothing; cancelled, what was taken in until then stays.
 */
export function staffHandler({ database, callersOf, staff }: JobPorts): JobHandler {
  return {
    kind: STAFF_JOB,
    async run(input, { context, signal, progress }) {
      const { uploadId, sessionId } = input as StaffInput;
      const inUnit = <T>(work: (unit: Unit) => Promise<T>) => database.inOrganisation(context, work, { lane: "job" });
      const [caller] = await callersOf([sessionId]);
      if (caller === undefined) return refuseRequest("unauthenticated", "send", {});
      if (caller.role !== "owner" && caller.role !== "administrator")
        return refuseRequest("forbidden", "role", { role: caller.role });
      const bytes = await inUnit((unit) => readUpload(unit, uploadId));
      const request: RequestContext = {
        ...nobodyWaits,
        requestId: context.requestId,
        operation: STAFF_JOB,
        nowMs: await inUnit((unit) => Promise.resolve(unit.nowMs)),
        caller,
        organisation: context.organisation,
        reply: { headers: {} },
        gone: () => signal,
        read: inUnit,
        write: inUnit,
      };
      const done = await takeInFile(bytes, false, request, staff, progress);
      await inUnit((unit) => forgetUpload(unit, uploadId));
      return { done };
    },
  };
}

/** What only a request has. */
const nobodyWaits = {
  asOf: null,
  prefersLater: false,
  addressHash: "",
  isLoopbackClient: false,
  plainHttp: false,
  cookie: "",
  ifMatch: null,
  idempotencyKey: null,
  attempt: () => Promise.reject(new Error("a file of staff tries nothing")),
  within: () => {
    throw new Error("a file of staff is of one organisation");
  },
} as const;

async function keepUpload(unit: Unit, id: string, bytes: Buffer): Promise<void> {
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  await sql`
    delete from workforce.staff_upload where org_id = ${unit.organisation}
      and made_at < ${now.subtract({ hours: 24 * KEPT_DAYS })}::timestamptz`.execute(unit.db);
  for (let part = 0; part === 0 || part * PART_BYTES < bytes.length; part++)
    await sql`
      insert into workforce.staff_upload (org_id, id, part, bytes, made_at)
      values (${unit.organisation}, ${id}, ${part}, ${bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)},
        ${now}::timestamptz)`.execute(unit.db);
}

async function readUpload(unit: Unit, id: string): Promise<Buffer> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from workforce.staff_upload where org_id = ${unit.organisation} and id = ${id} order by part`.execute(
    unit.db,
  );
  return Buffer.concat(rows.map(({ bytes }) => bytes));
}

async function forgetUpload(unit: Unit, id: string): Promise<void> {
  await sql`delete from workforce.staff_upload where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}
