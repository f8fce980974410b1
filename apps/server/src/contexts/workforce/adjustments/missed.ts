import { limits } from "@hourwright/contract";
import {
  evaluate,
  groundOf,
  missedBetween,
  skillOfRow,
  rowsOf,
  siteKeyOf,
  standingIn,
  type Missed,
} from "@hourwright/roster";
import { unify } from "@hourwright/schedule";
import { printWallTime, type Zone } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { demandsOf } from "../demand/store.ts";
import { rosterQuestion } from "../drafts/question.ts";
import type { DayWindow, Scene } from "../schedules/scenes.ts";
import { dayText } from "../contracts/terms.ts";
import { decideGroup } from "./decide.ts";
import type { StoredAdjustment } from "./model.ts";

/** Where people would be missing: of a row of demand, from when to when (epoch ms) by the clocks of the organisation. */
export type MissedThere = Missed & { readonly name: string; readonly zone: Zone };

/** Longer ones are looked at from their beginning. */
const MISSED_DAYS_MAX = 31;

/**
 * What approving a group would leave uncovered, in order of days. `before`, `after`: of its people, by which it is known at once where
 * nobody is needed; only where somebody is are all others read.
 */
export async function missedBy(
  unit: Unit,
  group: readonly StoredAdjustment[],
  { before, after }: { readonly before: ReadonlyMap<string, Scene>; readonly after: ReadonlyMap<string, Scene> },
): Promise<readonly MissedThere[]> {
  const first = Math.min(...group.map(({ firstDay }) => firstDay));
  const last = Math.min(Math.max(...group.map(({ lastDay }) => lastDay)), first + MISSED_DAYS_MAX - 1);
  const window = { fromDay: first - 1, toDay: last + 2 }; // Nights reach over.
  const sites = new Set([...before.values(), ...after.values()].flatMap((scene) => sitesOf(scene, window)));
  if (!rowsOf(await demandsOf(unit)).some(({ siteKey }) => sites.has(siteKey))) return [];
  const all = await rosterQuestion(unit, window, { people: null, judged: [], entries: [] });
  const question = { ...all, rows: all.rows.filter(({ siteKey }) => sites.has(siteKey)) };
  const stands = new Map(question.people.map((person) => [person.personId, person]));
  const changed = decideGroup(group, stands, { by: "", onDay: 0 }).after;
  const people = question.people.map((person) => changed.get(person.personId) ?? person);
  const missed = missedBetween(evaluate(groundOf(question), []), evaluate(groundOf({ ...question, people }), []));
  return missed
    .toSorted((one, other) => one.startMs - other.startMs)
    .slice(0, limits.MISSED_TOLD_MAX)
    .map((each) => ({ ...each, name: skillOfRow(each.row, question.skillName), zone: question.clocks.zone }));
}

/** The sites at which somebody may work on some days: those of their shifts, and of their contracts for shifts that name none. */
const sitesOf = (scene: Scene, window: DayWindow): string[] => [
  ...standingIn(unify({ ...scene, ...window }).stretches).map(({ placed }) => siteKeyOf(placed.shift.site)),
  ...scene.contracts.map(({ site }) => siteKeyOf(site)),
];

/** Of what its label is made. */
export const missedFacts = ({ row, name, day, startMs, endMs, zone, before, after, minimum }: MissedThere) => ({
  kind: "missed",
  site: row.site,
  name: row.skillId === null ? null : name,
  day: dayText(day),
  from: clockOf(startMs, zone),
  to: clockOf(endMs, zone),
  before,
  after,
  minimum,
});

const clockOf = (ms: number, zone: MissedThere["zone"]): string =>
  printWallTime(zone.toLocalMs(ms), "local").slice(11, 16);

/** "Coverage at Ward, First aid, 2027-03-01 06:00–10:00" */
export function missedLabel({ row, name, day, startMs, endMs, zone }: MissedThere): string {
  const where = row.skillId === null ? row.site : `${row.site}, ${name}`;
  return `Coverage at ${where}, ${dayText(day)} ${clockOf(startMs, zone)}–${clockOf(endMs, zone)}`;
}
