import { assert } from "@hourwright/std";
import { DAY_MS, type Interval } from "@hourwright/time";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { lockTimelines, replaceAvailability } from "../claims/public.ts";
import { listOrganisations, systemContext } from "../identity/public.ts";
import { placesOf } from "../planning/public.ts";
import { claimDuties } from "./duties/claim.ts";
import { allMonths } from "./duties/model.ts";
import type { HolidayLibrary } from "./holidays/model.ts";
import { regionsBehind, storeRegion, yearsAround } from "./holidays/store.ts";
import { holdersOf, type Holder } from "./hours/sources.ts";
import { stackOf, stretchesOf } from "./hours/stack.ts";
import { scenesOf } from "./schedules/scenes.ts";
import { forgetHandedIn, markHandedIn, subjectsBehind, type Behind } from "./hours/store.ts";

/** What wakes it: units after which somebody's availability has to be made again. */
export const AVAILABILITY = "workforce.availability";
const EVERY_MS = 3_600_000;
const DAYS_BACK = 400;
const DAYS_AHEAD = 760;
/** Handed in again once it ends this much too early. */
const SLACK_DAYS = 30;
export const PEOPLE_OF_A_UNIT = 2;
/** People whose working time is looked up to find some of them. */
const BEHIND_MAX = 10_000;

/**
 * Hands everybody's opening times to claims, from a good year back to two years ahead, a few people and things at a time, once
 * the holidays of all regions that layers name are worked out.
 */
export function availabilityReconciler(database: Database, newId: IdMaker, library: HolidayLibrary): Reconciler {
  return {
    name: AVAILABILITY,
    everyMs: EVERY_MS,
    async run(signal) {
      let people = 0;
      for (const { id: organisation } of await listOrganisations(database)) {
        const inUnit = <T>(work: (unit: Unit) => Promise<T>) =>
          database.inOrganisation(systemContext(organisation, AVAILABILITY, newId), work, { lane: "job" });
        await learnRegions(inUnit, library, signal);
        for (let more = true; more && !signal.aborted;) {
          const count = await inUnit((unit) => handInSome(unit, null));
          people += count;
          more = count === PEOPLE_OF_A_UNIT;
        }
      }
      return { people };
    },
  };
}

/** Works holidays out for the regions of an organisation that lack some. */
async function learnRegions(
  inUnit: <T>(work: (unit: Unit) => Promise<T>) => Promise<T>,
  library: HolidayLibrary,
  signal: AbortSignal,
): Promise<void> {
  const [regions, today] = await inUnit(async (unit) => {
    const day = todayOf(unit);
    return [await regionsBehind(unit, dayText(day + DAYS_AHEAD)), day] as const;
  });
  const { fromYear, toYear } = yearsAround(today);
  for (const region of regions) {
    if (signal.aborted) return;
    // A region that there is no more closes nothing.
    const years = (await library.holidaysOf(region, fromYear, toYear)) ?? {
      region,
      names: { en: region, de: region, fr: region, es: region },
      days: [],
    };
    await inUnit((unit) => storeRegion(unit, years, toYear));
  }
}

/** Hands in the working time of a few people at once, before it is the turn of everybody: who is to be booked right away. */
export async function handInHoursOf(unit: Unit, personIds: readonly string[]): Promise<void> {
  assert(personIds.length <= PEOPLE_OF_A_UNIT, `at most ${PEOPLE_OF_A_UNIT} people in a unit`);
  await handInSome(unit, personIds);
}

/**
 * Closes whose hours have never been handed in, until they are: of whom nothing stands anything goes, and who was written down a
 * moment ago is not to be booked at night. Who may be booked whenever is opened again when it is their turn.
 */
export async function closeUntilHandedIn(unit: Unit, subjectIds: readonly string[]): Promise<void> {
  const news = await neverHandedIn(unit, subjectIds);
  if (news.length === 0) return;
  const timelines = await lockTimelines(unit, news);
  // Whoever handed them in meanwhile has the timelines no more.
  const still = new Set(await neverHandedIn(unit, news));
  const longAgoMs = longAgoOf(todayOf(unit));
  for (const { subjectId, track } of timelines)
    if (still.has(subjectId))
      await replaceAvailability(unit, track, longAgoMs, longAgoMs + 1, [closedMoment(longAgoMs)]);
}

