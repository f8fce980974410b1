import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Feed } from "./model.ts";
import type { ProviderTables } from "./tables.ts";

const at = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms);
const maybeAt = (ms: number | null): Temporal.Instant | null => (ms === null ? null : at(ms));

type Row = ProviderTables["providers.feed"];

const toFeed = (row: Row): Feed => ({
  id: row.id,
  calendarId: row.calendar_id,
  url: row.url,
  etag: row.etag,
  lastModified: row.last_modified,
  contentHash: row.content_hash,
  events: row.events,
  failures: row.failures,
  halted: row.halted,
  accept: row.accept,
  removing: row.removing,
  why: row.why,
  detail: row.detail,
  triedAtMs: row.tried_at?.epochMilliseconds ?? null,
  freshAtMs: row.fresh_at?.epochMilliseconds ?? null,
  changedAtMs: row.changed_at?.epochMilliseconds ?? null,
  nextPollAtMs: row.next_poll_at.epochMilliseconds,
});

const toRow = (feed: Feed): Omit<Row, "org_id"> => ({
  id: feed.id,
  calendar_id: feed.calendarId,
  url: feed.url,
  etag: feed.etag,
  last_modified: feed.lastModified,
  content_hash: feed.contentHash,
  events: feed.events,
  failures: feed.failures,
  halted: feed.halted,
  accept: feed.accept,
  removing: feed.removing,
  why: feed.why,
  detail: feed.detail,
  tried_at: maybeAt(feed.triedAtMs),
  fresh_at: maybeAt(feed.freshAtMs),
  changed_at: maybeAt(feed.changedAtMs),
  next_poll_at: at(feed.nextPollAtMs),
});

export async function insertFeed(unit: Unit, feed: Feed): Promise<void> {
  await unit
    .tables<ProviderTables>()
    .insertInto("providers.feed")
    .values({ org_id: unit.organisation, ...toRow(feed) })
    .execute();
}

/** Locks one feed until the commit; null when there is none. */
export async function lockFeed(unit: Unit, id: string): Promise<Feed | null> {
  const row = await unit
    .tables<ProviderTables>()
    .selectFrom("providers.feed")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toFeed(row);
}

export async function updateFeed(unit: Unit, feed: Feed): Promise<void> {
  await unit
    .tables<ProviderTables>()
    .updateTable("providers.feed")
    .set(toRow(feed))
    .where("org_id", "=", unit.organisation)
    .where("id", "=", feed.id)
    .execute();
}

export async function deleteFeed(unit: Unit, id: string): Promise<void> {
  await unit
    .tables<ProviderTables>()
    .deleteFrom("providers.feed")
    .where("org_id", "=", unit.organisation)
    .where("id", "=", id)
    .execute();
}

export async function countFeeds(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from providers.feed where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0]!.count;
}

/** The feeds of some calendars that are not on their way out. */
export async function feedsOf(unit: Unit, calendarIds: readonly string[], limit: number): Promise<Feed[]> {
  if (calendarIds.length === 0) return [];
  const rows = await unit
    .tables<ProviderTables>()
    .selectFrom("providers.feed")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("calendar_id", "in", [...calendarIds])
    .where("removing", "=", false)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(toFeed);
}

/**
 * Takes the next feed that is due, for so long: no other process polls it meanwhile, and one whose process ended is due
 * again then. Those that are to go come first. Null when none is due.
 */
export async function leaseDueFeed(unit: Unit, leaseMs: number): Promise<Feed | null> {
  const row = await unit
    .tables<ProviderTables>()
    .selectFrom("providers.feed")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("next_poll_at", "<=", at(unit.nowMs))
    .orderBy("removing", "desc")
    .orderBy("next_poll_at")
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (row === undefined) return null;
  const feed = toFeed(row);
  await updateFeed(unit, { ...feed, nextPollAtMs: unit.nowMs + leaseMs });
  return feed;
}
