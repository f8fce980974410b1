import type { Adjustment, Deviation } from "@hourwright/schedule";
import { DAY_MS, type Zone } from "@hourwright/time";

/**
 * What becomes of what is asked for: it is decided once, and only what was not decided can be withdrawn by who asked.
 * `requested` stands in nobody's way.
 */
export type AdjustmentState = "requested" | "approved" | "declined" | "withdrawn";

/** An adjustment as it is kept. In `what` people are named by their ids. */
export type StoredAdjustment = {
  readonly id: string;
  /** Halves of one swap are decided together. */
  readonly groupId: string;
  readonly personId: string;
  readonly what: Deviation;
  /** The days it may touch, the last included. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly state: AdjustmentState;
  readonly note: string;
  readonly asked: { readonly by: string | null; readonly name: string; readonly atMs: number };
  readonly decided: { readonly by: string | null; readonly name: string; readonly atMs: number } | null;
  readonly answer: string;
  /** Among what was approved of the person; null of the rest. */
  readonly position: number | null;
  readonly version: number;
};

/** What the log of changes calls them; its collection is the person. */
export const ADJUSTMENT = "adjustment";

/** What the merge needs of one: most are read for nothing else. `approved`: by whom and when; null while it is asked for. */
export type StandingAdjustment = Pick<StoredAdjustment, "id" | "what" | "firstDay" | "lastDay"> & {
  readonly approved: { readonly name: string; readonly atMs: number } | null;
};

/** As the merge reads it. `nameOf`: who somebody is. */
export function adjustmentOf(
  { id, what, approved }: StandingAdjustment,
  zone: Zone,
  nameOf: (id: string) => string,
): Adjustment {
  const approval =
    approved === null ? null : { by: approved.name, onDay: Math.floor(zone.toLocalMs(approved.atMs) / DAY_MS) };
  return { id, approval, what: named(what, nameOf) };
}

function named(what: Deviation, nameOf: (id: string) => string): Deviation {
  if (what.kind === "given") return { ...what, to: nameOf(what.to) };
  if ("from" in what && what.from !== null) return { ...what, from: nameOf(what.from) };
  return what;
}

/** Whom a deviation names beside whose it is. */
export function othersIn(what: Deviation): readonly string[] {
  if (what.kind === "given") return [what.to];
  return "from" in what && what.from !== null ? [what.from] : [];
}

/** The days that a deviation may touch, the last included; a shift reaches into the day after it. */
export function daysTouched(what: Deviation, zone: Zone): { readonly firstDay: number; readonly lastDay: number } {
  const localDay = (ms: number) => Math.floor(zone.toLocalMs(ms) / DAY_MS);
  switch (what.kind) {
    case "absence":
      return "fromDay" in what.span
        ? { firstDay: what.span.fromDay, lastDay: Math.max(what.span.fromDay, what.span.toDay - 1) }
        : ordered(localDay(what.span.startMs), localDay(what.span.endMs));
    case "activation":
      return ordered(localDay(what.time.startMs), localDay(what.time.endMs));
    case "given":
    case "cancelled":
      return { firstDay: what.of.day, lastDay: what.of.day };
    case "change":
      return ordered(what.of.day, what.day);
    default:
      return { firstDay: what.day, lastDay: what.day };
  }
}

const ordered = (one: number, other: number) => ({ firstDay: Math.min(one, other), lastDay: Math.max(one, other) });

/** Whether it names a shift of another day than it may stand on: what happened there matters where it stands. */
export const reachesFar = ({ what }: Pick<StoredAdjustment, "what">): boolean => "of" in what;