async function neverHandedIn(unit: Unit, subjectIds: readonly string[]): Promise<string[]> {
  const until = dayText(todayOf(unit));
  const behind = await subjectsBehind(unit, until, await placesOf(unit), BEHIND_MAX);
  return behind.flatMap(({ subjectId, rules, isNew }) =>
    rules !== null && isNew && subjectIds.includes(subjectId) ? [subjectId] : [],
  );
}

/** Of whom nothing stands, anything goes: who is never open has a moment long ago, before the first day that is handed in. */
const longAgoOf = (today: number): number => (today - DAYS_BACK - 1) * DAY_MS;

const closedMoment = (longAgoMs: number): Handed => ({
  startMs: longAgoMs,
  endMs: longAgoMs + 1,
  reason: "working time",
});

/** `only`: of nobody else; null: of those who come first. */
async function handInSome(unit: Unit, only: readonly string[] | null): Promise<number> {
  const today = todayOf(unit);
  const until = dayText(today + DAYS_AHEAD - SLACK_DAYS);
  const behind = await subjectsBehind(unit, until, await placesOf(unit), PEOPLE_OF_A_UNIT, only);
  const ids = behind.map(({ subjectId }) => subjectId);
  const timelines = new Map((await lockTimelines(unit, ids)).map((each) => [each.subjectId, each]));
  const holders = await holdersOf(unit, ids);
  for (const each of behind) {
    const open = each.rules === null ? null : openOf(holders.get(each.subjectId)!, today);
    const { startMs, endMs } = windowOf(each, open !== null, today);
    await replaceAvailability(unit, timelines.get(each.subjectId)!.track, startMs, endMs, open ?? []);
    unit.record({ kind: "updated", thing: { type: "availability", id: each.subjectId } }); // Pages that show load ask again.
  }
  if (only === null) {
    const here = behind.filter(({ rules }) => rules !== null).map(({ subjectId }) => subjectId);
    await claimAhead(unit, here, today);
  }
  await markHandedIn(
    unit,
    behind.flatMap(({ subjectId, rules }) => (rules === null ? [] : [{ subjectId, rules }])),
    dayText(today + DAYS_AHEAD),
  );
  await forgetHandedIn(
    unit,
    behind.filter(({ rules }) => rules === null).map(({ subjectId }) => subjectId),
  );
  return behind.length;
}

/** Duties of those whose turn it is, as far ahead as they are claimed: what meets others is a conflict. */
async function claimAhead(unit: Unit, people: readonly string[], today: number): Promise<void> {
  const scenes = await scenesOf(unit, people, { fromDay: today - DAYS_BACK, toDay: today + DAYS_AHEAD });
  if (scenes.size > 0) await claimDuties(unit, [...scenes.values()], allMonths(today), "report");
}

/** What was is history: who is retired keeps it, and is not there from today on. Of whom nobody says anything nothing stands. */
function windowOf({ rules, isThing }: Behind, isKnown: boolean, today: number): Interval {
  const endMs = (today + DAYS_AHEAD + 1) * DAY_MS;
  if (rules === null && !isThing) return { startMs: today * DAY_MS, endMs };
  return { startMs: isKnown ? longAgoOf(today) : 0, endMs };
}

type Handed = Interval & { readonly reason: string };

/** The stretches of one, none of them longer than readers look back; null where nobody has said anything of them. */
function openOf({ sources, zone }: Holder, today: number): Handed[] | null {
  const [fromDay, toDay] = [today - DAYS_BACK, today + DAYS_AHEAD];
  const stack = stackOf(sources, zone, { firstDay: fromDay - 1, lastDay: toDay }, false);
  if (!stack.isKnown) return null;
  const stretches = stretchesOf(stack, zone, fromDay, toDay).flatMap(inPieces);
  if (stretches.length === 0) return [closedMoment(longAgoOf(today))];
  return stretches.map((stretch) => ({ ...stretch, reason: "working time" }));
}

/** Readers find what began a month before what they ask for. */
const PIECE_MS = 28 * DAY_MS;

function inPieces({ startMs, endMs }: Interval): Interval[] {
  const count = Math.ceil((endMs - startMs) / PIECE_MS);
  return Array.from({ length: count }, (_, i) => ({
    startMs: startMs + i * PIECE_MS,
    endMs: Math.min(startMs + (i + 1) * PIECE_MS, endMs),
  }));
}

const todayOf = ({ nowMs }: Unit): number => Math.floor(nowMs / DAY_MS);

const dayText = (day: number): string =>
  Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
    .toString()
    .slice(0, 10);
