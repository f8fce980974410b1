import { createHash } from "node:crypto";
import { limits } from "@hourwright/contract";
import {
  explanationOf,
  kinds,
  suggestRepairs,
  type Found,
  type Repair,
  type RepairChange,
  type RepairFacts,
  type Way,
} from "@hourwright/conflict";
import { TIME_END_MS } from "../claims/pure.ts";
import type { CommitmentDate, Situation } from "./situation.ts";

// Pure: how conflicts and repairs are told to one viewer.

/** What the owner of a commitment says of one of its dates to one viewer. */
export type Described = {
  /** What it is called; "Busy" where the viewer may not know. */
  readonly title: string;
  readonly eventId: string | null;
  readonly calendarId: string | null;
  readonly calendarName: string;
  readonly mayRead: boolean;
  readonly mayMove: boolean;
  /** Whether they may change it at all, though a repair may not move it: it lasts the whole day. */
  readonly mayChange: boolean;
  /** What else a repair may change of it; null: nothing but its time. */
  readonly parts: DescribedParts | null;
};

/** Ids of subjects, as `Parts` of @hourwright/conflict has their numbers. */
export type DescribedParts = {
  readonly invited: readonly string[];
  readonly optional: readonly string[];
  /** Where it can be joined from afar. */
  readonly link: string | null;
  readonly maySplit: boolean;
};

/** A conflict as the API shows it. Times are instants in `zone`. */
export type ShownConflict = {
  readonly id: string;
  readonly kind: string;
  readonly start: string;
  readonly end: string;
  readonly severity: "must" | "should" | "look";
  readonly subjects: string[];
  readonly subjectIds: string[];
  readonly explanation: string;
  readonly events: {
    eventId: string | null;
    recurrenceId: string | null;
    uid: string;
    start: string;
    end: string;
    calendar: string;
    calendarId: string | null;
    summary: string;
  }[];
  readonly repairs: ShownRepair[];
  /** Who decided that both stay as they are; null: it counts. */
  readonly kept: ShownKept | null;
};

export type ShownKept = {
  readonly by: string;
  readonly byId: string;
  readonly at: string;
  readonly note: string | null;
};

export type ShownRepair = {
  readonly id: string;
  readonly way: Way;
  readonly what: string;
  readonly why: string;
  readonly confidence: number;
  /** How likely the viewer is to take it; left out while nothing can be said. */
  readonly chance?: { readonly chance: number; readonly isOfFew: boolean };
  readonly moves: ShownMove[];
  readonly changes: ShownChange[];
  /** Whose time it takes or gives back beside the viewer's, by name. */
  readonly told: string[];
};

type ShownMove = { eventId: string; uid: string; recurrenceId: string | null; start: string; end: string };
type Party = { readonly id: string; readonly name: string };

export type ShownChange = ShownMove & {
  readonly calendarId: string | null;
  readonly summary: string;
  readonly add: Party[];
  readonly remove: Party[];
  readonly location: string | null;
  readonly rest: { readonly start: string; readonly end: string } | null;
};

/** Conflicts of one answer, the earliest. Each takes 50 µs to tell. */
export const SHOWN_MAX = limits.CONFLICTS_OF_AN_ANSWER_MAX;
/** Pairs looked at for it, so that a calendar in which everything clashes holds nobody up. */
export const PAIRS_SHOWN_MAX = 20_000;
/** Conflicts of one answer that come with their repairs; the rest is asked by id. */
export const REPAIRED_MAX = 200;

/** Conflicts as the JSON text of a list, how many it holds, and whether there may be more. */
export type ConflictsText = { readonly text: string; readonly count: number; readonly isCut: boolean };

/** What is said of a commitment of which nobody says anything. */
export const unknown: Described = {
  title: "Busy",
  eventId: null,
  calendarId: null,
  calendarName: "",
  mayRead: false,
  mayMove: false,
  mayChange: false,
  parts: null,
};

