import { limits, refuseLeague, type Catalogue, type OperationInput, type Refused } from "@hourwright/contract";
import { roundDays, type LeagueDates } from "./core/days.ts";
import { weekdayOf } from "./core/fairness.ts";
import { meetingOf, roundsOf, type LeagueQuestion, type Match } from "./core/question.ts";
import type { LeagueRule } from "./core/rules.ts";
import type { LeagueFacts } from "./facts.ts";
import type { LeagueDatesWish, LeagueRuleWish, LeagueSetup, LeagueState, LeagueTeam, StoredFixture } from "./model.ts";
import { dayNumber, dayText, instantMs, timeOf } from "./times.ts";

// Pure: what a league may be made of, and what it is in the numbers of the search.

export type Invalid = Refused<"leagues/invalid">;

type TeamWish = OperationInput<Catalogue["leagues.create"]>["body"]["teams"][number];

/** Teams as they are to be kept; `known` are those that the league has. */
export function decideTeams(
  wishes: readonly TeamWish[],
  known: readonly LeagueTeam[],
  newId: () => string,
): readonly LeagueTeam[] | Invalid {
  if (wishes.length < limits.LEAGUE_TEAMS_MIN) return refuseLeague("invalid", "few-teams", {});
  const names = new Set<string>();
  const ids = new Set(known.map(({ id }) => id));
  const teams: LeagueTeam[] = [];
  for (const { id, name, short, ...rest } of wishes) {
    const called = name.trim();
    const key = called.toLowerCase();
    if (names.has(key)) return refuseLeague("invalid", "named", { team: called });
    names.add(key);
    if (id !== undefined && !ids.delete(id)) return refuseLeague("invalid", "other-team", { team: called });
    const wished = short?.trim() ?? "";
    teams.push({ id: id ?? newId(), name: called, short: wished, ...rest });
  }
  const shorts = new Set(teams.map((team) => team.short));
  return teams.map((team) => {
    if (team.short !== "") return team;
    const made = shortOf(team.name, shorts);
    shorts.add(made);
    return { ...team, short: made };
  });
}

/** The first letters of a name; where others have them, its first two with a later one of it, else with a number. */
function shortOf(name: string, taken: ReadonlySet<string>): string {
  const signs = Array.from(SIGNS.segment(name.toUpperCase()), ({ segment }) => segment).filter(
    (sign) => sign.trim() !== "",
  );
  const first = signs.slice(0, SHORT_SIGNS).join("");
  const two = signs.slice(0, 2).join("");
  const later = signs.slice(SHORT_SIGNS).map((sign) => two + sign);
  const numbered = Array.from({ length: limits.LEAGUE_TEAMS_MAX }, (_, number) => `${two}${number + 1}`);
  return [first, ...later, ...numbered].find((each) => !taken.has(each))!;
}

const SIGNS = new Intl.Segmenter("en", { granularity: "grapheme" });
const SHORT_SIGNS = 3;

/** Null when all that rules name is there. */
export function wrongRule(
  rules: readonly LeagueRuleWish[],
  teams: readonly LeagueTeam[],
  rounds: number,
): Invalid | null {
  const ids = new Set(teams.map(({ id }) => id));
  for (const [place, rule] of rules.entries()) {
    const named = rule.kind === "meet" ? [rule.home, rule.away] : rule.teams;
    if (named.some((id) => !ids.has(id))) return refuseLeague("invalid", "rule-team", { rule: place + 1 });
    if (rule.kind !== "meet") continue;
    if (rule.home === rule.away) return refuseLeague("invalid", "rule-itself", { rule: place + 1 });
    const beyond = rule.rounds.find((round) => round > rounds);
    if (beyond !== undefined)
      return refuseLeague("invalid", "rule-round", { rule: place + 1, round: beyond, last: rounds });
  }
  return null;
}

/**
 * Days of all rounds. Those that were played keep theirs, the rest follow after them. Refused where there are fewer days than rounds.
 */
