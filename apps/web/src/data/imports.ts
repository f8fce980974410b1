import { api, isOffline, isSignedOut, sentenceOf, wordsOfFailure, type Calendar, type Job } from "./api.ts";
import { remember } from "./history.ts";
import { followJob } from "./jobs.ts";
import { loadDirectory, noticeSignedOut } from "./session.ts";

/** One file on its way: what is known of it so far. */
export type FileImport = {
  readonly id: number;
  readonly file: File;
  readonly state: "chosen" | "uploading" | "reading" | "waiting" | "working" | "done" | "failed";
  readonly progress: number;
  readonly job: Job | null;
  readonly sentence: string | null;
};

export const FILES_MAX = 50;
export const FILE_MEGABYTES_MAX = 110;

export type Destination =
  | { readonly calendarId: string }
  | { readonly newName: string; readonly ownerSubjectId: string | null };

/** The calendar that the files go into; a new one is made first. */
export async function destinationId(destination: Destination): Promise<string> {
  if ("calendarId" in destination) return destination.calendarId;
  const { newName, ownerSubjectId } = destination;
  const body = { name: newName, ...(ownerSubjectId === null ? {} : { ownerSubjectId }) };
  const made: Calendar = await api("calendars.create", { body });
  await loadDirectory();
  return made.id;
}

type Tell = (change: Partial<FileImport>) => void;
type Words = { readonly failed: string; readonly waiting: string; readonly lost: string };

/** Uploads a file and has it read, without importing anything; `zone` null reads floating times in the calendar's own. */
export async function previewFile(
  file: File,
  calendarId: string,
  zone: string | null,
  tell: Tell,
  words: Words,
  signal: AbortSignal,
): Promise<void> {
  await guarded("chosen", tell, words, async () => {
    tell({ state: "uploading", sentence: null });
    const query = { preview: true, name: file.name, ...(zone === null ? {} : { zone }) };
    const job = await api("calendars.import", { params: { id: calendarId }, query, body: file, signal });
    tell({ state: "reading", job });
    await follow(job, tell, words, signal);
  });
}

/** Lets a preview go on, and waits until it is done. Answers what it did; null when it failed. */
export async function acceptFile(
  job: Job,
  tell: Tell,
  words: Words,
  signal: AbortSignal,
): Promise<NonNullable<Job["result"]> | null> {
  return guarded("waiting", tell, words, async () => {
    const accepted = await api("jobs.accept", { params: { id: job.id }, signal });
    tell({ state: "working", job: accepted });
    const done = await follow(accepted, tell, words, signal);
    return done.state === "done" ? done.result : null;
  });
}

/** Gives back what a preview has staged. Failing to is harmless: previews that nobody accepts are removed by the server. */
export async function cancelFile(job: Job): Promise<void> {
  await api("jobs.cancel", { params: { id: job.id } }).catch(noticeSignedOut);
}

/** Takes back a calendar that was made for an import of which nothing came: only an empty one can be removed. */
export function leaveCalendar(id: string): void {
  api("calendars.remove", { params: { id } }).then(loadDirectory).catch(noticeSignedOut);
}

/** All files of one import are one thing to undo. */
export function rememberImport(requestIds: readonly string[], summary: string): void {
  if (requestIds.length > 0) remember({ requestIds, summary }, `${summary}.`);
}

/** Tells of an import what its job says, until it waits or is over. */
async function follow(job: Job, tell: Tell, words: Words, signal: AbortSignal): Promise<Job> {
  const hear = (known: Job | null) =>
    tell(known === null ? { sentence: words.waiting } : { job: known, progress: known.progress, sentence: null });
  const known = await followJob(job, hear, signal);
  if (known.state === "waiting") tell({ state: "waiting" });
  else if (known.state === "done") tell({ state: "done", progress: 1 });
  else tell({ state: "failed", sentence: wordsOfFailure(known) || words.failed });
  return known;
}

/** Does a step of an import. What the server refuses has failed; when it is away the file stays `before` the step. */
async function guarded<Value>(
  before: FileImport["state"],
  tell: Tell,
  words: Words,
  work: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await work();
  } catch (error) {
    noticeSignedOut(error);
    if (isOffline(error) || isSignedOut(error)) tell({ state: before, sentence: words.lost });
    else tell({ state: "failed", sentence: sentenceOf(error, words.failed) });
    return null;
  }
}
