/** The stages of a detection, and how long each may take: together the 200 ms that an answer is promised in. */
export const STAGE_BUDGETS_MS = { collect: 100, detect: 50, describe: 30, tell: 20 } as const;
export type Stage = keyof typeof STAGE_BUDGETS_MS;

export type StageTime = { readonly stage: Stage; readonly ms: number; readonly budgetMs: number };

/** Times the stages of one answer; a stage that runs in parts is the sum of them. */
export type Stages = {
  run<T>(stage: Stage, work: () => Promise<T>): Promise<T>;
  took(): StageTime[];
};

export function timeStages(monotonicMs: () => number): Stages {
  const spent = new Map<Stage, number>();
  return {
    async run(stage, work) {
      const startedMs = monotonicMs();
      try {
        return await work();
      } finally {
        spent.set(stage, (spent.get(stage) ?? 0) + monotonicMs() - startedMs);
      }
    },
    took: () =>
      Array.from(spent, ([stage, ms]) => ({ stage, ms: Math.round(ms * 10) / 10, budgetMs: STAGE_BUDGETS_MS[stage] })),
  };
}

/** For who does not ask how long it took. */
export const untimed: Stages = { run: (_stage, work) => work(), took: () => [] };
