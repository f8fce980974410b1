import type { Task } from "../../platform/workers/pool.ts";
import { planStandIns, type Absence, type PlannedRow, type Touched, type Wish } from "./standing-in.ts";

// Plans on a compute thread: slots of four weeks for each session that nobody can stand in for.

export type StandInsAsked = {
  readonly touched: readonly Touched[];
  readonly absence: Absence;
  readonly wishes: ReadonlyMap<string, Wish>;
};

export const planOnThread: Task<StandInsAsked, never, readonly PlannedRow[]> = {
  module: new URL("standing-in.task.ts", import.meta.url),
  name: "standInsTask",
};

// oxlint-disable-next-line require-yield -- a task hands out parts; this one has but its result
export async function* standInsTask(asked: StandInsAsked): AsyncGenerator<never, readonly PlannedRow[]> {
  return planStandIns(asked.touched, asked.absence, asked.wishes);
}
