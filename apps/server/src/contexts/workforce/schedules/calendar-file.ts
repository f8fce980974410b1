import { limits } from "@hourwright/contract";
import { createEvent, followedCalendar, type When } from "@hourwright/ical";
import { contractOn, unify, type Contract, type PlacedShift, type Stretch } from "@hourwright/schedule";
import { DAY_MS, UTC, type Interval } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { organisationOf } from "../../identity/public.ts";
import { dayText } from "../contracts/terms.ts";
import { scenesOf } from "./scenes.ts";

/** What somebody works of a shift in one go, with its breaks. */
type Stint = Interval & { readonly placed: PlacedShift };

/**
 * Somebody's shifts and time on call, from some weeks ago to a year ahead, as a calendar in UTC; an empty one of who never had a contract.
 * What is asked for and not yet approved is not in it. Stamped by the day, so that it stays the same while nothing changes.
 */
export async function shiftsCalendar(unit: Unit, personId: string): Promise<Uint8Array> {
  const today = Math.floor(unit.nowMs / DAY_MS);
  const window = { fromDay: today - limits.FOLLOWED_DAYS_BEHIND, toDay: today + limits.FOLLOWED_DAYS_AHEAD };
  const { name } = await organisationOf(unit);
  const scene = (await scenesOf(unit, [personId], window)).get(personId);
  const stints = scene === undefined ? [] : stintsOf(unify({ ...scene, ...window }).stretches);
  return followedCalendar(
    scene === undefined ? name : `${scene.name}, ${name}`,
    stints.map(eventOf(scene?.contracts ?? [], personId, today)),
  );
}

/** Each shift in as many pieces as are worked of it without something else between; breaks alone are none. */
export function stintsOf(stretches: readonly Stretch[]): readonly Stint[] {
  const stints: (Stint & { readonly isWorked: boolean })[] = [];
  for (const { kind, shift: placed, startMs, endMs } of stretches) {
    if (placed === null || (kind !== "work" && kind !== "break" && kind !== "on-call")) continue;
    const last = stints.at(-1);
    const isSame = last?.endMs === startMs && last.placed.day === placed.day && last.placed.startMs === placed.startMs;
    const isWorked = kind !== "break" || (isSame && last.isWorked);
    if (isSame) stints[stints.length - 1] = { ...last, endMs, isWorked };
    else stints.push({ placed, startMs, endMs, isWorked });
  }
  return stints.filter(({ isWorked }) => isWorked);
}

/** What shifts without a name are called. */
const UNNAMED = { work: "shift", duty: "shift", "on-call": "on call" } as const;

/** The nth of a day keeps its UID when its time changes. */
function eventOf(contracts: readonly Contract[], personId: string, today: number) {
  const made = new Map<number, number>();
  return ({ placed: { day, shift }, startMs, endMs }: Stint) => {
    const nth = (made.get(day) ?? 0) + 1;
    made.set(day, nth);
    const site = shift.site ?? contractOn(contracts, day)?.site ?? "";
    return createEvent(
      { summary: shift.name || UNNAMED[shift.kind], location: site, start: inUtc(startMs), end: inUtc(endMs) },
      { uid: `${personId.toLowerCase()}-${dayText(day)}-${nth}@hourwright`, nowMs: today * DAY_MS },
    );
  };
}

const inUtc = (localMs: number): When => ({ form: "utc", localMs, zone: UTC });
