import type { Formats } from "../format.ts";

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
    rank: (rank: number) => `Repair ${rank}`,
    choose: "Choose a conflict from the list, or press X for the next one.",
    preview: "Preview",
    next: "Next conflict",
    list: "Conflicts",
    none: "No conflicts. Everything that is planned can take place.",
    noneShown: "None of the kinds chosen.",
    shown: (count: number) => `${format.number(count)} shown, soonest first`,
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
    and: "and",
    filters: "Which conflicts",
    chips: { time: "Time", travel: "Travel", resource: "Room", load: "Load" },
    severityChip: { must: "Must fix", should: "Should fix", look: "Worth a look" },
    announce: (kind: string, date: string, explanation: string) => `${kind}, ${date}. ${explanation}`,
    pair: (first: string, second: string) => `${first} and ${second}`,
    sharedMinutes: (minutes: number) => `${format.duration(minutes)} shared`,
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
