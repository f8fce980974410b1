import type { Ghost, WallClock, YearShape } from "@hourwright/timeline";
import type { Repair } from "../data/api.ts";
import { keyOf, type Entry } from "../data/entries.ts";
import { tickedOf, type Proposal } from "../data/proposal.ts";
import { parseInstant } from "../data/wall-clock.ts";
import type { DraftMark } from "../data/drafts-shown.ts";
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

/** Where something would stand: what a repair moves, and second parts. */
const placesIn = ({ moves, changes }: Repair): readonly Place[] => [
  ...moves,
  ...changes.flatMap(({ rest }) => rest ?? []),
];

type Place = Pick<Repair["moves"][number], "start" | "end">;

export function chosenMoves({ repairs, chosen }: ConflictWork): readonly Place[] {
  const repair = repairs?.[chosen];
  return repair === undefined ? [] : placesIn(repair);
}

export const proposedMoves = (proposal: Proposal): readonly Place[] =>
  tickedOf(proposal).flatMap(({ repair }) => placesIn(repair));

/** Where moves would put things, as far as that is in the year. */
export function repairGhosts(moves: readonly Place[], shape: YearShape, clock: WallClock): Ghost[] {
  return moves.flatMap(({ start, end }) => {
    const [startMs, endMs] = [parseInstant(start), parseInstant(end)];
    return startMs === null || endMs === null ? [] : [ghostOf({ allDay: false, startMs, endMs }, shape, clock)];
  });
}

/** Where a stored proposal would put things, and where they are now. */
export const draftGhosts = (marks: readonly DraftMark[], shape: YearShape, clock: WallClock): Ghost[] =>
  marks.flatMap(({ from, to, isPointed }): Ghost[] => [
    ...(from === null ? [] : [{ ...ghostOf(from, shape, clock), part: "old" as const }]),
    ...(to === null
      ? []
      : [{ ...ghostOf(to, shape, clock), part: isPointed ? ("pointed" as const) : ("new" as const) }]),
  ]);
