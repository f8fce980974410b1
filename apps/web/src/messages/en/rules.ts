import type { Formats } from "../format.ts";

/** Whom a breach is about, what takes part, and when: its day, and its day with the times. */
type Told = {
  readonly who: string;
  readonly what: string;
  /** Whom or what it names beside: “Ben and Cleo”. */
  readonly others: string;
  readonly day: string;
  readonly when: string;
};

/** The numbers of a breach, or of a rule. Of each constraint those are there that its words ask for. */
type Facts = Readonly<
  Record<
    | "above"
    | "ahead"
    | "begun"
    | "days"
    | "from"
    | "guests"
    | "has"
    | "hours"
    | "least"
    | "level"
    | "longest"
    | "mean"
    | "minutes"
    | "notice"
    | "outside"
    | "own"
    | "part"
    | "pause"
    | "people"
    | "places"
    | "rest"
    | "share"
    | "slack"
    | "speed"
    | "stretch"
    | "taken"
    | "there"
    | "times"
    | "to"
    | "way"
    | "weeks",
    number
  >
> & {
  readonly [Name in "begins" | "ended"]?: number;
};

/** Rules of the organisation: what they say, how they are set, and where they do not hold. */
export const rules = (format: Formats) => {
  const clock = (minute: number) => format.wallTime(minute * 60_000);
  const hoursText = (hours: number) => format.duration(Math.round(hours * 60));
  const things = (count: number) => format.plural(count, { one: "# thing", other: "# things" });
  const days = (count: number) => format.plural(count, { one: "# day", other: "# days" });
  const round = (count: number) => Math.round(count * 10) / 10;
  const each = ({ weeks }: Facts) => format.plural(weeks, { one: "In each week", other: "In each stretch of # weeks" });
  const stretch = ({ day }: Told, { weeks }: Facts) =>
    format.plural(weeks, { one: `the week of ${day}`, other: `the # weeks from ${day}` });
  return {
    rules: {
      everybody: "Everybody",
      everything: "Everybody and everything",
      allThings: "All rooms and things",
      inCalendar: (name: string) => `In “${name}”`,
      ofCalendar: (name: string, sentence: string) => `In “${name}”: ${sentence}`,
      hard: "Hard",
      soft: "Soft",
      standing: {
        title: "Rules that do not hold",
        count: (count: number) => format.plural(count, { one: "# time", other: "# times" }),
        hard: (count: number) => `${format.number(count)} hard`,
        cut: (count: number) => `Only the earliest ${format.number(count)} are listed.`,
        incomplete: "A plug-in was not asked about everything: there may be more.",
        holds: (year: string) => `Every rule holds in ${year}.`,
        failed: "Whether the rules hold could not be asked.",
      },
      something: "something else",
      quoted: (title: string) => `“${title}”`,
      both: (first: string, second: string) => `${first} and ${second}`,
      andMore: (first: string, count: number) => `${first} and ${format.number(count)} more`,
      parameters: {
        "day-hours hours": "Hours at most",
        "day-share share": "Share taken at most",
        "day-times times": "Things at most",
        "in-a-row longest": "Minutes without a pause at most",
        "in-a-row pause": "What counts as a pause",
        "focus stretch": "Minutes in one piece",
        "lunch from": "Lunch from",
        "lunch to": "Lunch until",
        "lunch minutes": "How long it is",
        "week-hours hours": "Hours at most",
        "week-times times": "Things at most",
        "fairness above": "Hours above the average at most",
        "fairness weeks": "Compared over so many weeks",
        "fairness-times above": "Things above the average at most",
        "fairness-times weeks": "Compared over so many weeks",
        "travel speed": "How fast: 5 on foot, 15 by bicycle, 40 by car in town",
        "travel slack": "Minutes beside the way itself",
        "travel longest": "The longest way that counts",
        "buffer pause": "The pause",
        "rest rest": "Hours of rest",
        "hours from": "From",
        "hours to": "Until",
        "preferred-hours from": "From",
        "preferred-hours to": "Until",
        "notice notice": "Hours ahead at least",
        "window days": "Days ahead at most",
        "skills level": "The least level",
      },
      constraints: {
        "day-hours": {
          title: "Hours a day",
          rule: "A day holds so many hours and no more.",
          kept: "An hour beside six.",
          broken: "Three hours beside six.",
          says: (facts: Facts) => `At most ${hoursText(facts.hours)} a day`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} has ${hoursText(facts.taken)} on ${told.day}, and at most ${hoursText(facts.hours)} are wanted.`,
        },
        "day-share": {
          title: "Share of the day",
          rule: "Part of everybody’s working day stays free.",
          kept: "An hour of nine beside seven.",
          broken: "The last two hours of nine.",
          says: (facts: Facts) => `At most ${format.percent(facts.share)} of one’s hours are taken`,
          breach: (told: Told, facts: Facts) =>
            `${format.percent(facts.part)} of ${told.who}’s hours on ${told.day} are taken, and at most ${format.percent(facts.share)} are wanted.`,
        },
        "day-times": {
          title: "Things a day",
          rule: "So many things begin on a day and no more.",
          kept: "A sixth beside five.",
          broken: "A seventh beside six.",
          says: (facts: Facts) => `At most ${things(facts.times)} a day`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} has ${things(facts.begun)} on ${told.day}, and at most ${format.number(facts.times)} are wanted.`,
        },
        "in-a-row": {
          title: "Meetings in a row",
          rule: "After so long without a pause there is one.",
          kept: "Two hours, then one more.",
          broken: "Three hours, then one more at once.",
          says: (facts: Facts) =>
            `A pause of ${format.duration(facts.pause)} after at most ${format.duration(facts.longest)}`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} has no pause for ${format.duration(facts.minutes)}, ${told.when}, and is to have one after ${format.duration(facts.longest)}.`,
        },
        focus: {
          title: "Focus time",
          rule: "One long piece of each day stays free of meetings.",
          kept: "The morning is taken, the afternoon is not.",
          broken: "What is left falls into pieces.",
          says: (facts: Facts) => `${format.duration(facts.stretch)} of each day in one piece stay free of meetings`,
          breach: (told: Told, facts: Facts) =>
            facts.longest === 0
              ? `${told.who} has no free time in one piece left on ${told.day}, and ${format.duration(facts.stretch)} are wanted.`
              : `${told.who} has at most ${format.duration(facts.longest)} in one piece left on ${told.day}, and ${format.duration(facts.stretch)} are wanted.`,
        },
        lunch: {
          title: "Lunch",
          rule: "There is time for lunch.",
          kept: "Half an hour at noon stays free.",
          broken: "A quarter of an hour is left.",
          says: (facts: Facts) =>
            `${format.duration(facts.minutes)} for lunch between ${clock(facts.from)} and ${clock(facts.to)}`,
          breach: (told: Told, facts: Facts) =>
            facts.longest === 0
              ? `${told.who} has no time for lunch, ${told.when}, and ${format.duration(facts.minutes)} are wanted.`
              : `${told.who} has only ${format.duration(facts.longest)} for lunch, ${told.when}, and ${format.duration(facts.minutes)} are wanted.`,
        },
        "week-hours": {
          title: "Hours a week",
          rule: "A week holds so many hours and no more.",
          kept: "Eight hours of ten.",
          broken: "Twelve hours of ten.",
          says: (facts: Facts) => `At most ${hoursText(facts.hours)} a week`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} has ${hoursText(facts.taken)} in the week of ${told.day}, and at most ${hoursText(facts.hours)} are wanted.`,
        },
        "week-times": {
          title: "Things a week",
          rule: "So many things begin in a week and no more.",
          kept: "A second of two.",
          broken: "A second of one.",
          says: (facts: Facts) => `At most ${things(facts.times)} a week`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} has ${things(facts.begun)} in the week of ${told.day}, and at most ${format.number(facts.times)} are wanted.`,
        },
        fairness: {
          title: "Hours shared evenly",
          rule: "Nobody of a team has many more hours than all have on average.",
          kept: "An hour more where all have four.",
          broken: "Two hours more where others have two, and one.",
          says: (facts: Facts) => `${each(facts)} nobody has more than ${hoursText(facts.above)} above the average`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} has ${hoursText(facts.own)} in ${stretch(told, facts)}, where the average of ${format.number(facts.people)} is ${hoursText(facts.mean)}${told.others === "" ? "" : `, and ${told.others} has the least, ${hoursText(facts.least)}`}: no more than ${hoursText(facts.above)} above the average is wanted.`,
        },
        "fairness-times": {
          title: "Things shared evenly",
          rule: "Nobody of a team has many more things than all have on average, whatever their length.",
          kept: "A third where all have two.",
          broken: "A fifth where others have one.",
          says: (facts: Facts) => `${each(facts)} nobody has more than ${things(facts.above)} above the average`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} has ${things(facts.own)} in ${stretch(told, facts)}, where the average of ${format.number(facts.people)} is ${format.number(round(facts.mean))}${told.others === "" ? "" : `, and ${told.others} has the least, ${format.number(facts.least)}`}: no more than ${format.number(facts.above)} above the average is wanted.`,
        },
        travel: {
          title: "Time for the way",
          rule: "There is time for the way from one place to the next.",
          kept: "An hour for a way of half an hour.",
          broken: "Ten minutes for a way of half an hour.",
          says: (facts: Facts) =>
            `Time for the way between two places, at ${format.number(facts.speed)} km/h, and ${format.duration(facts.slack)} more`,
          breach: (told: Told, facts: Facts) =>
            facts.there === 0
              ? `${told.who} needs ${format.duration(facts.way)} for the way between ${told.what}, before ${told.when}, and has none.`
              : `${told.who} needs ${format.duration(facts.way)} for the way between ${told.what}, before ${told.when}, and has ${format.duration(facts.there)}.`,
        },
        buffer: {
          title: "A pause between two things",
          rule: "One thing does not begin when the other ends.",
          kept: "A quarter of an hour between the two.",
          broken: "One begins when the other ends.",
          says: (facts: Facts) => `A pause of ${format.duration(facts.pause)} between two things`,
          breach: (told: Told, facts: Facts) =>
            facts.there === 0
              ? `${told.who} has no pause between ${told.what}, before ${told.when}, and is to have ${format.duration(facts.pause)}.`
              : `${told.who} has a pause of ${format.duration(facts.there)} between ${told.what}, before ${told.when}, and is to have ${format.duration(facts.pause)}.`,
        },
        rest: {
          title: "Rest between two days",
          rule: "A night’s rest lies between two days of work.",
          kept: "From eight in the evening to eight in the morning.",
          broken: "From eleven in the evening to seven in the morning.",
          says: (facts: Facts) => `${hoursText(facts.rest)} of rest between two days of work`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} rests ${format.duration(facts.there)} between ${told.what}, before ${told.when}, and is to rest ${format.duration(facts.rest)}.`,
        },
        outside: {
          title: "Within one’s hours",
          rule: "Nobody and nothing is taken outside their hours.",
          kept: "In the afternoon.",
          broken: "Until an hour after closing.",
          says: () => "Nothing outside one’s hours",
          breach: (told: Told, facts: Facts) =>
            `${told.what}, ${told.when}, takes ${format.duration(facts.outside)} outside ${told.who}’s hours.`,
        },
        holiday: {
          title: "Holidays",
          rule: "Nobody works on a holiday.",
          kept: "A Monday like any other.",
          broken: "The Monday is a holiday.",
          says: () => "Nothing on holidays",
          breach: (told: Told) => `${told.what} takes ${told.who}, ${told.when}, which is a holiday.`,
        },
        hours: {
          title: "Allowed hours",
          rule: "Nothing lies outside two times of the day.",
          kept: "From nine to ten.",
          broken: "From seven to half past eight.",
          says: (facts: Facts) => `Nothing outside ${clock(facts.from)} to ${clock(facts.to)}`,
          breach: (told: Told, facts: Facts) =>
            `${told.what} of ${told.who}, ${told.when}, lies outside ${clock(facts.from)} to ${clock(facts.to)}.`,
        },
        "preferred-hours": {
          title: "Preferred hours",
          rule: "Things lie in the hours that one prefers.",
          kept: "In the preferred morning.",
          broken: "In the afternoon instead.",
          says: (facts: Facts) => `Rather between ${clock(facts.from)} and ${clock(facts.to)}`,
          breach: (told: Told, facts: Facts) =>
            `${told.who} prefers ${clock(facts.from)} to ${clock(facts.to)}, and ${told.what}, ${told.when}, lies outside.`,
        },
        notice: {
          title: "Minimum notice",
          rule: "Nothing is planned at too short notice.",
          kept: "Five hours from now.",
          broken: "One hour from now.",
          says: (facts: Facts) => `At least ${hoursText(facts.notice)} ahead`,
          breach: (told: Told, facts: Facts) =>
            `${told.what}, ${told.when}, comes at less than ${hoursText(facts.notice)} notice.`,
        },
        window: {
          title: "Booking window",
          rule: "Nothing is planned too far ahead.",
          kept: "Later today.",
          broken: "Two days ahead of one.",
          says: (facts: Facts) => `At most ${days(facts.days)} ahead`,
          breach: (told: Told, facts: Facts) =>
            `${told.what}, ${told.when}, is ${days(facts.ahead)} ahead, and the limit is ${format.number(facts.days)}.`,
        },
        apart: {
          title: "Kept apart",
          rule: "Some people are in nothing together.",
          kept: "With somebody else.",
          broken: "With whom one is kept apart from.",
          says: (_facts: Facts, others: string) => `In nothing together with ${others}`,
          breach: (told: Told) =>
            `${told.what}, ${told.when}, brings ${told.who} together with ${told.others}: they are kept apart.`,
        },
        together: {
          title: "Not without somebody",
          rule: "Some are taken only together with others.",
          kept: "A learner with an instructor.",
          broken: "A learner alone.",
          says: (_facts: Facts, others: string) => `Only together with ${others}`,
          breach: (told: Told) =>
            `${told.what}, ${told.when}, takes ${told.who} without ${told.others}, and one of them has to be there.`,
        },
        rooms: {
          title: "Allowed rooms and things",
          rule: "Only some rooms and things are used.",
          kept: "In a room that is allowed.",
          broken: "In another room.",
          says: (_facts: Facts, others: string) => `Only ${others}`,
          breach: (told: Told) => `${told.what}, ${told.when}, needs ${told.others}, which ${told.who} may not use.`,
        },
        skills: {
          title: "Skills",
          rule: "Whoever does something is able to.",
          kept: "Whoever does it has the skill at the level that is needed.",
          broken: "Whoever does it has another skill.",
          says: (facts: Facts, others: string) =>
            facts.level === 1 ? `Needs ${others}` : `Needs ${others}, level ${facts.level}`,
          breach: (told: Told, facts: Facts) => {
            const needs = `and ${told.what}, ${told.when}, needs ${facts.level === 1 ? "it" : `level ${facts.level}`}.`;
            if (facts.ended !== undefined)
              return `${told.who}’s “${told.others}” ended on ${format.date(facts.ended)}, ${needs}`;
            if (facts.begins !== undefined)
              return `${told.who} has “${told.others}” only from ${format.date(facts.begins)} on, ${needs}`;
            return facts.has === 0
              ? `${told.who} has no “${told.others}”, ${needs}`
              : `${told.who} has “${told.others}” at level ${facts.has}, ${needs}`;
          },
        },
        capacity: {
          title: "Places",
          rule: "There is a place for everybody.",
          kept: "Ten people in a room for twelve.",
          broken: "Twenty people in a room for twelve.",
          says: () => "No more people than places",
          breach: (told: Told, facts: Facts) =>
            `${told.who} has ${format.plural(facts.places, { one: "# place", other: "# places" })}, and ${told.what}, ${told.when}, brings ${format.plural(facts.guests, { one: "# person", other: "# people" })}.`,
        },
      },
    },
  };
};
