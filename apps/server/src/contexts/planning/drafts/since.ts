import { createHash } from "node:crypto";
import { momentText } from "@hourwright/conflict";
import { lastChangesOf, type Change } from "../../../platform/changes/read.ts";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { eventsOf, othersOf } from "./decide.ts";
import type { Based, Draft, DraftChange, EventNow, EventRef } from "./model.ts";

/** Events as they are now, as somebody may know them: in the order asked, null for what is gone or not theirs to know. */
export type LookAt = (
  unit: Unit,
  viewer: Caller,
  refs: readonly EventRef[],
  options: { readonly isHeld: boolean },
) => Promise<(EventNow | null)[]>;

/** The things of one change as they are now, and what became of them since the proposal was made. */
export type Standing = {
  readonly now: readonly (EventNow | null)[];
  /** The same as long as nothing of it changes: who accepts says by it what they have seen. */
  readonly seen: string;
  readonly since: readonly Since[];
};

export type Since = {
  readonly what: "moved" | "changed" | "gone" | "locked";
  readonly by: string | null;
  readonly at: string | null;
  readonly sentence: string;
};

const TYPES = ["event", "rule"];

/** How some changes of a proposal stand now; `isHeld` locks their events, all at once and in order. */
export async function standingOf(
  unit: Unit,
  lookAt: LookAt,
  viewer: Caller,
  draft: Draft,
  { indexes, isHeld, zone }: { readonly indexes: readonly number[]; readonly isHeld: boolean; readonly zone: string },
): Promise<ReadonlyMap<number, Standing>> {
  const changes = indexes.map((index) => ({ index, change: draft.changes[index]! }));
  const refs = changes.flatMap(({ change }) => eventsOf(change.call));
  const nows = await lookAt(unit, viewer, refs, { isHeld });
  const things = [...refs.map(({ id }) => id), ...changes.flatMap(({ change }) => othersOf(change.call))];
  const last = await lastChangesOf(unit, TYPES, [...new Set(things)], draft.madeSeq);
  const own = new Set(draft.taken.flatMap((taken) => taken?.requestId ?? []));
  const isMaker = draft.makerId === viewer.personId;
  const standings = new Map<number, Standing>();
  let at = 0;
  for (const { index, change } of changes) {
    const now = nows.slice(at, (at += change.based.length));
    const lasts = change.based.map(({ id }) => last.get(id) ?? null);
    const others = othersOf(change.call).flatMap((id) => last.get(id) ?? []);
    const events = change.based.flatMap((based, place) =>
      sinceOf(based, now[place]!, lasts[place]!, { own, isMaker, zone }),
    );
    standings.set(index, {
      now,
      seen: tagOf(change, now, others),
      since: [...events, ...others.map((each) => changedBy(each, "It was changed", zone))],
    });
  }
  return standings;
}

/** What became of one event since; nothing when it is as it was, or as this very proposal left it. */
function sinceOf(
  based: Based,
  now: EventNow | null,
  last: Change | null,
  { own, isMaker, zone }: { readonly own: ReadonlySet<string>; readonly isMaker: boolean; readonly zone: string },
): Since[] {
  if (now === null) {
    // Who removed what is told to nobody who may never have known of it.
    const title = isMaker ? `“${based.title}”` : "One of its events";
    if (!isMaker || last?.kind !== "removed")
      return [{ what: "gone", by: null, at: null, sentence: `${title} is not there for you any more.` }];
    const { by, at, words } = whoAndWhen(last, zone);
    return [{ what: "gone", by, at, sentence: `${title} was removed${words}.` }];
  }
  const locked: Since[] = now.isLocked
    ? [{ what: "locked", by: null, at: null, sentence: `“${now.title}” is locked: only a hand moves it.` }]
    : [];
  if (now.tag === based.tag || (last !== null && own.has(last.requestId))) return locked;
  const isMoved = now.startMs !== based.startMs || now.endMs !== based.endMs;
  const who = last === null ? { by: null, at: null, words: "" } : whoAndWhen(last, zone);
  const verb = isMoved ? "moved" : "changed";
  return [{ what: verb, by: who.by, at: who.at, sentence: `“${now.title}” was ${verb}${who.words} since.` }, ...locked];
}

function changedBy(last: Change, words: string, zone: string): Since {
  const who = whoAndWhen(last, zone);
  const isGone = last.kind === "removed";
  return {
    what: isGone ? "gone" : "changed",
    by: who.by,
    at: who.at,
    sentence: isGone ? `It was removed${who.words}.` : `${words}${who.words} since.`,
  };
}

function whoAndWhen({ actor, at }: Change, zone: string) {
  return {
    by: actor.label,
    at: at.toString(),
    words: ` by ${actor.label} (${momentText(at.epochMilliseconds, zone)})`,
  };
}

function tagOf({ call }: DraftChange, now: readonly (EventNow | null)[], others: readonly Change[]): string {
  const tags = now.map((each) => (each === null ? null : [each.tag, each.isLocked]));
  const said = JSON.stringify([call, tags, others.map(({ seq }) => seq)]);
  return createHash("sha256").update(said).digest("base64url").slice(0, 22);
}

/** What of the standing forbids to accept a change: all that changed, unless it was seen as it is; what is gone or locked anyway. */
export function barringOf({ since, seen }: Standing, wasSeen: string | null): readonly Since[] {
  return wasSeen === seen ? since.filter(({ what }) => what === "gone" || what === "locked") : since;
}
