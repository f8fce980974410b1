import type { Catalogue, OperationInput } from "@hourwright/contract";
import type { Entry } from "@hourwright/roster";
import { dayOf, dayText, shiftOf, writtenShift } from "../contracts/terms.ts";
import { clockOf, minuteOf } from "../hours/decide.ts";

/**
 * A draft is open until it is published or discarded, and then changes no more; undo of either opens it again. `people` and `teamId`
 * null: of everybody.
 */
export type Draft = {
  readonly id: string;
  readonly name: string;
  readonly fromDay: number;
  readonly toDay: number;
  readonly teamId: string | null;
  readonly people: readonly string[] | null;
  readonly state: "open" | "published" | "discarded";
  readonly created: { readonly by: string | null; readonly name: string; readonly atMs: number };
  readonly publishedMs: number | null;
  readonly publicationId: string | null;
  readonly version: number;
};

export type WrittenEdit = OperationInput<Catalogue["drafts.edit"]>["body"]["edits"][number];

/** What the log of changes calls them: a draft, and some of its shifts that were changed at once; their collection is the draft. */
export const DRAFT = "rosterDraft";
export const DRAFT_ITEMS = "rosterItems";

/** A shift of a draft as it was before a change, and as the change left it; null: none. */
export type FormerItem = { readonly id: string; readonly was: Entry | null; readonly now: Entry | null };

/** What undo puts back: the draft itself, or some of its shifts. */
export type FormerDraft =
  | { readonly draft: Draft; readonly items?: undefined }
  | { readonly draft?: undefined; readonly items: readonly FormerItem[] };

export const keyOf = ({ day, starts }: { readonly day: string; readonly starts: string }) => ({
  day: dayOf(day),
  fromMinute: minuteOf(starts),
});

/** An edit as an entry of a draft; null where it takes one away. `newId`: what it is called if it is new. */
export function entryOf(edit: WrittenEdit, newId: () => string): Entry | null {
  if ("remove" in edit) return null;
  if ("drop" in edit) return { id: newId(), kind: "drop", personId: edit.drop.personId, of: keyOf(edit.drop.of) };
  const { id, personId, day, shift, skillId } = edit.put;
  return { id: id ?? newId(), kind: "add", personId, day: dayOf(day), shift: shiftOf(shift), skillId };
}

export function shownItem(entry: Entry) {
  const { id, kind, personId } = entry;
  if (entry.kind === "drop") {
    const of = { day: dayText(entry.of.day), starts: clockOf(entry.of.fromMinute) };
    return { id, kind, personId, day: of.day, shift: null, of, skillId: null };
  }
  return {
    id,
    kind,
    personId,
    day: dayText(entry.day),
    shift: writtenShift(entry.shift),
    of: null,
    skillId: entry.skillId,
  };
}

export function shownDraft(draft: Draft, entries: number) {
  const { id, name, fromDay, toDay, teamId, people, state, created, publishedMs, publicationId, version } = draft;
  return {
    id,
    name,
    from: dayText(fromDay),
    to: dayText(toDay),
    team: teamId,
    people: people === null ? null : [...people],
    state,
    entries,
    createdBy: { personId: created.by, name: created.name, at: instantText(created.atMs) },
    publishedAt: publishedMs === null ? null : instantText(publishedMs),
    publicationId,
    version,
  };
}

export const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
