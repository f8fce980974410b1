import { useEffect, useState } from "react";
import { api, isOffline, isSignedOut, type Job } from "./api.ts";
import { noticeSignedOut } from "./session.ts";

const POLLS_MAX = 2_400;
const POLL_FIRST_MS = 120;
const POLL_LONGEST_MS = 1_500;

export const isOver = ({ state }: Job): boolean => state === "done" || state === "failed" || state === "cancelled";

/**
 * Asks a job until it waits or is over: often at first, then more seldom, at least every `longestMs`. Tells every answer, and null
 * while the server is away: the job goes on without us. Answers the job as it was known last.
 */
export async function followJob<Known extends Pick<Job, "id">>(
  job: Known,
  heard: (job: Job | null) => void,
  signal: AbortSignal,
  longestMs = POLL_LONGEST_MS,
): Promise<Job | Known> {
  let known: Job | Known = job;
  for (let poll = 0; poll < POLLS_MAX; poll++) {
    await pause(Math.min(longestMs, POLL_FIRST_MS * 1.25 ** poll), signal);
    const asked = await askJob(job.id, signal);
    heard(asked);
    if (asked === null) continue;
    known = asked;
    if (asked.state === "waiting" || isOver(asked)) break;
  }
  return known;
}

/** `job`: as it was known last; null until it is. `isAway`: nobody answers just now. `failed`: why it is not to be known. */
export type Followed = { readonly job: Job | null; readonly isAway: boolean; readonly failed: unknown };

const UNKNOWN: Followed = { job: null, isAway: false, failed: null };

/** Follows a job by its id, for as long as the component lives or until it waits or is over. Another id is another component: `key`. */
export function useJob(id: string): Followed {
  const [followed, setFollowed] = useState(UNKNOWN);
  useEffect(() => {
    const leaving = new AbortController();
    const hear = (job: Job | null) =>
      setFollowed((before) => ({ job: job ?? before.job, isAway: job === null, failed: null }));
    followJob({ id }, hear, leaving.signal).catch((failed: unknown) => {
      noticeSignedOut(failed);
      if (!leaving.signal.aborted) setFollowed((before) => ({ ...before, isAway: false, failed }));
    });
    return () => leaving.abort();
  }, [id]);
  return followed;
}

/** How a job stands; null when the server is away or the session has ended. */
async function askJob(id: string, signal: AbortSignal): Promise<Job | null> {
  try {
    return await api("jobs.read", { params: { id }, signal });
  } catch (error) {
    if (!isOffline(error) && !isSignedOut(error)) throw error;
    noticeSignedOut(error);
    return null;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("The job was left.", "AbortError"));
    });
  });
}
