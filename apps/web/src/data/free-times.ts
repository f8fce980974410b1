import { timesFrom, type NewTimes } from "./edits.ts";
import type { WriteRefusal } from "./events.ts";

/** As many as one looks through before choosing a time oneself. */
export const FREE_TIMES_MAX = 4;

const FREE_TIMES_HELP: ReadonlySet<string> = new Set(["claims/taken", "planning/rule-broken"]);

/** Whether another time would do, by the code of a refusal: the time is taken, or a hard rule speaks against it. */
export const isOfTime = (code: string): boolean => FREE_TIMES_HELP.has(code);

/** Where something that was refused could go instead. */
export type FreeTime = { readonly id: string; readonly times: NewTimes };

/**
 * The free times that a refused write was answered with, the best first, at most `FREE_TIMES_MAX`; none where the server looked
 * for none, as for a series. `except` is where it is already. They were free when it answered: taking one may be refused again, with others.
 */
export function freeTimesOf(
  { suggestions }: Pick<WriteRefusal, "suggestions">,
  except: (times: NewTimes) => boolean = () => false,
): readonly FreeTime[] {
  const found = suggestions.flatMap(({ id, moves }) => {
    const [move] = moves;
    const times = move === undefined ? null : timesFrom({ ...move, allDay: !move.start.includes("T") });
    return times === null || except(times) ? [] : [{ id, times }];
  });
  return found.slice(0, FREE_TIMES_MAX);
}
