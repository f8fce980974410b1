import type { Formats } from "../../messages/format.ts";

/** The words by which rules are set, in English. What rules say and what breaks them is said on every page. */
export const en = (format: Formats) => ({
  intro: "What everybody’s time has to keep, beside not being taken twice.",
  empty: "No rules are set: whatever is free may be taken.",
  add: "Add a rule",
  changeOf: (title: string, whom: string) => `Change the rule ${title}, ${whom}`,
  remove: "Remove",
  removeOf: (title: string, whom: string) => `Remove the rule ${title}, ${whom}`,
  added: (title: string) => `The rule “${title}” was set`,
  changed: (title: string) => `The rule “${title}” was changed`,
  removed: (title: string) => `The rule “${title}” was removed`,
  constraint: "What it is about",
  groups: {
    amounts: "How much a day or a week holds",
    shares: "How evenly a group shares",
    gaps: "From one thing to the next",
    singles: "Each thing by itself",
    others: "Others",
  },
  kept: "Kept",
  broken: "Broken",
  holder: "For whom",
  teams: "Teams",
  calendars: "Calendars",
  services: "Services",
  calendarOf: (name: string, owner: string) => `${name}, ${owner}`,
  named: {
    search: "Find a name",
    none: "No name has this in it.",
    missing: "Choose one at least.",
    count: (count: number) => format.plural(count, { one: "# chosen", other: "# chosen" }),
    apart: "From whom",
    together: "One of these is there",
    rooms: "Which rooms and things",
    skill: "Which skill",
    noSkills: "No skills yet: add one in Settings, Skills.",
    compared: "Who is compared",
    nobody: "As nobody is chosen: whom the service takes, or everybody.",
  },
  stands: "There is such a rule already: change that one.",
  strictness: "How strict",
  hardMeans: "What breaks it is refused, with the reason and times that would do. What stands already stays.",
  softMeans: "What breaks it is written, and whoever writes it is told.",
  more: "More",
  weight: "Weight",
  weightHint: (preset: number) =>
    `What one minute or one time over counts when repairs and plans are compared: ${format.number(preset)} unless you say otherwise.`,
  weightBounds: (most: number) => `More than 0 and at most ${format.number(most)}.`,
  bounds: {
    level: (from: number, to: number) => `Level ${format.number(from)} to ${format.number(to)}`,
    minutes: (from: number, to: number) => `Minutes, ${format.number(from)} to ${format.number(to)}`,
    hours: (from: number, to: number) => `Hours, ${format.number(from)} to ${format.number(to)}`,
    days: (from: number, to: number) => `Days, ${format.number(from)} to ${format.number(to)}`,
    weeks: (from: number, to: number) => `Whole weeks, ${format.number(from)} to ${format.number(to)}`,
    times: (from: number, to: number) => `${format.number(from)} to ${format.number(to)}`,
    "km/h": (from: number, to: number) => `Kilometres an hour, ${format.number(from)} to ${format.number(to)}`,
    share: (from: number, to: number) => `In per cent, ${format.number(from)} to ${format.number(to)}`,
  },
  outOfBounds: (from: number, to: number) => `A number from ${format.number(from)} to ${format.number(to)}.`,
  needsTime: "A time of the day.",
  endsFirst: "This is not after the beginning.",
  trial: {
    title: "In the year ahead",
    running: "Trying it on the year ahead …",
    failed: "It could not be tried.",
    waits: "It is tried on the year ahead once every number is within its bounds.",
    fromNowOn: "It is asked of what is written from now on, and not of what stands.",
    none: "Nothing of the year ahead would break this.",
    made: (events: number, made: number, lines: number) =>
      `${format.plural(events, { one: "# thing", other: "# things" })} would break this, ${format.plural(made, { one: "# time", other: "# times" })}, with ${format.plural(lines, { one: "# person or thing", other: "# people or things" })}.`,
    change: (by: number) =>
      by === 0
        ? "As often broken as now."
        : by > 0
          ? format.plural(by, { one: "Broken once more than now.", other: "Broken # times more than now." })
          : format.plural(-by, { one: "Broken once less than now.", other: "Broken # times less than now." }),
    anew: (events: number, made: number, lines: number) =>
      `New: ${format.plural(made, { one: "# time", other: "# times" })}, in ${format.plural(events, { one: "# thing", other: "# things" })}, with ${format.plural(lines, { one: "# person or thing", other: "# people or things" })}.`,
    month: (month: string, made: number) => `${month}: ${format.number(made)}`,
    months: "By month",
    examples: "The first of them",
    apart: (sentence: string) => `${sentence} Opens in a new tab.`,
  },
});

export type RuleWords = ReturnType<typeof en>;
