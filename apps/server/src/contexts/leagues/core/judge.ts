import type { LeagueQuestion } from "./question.ts";
import { meetingOf } from "./question.ts";
import type { Finding, FindingKind, LeagueRule, Score, Side } from "./rules.ts";
import { NOBODY, type Table } from "./table.ts";

// What of the rules does not hold in a season. One look at all of it, with nothing kept between: 20 teams with a dozen rules take some
// 50 µs, so that changes are tried by judging what they leave.

type Told = Pick<Finding, "kind" | "units" | "teams" | "rounds" | "have" | "limit">;
type Tell = (told: Told) => void;
type Judging = { readonly question: LeagueQuestion; readonly table: Table };

/** What points a league costs where every two meet once and homes are not shared out evenly. */
const SHARE_WEIGHT = 10;

/** Everything that does not hold, in the order of the rules, what holds in every league first. */
export function findingsOf(question: LeagueQuestion, table: Table): Finding[] {
  const found: Finding[] = [];
  look(question, table, (finding) => void found.push(finding));
  return found;
}

/** How much does not hold. */
export function scoreOf(question: LeagueQuestion, table: Table): Score {
  let [hard, soft] = [0, 0];
  look(question, table, ({ hard: isHard, points }) => {
    if (isHard) hard += points;
    else soft += points;
  });
  return { hard, soft };
}

export const scored = (findings: readonly Finding[]): Score => ({
  hard: pointsOf(findings.filter(({ hard }) => hard)),
  soft: pointsOf(findings.filter(({ hard }) => !hard)),
});
const pointsOf = (findings: readonly Finding[]) => findings.reduce((sum, { points }) => sum + points, 0);

function look(question: LeagueQuestion, table: Table, add: (finding: Finding) => void): void {
  const judging = { question, table };
  const hard = (told: Told) => add({ ...told, rule: null, hard: true, points: told.units });
  venues(judging, hard);
  meetings(judging, hard);
  if (question.legs === 1)
    shares(judging, (told) => add({ ...told, rule: null, hard: false, points: told.units * SHARE_WEIGHT }));
  question.rules.forEach((rule, place) => {
    const { hard: isHard, weight } = rule;
    judgeRule(judging, rule, (told) =>
      add({ ...told, rule: place, hard: isHard, points: isHard ? told.units : told.units * weight }),
    );
  });
}

/** No home match where the venue is not to be had, and one in a round where several share it. */
function venues({ question: { closed, sharing, apart }, table }: Judging, tell: Tell): void {
  const isThere = (round: number, team: number) =>
    table.home(round, team) && !apart.has(meetingOf(team, table.meets(round, team)));
  closed.forEach((rounds, team) => {
    for (const round of rounds)
      if (isThere(round, team))
        tell({ kind: "venue-closed", units: 1, teams: [team], rounds: [round], have: 1, limit: 0 });
  });
  for (const teams of sharing)
    for (let round = 0; round < table.rounds; round++) {
      let have = 0;
      for (const team of teams) if (isThere(round, team)) have++;
      if (have < 2) continue;
      const there = teams.filter((team) => isThere(round, team));
      tell({ kind: "venue-shared", units: have - 1, teams: there, rounds: [round], have, limit: 1 });
    }
}

/** Every two meet once in each half, or in the same round of both. */
function meetings({ question: { legs, back }, table }: Judging, tell: Tell): void {
  if (legs === 1 || back === "free") return;
  const half = table.rounds / 2;
  eachPair(table, (a, b, first, second) => {
    const isWrong = back === "mirrored" ? second - first !== half : first < half === second < half;
    if (isWrong)
      tell({ kind: back, units: 1, teams: [a, b], rounds: [first, second], have: second - first, limit: half });
  });
}

/** Where every two meet once, everybody is at home in half of their matches, or one more or less. */
function shares({ table }: Judging, tell: Tell): void {
  const matches = table.teams - 1;
  for (let team = 0; team < table.teams; team++) {
    let have = 0;
    for (let round = 0; round < table.rounds; round++) if (table.home(round, team)) have++;
    const [least, most] = [Math.floor(matches / 2), Math.ceil(matches / 2)];
    const units = Math.max(0, have - most, least - have);
    if (units > 0) tell({ kind: "balance", units, teams: [team], rounds: [], have, limit: have > most ? most : least });
  }
}

