import { isStillFree, moveTo, type RepairFacts } from "@hourwright/conflict";
import { openTimeFrom } from "../claims/public.ts";
import { describedIn, foundIn, type TellInput } from "./conflicts.task.ts";
import { openTimeOf, situationIn, type CommitmentDate } from "./situation.ts";
import { idOf, idOfAsked, shownRepair, sidesOf, type ShownRepair } from "./tell.ts";
import { objectionsTo } from "./objections.ts";

/** A time for one event of a conflict, which is the one found at `places`. */
export type WhyNotInput = Omit<TellInput, "repairs" | "names" | "kept"> & {
  readonly eventId: string;
  readonly recurrenceId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly openTime: string;
};

/** Ids of subjects, and the dates that take their time. */
export type WhyNot = {
  readonly mayMove: boolean;
  readonly isPast: boolean;
  readonly taken: readonly { readonly subject: string; readonly date: CommitmentDate }[];
  readonly free: readonly string[];
  readonly outside: readonly string[];
  /** The move as a repair, where nothing stands against it. */
  readonly repair: ShownRepair | null;
};

/** What stands against the time; null when the event is none of the conflict. */
export async function* whyNotTask(input: WhyNotInput): AsyncGenerator<never, WhyNot | null> {
  const { eventId, recurrenceId, startMs, endMs, zone, nowMs } = input;
  const situation = situationIn(input.taken);
  const found = foundIn(situation, input)[input.places[0]!]!;
  const of = describedIn(situation, input.described);
  const sides = sidesOf(found, situation);
  const date = sides.find(
    (side) => of(side).eventId === eventId && situation.dates[side]!.occurrence === (recurrenceId ?? ""),
  );
  if (date === undefined) return null;
  const facts: RepairFacts = {
    index: situation.index,
    rowsOf: situation.rowsOf,
    openTime: openTimeOf(situation, openTimeFrom([input.openTime])),
    titleOf: (each) => of(each).title,
    isMovable: (each) => of(each).mayMove,
    zone,
    nowMs,
  };
  const { taken, free, outside, isPast } = objectionsTo(date, { startMs, endMs }, facts);
  const move = { occurrence: date, startMs, endMs };
  const mayMove = facts.isMovable(date);
  const id = idOf(found, situation);
  const asked = { side: date === sides[0] ? 0 : 1, startMs, endMs } as const;
  const repair = mayMove && isStillFree(move, facts) ? moveTo(move, facts) : null;
  const idsOf = (subjects: readonly number[]) => subjects.map((subject) => situation.subjects[subject]!);
  return {
    mayMove,
    isPast,
    taken: taken.map(({ subject, date: other }) => {
      const { source, commitment, occurrence, ...span } = situation.dates[other]!;
      return { subject: situation.subjects[subject]!, date: { source, commitment, occurrence, ...span } };
    }),
    free: idsOf(free),
    outside: idsOf(outside),
    repair: repair && shownRepair(repair, id, situation, of, zone, idOfAsked(id, asked)),
  };
}
