import type { Feed, FeedTrouble } from "./model.ts";

// Pure: what a poll means for a feed, when the next one is, and how that is said.

const MINUTE_MS = 60_000;
/** A feed that is well is fetched so often. */
export const POLL_EVERY_MS = 15 * MINUTE_MS;
/** One that fails waits twice as long each time, up to a day. */
const POLL_WAIT_MS_MAX = 24 * 60 * MINUTE_MS;
/** So that a thousand servers that were started together do not ask together. */
const JITTER_PART = 0.1;

/** What a poll came to. */
export type PollOutcome =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "taken";
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly contentHash: string;
      readonly events: number;
      readonly hasChanged: boolean;
      /** The first thing in it that could not be read. */
      readonly problem: string | null;
    }
  | {
      readonly kind: "failed";
      readonly why: FeedTrouble;
      readonly detail: string | null;
      readonly retryAfterSeconds: number | null;
    };

/** A feed after a poll. `chance` is from 0 to 1: where in its jitter the next poll lies. */
export function afterPoll(feed: Feed, outcome: PollOutcome, nowMs: number, chance: number): Feed {
  const jitter = 1 - JITTER_PART + 2 * JITTER_PART * chance;
  const next = (waitMs: number): number => nowMs + Math.round(Math.min(POLL_WAIT_MS_MAX, waitMs) * jitter);
  const tried = { ...feed, triedAtMs: nowMs, accept: false };
  if (outcome.kind === "failed") {
    const failures = feed.failures + 1;
    const asked = (outcome.retryAfterSeconds ?? 0) * 1_000;
    const waitMs = Math.max(asked, POLL_EVERY_MS * 2 ** Math.min(failures - 1, 10));
    return {
      ...tried,
      failures,
      halted: outcome.why === "emptied",
      why: outcome.why,
      detail: outcome.detail,
      nextPollAtMs: next(waitMs),
    };
  }
  const well = { ...tried, failures: 0, halted: false, freshAtMs: nowMs, nextPollAtMs: next(POLL_EVERY_MS) };
  if (outcome.kind === "unchanged") return { ...well, why: null };
  const { etag, lastModified, contentHash, events, hasChanged, problem } = outcome;
  return {
    ...well,
    why: null,
    detail: problem,
    etag,
    lastModified,
    contentHash,
    events,
    changedAtMs: hasChanged ? nowMs : feed.changedAtMs,
  };
}

/** Whether an answer is an older copy than the one that is held: some caches give yesterday's out again. */
export function isOlder(lastModified: string | null, held: string | null): boolean {
  const [given, had] = [httpTime(lastModified), httpTime(held)];
  return given !== null && had !== null && given < had;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** An HTTP date (RFC 9110 §5.6.7) as epoch milliseconds; null for anything else. */
export function httpTime(text: string | null): number | null {
  const parts = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text?.trim() ?? "");
  if (parts === null) return null;
  const [, day, month, year, hour, minute, second] = parts as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const at = MONTHS.indexOf(month);
  if (at === -1) return null;
  const time = `${year}-${String(at + 1).padStart(2, "0")}-${day}T${hour}:${minute}:${second}Z`;
  try {
    return Temporal.Instant.from(time).epochMilliseconds;
  } catch {
    return null; // The 31st of February.
  }
}

const troubles: Readonly<Record<FeedTrouble, string>> = {
  "bad-address": "The address cannot be asked. Remove this feed and add it with the right address.",
  "not-public": "No server of the public internet has this address. Check it for a mistake.",
  unreachable: "The server does not answer. It is asked again by itself.",
  "wrong-certificate": "The server’s certificate is not one for this address, so nothing is taken from it.",
  "too-slow": "The answer stopped before it was whole. It is asked again by itself.",
  "too-large": "The calendar is larger than 10 MB, which is more than a feed may have.",
  redirects: "The address leads to another one. Add the feed with the address it leads to.",
  refused: "The server does not give the calendar out. The address may have been withdrawn.",
  unreadable: "The answer is packed in a way that cannot be read.",
  busy: "Too many feeds are being fetched. It is asked again by itself.",
  "not-a-calendar": "What is at this address is no calendar.",
  older: "The server gave out an older copy than the one that is here, which was kept.",
  emptied: "Nearly everything has vanished from the source, so nothing was removed here. Accept it if that is right.",
  fault: "It could not be taken over. It is tried again by itself.",
};

/** How a feed is. */
export function stateOf(feed: Feed): "new" | "fresh" | "failing" | "halted" {
  if (feed.halted) return "halted";
  if (feed.why !== null) return "failing";
  return feed.freshAtMs === null ? "new" : "fresh";
}

/** How a feed is, in words. */
export function sentenceOf(feed: Feed): string {
  if (feed.why !== null) {
    const often = feed.failures > 1 ? ` (${feed.failures} times in a row)` : "";
    const detail = feed.detail === null ? "" : ` ${feed.detail}`;
    return `${troubles[feed.why]}${detail}${often}`;
  }
  if (feed.freshAtMs === null) return "It is being fetched for the first time.";
  const events = feed.events === 1 ? "1 event" : `${feed.events} events`;
  return feed.detail === null
    ? `${events}, as the source has them.`
    : `${events}; some could not be read: ${feed.detail}`;
}
