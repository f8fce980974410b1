import type { Formats } from "../../messages/format.ts";

/** The words of a draft that is planned. */
export const en = (format: Formats) => ({
  button: "Plan …",
  title: (name: string) => `Plan “${name}”`,
  explain:
    "Shifts are given so that every demand is met as far as contracts, rules and absences allow. It stays a draft; nobody is told anything.",
  look: "Look for",
  seconds: (count: number) =>
    count < 60
      ? format.plural(count, { one: "# second", other: "# seconds" })
      : format.plural(count / 60, { one: "# minute", other: "# minutes" }),
  keep: "Keep as it is",
  keepItems: "What the draft holds already",
  keepPeople: (count: number) => format.plural(count, { one: "The selected person", other: "The # selected people" }),
  keepDays: (count: number) => format.plural(count, { one: "The selected day", other: "The # selected days" }),
  few: "Change as little as possible",
  fewHint: "To mend what a sick call broke.",
  drop: "Shifts that stand may be dropped as well",
  sites: "People may work at other sites than theirs",
  unpopular: "Shifts that nobody likes",
  unpopularHint: "Their names, with commas between. They are shared out as nights are.",
  unpopularLong: (max: number) => `A name has at most ${format.number(max)} characters.`,
  do: "Plan",
  begun: "It is being planned",
  running: "Planning",
  score: (hard: string, soft: string) => `${hard} below the minimum · ${soft} points`,
  moved: (count: number) => format.plural(count, { one: "# shift differs", other: "# shifts differ" }),
  enough: "Take what there is",
  stop: "Stop",
  failed: (why: string) => `It could not be planned: ${why}`,
  cancelled: "Planning was stopped. The draft is as it was.",
  done: (name: string) => `“${name}” was planned`,
  last: "Last plan",
  applied: (given: number, filled: number, taken: number, dropped: number) =>
    [
      format.plural(given, { one: "# shift given", other: "# shifts given" }),
      ...(filled > 0 ? [format.plural(filled, { one: "# open shift filled", other: "# open shifts filled" })] : []),
      ...(taken > 0 ? [format.plural(taken, { one: "# taken back", other: "# taken back" })] : []),
      ...(dropped > 0 ? [format.plural(dropped, { one: "# dropped", other: "# dropped" })] : []),
    ].join(", "),
  nothing: "Nothing was to be changed.",
  constraints: "What it weighs",
  names: {
    minimum: "Below the minimum",
    ideal: "Below the ideal",
    over: "More than needed",
    open: "Open shifts",
    hours: "Off the contract's hours",
    nights: "Nights, unevenly",
    weekends: "Weekends, unevenly",
    holidays: "Public holidays, unevenly",
    unpopular: "Unpopular shifts, unevenly",
    wishes: "Wishes refused",
    changes: "Changes",
  },
  before: "Before",
  after: "After",
  times: (count: number) => format.number(count),
  unmet: (count: number) => format.plural(count, { one: "# gap stays", other: "# gaps stay" }),
  noUnmet: "Every demand is met.",
  unmetMore: (count: number) => format.plural(count, { one: "and # more", other: "and # more" }),
  leftOut: "Left as they were",
  wishes: "Wishes that could not be kept",
  steps: (steps: string, perSecond: string, seed: number) => `${steps} steps, ${perSecond} a second, seed ${seed}`,
  fairness: "Fairness …",
  fair: {
    title: "Who bears what",
    text: (from: string, to: string) => `From ${from} to ${to}, with the draft. The mark is a fair share.`,
    kinds: { nights: "Nights", weekends: "Weekends", holidays: "Public holidays", unpopular: "Unpopular" },
    kind: "What",
    cell: (name: string, have: string, without: string, fair: string) =>
      `${name}: ${have}, ${without} without the draft, a fair share is ${fair}`,
    nobody: "Nobody has any of it.",
    who: "Who",
    with: "With the draft",
    share: "Fair share",
  },
});

export type PlanWords = ReturnType<typeof en>;
