import { DAY_MS, findZone, MINUTE_MS } from "@hourwright/time";
import { WEEK_HOURS } from "../liking.ts";
import { startsIn } from "./starts.ts";
import {
  GUESTS_MAX,
  ROOMS_MAX,
  STARTS_MAX,
  STEP_MIN_MS,
  TIMES_MAX,
  WINDOW_DAYS_MAX,
  type TimeRefusal,
  type TimeWish,
} from "./wish.ts";

const refused = (code: TimeRefusal["code"], sentence: string): TimeRefusal => ({ code, sentence });

const minutesLeft = ({ startMs, endMs }: TimeWish["window"]): number => Math.floor((endMs - startMs) / MINUTE_MS);

const isPart = ({ from, to }: NonNullable<TimeWish["part"]>, lengthMs: number): boolean =>
  from >= 0 && to <= DAY_MS / MINUTE_MS && (to - from) * MINUTE_MS >= lengthMs;

/** Why no time is looked for; null when one is. Each with the bound that is passed. */
export function wishRefusal(wish: TimeWish): TimeRefusal | null {
  const { window, lengthMs, stepMs, required, optional, room, limit } = wish;
  const guests = [...required, ...optional];
  if (guests.length === 0) return refused("nobody", "Nobody is wanted: name one person at least.");
  if (guests.length > GUESTS_MAX)
    return refused("guests", `At most ${GUESTS_MAX} people are asked, not ${guests.length}.`);
  if (new Set(guests.map(({ subject }) => subject)).size < guests.length)
    return refused("guests", "Somebody is wanted twice.");
  const wrong = guests.find(({ zone }) => zone !== null && findZone(zone) === null);
  if (wrong !== undefined) return refused("zone", `There is no time zone “${wrong.zone}”.`);
  const isLikings = (likings: readonly number[] | null): boolean =>
    likings === null || (likings.length === WEEK_HOURS && likings.every((each) => each >= -100 && each <= 100));
  if (!guests.every(({ likings }) => isLikings(likings)))
    return refused("likings", `Likings are ${WEEK_HOURS} numbers from -100 to 100.`);
  if ((room?.among.length ?? 0) > ROOMS_MAX)
    return refused("rooms", `At most ${ROOMS_MAX} rooms are looked at, not ${room!.among.length}.`);
  const days = (window.endMs - window.startMs) / DAY_MS;
  if (!(days > 0)) return refused("window", "These days are over: choose some that are still to come.");
  if (days > WINDOW_DAYS_MAX)
    return refused("window", `At most ${WINDOW_DAYS_MAX} days are looked at, not ${Math.ceil(days)}: choose fewer.`);
  if (!(lengthMs > 0 && lengthMs <= window.endMs - window.startMs))
    return refused(
      "length",
      `It takes ${lengthMs / MINUTE_MS} minutes, and only ${minutesLeft(window)} are left to choose from: choose more days.`,
    );
  if (wish.part !== undefined && !isPart(wish.part, lengthMs))
    return refused("part", `It takes ${lengthMs / MINUTE_MS} minutes, which that part of the day has not.`);
  if (!(Number.isInteger(stepMs) && stepMs >= STEP_MIN_MS && stepMs <= DAY_MS))
    return refused("step", `Starts are ${STEP_MIN_MS / MINUTE_MS} to 1440 minutes apart, not ${stepMs / MINUTE_MS}.`);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= TIMES_MAX))
    return refused("limit", `1 to ${TIMES_MAX} times are offered, not ${limit}.`);
  const { count } = startsIn(wish);
  return count <= STARTS_MAX
    ? null
    : refused("starts", `At most ${STARTS_MAX} starts are looked at, not ${count}: a shorter window, or larger steps.`);
}
