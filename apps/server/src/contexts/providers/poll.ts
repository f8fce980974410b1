import { createHash } from "node:crypto";
import { isRefused } from "@hourwright/contract";
import type { UnitContext } from "../../platform/db/database.ts";
import type { GuardedFetch } from "../../platform/http/guarded-fetch.ts";
import { syncCalendar, type ImportPorts } from "../calendars/public.ts";
import { isOlder, type PollOutcome } from "./decide.ts";
import type { Feed } from "./model.ts";

export type PollPorts = ImportPorts & {
  readonly fetch: GuardedFetch;
  /** From 0 to 1. */
  readonly chance: () => number;
};

/** Fetches a feed and takes over what it says. Between units: a slow server keeps nobody from the database. */
export async function pollFeed(
  ports: PollPorts,
  run: { readonly context: UnitContext; readonly signal: AbortSignal },
  feed: Feed,
): Promise<PollOutcome> {
  // Whoever accepts an emptied source wants what is there now, not to hear that it has not changed since it was refused.
  const { etag, lastModified } = feed.accept || feed.contentHash === null ? { etag: null, lastModified: null } : feed;
  const fetched = await ports.fetch({ url: feed.url, etag, lastModified, signal: run.signal });
  if (fetched.kind === "unchanged") return { kind: "unchanged" };
  if (fetched.kind === "failed") {
    const { why, status, retryAfterSeconds } = fetched;
    return { kind: "failed", why, detail: status === null ? null : `It answered ${status}.`, retryAfterSeconds };
  }
  if (isOlder(fetched.lastModified, feed.lastModified)) return failed("older");
  const contentHash = createHash("sha256").update(fetched.bytes).digest("base64url").slice(0, 32);
  const known = { etag: fetched.etag, lastModified: fetched.lastModified, contentHash };
  if (contentHash === feed.contentHash)
    return { kind: "taken", ...known, events: feed.events, hasChanged: false, problem: feed.detail };
  if (!looksLikeCalendar(fetched.bytes)) return failed("not-a-calendar");

  const synced = await syncCalendar(ports, run, {
    calendarId: feed.calendarId,
    bytes: fetched.bytes,
    acceptEmptied: feed.accept,
  });
  if (isRefused(synced)) return failed("not-a-calendar", synced.refused.detail);
  if (synced.kind === "emptied") return failed("emptied", `It had ${synced.held} events and has ${synced.found}.`);
  const hasChanged = synced.created + synced.updated + synced.removed > 0;
  return { kind: "taken", ...known, events: synced.found, hasChanged, problem: synced.problem };
}

const failed = (why: "older" | "emptied" | "not-a-calendar", detail: string | null = null): PollOutcome => ({
  kind: "failed",
  why,
  detail,
  retryAfterSeconds: null,
});

const HEAD_BYTES = 4_096;

/** A login page is no emptied calendar: without BEGIN:VCALENDAR near its beginning, nothing is compared at all. */
function looksLikeCalendar(bytes: Uint8Array): boolean {
  return /BEGIN\s*:\s*VCALENDAR/i.test(Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1"));
}
