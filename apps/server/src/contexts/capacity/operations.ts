import { calendarProblems, isRefused } from "@hourwright/contract";
import { RawJson } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { openTimeText, takenText, windowOfInstants } from "../claims/public.ts";
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
export function capacityOperations({ questions }: { readonly questions: WorkerPool }): Handlers<"capacity.read"> {
  return {
    "capacity.read": async ({ query }, context) => {
      const window = windowOfInstants(query);
      if (isRefused(window)) return window;
      const { fromMs, toMs } = window;
      if (toMs - fromMs > WINDOW_MS_MAX)
        return calendarProblems.refuse("out-of-range", "Ask for at most two years at once.");
      const { thresholds, focusMinutes, ...texts } = await context.read(async (unit) => {
        const people = query.subjects ?? (await peopleOf(unit, PEOPLE_MAX));
        const { thresholds, focusMinutes } = await organisationOf(unit);
        return {
          thresholds,
          focusMinutes,
          open: await openTimeText(unit, people, fromMs, toMs),
          taken: await takenText(unit, people, fromMs, toMs, CLAIMS_MAX),
        };
      });
      const { open, taken } = await questions.run(time, { ...texts, fromMs, toMs }, {});
      const rest = JSON.stringify({
        start: Temporal.Instant.fromEpochMilliseconds(fromMs).toString(),
        thresholds,
        focusMinutes,
      });
      return new RawJson(`{"open":${open},"taken":${taken},${rest.slice(1)}`);
    },
  };
}
