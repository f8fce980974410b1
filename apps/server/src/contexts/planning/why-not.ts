import {
  refuseCalendar,
  refusePlanning,
  type Catalogue,
  type OperationAnswer,
  type Refused,
} from "@hourwright/contract";
import type { Caller } from "../../platform/operations/context.ts";
import type { Task } from "../../platform/workers/pool.ts";
import { subjectsById } from "../identity/public.ts";
import { aroundOf, askFor, dateAt, seenBy, type ConflictPorts, type Window } from "./conflicts.ts";
import { listAt } from "./conflicts.task.ts";
import { bookToldTo } from "./rules/book.ts";
import { shownBroken } from "./rules/model.ts";
import { unknown, zonedText } from "./tell.ts";
import type { WhyNot, WhyNotInput } from "./why-not.task.ts";

const whyNot: Task<WhyNotInput, never, WhyNot | null> = {
  module: new URL("why-not.task.ts", import.meta.url),
  name: "whyNotTask",
};

export type WhyNotQuestion = {
  readonly conflictId: string;
  readonly eventId: string;
  readonly recurrenceId: string | null;
  readonly fromMs: number;
  readonly toMs: number;
};

const gone = refusePlanning("conflict-gone", "gone", {});

/** What stands against another time for one event of a conflict, and the repair that it is when nothing does. */
export async function whyNotFor(
  ports: ConflictPorts,
  viewer: Caller,
  { conflictId, eventId, recurrenceId, fromMs, toMs }: WhyNotQuestion,
  horizon: Window,
): Promise<
  OperationAnswer<Catalogue["conflicts.whyNot"]> | Refused<"planning/conflict-gone" | "calendars/out-of-range">
> {
  if (fromMs % 1_000 !== 0 || toMs % 1_000 !== 0) return refuseCalendar("out-of-range", "second", {});
  if (fromMs < horizon.fromMs || toMs > horizon.toMs) return refuseCalendar("out-of-range", "far", {});
  const question = await askFor(ports, viewer, [conflictId], 1, horizon, [{ fromMs, toMs }]);
  if (question === null) return gone;
  const { input, candidates, zone, nowMs } = question;
  const { seen, described } = await seenBy(ports, viewer, candidates);
  if (seen.length === 0) return gone;
  const [first] = seen;
  const takers = [candidates.first[first!]!, candidates.second[first!]!].flatMap((date) => [
    ...listAt(candidates.takenBy, date),
  ]);
  const subjects = [...new Set(takers)].map((subject) => candidates.subjects[subject]!);
  const answer = await ports.questions.run(
    whyNot,
    {
      ...input,
      eventId,
      recurrenceId,
      startMs: fromMs,
      endMs: toMs,
      zone,
      nowMs,
      around: await ports.read(async (unit) => {
        const around = await aroundOf(unit, ports, candidates, [first!], { fromMs, toMs });
        return { ...around, book: around.book && (await bookToldTo(unit, viewer, around.book, ports.ruleFacts)) };
      }),
      places: Int32Array.of(candidates.places[first!]!),
      described: [...described].map(([date, each]) => [dateAt(candidates, date), each] as const),
    },
    {},
  );
  if (answer === null) return gone;
  const { named, said, closed } = await ports.read(async (unit) => ({
    closed: await ports.ruleFacts.closed(unit, viewer, answer.outside, { startMs: fromMs, endMs: toMs }),
    named: await subjectsById(unit, subjects),
    said: await ports.describe(
      unit,
      viewer,
      answer.taken.map(({ date }) => date),
    ),
  }));
  const names = new Map(named.map(({ id, name }) => [id, name]));
  const namesOf = (ids: readonly string[]) => ids.flatMap((id) => names.get(id) ?? []);
  return {
    mayMove: answer.mayMove,
    isPast: answer.isPast,
    taken: answer.taken.map(({ subject, date }) => {
      const { mayRead, title } = said.get(date) ?? unknown;
      const [start, end] = [zonedText(date.startMs, zone), zonedText(date.endMs, zone)];
      return { subject: names.get(subject) ?? "Somebody", title: mayRead ? title : null, start, end };
    }),
    free: namesOf(answer.free),
    outside: namesOf(answer.outside),
    closed: answer.outside.flatMap((id) => {
      const [subject, why] = [names.get(id), closed.get(id)];
      return subject === undefined || why === undefined ? [] : [{ subject, ...why }];
    }),
    rules: answer.rules.map(shownBroken),
    repair: answer.repair,
  };
}
