import type { Unit } from "../../platform/db/database.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { openTimeText, takenAlongText, takenText } from "../claims/public.ts";
import { bookOf, groupReachOf } from "../planning/public.ts";
import { asksForPlaces, type ShownConflict } from "../planning/pure.ts";
import { ruleFacts } from "./collections.ts";
import type { SuggestInput } from "./suggest.task.ts";

/** Where a wanted event could go instead: times that are free for everyone and everything it would take. */
export type Wanted = {
  readonly title: string;
  readonly uid: string;
  readonly eventId: string;
  readonly recurrenceId: string | null;
  /** Where it lies, or would lie; null where that is not known. */
  readonly calendarId: string | null;
  readonly subjects: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly zone: string;
};

const AROUND_MS = 16 * 86_400_000;
const ROWS_MAX = 50_000;

const suggest: Task<SuggestInput, never, ShownConflict["repairs"]> = {
  module: new URL("suggest.task.ts", import.meta.url),
  name: "suggestTask",
};

/** Reads what the nearest free times for something are found by, at most `most`; null where there can be none. */
export async function readAround(unit: Unit, wanted: Wanted | null, most: number): Promise<SuggestInput | null> {
  if (wanted === null || wanted.subjects.length === 0) return null;
  const around = AROUND_MS + (await groupReachOf(unit));
  const [fromMs, toMs] = [wanted.startMs - around, wanted.endMs + around];
  const book = await bookOf(unit, wanted.subjects, ruleFacts, { fromMs, toMs });
  const subjects = [...new Set([...wanted.subjects, ...(book?.holders ?? []).map(({ id }) => id)])];
  const textOf = book !== null && asksForPlaces(book) ? takenAlongText : takenText;
  const [taken, openTime] = await Promise.all([
    textOf(unit, subjects, fromMs, toMs, ROWS_MAX),
    openTimeText(unit, subjects, fromMs, toMs),
  ]);
  return { wanted, taken, openTime, book, nowMs: unit.nowMs, most };
}

/** Finds them, on a compute thread. */
export const freeTimes = async (questions: WorkerPool, input: SuggestInput | null): Promise<ShownConflict["repairs"]> =>
  input === null ? [] : questions.run(suggest, input, {});
