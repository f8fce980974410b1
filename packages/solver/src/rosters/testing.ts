import { seededRandom, wholeBetween, type Random } from "@hourwright/std";
import { dayOffWishes, locks, shiftWishes, skills } from "./cells.ts";
import { HARD, soft, type RosterConstraint } from "./constraint.ts";
import { coverage, holders, overstaffing } from "./coverage.ts";
import { fairness } from "./fairness.ts";
import { rest, successions } from "./following.ts";
import { weekHoursLeast, weekHoursMost } from "./hours.ts";
import { rosterProblem, type RosterProblem } from "./problem.ts";
import { emptyRoster, type Roster } from "./roster.ts";
import { daysInRow, sameInRow } from "./runs.ts";
import { pairing, separation, type Pair } from "./together.ts";
import { weekendsMost, wholeWeekends } from "./weekends.ts";

const EARLY = 1;
const LATE = 2;
const NIGHT = 3;

/** Early, late and night, of eight hours each: values 1, 2 and 3. */
export const SHIFTS = [
  { name: "early", startMinutes: 6 * 60, endMinutes: 14 * 60 },
  { name: "late", startMinutes: 14 * 60, endMinutes: 22 * 60 },
  { name: "night", startMinutes: 22 * 60, endMinutes: 30 * 60 },
];

/** A roster as wards and shops have them, with all constraints there are: eighteen, nine of them hard. Repeats from its seed. */
export function seededRosterProblem({
  people,
  days,
  seed,
  firstWeekday = 1,
}: {
  people: number;
  days: number;
  seed: number;
  firstWeekday?: number;
}): RosterProblem {
  const random = seededRandom(seed);
  const names = Array.from({ length: people }, (_, i) => `Person ${i + 1}`);
  const empty = emptyRoster({ people: names, days, firstWeekday, shifts: SHIFTS });
  const roster = withLocks(empty, random);
  return rosterProblem(roster, seededConstraints(roster, random));
}

/** One cell in fifty is locked to a day off. */
function withLocks(roster: Roster, random: Random): Roster {
  return { ...roster, locked: roster.locked.map(() => (random() < 0.02 ? 1 : 0)) };
}

function seededConstraints(roster: Roster, random: Random): RosterConstraint[] {
  const people = roster.people.length;
  const { days } = roster;
  const kinds = SHIFTS.length + 1;
  const each = (value: number) => new Int32Array(people).fill(value);
  const perShift = (share: number) => Math.max(1, Math.round(people * share));
  const least = demandOf(days, [0, perShift(0.22), perShift(0.18), perShift(0.1)]);
  const total = Array.from({ length: days }, (_, day) => least[day * kinds + NIGHT]!).reduce(
    (sum, one) => sum + one,
    0,
  );
  const lacks = new Uint8Array(people * kinds);
  for (let person = 0; person < people; person++) if (random() < 0.15) lacks[person * kinds + NIGHT] = 1;
  const holds = Uint8Array.from({ length: people }, () => (random() < 0.4 ? 1 : 0));
  const anyCell = () => ({ person: wholeBetween(random, 0, people - 1), day: wholeBetween(random, 0, days - 1) });
  const pairs = Array.from({ length: Math.min(people >> 1, Math.ceil(people / 10)) }, (_, i): Pair => [
    i,
    people - 1 - i,
  ]);
  const wishes = Array.from({ length: people * 2 }, () => ({ ...anyCell(), units: wholeBetween(random, 1, 5) }));

  return [
    locks(roster, HARD),
    coverage(roster, HARD, least),
    skills(roster, HARD, lacks),
    rest(roster, HARD, 11 * 60),
    successions(roster, HARD, [[NIGHT, EARLY]]),
    weekHoursMost(roster, HARD, each(48 * 60)),
    daysInRow(roster, HARD, each(6)),
    separation(roster, HARD, pairs.slice(0, pairs.length >> 1)),
    holders(roster, HARD, { what: "first aid", holds, least: demandOf(days, [0, 1, 1, 0]) }),
    overstaffing(
      roster,
      soft(3),
      least.map((count) => count + 1),
    ),
    weekHoursLeast(roster, soft(1), each(24 * 60)),
    sameInRow(roster, soft(2), Int32Array.of(0, 5, 5, 3)),
    weekendsMost(roster, soft(4), each(Math.ceil(days / 14))),
    wholeWeekends(roster, soft(2)),
    dayOffWishes(roster, soft(2), wishes.slice(0, people)),
    shiftWishes(
      roster,
      soft(1),
      wishes
        .slice(people)
        .map((wish) => ({ ...wish, value: wholeBetween(random, EARLY, LATE), isAgainst: random() < 0.5 })),
    ),
    fairness(roster, soft(1), { what: "nights", values: [NIGHT], shares: each(Math.round(total / people)) }),
    pairing(roster, soft(2), pairs.slice(pairs.length >> 1)),
  ];
}

/** The same for every day, by value. */
function demandOf(days: number, byValue: readonly number[]): Int32Array {
  return Int32Array.from({ length: days * byValue.length }, (_, place) => byValue[place % byValue.length]!);
}
