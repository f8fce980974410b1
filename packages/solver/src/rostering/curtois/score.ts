import type { CurtoisPerson, CurtoisRoster, Rows } from "./model.ts";

/** What a roster costs, by constraint; hard ones in units broken (minutes, days, weekends). */
export type CurtoisCosts = {
  readonly successions: number;
  readonly shiftsMost: number;
  readonly minutes: number;
  readonly inRowMost: number;
  readonly inRowLeast: number;
  readonly offInRowLeast: number;
  readonly weekends: number;
  readonly daysOff: number;
  readonly onRequests: number;
  readonly offRequests: number;
  readonly underCover: number;
  readonly overCover: number;
};

export const CURTOIS_SOFT = ["onRequests", "offRequests", "underCover", "overCover"] as const;

/**
 * Counts a roster by the rules of the benchmark, from its facts alone. A run that touches the first or the last day may be short; one
 * that is too long counts as far as it is inside.
 */
export function scoreCurtois(roster: CurtoisRoster, rows: Rows): CurtoisCosts {
  const { days, onRequests, offRequests } = roster;
  const at = (person: number, day: number) => rows[person * days + day]!;
  const hard = roster.staff.map((person, i) => rowCosts(roster, person, rows.subarray(i * days, (i + 1) * days)));
  const sum = (name: keyof RowCosts) => hard.reduce((total, costs) => total + costs[name], 0);
  return {
    successions: sum("successions"),
    shiftsMost: sum("shiftsMost"),
    minutes: sum("minutes"),
    inRowMost: sum("inRowMost"),
    inRowLeast: sum("inRowLeast"),
    offInRowLeast: sum("offInRowLeast"),
    weekends: sum("weekends"),
    daysOff: sum("daysOff"),
    onRequests: onRequests.reduce(
      (total, { person, day, shift, weight }) => total + (at(person, day) === shift + 1 ? 0 : weight),
      0,
    ),
    offRequests: offRequests.reduce(
      (total, { person, day, shift, weight }) => total + (at(person, day) === shift + 1 ? weight : 0),
      0,
    ),
    ...coverCosts(roster, rows),
  };
}

type RowCosts = Omit<CurtoisCosts, (typeof CURTOIS_SOFT)[number]>;

function rowCosts({ shifts }: CurtoisRoster, person: CurtoisPerson, row: Rows): RowCosts {
  const worked = [...row].filter((value) => value > 0);
  const minutes = worked.reduce((sum, value) => sum + shifts[value - 1]!.minutes, 0);
  const runs = runsOf(row);
  const inner = runs.filter(({ from, to }) => from > 0 && to < row.length);
  const missing = (isWork: boolean, least: number) =>
    inner.reduce((sum, run) => sum + (run.isWork === isWork ? Math.max(0, least - (run.to - run.from)) : 0), 0);
  return {
    successions: [...row].filter((value, day) => {
      const before = day === 0 ? 0 : row[day - 1]!;
      return before > 0 && value > 0 && shifts[before - 1]!.notBefore.includes(value - 1);
    }).length,
    shiftsMost: shifts.reduce((sum, _, shift) => {
      const count = worked.filter((value) => value === shift + 1).length;
      return sum + Math.max(0, count - (person.shiftsMost[shift] ?? 0));
    }, 0),
    minutes: Math.max(0, minutes - person.minutesMost, person.minutesLeast - minutes),
    inRowMost: runs.reduce(
      (sum, { isWork, from, to }) => sum + (isWork ? Math.max(0, to - from - person.inRowMost) : 0),
      0,
    ),
    inRowLeast: missing(true, person.inRowLeast),
    offInRowLeast: missing(false, person.offInRowLeast),
    weekends: Math.max(0, weekendsOf(row) - person.weekendsMost),
    daysOff: person.daysOff.filter((day) => row[day] !== 0).length,
  };
}

type Run = { readonly isWork: boolean; readonly from: number; readonly to: number };

function runsOf(row: Rows): Run[] {
  const starts = [...row.keys()].filter((day) => day === 0 || row[day]! > 0 !== row[day - 1]! > 0);
  return starts.map((from, i) => ({ isWork: row[from]! > 0, from, to: starts[i + 1] ?? row.length }));
}

/** Weekends (days 5 and 6 of each week) of which a day is worked. */
function weekendsOf(row: Rows): number {
  let count = 0;
  for (let saturday = 5; saturday < row.length; saturday += 7) {
    if (row[saturday]! > 0 || (row[saturday + 1] ?? 0) > 0) count += 1;
  }
  return count;
}

function coverCosts({ days, cover }: CurtoisRoster, rows: Rows): Pick<CurtoisCosts, "underCover" | "overCover"> {
  let [underCover, overCover] = [0, 0];
  for (const { day, shift, need, underWeight, overWeight } of cover) {
    let count = 0;
    for (let cell = day; cell < rows.length; cell += days) if (rows[cell] === shift + 1) count += 1;
    underCover += Math.max(0, need - count) * underWeight;
    overCover += Math.max(0, count - need) * overWeight;
  }
  return { underCover, overCover };
}