export function decideDays(
  { dates, teams, legs }: Pick<LeagueSetup, "dates" | "teams" | "legs">,
  holidays: readonly number[],
  played: readonly string[],
): readonly string[] | Invalid {
  const count = roundsOf(teams.length, legs);
  const last = played.at(-1);
  const after = last === undefined ? -Infinity : dayNumber(last);
  const closed = new Set(dates.holidays ? holidays : []);
  // As many days more are asked for as may lie before the last that was played.
  const found = roundDays(numbered(dates), count + limits.LEAGUE_ROUNDS_MAX, closed).filter((day) => day > after);
  const days = [...played, ...found.slice(0, Math.max(0, count - played.length)).map(dayText)];
  if (days.length >= count) return days;
  return refuseLeague("invalid", "days", {
    teams: teams.length,
    legs,
    rounds: count,
    days: days.length,
    from: dates.firstDay,
    until: dates.lastDay,
  });
}

const numbered = (dates: LeagueDatesWish): LeagueDates => ({
  firstDay: dayNumber(dates.firstDay),
  weekdays: dates.weekdays,
  everyWeeks: dates.everyWeeks,
  lastDay: dates.lastDay === null ? null : dayNumber(dates.lastDay),
  leftOut: dates.leftOut.map(({ from, until }) => ({ from: dayNumber(from), until: dayNumber(until) })),
});

