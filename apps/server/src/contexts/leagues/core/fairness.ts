import { countBreaks, kilometresOf, mostInARow } from "./judge.ts";
import type { LeagueQuestion } from "./question.ts";
import { NOBODY, type Table } from "./table.ts";

/** What a season is to a team, beside others. */
export type TeamShare = {
  readonly team: number;
  readonly home: number;
  readonly away: number;
  readonly breaksHome: number;
  readonly breaksAway: number;
  readonly inARowMost: number;
  readonly kilometres: number | null;
  readonly homeWeekends: number;
  readonly late: number;
  readonly restDaysLeast: number | null;
};

/** When matches are, of which the day or the time may be their own. */
export type Times = {
  dayOf(round: number, home: number, away: number): number;
  isLate(round: number, home: number, away: number): boolean;
};

/** Shares of all teams. O(teams × rounds). */
export const sharesOf = (question: LeagueQuestion, table: Table, times: Times): TeamShare[] =>
  Array.from({ length: table.teams }, (_, team) => shareOf(question, table, times, team));

function shareOf(question: LeagueQuestion, table: Table, times: Times, team: number): TeamShare {
  let [home, away, homeWeekends, late] = [0, 0, 0, 0];
  const days: number[] = [];
  for (let round = 0; round < table.rounds; round++) {
    const met = table.meets(round, team);
    if (met === NOBODY) continue;
    const isHome = table.home(round, team);
    const meeting = isHome ? ([round, team, met] as const) : ([round, met, team] as const);
    const day = times.dayOf(...meeting);
    days.push(day);
    if (times.isLate(...meeting)) late++;
    if (!isHome) away++;
    else {
      home++;
      if (weekdayOf(day) >= 6) homeWeekends++;
    }
  }
  days.sort((a, b) => a - b);
  const rests = days.slice(1).map((day, i) => day - days[i]!);
  return {
    team,
    home,
    away,
    breaksHome: countBreaks(table, team, "home"),
    breaksAway: countBreaks(table, team, "away"),
    inARowMost: mostInARow(table, team),
    kilometres: kilometresOf(question, table, team),
    homeWeekends,
    late,
    restDaysLeast: rests.length === 0 ? null : Math.min(...rests),
  };
}

/** 1 is Monday; day 0 of the epoch was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