/** A conflict as a viewer may see it: `of` says what they may know of a date. */
export function shownConflict(
  found: Found,
  id: string,
  situation: Situation,
  of: (date: number) => Described,
  nameOf: (subject: number) => string,
  zone: string,
  more: Pick<ShownConflict, "repairs" | "kept">,
): ShownConflict {
  const side = (date: number) => ({ ...situation.dates[date]!, title: of(date).title });
  const subjects = found.subjects.map(nameOf);
  return {
    id,
    kind: found.kind,
    start: zonedText(found.startMs, zone),
    end: zonedText(found.endMs, zone),
    severity: kinds[found.kind].severity,
    subjects,
    subjectIds: found.subjects.map((subject) => situation.subjects[subject]!),
    explanation: explanationOf(found, subjects, { first: side(found.first), second: side(found.second), zone }),
    events: [found.first, found.second].map((date) => {
      const { occurrence, commitment, startMs, endMs } = situation.dates[date]!;
      const { eventId, calendarId, calendarName, title, mayRead } = of(date);
      return {
        eventId,
        // Of what may only be known as busy nobody learns whether it is of a series, and where it was meant to be.
        recurrenceId: eventId === null || occurrence === "" ? null : occurrence,
        uid: mayRead ? commitment : "",
        start: zonedText(startMs, zone),
        end: zonedText(endMs, zone),
        calendar: calendarName,
        calendarId,
        summary: title,
      };
    }),
    ...more,
  };
}

/** What would remove a conflict, of what the viewer may change. */
export function repairsOf(found: Found, id: string, told: Telling, most: number): ShownRepair[] {
  return suggestRepairs(found, told.facts, most).map((repair) => shownRepair(repair, id, told));
}

/** What repairs are found by, and told by. `people` are those who can be told of one. */
export type Telling = {
  readonly facts: RepairFacts;
  readonly situation: Situation;
  readonly of: (date: number) => Described;
  readonly people: ReadonlySet<string>;
  readonly viewerId: string;
};

/** A repair as the API shows it. Its id holds the conflict's, and what it changes, unless another is given. */
export function shownRepair(repair: Repair, conflictId: string, told: Telling, id?: string): ShownRepair {
  const { way, what, why, confidence } = repair;
  const changes = repair.changes.map((change) => shownChange(change, told));
  const moved = new Set(repair.moves.map(({ occurrence }) => occurrence));
  const moves = changes
    .filter((_, i) => moved.has(repair.changes[i]!.occurrence))
    .map(({ eventId, uid, recurrenceId, start, end }) => ({ eventId, uid, recurrenceId, start, end }));
  return {
    id: id ?? `rep_${conflictId.slice("cfl_".length)}_${shortHash(JSON.stringify(changes)).slice(0, 8)}`,
    way,
    what,
    why,
    confidence,
    moves,
    changes,
    told: toldOf(repair, told),
  };
}

function shownChange({ occurrence, startMs, endMs, swaps, rest, isRemote }: RepairChange, told: Telling): ShownChange {
  const { situation, of, facts } = told;
  const date = situation.dates[occurrence]!;
  const { eventId, calendarId, title, parts } = of(occurrence);
  const party = (subject: number): Party => ({ id: situation.subjects[subject]!, name: facts.nameOf!(subject) });
  return {
    eventId: eventId!,
    calendarId,
    uid: date.commitment,
    recurrenceId: date.occurrence === "" ? null : date.occurrence,
    summary: title,
    start: zonedText(startMs, facts.zone),
    end: zonedText(endMs, facts.zone),
    add: swaps.flatMap(({ by }) => (by === null ? [] : [party(by)])),
    remove: swaps.map(({ subject }) => party(subject)),
    location: isRemote ? parts!.link : null,
    rest: rest && { start: zonedText(rest.startMs, facts.zone), end: zonedText(rest.endMs, facts.zone) },
  };
}

/** A change of the time alone, as the API shows it. */
export const movedAlone = (move: ShownMove, summary: string, calendarId: string | null): ShownChange => {
  return { ...move, calendarId, summary, add: [], remove: [], location: null, rest: null };
};

