import { createClient, RequestFailed, type Answer, type ProblemBody } from "@hourwright/client";

/** The one place from which the web app asks the server anything. Same origin; the session is a cookie. */
export const api = createClient({ baseUrl: "", fetch: (input, init) => fetch(input, init) });

export { RequestFailed, type ProblemBody };

export type Session = Answer<"session.read">;
export type Me = NonNullable<Session["me"]>;
export type Calendar = Answer<"calendars.list">["items"][number];
export type Subject = Answer<"people.list">["items"][number];
export type Event = Answer<"events.list">["events"][number];
export type EventDetail = Answer<"events.read">;
export type Conflict = NonNullable<Answer<"events.list">["conflicts"]>[number];
export type Repair = Conflict["repairs"][number];
export type Job = Answer<"jobs.read">;
export type Change = Answer<"changes.list">["items"][number];

/** One sentence for a person: the server's own where it gave one. */
export function sentenceOf(error: unknown, fallback: string): string {
  if (error instanceof RequestFailed) return error.problem?.detail ?? (error.status === 0 ? fallback : error.message);
  return fallback;
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof RequestFailed && error.status === 401;
}

export function isOffline(error: unknown): boolean {
  return error instanceof RequestFailed && error.status === 0;
}
