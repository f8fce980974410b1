import type { Ghost, WallClock, YearShape } from "@hourwright/timeline";
import type { Repair } from "../data/api.ts";
import { keyOf, type Entry } from "../data/entries.ts";
import { tickedOf, type Proposal } from "../data/proposal.ts";
import { parseInstant } from "../data/wall-clock.ts";
import type { ConflictWork } from "./use-conflict-work.ts";
import { ghostOf } from "./use-drag-work.ts";

/** What the chosen repair would move, and to when. */
export function movesOf({ repairs, chosen }: ConflictWork, entries: readonly Entry[]) {
  return (repairs?.[chosen]?.moves ?? []).flatMap(({ eventId, recurrenceId, start, end }) => {
    const entry = entries.find(({ key }) => key === keyOf(eventId, recurrenceId));
    const [startMs, endMs] = [parseInstant(start), parseInstant(end)];
    if (entry === undefined || startMs === null || endMs === null) return [];
    return [{ entry, times: { allDay: false as const, startMs, endMs } }];
  });
}

export const chosenMoves = ({ repairs, chosen }: ConflictWork): Repair["moves"] => repairs?.[chosen]?.moves ?? [];

export const proposedMoves = (proposal: Proposal): Repair["moves"] =>
  tickedOf(proposal).flatMap(({ repair }) => repair.moves);

/** Where moves would put things, as far as that is in the year. */
export function repairGhosts(
  moves: readonly Pick<Repair["moves"][number], "start" | "end">[],
  shape: YearShape,
  clock: WallClock,
): Ghost[] {
  return moves.flatMap(({ start, end }) => {
    const [startMs, endMs] = [parseInstant(start), parseInstant(end)];
    return startMs === null || endMs === null ? [] : [ghostOf({ allDay: false, startMs, endMs }, shape, clock)];
  });
}