/** Whom a repair concerns, by number: whose time its events take before, or after. */
export function concernedBy({ changes }: Repair, facts: RepairFacts): number[] {
  const { subject } = facts.index.takings;
  const all = changes.flatMap(({ occurrence, swaps }) => [
    ...facts.rowsOf(occurrence).map((row) => subject[row]!),
    ...swaps.flatMap(({ by }) => by ?? []),
  ]);
  return [...new Set(all)];
}

function toldOf(repair: Repair, { situation, people, viewerId, facts }: Telling): string[] {
  const isTold = (id: string): boolean => id !== viewerId && people.has(id);
  return concernedBy(repair, facts).flatMap((each) => (isTold(situation.subjects[each]!) ? [facts.nameOf!(each)] : []));
}

/** The conflict that a repair's id names. */
export const conflictOfRepair = (repairId: string): string | null => {
  const match = /^rep_([0-9A-Z]{26})_(?:[0-9A-Z]{8}|[01]_[0-9a-z]{1,9}_[0-9a-z]{1,9})$/.exec(repairId);
  return match === null ? null : `cfl_${match[1]!}`;
};

/** A time that somebody thought of for one side of a conflict: by its place among the sorted sides, which no move changes. */
export type AskedMove = { readonly side: 0 | 1; readonly startMs: number; readonly endMs: number };

/** The id of a repair that is no suggestion: all of it stands in the id, so that nothing has to be kept. */
export const idOfAsked = (conflictId: string, { side, startMs, endMs }: AskedMove): string =>
  `rep_${conflictId.slice("cfl_".length)}_${side}_${startMs.toString(36)}_${endMs.toString(36)}`;

/** What such an id says; null for that of a suggestion, and of a time that is in no whole second, as events are. */
export function askedMoveIn(repairId: string): AskedMove | null {
  const match = /^rep_[0-9A-Z]{26}_([01])_([0-9a-z]{1,9})_([0-9a-z]{1,9})$/.exec(repairId);
  if (match === null) return null;
  const [startMs, endMs] = [Number.parseInt(match[2]!, 36), Number.parseInt(match[3]!, 36)];
  if (startMs % 1_000 !== 0 || endMs % 1_000 !== 0) return null;
  return startMs < endMs && endMs < TIME_END_MS ? { side: match[1] === "0" ? 0 : 1, startMs, endMs } : null;
}

/** The same two dates in conflict for the same reason have the same id, on every process and after every start. */
export function idOf(found: Found, situation: Situation): string {
  const keys = sidesOf(found, situation).map((date) => nameOf(situation.dates[date]!));
  return `cfl_${shortHash([found.kind, ...keys].join("\n"))}`;
}

/** The two dates of a conflict in an order that moving them does not change. */
export function sidesOf({ first, second }: Found, { dates }: Situation): readonly [number, number] {
  return nameOf(dates[first]!) <= nameOf(dates[second]!) ? [first, second] : [second, first];
}

const nameOf = ({ source, commitment, occurrence }: CommitmentDate): string => `${source} ${commitment} ${occurrence}`;

/** What clashes, and when: another as soon as one of the two moves, or somebody else is concerned. */
export function clashOf(found: Found, { dates, subjects }: Situation): string {
  const sides = [found.first, found.second].map((date) => JSON.stringify(dateOf(dates[date]!))).sort();
  return shortHash([found.kind, ...found.subjects.map((subject) => subjects[subject]!).sort(), ...sides].join("\n"));
}

const dateOf = ({ source, commitment, occurrence, startMs, endMs }: CommitmentDate) =>
  [source, commitment, occurrence, startMs, endMs] as const;

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 130 bits of SHA-256 in Crockford's base 32. */
function shortHash(text: string): string {
  const digest = createHash("sha256").update(text).digest();
  return Array.from({ length: 26 }, (_, i) => ALPHABET[digest[i]! & 31]!).join("");
}

/** An instant with the offset of a zone, to the second. */
export const zonedText = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: "never", smallestUnit: "second" });