/** A league in plain numbers. O(teams × rounds). */
export function questionOf({ league, fixtures }: LeagueState, facts: LeagueFacts): LeagueQuestion {
  const { setup, days } = league;
  const places = new Map(setup.teams.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => places.get(id)!;
  const numbers = days.map(dayNumber);
  const everybody = setup.teams.map((_, place) => place);
  const byVenue = Map.groupBy(
    everybody.filter((place) => setup.teams[place]!.venueId !== null),
    (place) => setup.teams[place]!.venueId!,
  );
  return {
    teams: setup.teams.length,
    rounds: days.length,
    legs: setup.legs,
    back: setup.back,
    rules: setup.rules.map((rule) => ruleOf(rule, { placeOf, everybody, days, numbers })),
    closed: setup.teams.map((team) => closedRounds(team, setup, days, facts)),
    sharing: [...byVenue.values()].filter((teams) => teams.length > 1),
    kilometres: setup.teams.map(({ venueId: from }) =>
      setup.teams.map(({ venueId: to }) =>
        from === null || to === null ? null : (facts.wayBetween(from, to)?.kilometres ?? null),
      ),
    ),
    days: numbers,
    apart: new Set(
      fixtures.flatMap(({ own, homeId, awayId }) =>
        own === null ? [] : [meetingOf(placeOf(homeId), placeOf(awayId))],
      ),
    ),
  };
}

/** Rounds in which a team's venue is closed, or taken by somebody else. */
function closedRounds(
  team: LeagueTeam,
  setup: LeagueSetup,
  days: readonly string[],
  facts: LeagueFacts,
): ReadonlySet<number> {
  const { venueId } = team;
  if (venueId === null) return new Set();
  const zone = facts.venues.get(venueId)?.zone ?? facts.zone;
  const [kickOff, minutes] = [team.kickOff ?? setup.kickOff, team.minutes ?? setup.minutes];
  return new Set(
    days.flatMap((day, round) => {
      const startMs = instantMs(day, kickOff, zone);
      if (startMs < facts.nowMs || facts.isFree(venueId, startMs, startMs + minutes * 60_000)) return [];
      return [round];
    }),
  );
}

type RuleScene = {
  placeOf(id: string): number;
  readonly everybody: readonly number[];
  readonly days: readonly string[];
  readonly numbers: readonly number[];
};

function ruleOf(rule: LeagueRuleWish, { placeOf, everybody, days, numbers }: RuleScene): LeagueRule {
  const { hard, weight } = rule;
  if (rule.kind === "meet") {
    const [home, away] = [placeOf(rule.home), placeOf(rule.away)];
    const rounds = new Set(rule.rounds.map((round) => round - 1));
    return {
      kind: rule.kind,
      hard,
      weight,
      teams: [home, away],
      home,
      away,
      either: rule.either,
      rounds,
      meets: rule.meets,
    };
  }
  const among = { hard, weight, teams: rule.teams.length === 0 ? everybody : rule.teams.map(placeOf) };
  switch (rule.kind) {
    case "unavailable": {
      const isNamed = (day: string) => rule.dates.some(({ from, until }) => from <= day && day <= until);
      return { ...among, kind: rule.kind, venue: rule.venue, rounds: roundsWhere(days, isNamed) };
    }
    case "long-trips": {
      const rounds = roundsWhere(numbers, (day) => rule.weekdays.includes(weekdayOf(day)));
      return { ...among, kind: rule.kind, kilometres: rule.kilometres, rounds };
    }
    case "in-a-row":
      return { ...among, kind: rule.kind, venue: rule.venue, most: rule.most };
    case "return":
      return { ...among, kind: rule.kind, between: rule.between };
    case "travel":
      return { ...among, kind: rule.kind, kilometres: rule.kilometres };
    default:
      return { ...among, kind: rule.kind, most: rule.most };
  }
}

const roundsWhere = <Day>(days: readonly Day[], holds: (day: Day) => boolean): ReadonlySet<number> =>
  new Set(days.flatMap((day, round) => (holds(day) ? [round] : [])));

/** Fixtures as matches of the search, in their order. */
export function matchesOf({ league, fixtures }: LeagueState): Match[] {
  const places = new Map(league.setup.teams.map(({ id }, place) => [id, place]));
  return fixtures.map(({ round, homeId, awayId }) => ({ round, home: places.get(homeId)!, away: places.get(awayId)! }));
}

/**
 * Fixtures after the matches of a season: each meeting keeps its fixture, whatever its round. Of one that is in another round, or turned,
 * what was chosen for it alone is gone.
 */
export function fixturesAfter(state: LeagueState, matches: readonly Match[], newId: () => string): StoredFixture[] {
  const { teams, legs } = state.league.setup;
  const keyOf = (one: string, other: string) => (legs === 1 ? [one, other].sort().join() : `${one},${other}`);
  const known = new Map(state.fixtures.map((fixture) => [keyOf(fixture.homeId, fixture.awayId), fixture]));
  return matches.map(({ round, home, away }) => {
    const [homeId, awayId] = [teams[home]!.id, teams[away]!.id];
    const before = known.get(keyOf(homeId, awayId));
    if (before === undefined) return { id: newId(), round, homeId, awayId, own: null, locked: false, eventId: null };
    if (before.round === round && before.homeId === homeId) return before;
    return { ...before, round, homeId, awayId, own: null };
  });
}

/** The nearest time at which a match could be at its venue: other times of the day, then other days around. Null: none within a week. */
export function nearestFree(
  state: LeagueState,
  facts: LeagueFacts,
  fixture: StoredFixture,
): { readonly day: string; readonly kickOff: string } | null {
  const { day, kickOff, minutes, zone, venueId } = timeOf({ ...facts, league: state.league }, fixture);
  if (venueId === null) return null;
  const others = state.fixtures
    .filter(({ id }) => id !== fixture.id)
    .map((each) => timeOf({ ...facts, league: state.league }, each));
  const there = others.filter((each) => each.venueId === venueId);
  const isFree = (on: string, at: string): boolean => {
    const startMs = instantMs(on, at, zone);
    const endMs = startMs + minutes * 60_000;
    const isAlone = there.every((each) => each.startMs >= endMs || each.endMs <= startMs);
    return startMs > facts.nowMs && isAlone && facts.isFree(venueId, startMs, endMs);
  };
  for (const later of DAYS_AROUND) {
    const on = dayText(dayNumber(day) + later);
    for (const steps of STEPS_AROUND) {
      const at = shifted(kickOff, steps * STEP_MINUTES);
      if (at !== null && isFree(on, at)) return { day: on, kickOff: at };
    }
  }
  return null;
}

/** Nearest first. */
const DAYS_AROUND = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7];
const STEP_MINUTES = 30;
const STEPS_AROUND = [0, ...Array.from({ length: 12 }, (_, step) => [step + 1, -step - 1]).flat()];
const FIRST_MINUTE = 8 * 60;
const LAST_MINUTE = 22 * 60;

function shifted(kickOff: string, byMinutes: number): string | null {
  const [hours, minutes] = kickOff.split(":").map(Number) as [number, number];
  const at = hours * 60 + minutes + byMinutes;
  if (byMinutes !== 0 && (at < FIRST_MINUTE || at > LAST_MINUTE)) return null;
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}
