import type { Formats } from "../format.ts";

/** How this keyboard prints the key that goes with Enter. */
const MOD = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.userAgent) ? "⌘" : "Ctrl ";

/** Conflicts and their repairs. */
export const conflicts = (format: Formats) => ({
  conflict: {
    kind: (kind: string) => CONFLICT_KINDS[kind] ?? "Conflict",
    cellKind: (kind: string) => (CONFLICT_KINDS[kind] ?? "Conflict").toLowerCase(),
    severity: { must: "must fix", should: "should fix", look: "worth a look" },
    heading: (kind: string, severity: string) => `${CONFLICT_KINDS[kind] ?? "Conflict"}, ${severity}`,
    position: (position: number, total: number) => `${format.number(position)} of ${format.number(total)}`,
    repairs: "Repairs, each checked again",
    looking: "Looking for repairs …",
    noRepair: "No repair was found that makes nothing else worse. Change one of the events by hand.",
    notYours: (owners: readonly string[]) =>
      `You may not move either of these; ask ${format.either([...owners, "an administrator"])}.`,
    others: "Of others",
    cut: (count: number, until: string) =>
      `There are more conflicts than can be listed: these are the first ${format.number(count)}, until ${until}.`,
    best: "best",
    told: (names: readonly string[]) => `Concerns ${format.list(names)}.`,
    notThis: "Not this",
    notThisOf: (what: string) => `Not this: ${what}`,
    dismissed: "Put a repair aside",
    /** How likely whoever looks is to take a repair; of few answers in tenths. */
    chance: (chance: number, isOfFew: boolean) =>
      isOfFew
        ? `You would take about ${format.number(Math.round(chance * 10))} of 10 such repairs, by few answers so far.`
        : `You would take such a repair: ${chance < 0.4 ? "unlikely" : chance < 0.6 ? "as likely as not" : "likely"}, ${format.percent(chance)}.`,
    choose: "Choose a conflict from the list, or press X for the next one.",
    preview: "Preview",
    next: "Next conflict",
    none: "No conflicts. Everything that is planned can take place.",
    noneLeft: "Nothing left to resolve. Everything that is planned can take place.",
    noneShown: "Nothing here with these filters.",
    showAll: "Show all",
    shown: (count: number) => `${format.number(count)} shown · soonest first`,
    columns: {
      severity: "Severity",
      what: "What clashes",
      when: "When",
      day: "The day, 07–19",
      who: "Who",
      repair: "Best repair",
    },
    groupSoon: "Next 14 days",
    past: "Earlier this year",
    includePast: "Earlier",
    backToYear: "Year",
    /** Between two titles. The later one is said first, unless both begin together. */
    relation: { startsDuring: "starts during", during: "during", together: "together with" },
    filters: "Which conflicts",
    chips: { time: "Time", travel: "Travel", resource: "Room", load: "Load" },
    severityChip: { must: "Must fix", should: "Should fix", look: "Worth a look" },
    announce: (kind: string, date: string, explanation: string) => `${kind}, ${date}. ${explanation}`,
    sharedMinutes: (minutes: number) => `${format.duration(minutes)} shared`,
    anyone: "Anyone",
    whoFilter: (name: string) => `Who: ${name}`,
    allOfYear: (year: number) => `All of ${year}`,
    whenFilter: (name: string) => `When: ${name}`,
    tabs: {
      label: "Conflicts to show",
      open: "To resolve",
      kept: "Kept",
      resolved: "Resolved",
      graph: "Graph",
    },
    legend: {
      label: "Conflicts",
      time: "time",
      travel: "travel",
      resource: "room",
      load: "load",
      rank: "Bar: how little a repair disturbs",
      next: "next",
      add: "add to proposal",
      keys: "all keys",
    },
  },
  kept: {
    keep: "Keep both",
    why: "Why both stay as they are",
    whyHint: "For those who see it kept. You may leave it empty.",
    release: "Let it count again",
    releaseOf: (first: string, second: string) => `Let ${first} and ${second} count again`,
    by: (name: string, when: string) => `${name}, ${when}`,
    none: "Nothing is kept. Press 0 at a conflict to keep both events as they are.",
    until: "It counts again when one of the two moves.",
    column: "Kept by",
    note: (text: string) => `“${text}”`,
  },
  resolved: {
    loading: "Looking up what was put right …",
    failed: "What was put right could not be looked up.",
    none: "Nothing was put right by repairs yet.",
    columns: { what: "What clashed", moved: "What changed", by: "By", when: "When" },
    undo: (together: number) => (together === 1 ? "Undo" : `Undo all ${format.number(together)}`),
    undoOf: (titles: readonly string[]) => `Undo the repair of ${format.list(titles)}`,
    summary: (titles: readonly string[]) =>
      titles.length === 1 ? `Repaired “${titles[0]!}”` : `Applied ${format.number(titles.length)} repairs`,
    more: "Show earlier ones",
    pair: (titles: readonly string[]) => format.list(titles),
  },
  /** Asking about any time. */
  whyNot: {
    heading: "Why not?",
    label: (title: string) => `Why not another time for “${title}”?`,
    hint: "Any day or time, such as “Thu 17:00”.",
    ask: "Ask",
    unread: "There is no day and no time in it. Try “Thu 17:00”.",
    notYours: "You may not move it.",
    past: "That time is over.",
    taken: (who: string, what: string | null, when: string) =>
      what === null ? `${who} is taken on ${when}.` : `${who} is taken on ${when}: ${what}.`,
    /** The first by name, and how many others there are. */
    free: (names: readonly string[], others: number) =>
      others > 0
        ? `${format.list([...names, format.plural(others, { one: "# other", other: "# others" })])} are free.`
        : names.length === 1
          ? `${names[0]!} is free.`
          : `${format.list(names)} are free.`,
    outside: (names: readonly string[]) =>
      names.length === 1
        ? `${names[0]!} does not work then; that forbids nothing.`
        : `${format.list(names)} do not work then; that forbids nothing.`,
    closed: (who: string, why: string) => `${who} is closed then: ${why}.`,
    /** A rule that is only wished. */
    soft: (sentence: string) => `${sentence} That is only a wish; it forbids nothing.`,
    relaxed: (ways: readonly string[]) => `It would do with ${format.either(ways)}.`,
    /** What a rule would say instead, by constraint and parameter; read in the sentence above. */
    relaxation: {
      "travel.speed": (amount: string) => `a speed of ${amount}`,
      "travel.slack": (amount: string) => `${amount} to spare on the way`,
      "travel.longest": (amount: string) => `ways of up to ${amount}`,
      "buffer.pause": (amount: string) => `a pause of ${amount}`,
      "rest.rest": (amount: string) => `a rest of ${amount}`,
      "day-hours.hours": (amount: string) => `${amount} a day`,
      "fairness.above": (amount: string) => `${amount} above the average`,
      "fairness-times.above": (amount: string) => `${amount} above the average`,
      "day-share.share": (amount: string) => `${amount} of the day’s hours`,
      "day-times.times": (amount: string) => `${amount} a day`,
      "in-a-row.longest": (amount: string) => `${amount} in a row`,
      "in-a-row.pause": (amount: string) => `${amount} counted as a pause`,
      "focus.stretch": (amount: string) => `${amount} of focus time`,
      "lunch.from": (amount: string) => `lunch from ${amount}`,
      "lunch.to": (amount: string) => `lunch until ${amount}`,
      "lunch.minutes": (amount: string) => `a lunch of ${amount}`,
      "week-hours.hours": (amount: string) => `${amount} a week`,
      "week-times.times": (amount: string) => `${amount} a week`,
      "hours.from": (amount: string) => `a beginning at ${amount}`,
      "hours.to": (amount: string) => `an end at ${amount}`,
      "preferred-hours.from": (amount: string) => `a beginning at ${amount}`,
      "preferred-hours.to": (amount: string) => `an end at ${amount}`,
      "notice.notice": (amount: string) => `${amount} of notice`,
      "window.days": (amount: string) => `${amount} ahead`,
      "skills.level": (amount: string) => `level ${amount}`,
    },
    days: (count: number) => format.plural(count, { one: "# day", other: "# days" }),
    fits: "It would fit: move it there",
    proposed: "It is in the proposal. Nothing moves until you apply.",
  },
  proposal: {
    label: "Proposal",
    fill: "Propose repairs",
    filling: "Looking for repairs …",
    filled: (added: number) =>
      added === 0
        ? "No further repair was found."
        : format.plural(added, {
            one: "# repair added. Nothing moves until you apply.",
            other: "# repairs added. Nothing moves until you apply.",
          }),
    title: (count: number) => format.plural(count, { one: "Proposal with # repair", other: "Proposal with # repairs" }),
    calm: "nothing moves until you apply",
    checkedAt: (time: string) => `checked again ${time}`,
    checking: "checking …",
    columns: {
      include: "Make it",
      what: "What",
      times: "Before and after",
      told: "Whose time",
      effect: "Effect",
      leave: "Take it out",
    },
    include: (title: string, to: string) => `${title} to ${to}`,
    comes: (names: readonly string[]) => `with ${format.list(names)}`,
    goes: (names: readonly string[]) => `without ${format.list(names)}`,
    part: (when: string) => `and ${when}`,
    went: (before: string, now: string) => `${before} went, now ${now}`,
    states: {
      solved: "solved by one above",
      gone: "the conflict is gone",
      stuck: "no repair is left that fits",
    },
    nobody: "only yours",
    leave: (title: string) => `Take ${title} out of the proposal`,
    together: (count: number) =>
      count === 1 ? "This one alone" : count === 2 ? "Both together" : `All ${format.number(count)} together`,
    conflicts: "Conflicts",
    overDays: (limit: string) => `Days over ${limit}`,
    focus: "Focus time",
    /** What one repair does to the days of those whose time it takes. */
    effect: (focusMinutes: number, overDays: number) => {
      const focus = focusMinutes === 0 ? [] : [`${format.durationChange(focusMinutes)} focus`];
      if (overDays === 0) return focus[0] ?? "none";
      const days =
        overDays < 0
          ? format.plural(-overDays, { one: "# day gets under the limit", other: "# days get under the limit" })
          : format.plural(overDays, { one: "# day goes over the limit", other: "# days go over the limit" });
      return [...focus, days].join(", ");
    },
    moved: "Events moved",
    told: "People concerned",
    apply: (count: number) => `Apply ${format.number(count)}`,
    applyName: (count: number) => format.plural(count, { one: "Apply # repair", other: "Apply # repairs" }),
    applyKey: `${MOD}⏎`,
    ghosts: "Show ghosts",
    discard: "Discard",
    discarded: "The proposal is empty.",
    add: (first: string, second: string) => `Repair ${first} and ${second} in the proposal`,
    added: (what: string, count: number) =>
      `Added to the proposal: ${what}. ${format.plural(count, { one: "# repair", other: "# repairs" })}.`,
    removed: (count: number) =>
      `Taken out of the proposal. ${format.plural(count, { one: "# repair", other: "# repairs" })} left.`,
    full: (most: number) => `A proposal holds ${format.number(most)} repairs at most.`,
    nothing: "There is no repair for it that you may make.",
    shown: (count: number) =>
      format.plural(count, { one: "Your proposal: # repair", other: "Your proposal: # repairs" }),
    back: "Back to it",
  },
});

const CONFLICT_KINDS: Readonly<Record<string, string>> = {
  overlap: "Time overlap",
  attendee: "Booked twice",
  resource: "Room or equipment clash",
  travel: "Travel time",
  load: "Over the limit",
  capacity: "Too few places",
};
