import type { RequestContext } from "../../platform/operations/context.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { openTimeText, takenAlongText, takenText } from "../claims/public.ts";
import { asksForPlaces, bookOf, groupReachOf, type ShownConflict } from "../planning/public.ts";
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

/** The nearest free times for what `wanted` reads, at most `most`; none when it reads null. Found on a compute thread. */
export async function freeTimesFor(
  read: RequestContext["read"],
  questions: WorkerPool,
  wanted: (unit: Unit) => Promise<Wanted | null>,
  most: number,
): Promise<ShownConflict["repairs"]> {
  const input = await read(async (unit): Promise<SuggestInput | null> => {
    const span = await wanted(unit);
    if (span === null || span.subjects.length === 0) return null;
    const around = AROUND_MS + (await groupReachOf(unit));
    const [fromMs, toMs] = [span.startMs - around, span.endMs + around];
    const book = await bookOf(unit, span.subjects, ruleFacts, { fromMs, toMs });
    const subjects = [...new Set([...span.subjects, ...(book?.holders ?? []).map(({ id }) => id)])];
    const textOf = book !== null && asksForPlaces(book) ? takenAlongText : takenText;
    return {
      wanted: span,
      taken: await textOf(unit, subjects, fromMs, toMs, ROWS_MAX),
      openTime: await openTimeText(unit, subjects, fromMs, toMs),
      book,
      nowMs: unit.nowMs,
      most,
    };
  });
  return input === null ? [] : questions.run(suggest, input, {});
}