function judgeRule(judging: Judging, rule: LeagueRule, tell: Tell): void {
  const { kind, teams } = rule;
  const { table, question } = judging;
  switch (rule.kind) {
    case "in-a-row": {
      for (const team of teams)
        eachRun(table, team, rule.venue, (from, have) => {
          if (have > rule.most)
            tell({ kind, units: have - rule.most, teams: [team], rounds: stretch(from, have), have, limit: rule.most });
        });
      return;
    }
    case "breaks": {
      for (const team of teams) {
        const have = countBreaks(table, team);
        if (have > rule.most)
          tell({ kind, units: have - rule.most, teams: [team], rounds: breaksOf(table, team), have, limit: rule.most });
      }
      return;
    }
    case "breaks-of-all": {
      const have = teams.reduce((sum, team) => sum + countBreaks(table, team), 0);
      if (have > rule.most) tell({ kind, units: have - rule.most, teams, rounds: [], have, limit: rule.most });
      return;
    }
    case "unavailable": {
      for (const team of teams)
        for (const round of rule.rounds)
          if (isSide(table, round, team, rule.venue))
            tell({ kind, units: 1, teams: [team], rounds: [round], have: 1, limit: 0 });
      return;
    }
    case "meet": {
      const { home, away } = rule;
      const there: number[] = [];
      const all: number[] = [];
      for (let round = 0; round < table.rounds; round++) {
        if (table.meets(round, home) !== away || !(rule.either || table.home(round, home))) continue;
        all.push(round);
        if (rule.rounds.has(round)) there.push(round);
      }
      const have = there.length;
      if (rule.meets && have === 0) tell({ kind, units: 1, teams: [home, away], rounds: all, have, limit: 1 });
      if (!rule.meets && have > 0) tell({ kind, units: have, teams: [home, away], rounds: there, have, limit: 0 });
      return;
    }
    case "return": {
      if (question.legs === 1) return;
      const among = new Set(teams);
      eachPair(table, (a, b, first, second) => {
        const have = second - first - 1;
        if (have < rule.between && among.has(a) && among.has(b))
          tell({ kind, units: rule.between - have, teams: [a, b], rounds: [first, second], have, limit: rule.between });
      });
      return;
    }
    case "home-together": {
      for (let round = 0; round < table.rounds; round++) {
        let have = 0;
        for (const team of teams) if (table.home(round, team)) have++;
        if (have <= rule.most) continue;
        const there = teams.filter((team) => table.home(round, team));
        tell({ kind, units: have - rule.most, teams: there, rounds: [round], have, limit: rule.most });
      }
      return;
    }
    case "balance":
      return balance(table, teams, rule.most, tell);
    case "long-trips": {
      for (const team of teams)
        for (const round of rule.rounds) {
          const host = table.meets(round, team);
          if (host === NOBODY || table.home(round, team)) continue;
          const have = question.kilometres[team]![host] ?? 0;
          if (have > rule.kilometres)
            tell({ kind, units: 1, teams: [team], rounds: [round], have: Math.round(have), limit: rule.kilometres });
        }
      return;
    }
    case "travel": {
      for (const team of teams) {
        const have = Math.round(kilometresOf(question, table, team) ?? 0);
        const units = Math.ceil((have - rule.kilometres) / 10);
        if (units > 0) tell({ kind, units, teams: [team], rounds: [], have, limit: rule.kilometres });
      }
    }
  }
}

/** The widest gap of home matches of any two, over all rounds. */
function balance(table: Table, teams: readonly number[], most: number, tell: Tell): void {
  const homes = new Int16Array(teams.length);
  const gaps = new Int16Array(teams.length * teams.length);
  const at = new Int16Array(teams.length * teams.length);
  for (let round = 0; round < table.rounds; round++) {
    teams.forEach((team, i) => {
      if (table.home(round, team)) homes[i]!++;
    });
    for (let i = 0; i < teams.length; i++)
      for (let j = 0; j < i; j++) {
        const gap = Math.abs(homes[i]! - homes[j]!);
        const pair = i * teams.length + j;
        if (gap > gaps[pair]!) [gaps[pair], at[pair]] = [gap, round];
      }
  }
  for (let i = 0; i < teams.length; i++)
    for (let j = 0; j < i; j++) {
      const pair = i * teams.length + j;
      const have = gaps[pair]!;
      if (have > most)
        tell({
          kind: "balance",
          units: have - most,
          teams: [teams[j]!, teams[i]!],
          rounds: [at[pair]!],
          have,
          limit: most,
        });
    }
}

