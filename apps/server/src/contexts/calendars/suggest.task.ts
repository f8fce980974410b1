import { movesOf } from "@hourwright/conflict";
import { openTimeFrom, takenFrom, type TakenTime } from "../claims/pure.ts";
import { barredAmong, movedAlone, openTimeOf, situationFrom, type Book, type ShownConflict } from "../planning/pure.ts";
import { isThing } from "./model.ts";
import { timeWriter } from "./time-writer.ts";
import type { Wanted } from "./suggest.ts";

export type SuggestInput = {
  readonly wanted: Wanted;
  /** `takenText` and `openTimeText` of claims: of the wanted subjects, around the wanted time. */
  readonly taken: string;
  readonly openTime: string;
  readonly book: Book | null;
  readonly nowMs: number;
  readonly most: number;
};

/** Free times near a wanted one, on a compute thread. The event's own claims are not in its way. */
export async function* suggestTask({
  wanted,
  taken,
  openTime,
  book,
  nowMs,
  most,
}: SuggestInput): AsyncGenerator<never, ShownConflict["repairs"]> {
  const { title, uid, eventId, recurrenceId, zone } = wanted;
  const others = takenFrom([taken]).filter(
    ({ commitment, occurrence }) => commitment !== uid || occurrence !== (recurrenceId ?? ""),
  );
  const situation = situationFrom([...wanted.subjects.map((subject) => asTaken(subject, wanted)), ...others]);
  const open = openTimeFrom([openTime]);
  // Judged among the others alone: nothing of what is wanted stands yet.
  const isBarred = barredAmong(situationFrom(others, wanted.subjects), book, wanted.calendarId, open, nowMs);
  const facts = {
    index: situation.index,
    rowsOf: situation.rowsOf,
    openTime: openTimeOf(situation, open),
    titleOf: () => title,
    isMovable: () => true,
    zone,
    nowMs,
    ...(isBarred === null ? {} : { isBarred }),
  };
  const text = timeWriter(zone);
  return movesOf(0, facts, most).map(({ way, what, why, confidence, moves: times }, rank) => {
    const moves = times.map(({ startMs, endMs }) => ({
      eventId,
      uid,
      recurrenceId,
      start: text(startMs),
      end: text(endMs),
    }));
    const changes = moves.map((move) => movedAlone(move, title, null));
    return { id: `sug_${rank}`, way, what, why, confidence, moves, changes, told: [] };
  });
}

/** The wanted time as if it were taken; a thing's id says that it is one. */
const asTaken = (subjectId: string, { uid, startMs, endMs }: Wanted): TakenTime => ({
  subjectId,
  startMs,
  endMs,
  role: isThing(subjectId) ? "resource" : "owner",
  attends: false,
  source: "wanted",
  commitment: uid,
  occurrence: "",
});
