import { jobProblems } from "../problems/jobs.ts";
import { refuserOf } from "../says.ts";

type State = { readonly state: "queued" | "running" | "waiting" | "done" | "failed" | "cancelled" };
const state = ({ state: is }: State): string => `It is ${is}.`;

/** What a refusal about jobs says to do, by its reason. */
export const jobSays = {
  "not-waiting": { state },
  "already-done": { state },
} as const;

/** Refuses about jobs for a reason. */
export const refuseJob = refuserOf(jobProblems, jobSays);