/** Both rounds in which each two meet, where they meet twice. */
function eachPair(table: Table, tell: (a: number, b: number, first: number, second: number) => void): void {
  const { teams } = table;
  const first = new Int8Array(teams * teams).fill(NOBODY);
  for (let round = 0; round < table.rounds; round++)
    for (let a = 0; a < teams; a++) {
      const b = table.meets(round, a);
      if (b <= a) continue;
      const before = first[a * teams + b]!;
      if (before === NOBODY) first[a * teams + b] = round;
      else tell(a, b, before, round);
    }
}

const isSide = (table: Table, round: number, team: number, side: Side): boolean =>
  table.meets(round, team) !== NOBODY && (side === "any" || (side === "home") === table.home(round, team));

/** Rounds in a row in which a team is at the same side; a free round ends it. */
function eachRun(table: Table, team: number, side: Side, tell: (from: number, length: number) => void): void {
  let from = 0;
  for (let round = 1; round <= table.rounds; round++) {
    const goesOn =
      round < table.rounds &&
      table.meets(round, team) !== NOBODY &&
      table.meets(from, team) !== NOBODY &&
      table.home(round, team) === table.home(from, team);
    if (goesOn) continue;
    if (isSide(table, from, team, side)) tell(from, round - from);
    from = round;
  }
}

const isBreak = (table: Table, round: number, team: number): boolean =>
  table.meets(round, team) !== NOBODY &&
  table.meets(round - 1, team) !== NOBODY &&
  table.home(round, team) === table.home(round - 1, team);

/** How often a team is where it was in the round before, at home or away. */
export function countBreaks(table: Table, team: number, side: Side = "any"): number {
  let count = 0;
  for (let round = 1; round < table.rounds; round++)
    if (isBreak(table, round, team) && isSide(table, round, team, side)) count++;
  return count;
}

const breaksOf = (table: Table, team: number): number[] =>
  stretch(1, table.rounds - 1).filter((round) => isBreak(table, round, team));

/** The most matches in a row at one side. */
export function mostInARow(table: Table, team: number): number {
  let most = 0;
  eachRun(table, team, "any", (_, length) => (most = Math.max(most, length)));
  return most;
}

/**
 * The way of a team over the season, there and back for each away match; those of one day after another are one journey. Null where a
 * place on it is not known. O(rounds).
 */
export function kilometresOf({ kilometres, days }: LeagueQuestion, table: Table, team: number): number | null {
  let [sum, at] = [0, team];
  for (let round = 0; round < table.rounds; round++) {
    const host = table.meets(round, team);
    const isAway = host !== NOBODY && !table.home(round, team);
    const goesOn = round > 0 && days[round]! - days[round - 1]! <= 1;
    if (at !== team && !(isAway && goesOn)) {
      const home = kilometres[at]![team] ?? null;
      if (home === null) return null;
      [sum, at] = [sum + home, team];
    }
    if (!isAway) continue;
    const there = kilometres[at]![host] ?? null;
    if (there === null) return null;
    [sum, at] = [sum + there, host];
  }
  if (at === team) return sum;
  const home = kilometres[at]![team] ?? null;
  return home === null ? null : sum + home;
}

const stretch = (from: number, length: number): number[] => Array.from({ length }, (_, step) => from + step);

/** What makes findings of two seasons the same one: who it is of, and of what counts by round, when. */
export function findingKey({ rule, kind, teams, rounds }: Finding): string {
  const who = OF_ROUNDS.has(kind) ? "" : teams.join();
  return `${rule} ${kind} ${who} ${BY_ROUND.has(kind) ? rounds.join() : ""}`;
}

const OF_ROUNDS: ReadonlySet<FindingKind> = new Set(["home-together", "venue-shared"]);
const BY_ROUND: ReadonlySet<FindingKind> = new Set([
  "unavailable",
  "home-together",
  "long-trips",
  "venue-closed",
  "venue-shared",
]);
