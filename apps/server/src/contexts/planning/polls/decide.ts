import { limits, refusePlanning, type Refused } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Answers, Poll, PollContents, PollTime, Said } from "./model.ts";

// Pure: what a poll may be, whether it is over, and who is invited to what was picked.

/** What is planned by asking is no holiday. */
const TIME_MS_MAX = 7 * DAY_MS;

/** A poll that somebody thinks of, or why it cannot be. Times by start. */
export function pollOf(
  wish: Pick<Poll, "title" | "makerId" | "times" | "people" | "resourceIds">,
  nowMs: number,
): PollContents | Refused<"planning/poll-invalid"> {
  const people = [...new Set(wish.people)].filter((id) => id !== wish.makerId);
  const times = wish.times.toSorted((one, other) => one.startMs - other.startMs || one.endMs - other.endMs);
  if (people.length === 0) return refusePlanning("poll-invalid", "nobody", {});
  if (wish.title.trim() === "") return refusePlanning("poll-invalid", "title", {});
  if (times.length < 2 || times.length > limits.POLL_TIMES_MAX)
    return refusePlanning("poll-invalid", "times", { most: limits.POLL_TIMES_MAX, count: times.length });
  if (times.some(({ startMs, endMs }) => endMs <= startMs)) return refusePlanning("poll-invalid", "turned", {});
  if (times.some(({ startMs, endMs }) => endMs - startMs > TIME_MS_MAX))
    return refusePlanning("poll-invalid", "long", {});
  if (times[0]!.startMs <= nowMs) return refusePlanning("poll-invalid", "begun", {});
  if (new Set(times.map(({ startMs, endMs }) => `${startMs} ${endMs}`)).size < times.length)
    return refusePlanning("poll-invalid", "twice", {});
  const { makerId, resourceIds } = wish;
  return {
    title: wish.title.trim(),
    makerId,
    times,
    people,
    resourceIds: [...new Set(resourceIds)],
    isClosed: false,
    picked: null,
    madeMs: nowMs,
  };
}

/** Who has not picked until the last time has begun has nothing left to pick. */
export const endsMs = (times: readonly PollTime[]): number =>
  times.reduce((last, { startMs }) => Math.max(last, startMs), 0);

export function stateOf({ isClosed, times }: PollContents, nowMs: number): "open" | "closed" | "expired" {
  if (isClosed) return "closed";
  return endsMs(times) <= nowMs ? "expired" : "open";
}

/** Why nothing is answered or picked any more; null while it is open. */
export function whyOver(poll: PollContents, nowMs: number): Refused<"planning/poll-over"> | null {
  const state = stateOf(poll, nowMs);
  if (state === "open") return null;
  if (state === "expired") return refusePlanning("poll-over", "expired", {});
  return refusePlanning("poll-over", poll.picked === null ? "closed" : "picked", {});
}

/** How many say what of a time. */
export function tallyOf(answers: Answers, time: number): Readonly<Record<Said, number>> {
  const tally = { yes: 0, maybe: 0, no: 0 };
  for (const said of answers.values()) tally[said[time]!] += 1;
  return tally;
}

type Asked = { readonly email: string | null; readonly retired: boolean } | undefined;

/** Whether somebody or something is still here. */
export const isHere = (subject: Asked): boolean => subject?.retired === false;

/** Whether somebody can be invited: at an address, while they are here. */
export const isInvitable = (person: Asked): boolean => isHere(person) && person!.email !== null;

/** Who is invited at a time: everybody who has not said no to it. */
export const guestsAt = ({ people }: PollContents, answers: Answers, time: number): string[] =>
  people.filter((id) => answers.get(id)?.[time] !== "no");
