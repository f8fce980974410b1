import { api, type EventDetail, type Repair, RequestFailed, wordsOf } from "./api.ts";
import { askedAgain, forgetUnanswered } from "./asked-again.ts";
import { remember } from "./history.ts";
import { noticeSignedOut } from "./session.ts";

export type Scope = "this" | "following" | "all";

/** Which occurrence of which event, and how much of its series. */
export type Target = {
  readonly id: string;
  readonly recurrenceId: string | null;
  readonly scope: Scope;
  readonly version: number;
};

/** Why an event could not be written, with times that would do where the server offered some. */
export type WriteRefusal = {
  readonly code: string;
  readonly sentence: string;
  readonly suggestions: readonly Repair[];
};

/** A guest by address, or with the name and answer that are known. */
export type Guest =
  | string
  | {
      readonly email: string;
      readonly name?: string | null;
      /** Whether they need not come. */
      readonly optional?: boolean;
      readonly status?: "needs-action" | "accepted" | "declined" | "tentative";
    };

type Fields = {
  readonly title?: string;
  readonly start?: string;
  readonly end?: string;
  readonly timeZone?: string;
  readonly location?: string | null;
  readonly attendees?: Guest[];
  readonly resourceIds?: string[];
  readonly rrule?: string | null;
  readonly locked?: boolean;
};

export function readEvent(id: string, recurrenceId: string | null): Promise<EventDetail> {
  return api("events.read", { params: { id }, query: recurrenceId === null ? {} : { recurrenceId } });
}

/** Creates an event. `insist` takes time that is taken, where the policy only warns. */
export function createEvent(
  fields: Fields & { title: string; start: string; calendarId: string },
  insist: boolean,
  said: string,
): Promise<WriteRefusal | null> {
  const body = { ...fields, preventConflicts: !insist };
  return write(said, () => askedAgain(body, (idempotencyKey) => api.full("events.create", { body, idempotencyKey })));
}

export function updateEvent(
  target: Target,
  fields: Fields,
  insist: boolean,
  said: string,
): Promise<WriteRefusal | null> {
  const { id, recurrenceId, scope, version } = target;
  const which = recurrenceId === null ? {} : { recurrenceId, scope };
  return write(said, () =>
    api.full("events.update", {
      params: { id },
      ifMatch: version,
      body: { ...fields, ...which, preventConflicts: !insist },
    }),
  );
}

export function removeEvent({ id, recurrenceId, scope, version }: Target, said: string): Promise<WriteRefusal | null> {
  const query = recurrenceId === null ? {} : { recurrenceId, scope };
  return write(said, async () => {
    const removed = await api.full("events.remove", { params: { id }, ifMatch: version, query });
    forgetUnanswered();
    return removed;
  });
}

/** Runs a write and remembers it for undo, as `said`; a refusal comes back as a value, a lost network is thrown. */
export async function write<Value>(
  said: string | ((value: Value) => string),
  run: () => Promise<{ readonly requestId: string | null; readonly value: Value }>,
): Promise<WriteRefusal | null> {
  try {
    const { requestId, value } = await run();
    const summary = typeof said === "string" ? said : said(value);
    const told = [`${summary}.`, ...warningsOf(value).slice(0, WARNINGS_TOLD_MAX)].join(" ");
    if (requestId !== null) remember({ requestIds: [requestId], summary }, told);
    return null;
  } catch (error) {
    noticeSignedOut(error);
    if (!(error instanceof RequestFailed) || error.problem === null) throw error;
    const { code, suggestions } = error.problem;
    return {
      code,
      sentence: wordsOf(error.problem),
      suggestions: Array.isArray(suggestions) ? (suggestions as Repair[]) : [],
    };
  }
}

/** As many as one reads in passing; all of them are in the answer. */
const WARNINGS_TOLD_MAX = 2;

/** What a write was answered with beside what it made: soft rules that do not hold, in the server's words. */
function warningsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null || !("warnings" in value)) return [];
  const { warnings } = value;
  return Array.isArray(warnings) ? warnings.filter((warning) => typeof warning === "string") : [];
}
