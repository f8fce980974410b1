import { normalise, type Interval } from "@hourwright/time";
import type { Stretch, Unified } from "./unify.ts";

/**
 * When somebody may be booked: at work, of whichever kind of shift, breaks left out [US13]. What is on call may not be
 * booked. Normal intervals. Linear.
 */
export function availabilityOf({ stretches }: Pick<Unified, "stretches">): Interval[] {
  return normalise(stretches.filter(({ kind }) => kind === "work").map(spanOf));
}

/** Time that is taken of somebody by a shift: to be claimed. */
export type Duty = Interval & { readonly stretches: readonly Stretch[] };

/**
 * What claims [US14]: shifts of kind `duty` with their breaks, and what was called to work while on call; each piece of a
 * shift that nothing cuts is one. In order. Linear.
 */
export function dutiesOf({ stretches }: Pick<Unified, "stretches">): Duty[] {
  const duties: (Interval & { stretches: Stretch[] })[] = [];
  for (const stretch of stretches.filter(isTaking)) {
    const before = duties.at(-1);
    if (before?.endMs === stretch.startMs && before.stretches[0]!.shift === stretch.shift) {
      before.stretches.push(stretch);
      duties[duties.length - 1] = { ...before, endMs: stretch.endMs };
    } else duties.push({ ...spanOf(stretch), stretches: [stretch] });
  }
  return duties;
}

function isTaking({ kind, shift, why }: Stretch): boolean {
  if (why.kind === "activated") return true;
  return why.kind === "shift" && shift!.shift.kind === "duty" && (kind === "work" || kind === "break");
}

const spanOf = ({ startMs, endMs }: Interval): Interval => ({ startMs, endMs });
