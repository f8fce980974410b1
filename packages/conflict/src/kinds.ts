import { ATTENDS, NEEDS, OWN } from "./schedule.ts";

export type Severity = "must" | "should" | "look";

/** What a conflict is told with: names and times as they are shown. */
export type ConflictFacts = {
  /** The people or things taken twice, by name. */
  readonly subjects: readonly string[];
  readonly first: { readonly title: string; readonly time: string };
  readonly second: { readonly title: string; readonly time: string };
  /** The time both want, as it is shown: "Thu 25 Mar 2027, 16:00–16:15". */
  readonly shared: string;
  /** How long that is: "15 min". */
  readonly length: string;
};

/** One kind of conflict: the entry of the one table of kinds. More kinds are added here, and nowhere else. */
export type Kind = {
  readonly id: "overlap" | "attendee" | "resource";
  readonly hard: boolean;
  readonly severity: Severity;
  /** The rule in a few words, for the end of a sentence. */
  readonly rule: string;
  readonly explain: (facts: ConflictFacts) => string;
  /** Which repairs make sense for it. */
  readonly repairs: readonly Way[];
};

/** In which way a repair helps: another time, less time, somebody or something else, fewer people, no room, two parts, two things. */
export type Way = "move" | "shorten" | "instead" | "leave-out" | "remote" | "split" | "chain";

const OF_PEOPLE = ["move", "shorten", "instead", "leave-out", "split", "chain"] as const;
const OF_THINGS = ["move", "shorten", "instead", "remote", "chain"] as const;

const names = (facts: ConflictFacts): string => new Intl.ListFormat("en").format(facts.subjects);
const are = (facts: ConflictFacts): string => (facts.subjects.length === 1 ? "is" : "are");
const both = ({ first, second }: ConflictFacts): string =>
  `“${first.title}” (${first.time}) and “${second.title}” (${second.time})`;

export const kinds: { readonly [Id in Kind["id"]]: Kind & { readonly id: Id } } = {
  overlap: {
    id: "overlap",
    hard: true,
    severity: "must",
    rule: "one person is in one place at a time",
    explain: (facts) =>
      `${names(facts)} ${are(facts)} in ${both(facts)} at once on ${facts.shared} (${facts.length}): one person is in one place at a time.`,
    repairs: OF_PEOPLE,
  },
  attendee: {
    id: "attendee",
    hard: true,
    severity: "must",
    rule: "nobody attends two things at once",
    explain: (facts) =>
      `${names(facts)} ${are(facts)} invited to ${both(facts)}, which share ${facts.length} on ${facts.shared}: nobody attends two things at once.`,
    repairs: OF_PEOPLE,
  },
  resource: {
    id: "resource",
    hard: true,
    severity: "must",
    rule: "a room or thing is used once at a time",
    explain: (facts) =>
      `${names(facts)} ${are(facts)} taken by ${both(facts)} for the same ${facts.length} on ${facts.shared}: a room or thing is used once at a time.`,
    repairs: OF_THINGS,
  },
};

/** In this order kinds are listed for one pair. */
export const KIND_IDS = ["overlap", "attendee", "resource"] as const;
export type KindId = (typeof KIND_IDS)[number];

/**
 * The kinds that hold when two things take one subject, as a mask over `KIND_IDS`.
 *
 * In both their own calendars: overlap. Attending both: attendee. Needed as a thing by one of them: resource. Their own
 * calendar on one side and only attending on the other is an overlap: the person is in two places either way.
 */
export function kindsOf(how: number, otherHow: number): number {
  if ((how | otherHow) & NEEDS) return 4;
  const mask = (how & otherHow & OWN ? 1 : 0) | (how & otherHow & ATTENDS ? 2 : 0);
  return mask === 0 ? 1 : mask;
}
