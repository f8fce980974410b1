import { movesOf } from "@hourwright/conflict";
import { takenTime } from "../claims/public.ts";
import { situationFrom, type ShownConflict } from "../planning/public.ts";
import type { Unit } from "../../platform/db/database.ts";

/** Where a wanted event could go instead: times that are free for everyone and everything it would take. */
export type Wanted = {
  readonly title: string;
  readonly uid: string;
  readonly eventId: string;
  readonly recurrenceId: string | null;
  readonly subjects: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly zone: string;
};

const AROUND_MS = 16 * 86_400_000;
const ROWS_MAX = 50_000;

/** The nearest free times, at most `most`. The event's own claims are not in its way. */
export async function freeTimesFor(unit: Unit, wanted: Wanted, most: number): Promise<ShownConflict["repairs"]> {
  if (wanted.subjects.length === 0) return [];
  const standing = await takenTime(
    unit,
    wanted.subjects,
    wanted.startMs - AROUND_MS,
    wanted.endMs + AROUND_MS,
    ROWS_MAX,
  );
  const others = standing.filter(
    ({ commitment, occurrence }) => commitment !== wanted.uid || occurrence !== (wanted.recurrenceId ?? ""),
  );
  const own = wanted.subjects.map((subjectId) => ({
    subjectId,
    startMs: wanted.startMs,
    endMs: wanted.endMs,
    role: "owner" as const,
    attends: false,
    source: "wanted",
    commitment: wanted.uid,
    occurrence: "",
  }));
  const situation = situationFrom([...own, ...others]);
  const facts = {
    index: situation.index,
    rowsOf: situation.rowsOf,
    titleOf: () => wanted.title,
    isMovable: () => true,
    zone: wanted.zone,
    nowMs: unit.nowMs,
  };
  const text = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(wanted.zone)
      .toString({ timeZoneName: "never", smallestUnit: "second" });
  return movesOf(0, facts, most).map(({ what, why, confidence, moves }, rank) => ({
    id: `sug_${rank}`,
    what,
    why,
    confidence,
    moves: moves.map(({ startMs, endMs }) => ({
      eventId: wanted.eventId,
      uid: wanted.uid,
      recurrenceId: wanted.recurrenceId,
      start: text(startMs),
      end: text(endMs),
    })),
  }));
}
