import { isRefused, refuseCalendar, type Catalogue, type OperationInput, type Refused } from "@hourwright/contract";
import type { Answers } from "../../platform/answers/answers.ts";
import { RawJson, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { firstExpiryMs, openTimeTexts, takenTexts } from "../claims/public.ts";
import { windowOfInstants } from "../claims/pure.ts";
import { organisationOf, peopleOf } from "../identity/public.ts";
import type { TimeInput, TimeTexts } from "./time.task.ts";

const time: Task<TimeInput, never, TimeTexts> = { module: new URL("time.task.ts", import.meta.url), name: "timeTask" };

/** The longest window of one question: two years and a bit. */
const WINDOW_MS_MAX = 800 * 86_400_000;
/** People of one answer. */
const PEOPLE_MAX = 1_000;
/** A year of 300 people with two events a day each. */
const CLAIMS_MAX = 250_000;

/** When people may be claimed and when they are, never by what: so everyone of an organisation may ask for everyone. */
export function capacityOperations({
  answers,
  questions,
}: {
  readonly answers: Answers;
  readonly questions: WorkerPool;
}): Handlers<"capacity.read"> {
  return {
    "capacity.read": ({ query }, context) =>
      answers.to({ operation: "capacity.read", query, sight: "everyone" }, context, (reading) =>
        readTime(query, reading, questions),
      ),
  };
}

async function readTime(
  query: OperationInput<Catalogue["capacity.read"]>["query"],
  context: RequestContext,
  questions: WorkerPool,
): Promise<RawJson | Refused<"calendars/out-of-range" | "calendars/ends-before-start">> {
  const window = windowOfInstants(query);
  if (isRefused(window)) return window;
  const { fromMs, toMs } = window;
  if (toMs - fromMs > WINDOW_MS_MAX) return refuseCalendar("out-of-range", "two-years", {});
  const { people, thresholds, focusMinutes, untilMs } = await context.read(async (unit) => {
    const { thresholds, focusMinutes } = await organisationOf(unit);
    const people = query.subjects ?? (await peopleOf(unit, PEOPLE_MAX));
    return { people, thresholds, focusMinutes, untilMs: await firstExpiryMs(unit) };
  });
  const texts = {
    open: await openTimeTexts(context.read, people, window),
    taken: await takenTexts(context.read, people, window, CLAIMS_MAX),
  };
  const { open, taken } = await questions.run(time, { ...texts, fromMs, toMs }, {});
  const rest = JSON.stringify({
    start: Temporal.Instant.fromEpochMilliseconds(fromMs).toString(),
    thresholds,
    focusMinutes,
  });
  return new RawJson(`{"open":${open},"taken":${taken},${rest.slice(1)}`, { untilMs });
}
