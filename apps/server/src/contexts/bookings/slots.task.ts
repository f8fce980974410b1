import { limits } from "@hourwright/contract";
import { slotsIn } from "@hourwright/availability";
import { ALTERNATIVES, nearestTo, questionOf, type OwnDate, type SlotFacts } from "./slot-question.ts";

// Slots on a compute thread: those of many people for months would hold up everybody.

export type SlotsAsked = {
  readonly facts: SlotFacts;
  readonly places: number;
  readonly limit: number;
  /** The nearest to a time alone, instead of all by start. */
  readonly near: number | null;
  /** Other dates of the series that it is to be a date of. */
  readonly own?: readonly OwnDate[];
};

export type FoundSlot = { readonly startMs: number; readonly endMs: number; readonly placesLeft: number };

// oxlint-disable-next-line require-yield -- a task hands out parts; this one has but its result
export async function* slotsTask({
  facts,
  places,
  limit,
  near,
  own = [],
}: SlotsAsked): AsyncGenerator<never, FoundSlot[]> {
  const question = questionOf(facts, { own });
  if (near !== null) return nearestTo(question, near, facts, places, own).slice(0, ALTERNATIVES);
  return slotsIn(question, { startMs: facts.fromMs, endMs: facts.toMs }, limits.SLOTS_MAX)
    .filter(({ placesLeft }) => placesLeft >= places)
    .slice(0, limit);
}
