import { rowsOf, ruleWindow, type Entry, type Person, type RosterQuestion } from "@hourwright/roster";
import { findZone, UTC } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { organisationOf } from "../../identity/public.ts";
import { ruleSetsOf, versionsOf } from "../contracts/store.ts";
import { demandsOf } from "../demand/store.ts";
import { holidayDays } from "../holidays/queries.ts";
import { scenesOf, type DayWindow, type Scene } from "../schedules/scenes.ts";
import { heldBy, skillsById } from "../skills/store.ts";

/**
 * What drafts of some days are judged by. `people`: these alone; null: everybody with a contract then. `judged`: of whom rules are
 * looked at, which look further than the days; of them it is known what stands on the days of `around` as well. Some statements,
 * however many people.
 */
export async function rosterQuestion(
  unit: Unit,
  window: DayWindow,
  {
    people,
    judged,
    entries,
    around = window,
  }: {
    readonly people: readonly string[] | null;
    readonly judged: readonly string[];
    readonly entries: readonly Entry[];
    readonly around?: DayWindow;
  },
): Promise<RosterQuestion> {
  const asked = people === null ? await peopleHolding(unit, window) : [...new Set([...people, ...judged])];
  const far = new Set(judged);
  const near = asked.filter((id) => !far.has(id));
  const scenes = new Map([
    ...(near.length === 0 ? [] : await scenesOf(unit, near, window)),
    ...(far.size === 0 ? [] : await scenesOf(unit, [...far], await widestWindow(unit, window, around))),
  ]);
  const rows = rowsOf(await demandsOf(unit));
  const skillIds = new Set([
    ...rows.flatMap(({ skillId }) => skillId ?? []),
    ...entries.flatMap((entry) => (entry.kind === "add" ? (entry.skillId ?? []) : [])),
  ]);
  const held = skillIds.size === 0 ? new Map() : await heldBy(unit, asked, [...skillIds]);
  const names = new Map((await skillsById(unit, [...skillIds])).map(({ id, name }) => [id, name]));
  const holidays = new Set(await holidayDays(unit));
  return {
    people: asked.flatMap((id) => (scenes.has(id) ? [personOf(scenes.get(id)!, held.get(id) ?? [])] : [])),
    rows,
    clocks: { zone: findZone((await organisationOf(unit)).zone) ?? UTC, isHoliday: (day) => holidays.has(day) },
    skillName: (id) => names.get(id) ?? "a skill that is gone",
    ...window,
  };
}

const personOf = (
  { personId, name, zone, contracts, holidays, adjustments }: Scene,
  skills: Person["skills"],
): Person => ({
  personId,
  name,
  zone,
  contracts,
  holidays,
  adjustments,
  skills,
});

async function peopleHolding(unit: Unit, { fromDay, toDay }: DayWindow): Promise<string[]> {
  return [...(await versionsOf(unit, null))].flatMap(([id, own]) =>
    own.some((each) => each.fromDay < toDay && (each.toDay ?? Infinity) > fromDay) ? [id] : [],
  );
}

/** The days that the rules of any rule set look at, and some others. */
async function widestWindow(unit: Unit, window: DayWindow, around: DayWindow): Promise<DayWindow> {
  const rules = (await ruleSetsOf(unit)).flatMap((set) => set.rules);
  const looked = ruleWindow(rules, window);
  return { fromDay: Math.min(looked.fromDay, around.fromDay), toDay: Math.max(looked.toDay, around.toDay) };
}
