import { limits } from "@hourwright/contract";
import { rankCandidates, type Candidate, type RankedCandidate, type ShiftOnDay } from "@hourwright/schedule";
import { DAY_MS, startOfWeek, type Zone } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { subjectsById, type Subject } from "../../identity/public.ts";
import { isAdministrator, knownTo } from "../access.ts";
import { versionsOf } from "../contracts/store.ts";
import { scenesOf } from "../schedules/scenes.ts";
import { heldBy, skillsById } from "../skills/store.ts";
import { COVER_DAYS } from "./model.ts";
import { coversOf } from "./store.ts";

// What is known of people who could work a shift, read for all of them at once.

/** Rules look back into the weeks before, and a shift counts for the next. */
const DAYS_BEFORE = 29;
const DAYS_AFTER = 15;

/** A shift that somebody is looked for, and what they must be able to do. */
export type Wanted = {
  readonly placed: ShiftOnDay;
  readonly zone: Zone;
  readonly skillId: string | null;
  readonly levelMin: number | null;
};

export type Ranked = RankedCandidate & { readonly person: Subject };

/** Some people for a shift, whoever is asked first before the others. Some statements, however many people. */
export async function rankedFor(unit: Unit, wanted: Wanted, people: readonly string[]): Promise<readonly Ranked[]> {
  return (await rankedForEach(unit, [{ wanted, people }]))[0]!;
}

/** The same for several shifts, each with its own people: what they are made of is read once. */
export async function rankedForEach(
  unit: Unit,
  asks: readonly { readonly wanted: Wanted; readonly people: readonly string[] }[],
): Promise<readonly (readonly Ranked[])[]> {
  if (asks.length === 0) return [];
  const days = asks.map(({ wanted }) => wanted.placed.day);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const ids = [...new Set(asks.flatMap(({ people }) => people))];
  const subjects = (await subjectsById(unit, ids)).filter(({ kind }) => kind === "person");
  const byId = new Map(subjects.map((each) => [each.id, each]));
  const window = { fromDay: startOfWeek(first, 1) - DAYS_BEFORE, toDay: startOfWeek(last, 1) + DAYS_AFTER };
  const scenes = await scenesOf(unit, [...byId.keys()], window);
  const covers = await coversOf(unit, [...byId.keys()], first - COVER_DAYS, last + 1);
  const lacking = await lackOf(
    unit,
    asks.flatMap(({ wanted: { skillId } }) => skillId ?? []),
    [...byId.keys()],
  );
  return asks.map(({ wanted, people }) => {
    const { day } = wanted.placed;
    const candidates = people.flatMap((id): Candidate[] => {
      const person = byId.get(id);
      if (person === undefined) return [];
      const covered = (covers.get(id) ?? []).filter((each) => day - COVER_DAYS <= each && each <= day);
      return [
        {
          id,
          isHere: !person.retired,
          before: scenes.get(id) ?? null,
          lacks: lacking(id, wanted),
          covers: covered.length,
          lastCoverMs: covered.length === 0 ? null : Math.max(...covered) * DAY_MS,
        },
      ];
    });
    const question = { wanted: wanted.placed, zone: wanted.zone, people: candidates, coverDays: COVER_DAYS };
    return rankCandidates(question).map((each) => ({ ...each, person: byId.get(each.id)! }));
  });
}

/** What somebody lacks of the skill that is asked for, as it is called. */
async function lackOf(
  unit: Unit,
  skillIds: readonly string[],
  people: readonly string[],
): Promise<(id: string, wanted: Wanted) => string | null> {
  if (skillIds.length === 0) return () => null;
  const skills = new Map((await skillsById(unit, skillIds)).map((each) => [each.id, each]));
  const held = await heldBy(unit, people, skillIds);
  return (id, { skillId, levelMin, placed: { day } }) => {
    if (skillId === null) return null;
    const level = levelMin ?? 1;
    const has = (held.get(id) ?? []).some(
      (each) =>
        each.skillId === skillId &&
        each.level >= level &&
        each.fromDay <= day &&
        (each.untilDay === null || day <= each.untilDay),
    );
    if (has) return null;
    const skill = skills.get(skillId);
    const name = skill?.name ?? "the skill";
    return level === 1 ? name : `${name} (${skill?.levels[level - 1] ?? `level ${level}`})`;
  };
}

/** Those whom somebody may give shifts to: who has a contract on the day, of those they manage. At most `CANDIDATES_MAX`. */
export async function givenShiftsBy(unit: Unit, caller: Caller, day: number): Promise<readonly string[]> {
  const known = await knownTo(unit, caller);
  const managed = known === null ? null : new Set(known);
  const all = [...(await versionsOf(unit, null))];
  return all
    .filter(([id, own]) => {
      if (managed !== null && (!managed.has(id) || id === caller.personId)) return false;
      return own.some(({ fromDay, toDay }) => fromDay <= day + 1 && (toDay ?? Infinity) >= day);
    })
    .map(([id]) => id)
    .slice(0, limits.CANDIDATES_MAX);
}

/** A candidate as they are told. What they cost is told to administrators. */
export function shownCandidate({ person, lastCoverMs, ...ranked }: Ranked, caller: Caller) {
  return {
    personId: person.id,
    name: person.name,
    may: ranked.may,
    reasons: [...ranked.reasons],
    against: [...ranked.against],
    overMinutes: ranked.overMinutes,
    restMinutes: ranked.restMinutes === null ? null : Math.floor(ranked.restMinutes),
    covers: ranked.covers,
    lastCoveredAt: lastCoverMs === null ? null : Temporal.Instant.fromEpochMilliseconds(lastCoverMs).toString(),
    cost: isAdministrator(caller) ? ranked.cost : null,
  };
}
