import { isStillFree, movedTo, moveTo, PLAIN } from "@hourwright/conflict";
import { type Broken, openTimeFrom } from "../claims/pure.ts";
import type { Around } from "./conflicts.ts";
import { describedIn, foundIn, tellingOf, type TellInput } from "./conflicts.task.ts";
import { situationIn, type CommitmentDate } from "./situation.ts";
import { rulesBrokenBy } from "./rules/broken.ts";
import { traitsIn } from "./rules/scene.ts";
import { idOf, idOfAsked, shownRepair, sidesOf, type ShownRepair } from "./tell.ts";
import { objectionsTo } from "./objections.ts";

/** A time for one event of a conflict, which is the one found at `places`. */
export type WhyNotInput = Omit<TellInput, "repairs" | "names" | "kept"> & {
  readonly eventId: string;
  readonly recurrenceId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly around: Around;
};

/** Ids of subjects, and the dates that take their time. */
export type WhyNot = {
  readonly mayMove: boolean;
  readonly isPast: boolean;
  readonly taken: readonly { readonly subject: string; readonly date: CommitmentDate }[];
  readonly free: readonly string[];
  readonly outside: readonly string[];
  /** Rules that would not hold. */
  readonly rules: readonly Broken[];
  /** The move as a repair, where nothing stands against it. */
  readonly repair: ShownRepair | null;
};

/** What stands against the time; null when the event is none of the conflict. */
export async function* whyNotTask(input: WhyNotInput): AsyncGenerator<never, WhyNot | null> {
  const { eventId, recurrenceId, startMs, endMs, nowMs } = input;
  const situation = situationIn(input.taken);
  const found = foundIn(situation, input)[input.places[0]!]!;
  const of = describedIn(situation, input.described);
  const sides = sidesOf(found, situation);
  const date = sides.find(
    (side) => of(side).eventId === eventId && situation.dates[side]!.occurrence === (recurrenceId ?? ""),
  );
  if (date === undefined) return null;
  const telling = tellingOf(situation, input);
  const { facts } = telling;
  const { book, openTime } = input.around;
  const moved = movedTo(date, { startMs, endMs }, facts, book === null ? () => PLAIN : traitsIn(situation, book));
  const titleOf = (each: number): string | null => (of(each).mayRead ? of(each).title : null);
  const change = { changes: moved, fresh: moved, titleOf };
  const rules = book === null ? [] : rulesBrokenBy(change, situation, book, openTimeFrom([openTime]), nowMs);
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
    rules,
    repair: repair && shownRepair(repair, id, telling, idOfAsked(id, asked)),
  };
}
