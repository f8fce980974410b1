import { productOf, type Part } from "../automaton.ts";
import { FREE, type Cost, type Line, type RosterInstance } from "../instance.ts";
import { charge, followPart, runPart, startOfRun, weekendPart, type RunRule } from "../parts.ts";
import {
  INRC2_POINTS,
  shiftOf,
  skillOf,
  valueOf,
  type Inrc2Contract,
  type Inrc2Person,
  type Inrc2Range,
  type Inrc2Roster,
} from "./model.ts";

const HARD: Cost = { soft: 0, hard: 1 };
const MONDAY = 0;
const SUNDAY = 6;

/** The roster for the fast search; null when a contract has more states than a table holds. */
export function inrc2Instance(roster: Inrc2Roster): RosterInstance | null {
  const { shifts, skills, contracts, people } = roster;
  const days = roster.weeks * 7;
  const kinds = 1 + shifts.length * skills.length;
  const lines: Line[] = Array(people.length);
  for (const [place, contract] of contracts.entries()) {
    const members = [...people.keys()].filter((person) => people[person]!.contract === place);
    const product = automatonOf(
      roster,
      contract,
      members.map((person) => people[person]!),
    );
    if (product === null) return null;
    for (const [i, person] of members.entries()) {
      lines[person] = {
        automaton: product.automaton,
        start: product.startStates[i]!,
        ...lineOf(roster, contract, people[person]!, person),
      };
    }
  }
  return { days, kinds, firstWeekday: MONDAY, lines, cover: coverOf(roster) };
}

function lineOf(
  roster: Inrc2Roster,
  { assignments, weekendsMost }: Inrc2Contract,
  { history, skills }: Inrc2Person,
  place: number,
): Omit<Line, "automaton" | "start"> {
  const days = roster.weeks * 7;
  const kinds = 1 + roster.shifts.length * roster.skills.length;
  const wanted = Uint8Array.from({ length: kinds }, (_, value) =>
    value === 0 || skills.includes(skillOf(roster, value)) ? 1 : 0,
  );
  const dayCost = new Int32Array(days * kinds);
  for (const { person, day, shift } of roster.requests) {
    if (person !== place) continue;
    for (let value = 1; value < kinds; value++) {
      if (shift === null || shiftOf(roster, value) === shift) dayCost[day * kinds + value]! += INRC2_POINTS.requests;
    }
  }
  const points = softOf(INRC2_POINTS.assignments);
  return {
    may: Uint8Array.from({ length: days * kinds }, (_, at) => wanted[at % kinds]!),
    dayCost,
    loadOf: Int32Array.from({ length: kinds }, (_, value) => Math.min(1, value)),
    load: {
      least: Math.max(0, assignments.least - history.assignments),
      most: assignments.most - history.assignments,
      unit: 1,
      under: points,
      over: points,
    },
    mostOf: new Int32Array(kinds).fill(days),
    weekends: {
      least: 0,
      most: weekendsMost - history.weekends,
      unit: 1,
      under: FREE,
      over: softOf(INRC2_POINTS.weekends),
    },
  };
}

const softOf = (soft: number): Cost => ({ soft, hard: 0 });

function automatonOf(roster: Inrc2Roster, contract: Inrc2Contract, people: readonly Inrc2Person[]) {
  const rule = (range: Inrc2Range, points: number, isIn: (value: number) => boolean): RunRule => ({
    isIn,
    ...range,
    under: softOf(points),
    over: softOf(points),
    isFirstFree: false,
    isLastFree: true,
  });
  const work = rule(contract.workInRow, INRC2_POINTS.workInRow, (value) => value > 0);
  const off = rule(contract.offInRow, INRC2_POINTS.offInRow, (value) => value === 0);
  const same = roster.shifts.map(({ inRow }, shift) =>
    rule(inRow, INRC2_POINTS.shiftInRow, (value) => shiftOf(roster, value) === shift),
  );
  const kinds = 1 + roster.shifts.length * roster.skills.length;
  const isForbidden = (before: number, value: number): boolean => {
    const [one, other] = [shiftOf(roster, before), shiftOf(roster, value)];
    return one !== null && other !== null && roster.shifts[one]!.notBefore.includes(other);
  };
  const follow = followPart(kinds, isForbidden, HARD);
  const starts = people.map(({ history }) => [
    startOfRun(work, history.workInRow),
    startOfRun(off, history.offInRow),
    ...same.map((each, shift) => startOfRun(each, history.lastShift === shift ? history.shiftInRow : 0)),
    follow.classOf[history.lastShift === null ? 0 : valueOf(roster, history.lastShift, 0)]!,
    0,
  ]);
  const parts = [runPart(work), runPart(off), ...same.map(runPart), follow, wholeWeekendPart(contract)];
  return productOf(parts, starts, kinds, MONDAY);
}

/** Counts weekends, and charges those of which one day is worked where the contract wants them whole. */
const wholeWeekendPart = ({ hasWholeWeekends }: Inrc2Contract): Part => ({
  ...weekendPart,
  step(state, weekday, value, toll) {
    const isHalf = weekday === SUNDAY && value > 0 !== (state === 1);
    if (hasWholeWeekends && isHalf) charge(toll, softOf(INRC2_POINTS.wholeWeekends), 1);
    return weekendPart.step(state, weekday, value, toll);
  },
});

function coverOf(roster: Inrc2Roster): RosterInstance["cover"] {
  const { shifts, skills, people, least, best } = roster;
  const days = roster.weeks * 7;
  const kinds = 1 + shifts.length * skills.length;
  const counts = people.length + 1;
  const soft = new Int32Array(days * kinds * counts);
  const hard = new Int32Array(soft.length);
  for (let day = 0; day < days; day++) {
    for (let value = 1; value < kinds; value++) {
      const demand = day * (kinds - 1) + value - 1;
      for (let count = 0; count < counts; count++) {
        const at = (day * kinds + value) * counts + count;
        hard[at] = Math.max(0, least[demand]! - count);
        soft[at] = Math.max(0, best[demand]! - count) * INRC2_POINTS.bestCover;
      }
    }
  }
  return { soft, hard };
}
