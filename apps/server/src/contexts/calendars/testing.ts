// What tests of calendars do again and again, through the API alone.
import assert from "node:assert/strict";
import type { Answer, Client } from "@hourwright/client";
import { eventually } from "../../testing/eventually.ts";

export type Job = Answer<"jobs.read">;

/** Waits until a job is over, or waits for a person. */
export const settled = (client: Client, id: string): Promise<Job> =>
  eventually(
    "the job is over",
    () => client("jobs.read", { params: { id } }),
    ({ state }) => state !== "queued" && state !== "running",
  );

type ImportQuery = { readonly zone?: string; readonly preview?: boolean };

/** Uploads a file into a calendar and waits for what becomes of it. */
export async function importFile(
  client: Client,
  calendarId: string,
  file: string | Uint8Array<ArrayBuffer>,
  query: ImportQuery = {},
): Promise<Job> {
  const job = await client("calendars.import", { params: { id: calendarId }, query, body: file });
  return settled(client, job.id);
}

/** Imports a file of which everything must be taken. */
export async function imported(
  client: Client,
  calendarId: string,
  file: string | Uint8Array<ArrayBuffer>,
  query: ImportQuery = {},
): Promise<NonNullable<Job["result"]>> {
  const job = await importFile(client, calendarId, file, query);
  assert.equal(job.state, "done", job.failure ?? "");
  return job.result!;
}

/** A VCALENDAR around these lines. */
export const calendarFile = (...lines: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");

/** A new calendar of the caller's own, empty. */
export const newCalendar = (
  client: Client,
  wish: { readonly name?: string; readonly zone?: string; readonly ownerSubjectId?: string | null } = {},
): Promise<Answer<"calendars.create">> => client("calendars.create", { body: { name: "A calendar", ...wish } });

/** A calendar as its .ics file. */
export async function exported(client: Client, calendarId: string): Promise<string> {
  const file: unknown = await client("calendars.export", { params: { id: calendarId } });
  return file as string;
}

/** When a subject is busy, as `start/end` in UTC, in order. */
export async function busyTimes(client: Client, subjectId: string, start: string, end: string): Promise<string[]> {
  const { items } = await client("subjects.freeBusy", { query: { subjects: [subjectId], start, end } });
  return items[0]!.busy.map((each) => `${each.start}/${each.end}`);
}
