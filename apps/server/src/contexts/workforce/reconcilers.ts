import { createHash } from "node:crypto";
import { DAY_MS, findZone, UTC } from "@hourwright/time";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { lockTimelines, replaceAvailability } from "../claims/public.ts";
import { listOrganisations, systemContext } from "../identity/public.ts";
import { workingStretches } from "./decide.ts";
import { markHandedIn, peopleBehind, readRules, type Rules } from "./store.ts";

const EVERY_MS = 3_600_000;
const DAYS_BACK = 400;
const DAYS_AHEAD = 760;
/** Handed in again once it ends this much too early. */
const SLACK_DAYS = 30;
const PEOPLE_OF_A_UNIT = 2;

/** Hands everybody's working time to claims, from a good year back to two years ahead, a few people at a time. */
export function availabilityReconciler(database: Database, newId: IdMaker): Reconciler {
  return {
    name: "workforce.availability",
    everyMs: EVERY_MS,
    async run(signal) {
      let people = 0;
      for (const { id: organisation } of await listOrganisations(database)) {
        for (let more = true; more && !signal.aborted;) {
          const count = await database.inOrganisation(
            systemContext(organisation, "workforce.availability", newId),
            handInSome,
            { lane: "job" },
          );
          people += count;
          more = count === PEOPLE_OF_A_UNIT;
        }
      }
      return { people };
    },
  };
}

async function handInSome(unit: Unit): Promise<number> {
  const rules = await readRules(unit);
  if (rules.weeks.size === 0) return 0;
  const today = Math.floor(unit.nowMs / DAY_MS);
  const dayText = (day: number) =>
    Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
      .toString()
      .slice(0, 10);
  const hash = hashOf(rules);
  const behind = await peopleBehind(unit, dayText(today + DAYS_AHEAD - SLACK_DAYS), hash, PEOPLE_OF_A_UNIT);
  const timelines = new Map(
    (
      await lockTimelines(
        unit,
        behind.map(({ subjectId }) => subjectId),
      )
    ).map((each) => [each.subjectId, each]),
  );
  for (const { subjectId, zone } of behind) {
    const week = rules.weeks.get(subjectId) ?? rules.weeks.get("") ?? [];
    const stretches = workingStretches(
      week,
      rules.holidays,
      findZone(zone) ?? UTC,
      today - DAYS_BACK,
      today + DAYS_AHEAD,
    );
    const window = [(today - DAYS_BACK - 1) * DAY_MS, (today + DAYS_AHEAD + 1) * DAY_MS] as const;
    await replaceAvailability(
      unit,
      timelines.get(subjectId)!.track,
      ...window,
      stretches.map((each) => ({ ...each, reason: "working time" })),
    );
    unit.record({ kind: "updated", thing: { type: "availability", id: subjectId } }); // Pages that show load ask again.
  }
  await markHandedIn(
    unit,
    behind.map(({ subjectId }) => subjectId),
    dayText(today + DAYS_AHEAD),
    hash,
  );
  return behind.length;
}

const hashOf = ({ weeks, holidays }: Rules): string =>
  createHash("sha256")
    .update(JSON.stringify([[...weeks], [...holidays].sort((a, b) => a - b)]))
    .digest("base64url")
    .slice(0, 22);
