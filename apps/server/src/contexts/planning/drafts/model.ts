import type { OperationCall } from "../../../platform/bundle/bundle.ts";

/** An event, or one date of a series. */
export type EventRef = {
  readonly id: string;
  readonly recurrenceId: string | null;
  /** More is meant than that date: what there is of it, or what follows. */
  readonly isWhole: boolean;
};

/** An event as it is now, as somebody may know it. Told by who owns events. */
export type EventNow = {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  /** First and exclusive last day of what lasts whole days; null for exact times. */
  readonly days: { readonly start: string; readonly end: string } | null;
  readonly location: string | null;
  /** Who is invited, and rooms and things, by name. */
  readonly people: readonly string[];
  readonly calendar: string;
  /** It has more dates than this. */
  readonly isSeries: boolean;
  /** Only a hand moves it. */
  readonly isLocked: boolean;
  readonly mayChange: boolean;
  /** The same as long as it says the same, whoever looks. */
  readonly tag: string;
};

/** What a change was based on: an event as it was when the proposal was made, as its maker saw it. */
export type Based = EventRef & Pick<EventNow, "title" | "startMs" | "endMs" | "days" | "isSeries" | "tag">;

/** One change: a call of an operation by its name, and why. */
export type DraftChange = {
  readonly call: OperationCall;
  readonly reason: string | null;
  readonly based: readonly Based[];
};

/** That somebody accepted a change, and by which request: undo names it. */
export type Taken = { readonly requestId: string; readonly personId: string; readonly atMs: number };

export type Ended = { readonly how: "declined" | "withdrawn"; readonly personId: string; readonly atMs: number };

export type DraftSource = "hand" | "repairs" | "plan" | "program";

/** Who is asked to look at a proposal, and how it ended: what the log holds of it for undo. */
export type Asking = {
  /** Never the maker. */
  readonly reviewers: readonly string[];
  readonly ended: Ended | null;
};

/** What becomes of a proposal. What it proposes never changes. */
export type Fate = Asking & { readonly taken: readonly (Taken | null)[] };

export type Draft = Fate & {
  readonly id: string;
  readonly title: string;
  readonly note: string | null;
  readonly source: DraftSource;
  readonly makerId: string;
  readonly changes: readonly DraftChange[];
  /** The last change of the log when it was made: what came later came since. */
  readonly madeSeq: number;
  readonly madeMs: number;
  readonly expiresMs: number;
};

/** What a proposal is at a moment. */
export type DraftState =
  /** Waits for an answer: the places of the changes that nobody has accepted yet. */
  | { readonly is: "open"; readonly left: readonly number[] }
  | { readonly is: "accepted"; readonly personId: string }
  | { readonly is: "declined"; readonly personId: string }
  | { readonly is: "withdrawn"; readonly personId: string }
  /** Nobody has answered in time. What was accepted of it stays. */
  | { readonly is: "expired" };

/** What the log of changes calls a stored proposal: `proposal` is a time that a guest proposes. */
export const DRAFT = "draft";

/**
 * What the log says of changes that were accepted, or are open again after an undo: a word, then their places. It holds no contents,
 * so that parts which are accepted one after the other can be undone in any order.
 */
export const ACCEPTED = "accepted";
export const OPENED = "opened";

/** The places of the changes that a line of the log speaks of. */
export const placesIn = (fields: readonly string[]): number[] => fields.slice(1).map(Number);
