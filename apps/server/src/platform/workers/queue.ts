/** Why somebody waits, first served first: a file being read, a question asked, a plan made, a model trained. */
export const PRIORITIES = ["parse", "check", "plan", "train"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What waits: `sinceMs` never steps back from one that is added to the next. */
type Waiting = { readonly priority: Priority; readonly sinceMs: number };

/**
 * What waits for a thread: by priority, then by age. The highest is strictly first, so that the lowest may wait for ever: whoever
 * queues it gives up by its own signal. Every question costs O(1).
 */
export type Queue<Job extends Waiting> = {
  readonly size: () => number;
  readonly add: (job: Job) => void;
  /** The one to be served next, which waits no longer; null when none does. */
  readonly take: () => Job | null;
  /** Whether it was still waiting. */
  readonly remove: (job: Job) => boolean;
  /** Drops until no more than `max` wait: the oldest of the lowest priority first, whose caller has most likely given up. */
  readonly shed: (max: number) => Job[];
  /** When the one that waits longest began to; null when none does. */
  readonly waitingSinceMs: () => number | null;
};

export function createQueue<Job extends Waiting>(): Queue<Job> {
  const lines = new Map(PRIORITIES.map((priority) => [priority, new Set<Job>()]));
  const highestFirst = [...lines.values()];
  const lowestFirst = highestFirst.toReversed();

  const size = () => highestFirst.reduce((sum, line) => sum + line.size, 0);
  function oldestOf(some: readonly ReadonlySet<Job>[]): Job | null {
    for (const line of some) for (const job of line) return job;
    return null;
  }
  const remove = (job: Job) => lines.get(job.priority)!.delete(job);
  function dropped(job: Job | null): Job | null {
    if (job !== null) remove(job);
    return job;
  }

  return {
    size,
    add: (job) => void lines.get(job.priority)!.add(job),
    take: () => dropped(oldestOf(highestFirst)),
    remove,
    shed: (max) => Array.from({ length: Math.max(0, size() - max) }, () => dropped(oldestOf(lowestFirst))!),
    waitingSinceMs() {
      const firsts = highestFirst.flatMap((line) => oldestOf([line]) ?? []);
      return firsts.length === 0 ? null : Math.min(...firsts.map(({ sinceMs }) => sinceMs));
    },
  };
}
