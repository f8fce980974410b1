import type { ChangeWithContents } from "../../../platform/changes/read.ts";
import type { Unit } from "../../../platform/db/database.ts";
import { COVER } from "../covers/model.ts";
import { coverById } from "../covers/store.ts";
import { OPEN_SHIFT } from "../open-shifts/model.ts";
import { SWAP } from "../swaps/model.ts";
import { swapById } from "../swaps/store.ts";

// What people are told of calls for cover, of open shifts and of swaps.

export type WorkforceNews = {
  readonly seq: number;
  readonly eventId: string;
  readonly personId: string;
  readonly kind:
    | "cover"
    | "cover-over"
    | "cover-covered"
    | "cover-nobody"
    | "bid-won"
    | "bid-lost"
    | "swap"
    | "swap-agreed"
    | "swap-declined";
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
};

/** What the log holds of a change of them: for who tells people of it. */
type Told = {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly by: { readonly personId: string | null; readonly name: string };
  readonly isOver: boolean;
  readonly told: readonly { readonly personId: string; readonly kind: WorkforceNews["kind"] }[];
};

const TYPES: ReadonlySet<string> = new Set([COVER, OPEN_SHIFT, SWAP]);

/** Whether a change is one that `workforceNewsOf` tells of. */
export const isWorkforceNews = ({ thing, after }: ChangeWithContents): boolean =>
  TYPES.has(thing.type) && after !== null;

/**
 * Who is told what of a change, in whose name; `isOver`: nobody is asked any more. Who did it is not told of it, and who is asked no
 * more by now is not told that they are.
 */
export async function workforceNewsOf(
  unit: Unit,
  change: ChangeWithContents,
): Promise<{ readonly by: Told["by"]; readonly isOver: boolean; readonly news: readonly WorkforceNews[] }> {
  const { title, startMs, endMs, by, isOver, told } = change.after as Told;
  const still = await openFor(unit, change.thing);
  const news = told
    .filter(({ personId }) => personId !== change.actor.personId)
    .filter(({ personId, kind }) => (kind !== "cover" && kind !== "swap") || still.has(personId))
    .map(({ personId, kind }) => ({
      seq: change.seq,
      eventId: change.thing.id,
      personId,
      kind,
      title,
      startMs,
      endMs,
      allDay: false,
    }));
  return { by, isOver, news };
}

/** Whether somebody is asked now to cover or to swap, and has not answered. */
export async function isOpenFor(unit: Unit, type: "cover" | "swap", id: string, personId: string): Promise<boolean> {
  return (await openFor(unit, { type, id })).has(personId);
}

async function openFor(
  unit: Unit,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<ReadonlySet<string>> {
  if (type === COVER) {
    const cover = await coverById(unit, id);
    const asked = (cover?.people ?? []).filter(({ state }) => state === "asked" || state === "late");
    return new Set(asked.map(({ personId }) => personId));
  }
  const swap = type === SWAP ? await swapById(unit, id) : null;
  if (swap?.state !== "asking") return new Set();
  return new Set(swap.people.filter(({ state }) => state === "asked").map(({ personId }) => personId));
}
