import { isRefused, refuseProvider, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { readAddress } from "../../platform/http/guarded-fetch.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { noteCalendarAge } from "../bookings/public.ts";
import { calendarFor, calendarsSeenBy, createCalendar } from "../calendars/public.ts";
import { sentenceOf, stateOf } from "./decide.ts";
import { FEEDS_MAX, type Feed } from "./model.ts";
import { FEEDS, removeSome } from "./reconcilers.ts";
import { countFeeds, feedsOf, insertFeed, lockFeed, updateFeed } from "./store.ts";

type FeedIds = "feeds.list" | "feeds.create" | "feeds.poll" | "feeds.remove";

/** Feeds by address: whoever may manage the calendar may manage its feed. */
export const providerOperations: Handlers<FeedIds> = {
  "feeds.list": async (_input, context) => ({
    items: await context.read(async (unit) => {
      const seen = await calendarsSeenBy(unit, context.caller!);
      const names = new Map(seen.filter(({ access }) => access === "own").map(({ id, name }) => [id, name]));
      const feeds = await feedsOf(unit, [...names.keys()], FEEDS_MAX);
      return feeds.map((feed) => shownFeed(feed, names.get(feed.calendarId)!));
    }),
  }),
  "feeds.create": async ({ body }, context) => {
    const url = readAddress(body.url);
    if (url === null) return refuseProvider("bad-address", "address", {});
    const made = await context.write(async (unit) => {
      if ((await countFeeds(unit)) >= FEEDS_MAX) return refuseProvider("too-many-feeds", "most", { most: FEEDS_MAX });
      const calendar = await createCalendar(unit, context.caller!, {
        name: body.name,
        colour: body.colour,
        category: null,
        ownerSubjectId: body.ownerSubjectId,
        zone: undefined,
        policy: "observe",
        sharing: "private",
        fed: true,
      });
      if (isRefused(calendar)) return calendar;
      const feed = newFeed(unit, calendar.id, url.href);
      await insertFeed(unit, feed);
      await noteCalendarAge(unit, calendar.id, null);
      unit.record({ kind: "created", thing: { type: "feed", id: feed.id }, fields: ["url"] });
      unit.wake(FEEDS);
      return shownFeed(feed, calendar.name);
    });
    if (isRefused(made)) return made;
    context.reply.headers["location"] = `/v1/feeds/${made.id}`;
    return made;
  },
  "feeds.poll": ({ params, body }, context) =>
    context.write(async (unit) => {
      const held = await managedFeed(unit, context.caller!, params.id);
      if (isRefused(held)) return held;
      const feed = { ...held.feed, nextPollAtMs: unit.nowMs, accept: held.feed.accept || body.acceptEmptied };
      await updateFeed(unit, feed);
      unit.wake(FEEDS);
      return shownFeed(feed, held.calendarName);
    }),
  "feeds.remove": ({ params }, context) =>
    context.write(async (unit) => {
      const held = await managedFeed(unit, context.caller!, params.id);
      if (isRefused(held)) return held;
      await updateFeed(unit, { ...held.feed, removing: true, nextPollAtMs: unit.nowMs });
      // A small one is gone at once; of a large one the reconciler removes the rest.
      if (!(await removeSome(unit, held.feed))) unit.wake(FEEDS);
      return null;
    }),
};

const newFeed = (unit: Unit, calendarId: string, url: string): Feed => ({
  id: unit.newId("fee"),
  calendarId,
  url,
  etag: null,
  lastModified: null,
  contentHash: null,
  events: 0,
  failures: 0,
  halted: false,
  accept: false,
  removing: false,
  why: null,
  detail: null,
  triedAtMs: null,
  freshAtMs: null,
  changedAtMs: null,
  nextPollAtMs: unit.nowMs,
});

/** A feed of a calendar that the caller may manage, locked. */
async function managedFeed(
  unit: Unit,
  caller: Caller,
  id: string,
): Promise<{ readonly feed: Feed; readonly calendarName: string } | Refused<`request/${string}`>> {
  const feed = await lockFeed(unit, id);
  const calendar = feed === null || feed.removing ? "unknown" : await calendarFor(unit, caller, feed.calendarId, "own");
  if (feed === null || typeof calendar === "string") return refuseRequest("not-found", "feed", {});
  return { feed, calendarName: calendar.name };
}

const text = (ms: number | null): string | null =>
  ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString();

const shownFeed = (feed: Feed, calendarName: string) => ({
  id: feed.id,
  calendarId: feed.calendarId,
  calendarName,
  host: new URL(feed.url).host,
  state: stateOf(feed),
  sentence: sentenceOf(feed),
  events: feed.events,
  failures: feed.failures,
  lastTriedAt: text(feed.triedAtMs),
  lastFreshAt: text(feed.freshAtMs),
  changedAt: text(feed.changedAtMs),
  nextPollAt: text(feed.nextPollAtMs)!,
});
