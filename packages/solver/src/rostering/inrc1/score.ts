import type { Bound, Inrc1Contract, Inrc1Pattern, Inrc1Person, Inrc1Roster } from "./model.ts";

/** What a roster costs, by constraint: soft costs in points, cover in people too few or too many. */
export type Inrc1Costs = {
  readonly cover: number;
  readonly assignmentsMost: number;
  readonly assignmentsLeast: number;
  readonly workInRowMost: number;
  readonly workInRowLeast: number;
  readonly freeInRowMost: number;
  readonly freeInRowLeast: number;
  readonly weekendsInRowMost: number;
  readonly weekendsInRowLeast: number;
  readonly completeWeekends: number;
  readonly identicalWeekends: number;
  readonly patterns: number;
  readonly requests: number;
  readonly alternativeSkill: number;
};

/**
 * Counts a roster as the evaluator of the University of Osnabrück does, from its facts alone: nothing is known before or after the
 * period, so that a short run at an edge costs; a weekend counts when its first day is inside; nights before a free weekend do not count.
 */
export function scoreInrc1(roster: Inrc1Roster, rows: Uint8Array): Inrc1Costs {
  const { days, contracts, people } = roster;
  const rowOf = (person: number) => [...rows.subarray(person * days, (person + 1) * days)];
  const costs = people.map((person, i) => rowCosts(roster, contracts[person.contract]!, person, rowOf(i)));
  const sum = (name: keyof RowCosts) => costs.reduce((total, each) => total + each[name], 0);
  return {
    cover: coverCost(roster, rows),
    assignmentsMost: sum("assignmentsMost"),
    assignmentsLeast: sum("assignmentsLeast"),
    workInRowMost: sum("workInRowMost"),
    workInRowLeast: sum("workInRowLeast"),
    freeInRowMost: sum("freeInRowMost"),
    freeInRowLeast: sum("freeInRowLeast"),
    weekendsInRowMost: sum("weekendsInRowMost"),
    weekendsInRowLeast: sum("weekendsInRowLeast"),
    completeWeekends: sum("completeWeekends"),
    identicalWeekends: sum("identicalWeekends"),
    patterns: sum("patterns"),
    requests: requestCost(roster, rows),
    alternativeSkill: sum("alternativeSkill"),
  };
}

type RowCosts = Omit<Inrc1Costs, "cover" | "requests">;

function rowCosts(
  { shifts, patterns, firstWeekday }: Inrc1Roster,
  contract: Inrc1Contract,
  person: Inrc1Person,
  row: readonly number[],
): RowCosts {
  const { bounds } = contract;
  const worked = row.filter((value) => value > 0).length;
  const work = runsOf(row.map((value) => value > 0));
  const free = runsOf(row.map((value) => value === 0));
  const weekends = weekendsOf(contract, firstWeekday, row);
  const weekendRuns = runsOf(weekends.map((weekend) => weekend.some((value) => value > 0)));
  const isUnskilled = (value: number) =>
    value > 0 && shifts[value - 1]!.skills.some((skill) => !person.skills.includes(skill));
  return {
    assignmentsMost: tooMany([worked], bounds.MaxNumAssignments),
    assignmentsLeast: tooFew([worked], bounds.MinNumAssignments),
    workInRowMost: tooMany(work, bounds.MaxConsecutiveWorkingDays),
    workInRowLeast: tooFew(work, bounds.MinConsecutiveWorkingDays),
    freeInRowMost: tooMany(free, bounds.MaxConsecutiveFreeDays),
    freeInRowLeast: tooFew(free, bounds.MinConsecutiveFreeDays),
    weekendsInRowMost: tooMany(weekendRuns, bounds.MaxConsecutiveWorkingWeekends),
    weekendsInRowLeast: tooFew(weekendRuns, bounds.MinConsecutiveWorkingWeekends),
    completeWeekends: contract.completeWeekends * weekends.reduce((sum, each) => sum + incompleteUnits(each), 0),
    identicalWeekends: contract.identicalWeekends * weekends.reduce((sum, each) => sum + mixedUnits(each), 0),
    patterns: contract.patterns.reduce((sum, at) => sum + patternCost(patterns[at]!, firstWeekday, row), 0),
    alternativeSkill: contract.alternativeSkill * row.filter(isUnskilled).length,
  };
}

const tooMany = (counts: readonly number[], bound: Bound): number =>
  bound === null ? 0 : counts.reduce((sum, count) => sum + Math.max(0, count - bound.value), 0) * bound.weight;

const tooFew = (counts: readonly number[], bound: Bound): number =>
  bound === null ? 0 : counts.reduce((sum, count) => sum + Math.max(0, bound.value - count), 0) * bound.weight;

/** Lengths of what is in a row. */
function runsOf(isIn: readonly boolean[]): number[] {
  const lengths: number[] = [];
  for (const [i, each] of isIn.entries()) {
    if (!each) continue;
    if (i > 0 && isIn[i - 1] === true) lengths[lengths.length - 1]! += 1;
    else lengths.push(1);
  }
  return lengths;
}

/** The values of each weekend that begins within the period, cut at its end. */
function weekendsOf({ weekendStart, weekendDays }: Inrc1Contract, firstWeekday: number, row: readonly number[]) {
  const starts = [...row.keys()].filter((day) => (firstWeekday + day) % 7 === weekendStart);
  return starts.map((day) => row.slice(day, day + weekendDays));
}

/**
 * Units of an incomplete weekend. Two days: 1. Three: free days at its edges, and 4 for one in the middle. Of four days the evaluator
 * counts none, nor of one day that is cut off.
 */
export function incompleteUnits(weekend: readonly number[]): number {
  const isWorked = weekend.map((value) => value > 0);
  if (isWorked.every((each) => each === isWorked[0]) || weekend.length > 3) return 0;
  if (weekend.length === 2) return 1;
  return isWorked[0] === true && isWorked[2] === true ? 4 : isWorked.filter((each) => !each).length;
}

/** Units of a weekend that is worked on all its days in different shifts: for each shift the days of others. */
export function mixedUnits(weekend: readonly number[]): number {
  if (weekend.includes(0)) return 0;
  return [...new Set(weekend)].reduce((sum, shift) => sum + weekend.filter((value) => value !== shift).length, 0);
}

function patternCost({ weight, weekday, entries }: Inrc1Pattern, firstWeekday: number, row: readonly number[]): number {
  let count = 0;
  for (let day = 0; day + entries.length <= row.length; day++) {
    if (weekday !== null && (firstWeekday + day) % 7 !== weekday) continue;
    if (entries.every((entry, i) => isEntry(entry, row[day + i]!))) count += 1;
  }
  return count * weight;
}

export const isEntry = (entry: number | "off" | "any", value: number): boolean =>
  entry === "off" ? value === 0 : entry === "any" ? value > 0 : value === entry;

function coverCost({ days, shifts, demand }: Inrc1Roster, rows: Uint8Array): number {
  const counts = new Int32Array(demand.length);
  for (const [cell, value] of rows.entries()) if (value > 0) counts[(cell % days) * shifts.length + value - 1]! += 1;
  return counts.reduce((sum, count, at) => sum + Math.abs(count - demand[at]!), 0);
}

const requestCost = ({ days, requests }: Inrc1Roster, rows: Uint8Array): number =>
  requests.reduce((sum, { isOn, person, day, shift, weight }) => {
    const value = rows[person * days + day]!;
    const holds = shift === null ? value > 0 : value === shift + 1;
    return sum + (holds === isOn ? 0 : weight);
  }, 0);
