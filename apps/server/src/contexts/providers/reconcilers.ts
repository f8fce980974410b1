import type { Unit } from "../../platform/db/database.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { forgetCalendarAge, noteCalendarAge } from "../bookings/public.ts";
import { clearCalendar } from "../calendars/public.ts";
import { listOrganisations, systemContext } from "../identity/public.ts";
import { afterPoll, type PollOutcome } from "./decide.ts";
import type { Feed } from "./model.ts";
import { pollFeed, type PollPorts } from "./poll.ts";
import { deleteFeed, leaseDueFeed, lockFeed, updateFeed } from "./store.ts";

/** What wakes it: units that leave a feed to be fetched or removed. */
export const FEEDS = "providers.feeds";
const EVERY_MS = 60_000;
/** Longer than a poll can take: fetched in a minute, taken over in a few. */
const LEASE_MS = 15 * 60_000;
/** Polls of one organisation at once; the fetch itself has a bound for all of them. */
const AT_ONCE = 4;

/** Fetches what is due and clears away what was removed. */
export function feedReconciler(ports: PollPorts): Reconciler {
  return {
    name: FEEDS,
    everyMs: EVERY_MS,
    async run(signal) {
      let polled = 0;
      for (const { id: organisation } of await listOrganisations(ports.database)) {
        const next = async () => {
          while (!signal.aborted && (await pollOne(ports, organisation, signal))) polled++;
        };
        await Promise.all(Array.from({ length: AT_ONCE }, next));
      }
      return { polled };
    },
  };
}

/** Polls the next feed that is due; false when there is none. */
async function pollOne(ports: PollPorts, organisation: number, signal: AbortSignal): Promise<boolean> {
  const context = systemContext(organisation, FEEDS, ports.newId);
  const inUnit: InUnit = (work) => ports.database.inOrganisation(context, work, { lane: "job" });
  const feed = await inUnit((unit) => leaseDueFeed(unit, LEASE_MS));
  if (feed === null) return false;
  if (feed.removing) await remove(inUnit, feed, signal);
  else {
    const outcome = await pollFeed(ports, { context, signal }, feed).catch((): PollOutcome => fault);
    if (!signal.aborted) await inUnit((unit) => settle(unit, feed.id, outcome, ports.chance()));
  }
  return true;
}

const fault: PollOutcome = { kind: "failed", why: "fault", detail: null, retryAfterSeconds: null };

type InUnit = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

async function remove(inUnit: InUnit, feed: Feed, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await inUnit((unit) => removeSome(unit, feed))));
}

/** Removes some of a feed's events; with the last of them the calendar and the feed. True when it is gone. */
export async function removeSome(unit: Unit, feed: Pick<Feed, "id" | "calendarId">): Promise<boolean> {
  if ((await lockFeed(unit, feed.id)) === null) return true;
  if (!(await clearCalendar(unit, feed.calendarId))) return false;
  await deleteFeed(unit, feed.id);
  await forgetCalendarAge(unit, feed.calendarId);
  unit.record({ kind: "removed", thing: { type: "feed", id: feed.id } });
  return true;
}

/** Writes down what a poll came to, unless the feed was removed meanwhile. */
async function settle(unit: Unit, id: string, outcome: PollOutcome, chance: number): Promise<void> {
  const feed = await lockFeed(unit, id);
  if (feed === null || feed.removing) return;
  const after = afterPoll(feed, outcome, unit.nowMs, chance);
  await updateFeed(unit, after);
  await noteCalendarAge(unit, after.calendarId, after.freshAtMs);
  unit.record({ kind: "updated", thing: { type: "feed", id }, fields: ["state"] });
}
