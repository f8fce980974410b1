import { dayOfText } from "../../data/roster.ts";
import type { Formats } from "../../messages/format.ts";
import {
  namesIn,
  type Chosen,
  type Effect,
  type Finding,
  type Fixture,
  type League,
  type Team,
  type Where,
} from "./model.ts";

/** Leagues: the list, and the page of one. */
export const en = (format: Formats) => {
  const day = (text: string) => format.dayShort(dayOfText(text) ?? 0);
  const rounds = (list: readonly number[]) => format.list(list.map((round) => format.number(round)));
  const times = (count: number) => format.plural(count, { one: "once", other: "# times" });
  return {
    title: "Leagues",
    intro: "Who plays whom, when and where: planned by your rules, on grounds that nobody else has.",
    loading: "One moment …",
    begin: "New league",
    empty: "No league yet. Name the teams and the days, and the rounds are planned.",
    teams: (count: number) => format.plural(count, { one: "# team", other: "# teams" }),
    roundCount: (count: number) => format.plural(count, { one: "# round", other: "# rounds" }),
    notPlanned: "Not planned",
    brokenHard: (count: number) =>
      format.plural(count, { one: "What must hold is broken once", other: "What must hold is broken # times" }),
    holds: "Everything holds that must",
    published: (count: number, all: number) =>
      count === all ? "All published" : `${format.number(count)} of ${format.number(all)} published`,
    points: (count: number) => format.plural(Math.round(count), { one: "# point", other: "# points" }),
    hard: "must hold",
    planFirst: "Nothing is planned yet. Plan the season: it takes some seconds, and can be undone.",
    notPlannedYet: "Nothing is planned yet.",
    fairness: "Fairness",
    csv: "CSV",
    ics: ".ics",
    follow: "Follow",
    settings: "Teams and rules",
    remove: "Remove",
    removed: (name: string) => `${name} was removed`,
    plan: "Plan",
    planAgain: "Plan again",
    publish: "Publish …",
    changed: (name: string) => `${name} was changed`,
    gridLabel: (name: string) => `${name}: teams by rounds`,
    team: "Team",
    round: (round: number) => `Round ${format.number(round)}`,
    roundOn: (round: number, on: string) => `Round ${format.number(round)}, ${on}`,
    match: (home: string, away: string) => `${home} – ${away}`,
    free: (name: string) => `${name} have no match`,
    findings: (count: number) => format.plural(count, { one: "# broken", other: "# broken" }),
    cell: (fixture: Fixture | null, team: Team, other: Team | null, round: number) =>
      fixture === null || other === null
        ? `${team.name}, round ${format.number(round)}: no match`
        : [
            `${team.name}, round ${format.number(round)}: ${fixture.homeId === team.id ? "at home to" : "away at"} ${other.name}`,
            ...(fixture.played ? ["played"] : fixture.locked ? ["locked"] : []),
            ...(fixture.broken.length > 0 ? [`part of ${format.number(fixture.broken.length)} broken`] : []),
          ].join(", "),
    home: "At home",
    away: "Away",
    brokenMark: "Part of what does not hold",
    carryHint: "Drag a match, a team or a round – or press M and the arrows.",
    carried: "Taken up. Arrows choose where to, Enter puts it there, Escape leaves it.",
    stays: "This stays where it is.",
    state: "How it stands",
    inHand: "In hand",
    showAll: (count: number) => `Show all ${format.number(count)}`,
    more: (count: number) => `and ${format.number(count)} more`,
    titleOf: (chosen: Chosen, league: League) => {
      const name = namesIn(league);
      if (chosen.what === "team") return name(chosen.id);
      if (chosen.what === "round") return `Round ${format.number(chosen.round)}`;
      const fixture = league.fixtures.find(({ id }) => id === chosen.id);
      return fixture === undefined ? "No match" : `${name(fixture.homeId)} – ${name(fixture.awayId)}`;
    },
    optionsOf: ({ what }: Chosen): string => (what === "fixture" ? "Move it" : "Change places with"),
    option: (key: string, chosen: Chosen, league: League) => {
      if (key === "turn") return "Turn home and away";
      if (chosen.what === "team") return namesIn(league)(key);
      const round = league.rounds.find((each) => String(each.round) === key);
      const text = `round ${key}${round === undefined ? "" : `, ${day(round.day)}`}`;
      return chosen.what === "fixture" ? `To ${text}` : `With ${text}`;
    },
    effect: ({ kind, hard, soft }: Effect) => {
      if (kind === "refused") return "not possible";
      if (kind === "same") return "breaks nothing more";
      const parts = [
        ...(hard > 0 ? [`breaks ${format.number(hard)}`] : hard < 0 ? [`mends ${format.number(-hard)}`] : []),
        ...(Math.round(soft) === 0
          ? []
          : [`${soft > 0 ? "+" : "−"}${format.number(Math.abs(Math.round(soft)))} points`]),
      ];
      return parts.join(", ");
    },
    effectHint: (hard: string) => `Now what must hold is broken ${hard} times. Fewer points are better.`,
    doIt: "Do it",
    moved: (count: number) => format.plural(count, { one: "# match moves:", other: "# matches move:" }),
    movedLine: (from: Where, to: Where, league: League) => {
      const name = namesIn(league);
      const turned = from.homeId !== to.homeId;
      const where = from.round === to.round ? `round ${from.round}` : `round ${from.round} → ${to.round}`;
      return `${name(to.homeId)} – ${name(to.awayId)}: ${where}${turned && from.homeId === to.awayId ? ", turned" : ""}`;
    },
    breaks: "Breaks",
    mends: "Mends",
    breaksNothing: "It breaks nothing and mends nothing.",
    notPublished: "not published",
    isPublished: "published",
    day: "Day",
    kickOff: "Kick-off",
    lock: "Lock",
    unlock: "Unlock",
    lockRound: "Lock the round",
    unlockRound: "Unlock the round",
    locked: "It stays as it is",
    unlocked: "It may be moved again",
    asUsual: "As usual again",
    changeTime: "Change the time",
    timeChanged: "The match has another time",
    changeDay: "Change the day",
    dayChanged: "The round is on another day",
    sentence: (finding: Finding, league: League) => {
      const { kind, teams, have, limit, units } = finding;
      const name = namesIn(league);
      const [one = "", other = ""] = teams.map(name);
      const who = format.list(teams.map(name));
      const [round = 0] = finding.rounds;
      const known = league.rounds.find((each) => each.round === round);
      const on = `in round ${format.number(round)}${known === undefined ? "" : `, ${day(known.day)}`}`;
      switch (kind) {
        case "in-a-row":
          return `${one} play ${times(have)} in a row at the same end, rounds ${rounds(finding.rounds)}; at most ${format.number(limit)} are wished for.`;
        case "breaks":
          return `${one} have ${format.plural(have, { one: "# break", other: "# breaks" })}; at most ${format.number(limit)} are wished for.`;
        case "breaks-of-all":
          return `${format.plural(have, { one: "# break", other: "# breaks" })} in all; at most ${format.number(limit)} are wished for.`;
        case "unavailable":
          return `${one} play ${on}, as they cannot.`;
        case "meet":
          return limit === 1
            ? `${one} and ${other} do not meet in the rounds that are wished for.`
            : `${one} and ${other} meet in round ${rounds(finding.rounds)}, in which they should not.`;
        case "return":
          return `${one} and ${other} meet in rounds ${rounds(finding.rounds)}: ${format.number(have)} lie between, ${format.number(limit)} are wished for.`;
        case "home-together":
          return `${who} are at home together ${on}; at most ${format.number(limit)} are wished for.`;
        case "balance":
          return teams.length === 1
            ? `${one} are at home ${times(have)}; ${format.number(limit)} would be even.`
            : `${one} and ${other} differ by ${format.number(have)} home matches after round ${format.number(round)}; at most ${format.number(limit)} are wished for.`;
        case "long-trips":
          return `${one} travel ${format.number(have)} km ${on}; at most ${format.number(limit)} km are wished for then.`;
        case "travel":
          return `${one} travel ${format.number(have)} km, about ${format.number(units * 10)} km more than wished for.`;
        case "venue-closed":
          return `The venue of ${one} is closed or taken ${on}.`;
        case "venue-shared":
          return `${who} are at home at the same venue ${on}.`;
        case "halves":
          return `${one} and ${other} meet twice in one half, in rounds ${rounds(finding.rounds)}.`;
        case "mirrored":
          return `${one} and ${other} meet in rounds ${rounds(finding.rounds)}, which do not mirror each other.`;
      }
    },
    planner: {
      title: (name: string) => `Plan “${name}”`,
      explain:
        "Every two teams are brought together so that all holds that must, and as little as possible is against your wishes. Nobody is told anything.",
      look: "Look for",
      seconds: (count: number) =>
        count < 60
          ? format.plural(count, { one: "# second", other: "# seconds" })
          : format.plural(count / 60, { one: "# minute", other: "# minutes" }),
      few: "Change as little as possible",
      fewHint: "Begins with the season as it is.",
      keep: "What was played or locked stays as it is.",
      do: "Plan",
      begun: "It is being planned",
      running: "Planning",
      last: "Last plan",
      enough: "Take what there is",
      stop: "Stop",
      failed: (why: string) => `It could not be planned: ${why}`,
      cancelled: "Planning was stopped. The season is as it was.",
      done: (name: string) => `${name} was planned`,
      nothing: "Nothing was to be changed.",
      moved: (count: number) =>
        format.plural(count, { one: "# match is new or moved.", other: "# matches are new or moved." }),
      cannot: "These cannot be kept together:",
      steps: (steps: string, perSecond: string, seed: number) => `${steps} steps, ${perSecond} a second, seed ${seed}`,
    },
    publisher: {
      title: (name: string) => `Publish “${name}”`,
      explain:
        "Each match becomes an event of the league's calendar and takes its ground. Whoever may see the calendar sees it.",
      rounds: "Rounds",
      all: "All that are not over",
      upTo: (round: number) => `Up to round ${format.number(round)}`,
      count: (count: number) => format.plural(count, { one: "# match is new.", other: "# matches are new." }),
      noVenue: (count: number) =>
        format.plural(count, { one: "# match has no ground.", other: "# matches have no ground." }),
      hard: (count: number) =>
        format.plural(count, {
          one: "What must hold is broken once; it is published all the same.",
          other: "What must hold is broken # times; it is published all the same.",
        }),
      do: "Publish",
      done: (name: string) => `${name} was published`,
      takeBack: "Take back",
      takenBack: (name: string) => `${name} was taken out of the calendar`,
      nearest: (name: string, day: string, time: string) => `${name}: free on ${day} at ${time}`,
    },
    fair: {
      title: (name: string) => `Fairness of “${name}”`,
      text: "The bars of a column are long for the most. Even columns are fair ones.",
      list: "Fairness by team",
      team: "Team",
      columns: {
        home: "Home",
        away: "Away",
        breaks: "Breaks",
        row: "In a row",
        km: "Kilometres",
        weekends: "Home weekends",
        late: "Late kick-offs",
        rest: "Least rest",
      },
      days: (count: number) => format.plural(count, { one: "# day", other: "# days" }),
      missing: (count: number) =>
        format.plural(count, {
          one: "Nobody has said where # venue is: ways to it are not counted.",
          other: "Nobody has said where # venues are: ways to them are not counted.",
        }),
    },
  };
};

export type LeagueWords = ReturnType<typeof en>;
