import type { FetchFailure } from "../../platform/http/guarded-fetch.ts";

/** Why the last poll brought nothing: what the fetch met, or what it found. */
export type FeedTrouble = FetchFailure | "not-a-calendar" | "older" | "emptied" | "fault";

/** A calendar's link to an .ics address. */
export type Feed = {
  readonly id: string;
  readonly calendarId: string;
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Of the bytes that were taken last; null before. */
  readonly contentHash: string | null;
  readonly events: number;
  /** In a row. */
  readonly failures: number;
  readonly halted: boolean;
  readonly accept: boolean;
  readonly removing: boolean;
  readonly why: FeedTrouble | null;
  readonly detail: string | null;
  readonly triedAtMs: number | null;
  readonly freshAtMs: number | null;
  readonly changedAtMs: number | null;
  readonly nextPollAtMs: number;
};

export const FEEDS_MAX = 500;
