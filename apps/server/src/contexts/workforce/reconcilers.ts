import { createHash } from "node:crypto";
import { assert } from "@hourwright/std";
import { DAY_MS, findZone, UTC } from "@hourwright/time";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { lockTimelines, replaceAvailability } from "../claims/public.ts";
import { listOrganisations, systemContext } from "../identity/public.ts";
import { workingStretches, type WorkingTime } from "./decide.ts";
import {
  EVERYBODY,
  forgetHandedIn,
  markHandedIn,
  peopleBehind,
  readRules,
  type RuleHashes,
  type Rules,
} from "./store.ts";

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

/** Hands everybody's working time to claims, from a good year back to two years ahead, a few people at a time. */
export function availabilityReconciler(database: Database, newId: IdMaker): Reconciler {
  return {
    name: AVAILABILITY,
    everyMs: EVERY_MS,
    async run(signal) {
      let people = 0;
      for (const { id: organisation } of await listOrganisations(database)) {
        for (let more = true; more && !signal.aborted;) {
          const count = await database.inOrganisation(
            systemContext(organisation, AVAILABILITY, newId),
            (unit) => handInSome(unit, null),
            {
              lane: "job",
            },
          );
          people += count;
          more = count === PEOPLE_OF_A_UNIT;
        }
      }
      return { people };
    },
  };
}

/** Hands in the working time of a few people at once, before it is the turn of everybody: who is to be booked right away. */
export async function handInHoursOf(unit: Unit, personIds: readonly string[]): Promise<void> {
  assert(personIds.length <= PEOPLE_OF_A_UNIT, `at most ${PEOPLE_OF_A_UNIT} people in a unit`);
  await handInSome(unit, personIds);
}

/** `only`: of nobody else; null: of those who come first. */
async function handInSome(unit: Unit, only: readonly string[] | null): Promise<number> {
  const rules = await readRules(unit);
  const hashes = hashesOf(rules);
  const today = Math.floor(unit.nowMs / DAY_MS);
  const until = dayText(today + DAYS_AHEAD - SLACK_DAYS);
  const everybodyBehind = await peopleBehind(unit, until, hashes, only === null ? PEOPLE_OF_A_UNIT : BEHIND_MAX);
  const behind = everybodyBehind.filter(({ subjectId }) => only === null || only.includes(subjectId));
  const ids = behind.map(({ subjectId }) => subjectId);
  const timelines = new Map((await lockTimelines(unit, ids)).map((each) => [each.subjectId, each]));
  for (const person of behind) {
    const { track } = timelines.get(person.subjectId)!;
    // What was is history: who is retired keeps it, and is not there from today on.
    const fromDay = person.retired ? today : today - DAYS_BACK;
    const week = person.retired ? [] : (rules.weeks.get(person.subjectId) ?? rules.weeks.get(EVERYBODY) ?? []);
    const zone = findZone(person.zone) ?? UTC;
    const stretches = workingStretches(week, rules.holidays, zone, fromDay, today + DAYS_AHEAD);
    const window = [(person.retired ? fromDay : fromDay - 1) * DAY_MS, (today + DAYS_AHEAD + 1) * DAY_MS] as const;
    await replaceAvailability(
      unit,
      track,
      ...window,
      stretches.map((each) => ({ ...each, reason: "working time" })),
    );
    unit.record({ kind: "updated", thing: { type: "availability", id: person.subjectId } }); // Pages that show load ask again.
  }
  await markHandedIn(
    unit,
    behind
      .filter(({ retired }) => !retired)
      .map(({ subjectId, zone }) => ({ subjectId, rules: `${hashes.own.get(subjectId) ?? hashes.everybody} ${zone}` })),
    dayText(today + DAYS_AHEAD),
  );
  await forgetHandedIn(
    unit,
    behind.filter(({ retired }) => retired).map(({ subjectId }) => subjectId),
  );
  return behind.length;
}

const dayText = (day: number): string =>
  Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
    .toString()
    .slice(0, 10);

/** One hash for everybody and one for each with a week of their own: a change of one person's hours moves nobody else's. */
function hashesOf({ weeks, holidays }: Rules): RuleHashes {
  const days = [...holidays].sort((a, b) => a - b);
  const hash = (week: readonly WorkingTime[]) =>
    createHash("sha256")
      .update(JSON.stringify([week, days]))
      .digest("base64url")
      .slice(0, 22);
  const own = [...weeks].filter(([id]) => id !== EVERYBODY).map(([id, week]) => [id, hash(week)] as const);
  return { everybody: hash(weeks.get(EVERYBODY) ?? []), own: new Map(own) };
}
