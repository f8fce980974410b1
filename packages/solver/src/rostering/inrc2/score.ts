import {
  INRC2_POINTS,
  shiftOf,
  skillOf,
  valueOf,
  type Inrc2Person,
  type Inrc2Range,
  type Inrc2Roster,
} from "./model.ts";

/** What a roster costs, by constraint: hard ones in people or days, soft ones in points. */
export type Inrc2Costs = {
  readonly leastCover: number;
  readonly successions: number;
  readonly skills: number;
  readonly bestCover: number;
  readonly shiftInRow: number;
  readonly workInRow: number;
  readonly offInRow: number;
  readonly requests: number;
  readonly wholeWeekends: number;
  readonly assignments: number;
  readonly weekends: number;
};

export const INRC2_HARD = ["leastCover", "successions", "skills"] as const;

/**
 * Counts a roster by the rules of the competition over its whole horizon, from its facts alone. Runs go on from the history: a run too
 * long counts its days inside, one too short counts when it ends inside; what is still running at the end may be short.
 */
export function scoreInrc2(roster: Inrc2Roster, rows: Uint8Array): Inrc2Costs {
  const days = roster.weeks * 7;
  const costs = roster.people.map((person, i) =>
    rowCosts(roster, person, [...rows.subarray(i * days, (i + 1) * days)]),
  );
  const sum = (name: keyof RowCosts) => costs.reduce((total, each) => total + each[name], 0);
  return {
    ...coverCosts(roster, rows),
    successions: sum("successions"),
    skills: sum("skills"),
    shiftInRow: sum("shiftInRow") * INRC2_POINTS.shiftInRow,
    workInRow: sum("workInRow") * INRC2_POINTS.workInRow,
    offInRow: sum("offInRow") * INRC2_POINTS.offInRow,
    requests: requestsBroken(roster, rows) * INRC2_POINTS.requests,
    wholeWeekends: sum("wholeWeekends") * INRC2_POINTS.wholeWeekends,
    assignments: sum("assignments") * INRC2_POINTS.assignments,
    weekends: sum("weekends") * INRC2_POINTS.weekends,
  };
}

type RowCosts = Omit<Inrc2Costs, "leastCover" | "bestCover" | "requests">;

/** Units broken in one person's row. */
function rowCosts(roster: Inrc2Roster, person: Inrc2Person, row: readonly number[]): RowCosts {
  const { history } = person;
  const contract = roster.contracts[person.contract]!;
  const shifts = row.map((value) => shiftOf(roster, value));
  const isWorked = shifts.map((shift) => shift !== null);
  const saturdays = [...row.keys()].filter((day) => day % 7 === 5);
  const weekends = saturdays.map((day) => [isWorked[day] === true, isWorked[day + 1] === true] as const);
  const worked = history.assignments + isWorked.filter(Boolean).length;
  const { least, most } = contract.assignments;
  return {
    successions: shifts.filter((shift, day) => {
      const before = day === 0 ? history.lastShift : shifts[day - 1]!;
      return shift !== null && before !== null && roster.shifts[before]!.notBefore.includes(shift);
    }).length,
    skills: row.filter((value) => value > 0 && !person.skills.includes(skillOf(roster, value))).length,
    shiftInRow: roster.shifts.reduce((sum, { inRow }, shift) => {
      const before = history.lastShift === shift ? history.shiftInRow : 0;
      const isShift = shifts.map((each) => each === shift);
      return sum + unitsInRow(isShift, before, inRow);
    }, 0),
    workInRow: unitsInRow(isWorked, history.workInRow, contract.workInRow),
    offInRow: unitsInRow(
      isWorked.map((each) => !each),
      history.offInRow,
      contract.offInRow,
    ),
    wholeWeekends: contract.hasWholeWeekends ? weekends.filter(([sat, sun]) => sat !== sun).length : 0,
    assignments: Math.max(0, worked - most, least - worked),
    weekends: Math.max(
      0,
      history.weekends + weekends.filter(([sat, sun]) => sat || sun).length - contract.weekendsMost,
    ),
  };
}

/** Days too many or missing in runs of which `before` days were before the first. */
function unitsInRow(isIn: readonly boolean[], before: number, { least, most }: Inrc2Range): number {
  let units = 0;
  let length = before;
  for (const each of isIn) {
    if (each) {
      length += 1;
      if (length > most) units += 1;
    } else {
      if (length > 0 && length < least) units += least - length;
      length = 0;
    }
  }
  return units;
}

function coverCosts(roster: Inrc2Roster, rows: Uint8Array): Pick<Inrc2Costs, "leastCover" | "bestCover"> {
  const { shifts, skills, least, best } = roster;
  const days = roster.weeks * 7;
  let [leastCover, bestCover] = [0, 0];
  for (let day = 0; day < days; day++) {
    for (let shift = 0; shift < shifts.length; shift++) {
      for (let skill = 0; skill < skills.length; skill++) {
        let count = 0;
        for (let cell = day; cell < rows.length; cell += days)
          if (rows[cell] === valueOf(roster, shift, skill)) count += 1;
        const at = (day * shifts.length + shift) * skills.length + skill;
        leastCover += Math.max(0, least[at]! - count);
        bestCover += Math.max(0, best[at]! - count) * INRC2_POINTS.bestCover;
      }
    }
  }
  return { leastCover, bestCover };
}

const requestsBroken = (roster: Inrc2Roster, rows: Uint8Array): number =>
  roster.requests.filter(({ person, day, shift }) => {
    const worked = shiftOf(roster, rows[person * roster.weeks * 7 + day]!);
    return worked !== null && (shift === null || shift === worked);
  }).length;
