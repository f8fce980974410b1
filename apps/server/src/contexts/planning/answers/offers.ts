import { NEEDS, type Found } from "@hourwright/conflict";
import { rankOffers, type Costs } from "@hourwright/learn";
import { findZone, UTC, type Zone } from "@hourwright/time";
import type { Situation } from "../situation.ts";
import type { ShownRepair } from "../tell.ts";
import { costsOfShifts, listOf, rankBefore, type Answered, type Learned, type Shift } from "./model.ts";

// Pure, on the compute thread: repairs in the order in which one person is offered them.

/** A repair that was offered, for when it is answered. */
export type OfferedRepair = Pick<Answered, "way" | "costs"> & { readonly id: string };

/** What was offered for one conflict, best first. */
export type OfferedFor = {
  readonly conflictId: string;
  readonly clash: string;
  readonly kind: string;
  readonly offers: readonly OfferedRepair[];
};

/** Repairs looked through for the best: more than a conflict has. */
export const OFFERED_MAX = 20;

/**
 * Repairs of one conflict as somebody is offered them: without those that they have put aside, those that suit them better first,
 * each with the chance that they take it as soon as it can be told.
 */
export function offersFor(
  found: Found,
  repairs: readonly ShownRepair[],
  { conflictId, clash }: Pick<OfferedFor, "conflictId" | "clash">,
  situation: Situation,
  learned: Learned,
): { readonly repairs: ShownRepair[]; readonly offered: OfferedFor } {
  const zone = findZone(learned.zone) ?? UTC;
  const offers = repairs
    .filter(({ id }) => !learned.dismissed.has(`${clash} ${id}`))
    .map((repair) => {
      const { costs, way } = askedBy(repair, found, situation, learned, zone);
      return { repair, costs, way, rank: rankBefore(repair.confidence, costs) };
    });
  const ranked = learned.isOn
    ? rankOffers(offers, learned.weights, learned.confidence)
    : offers.map((offer) => ({ offer, chance: null }));
  return {
    repairs: ranked.map(({ offer: { repair }, chance }) => (chance === null ? repair : { ...repair, chance })),
    offered: {
      conflictId,
      clash,
      kind: found.kind,
      offers: ranked.map(({ offer: { repair, costs, way } }) => ({ id: repair.id, way, costs: listOf(costs) })),
    },
  };
}

function askedBy(
  { way, changes, told }: ShownRepair,
  { first, second }: Found,
  { dates, index, rowsOf, subjects }: Situation,
  { personId, scores }: Learned,
  zone: Zone,
): { readonly costs: Costs; readonly way: Answered["way"] } {
  let isTheirs = false;
  const shifts: Shift[] = [];
  for (const { uid, recurrenceId, start, end } of changes) {
    const isMeant = (date: number): boolean =>
      dates[date]!.commitment === uid && dates[date]!.occurrence === (recurrenceId ?? "");
    // A chain moves something else as well.
    const changed = [first, second].find(isMeant) ?? dates.findIndex((_, date) => isMeant(date));
    if (changed === -1) continue;
    const { subject, how } = index.takings;
    const takes = rowsOf(changed).filter((row) => (how[row]! & NEEDS) === 0);
    isTheirs ||= takes.some((row) => subjects[subject[row]!] === personId);
    shifts.push({ from: dates[changed]!, to: { startMs: msOf(start), endMs: msOf(end) } });
  }
  const isElsewhere = changes.some(
    ({ add, remove, location }) => add.length > 0 || remove.length > 0 || location !== null,
  );
  return { costs: costsOfShifts(shifts, told.length, isTheirs ? scores : null, zone, isElsewhere), way };
}

const msOf = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
