import type { Browser, Page } from "playwright-core";

/** What a step of the script cost on the page's main thread, milliseconds by the clock and of the processor. */
export type StepCost = {
  readonly name: string;
  /** Script and paint of its dearest frame. */
  readonly frame: Cost;
  /** Its longest task. */
  readonly task: Cost;
};
export type Cost = { readonly wallMs: number; readonly cpuMs: number };

/** Takes a step: what the input does, and how long the page may then go on with it. */
export type Step = { readonly name: string; readonly settleMs: number; readonly run: (page: Page) => Promise<void> };

const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"];

const MARK = "bench-step-";
/** After its settling time a step still has this long, for a machine that is behind. */
const REST_MS = 20;

/**
 * Runs the steps one after the other under a Chromium trace and says what each cost.
 *
 * A frame's *script and paint* is everything that the main thread did for it: all its tasks (`RunTask`: events, timers, React,
 * animation frames, style, layout, paint records, canvas drawing) since the frame before, up to and with the task that
 * commits it. What a step does after its last commit is a frame too. Of each step the dearest frame counts, so that the
 * idle ones between do not make the share look better. Rasterising the page's tiles is other threads' work and not in it;
 * canvases are drawn in software on the main thread, and are.
 */
export async function traceSteps(browser: Browser, page: Page, steps: readonly Step[]): Promise<StepCost[]> {
  await browser.startTracing(page, { categories: CATEGORIES });
  for (const [index, { name, settleMs, run }] of steps.entries()) {
    await page.evaluate((mark) => performance.mark(mark), `${MARK}${index} ${name}`);
    await run(page);
    await page.waitForTimeout(settleMs + REST_MS);
  }
  await page.evaluate((mark) => performance.mark(mark), `${MARK}end`);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return costsOf(traceEvents);
}

/** What we read of an event of a trace; times are microseconds. */
export type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
};

/** Reads the costs out of a trace whose steps are marked. */
export function costsOf(events: readonly TraceEvent[]): StepCost[] {
  const first = events.find(({ name }) => name.startsWith(MARK));
  if (first === undefined) throw new Error("the trace has no marks");
  const main = events
    .filter(({ pid, tid }) => pid === first.pid && tid === first.tid)
    .toSorted((one, other) => one.ts - other.ts);
  const marks = main.filter(({ name }) => name.startsWith(MARK));
  const tasks = main.filter(({ name }) => name === "RunTask");
  const commits = main.filter(({ name }) => name === "Commit");
  return marks.slice(0, -1).map(({ name, ts }, index) => {
    const until = marks[index + 1]!.ts;
    const own = tasks.filter((task) => task.ts > ts && task.ts + (task.dur ?? 0) < until);
    const ends = commits.filter((commit) => commit.ts > ts && commit.ts < until);
    return {
      name: name.slice(name.indexOf(" ") + 1),
      frame: dearest(framesOf(own, ends)),
      task: dearest(own.map((task) => [task])),
    };
  });
}

/** Tasks in groups: each ends with the task in which a commit falls. */
function framesOf(tasks: readonly TraceEvent[], commits: readonly TraceEvent[]): TraceEvent[][] {
  const frames: TraceEvent[][] = [[]];
  for (const task of tasks) {
    frames.at(-1)!.push(task);
    if (commits.some(({ ts }) => ts >= task.ts && ts <= task.ts + (task.dur ?? 0))) frames.push([]);
  }
  return frames;
}

function dearest(groups: readonly (readonly TraceEvent[])[]): Cost {
  let most: Cost = { wallMs: 0, cpuMs: 0 };
  for (const group of groups) {
    const sum = (field: "dur" | "tdur") => group.reduce((total, event) => total + (event[field] ?? 0), 0) / 1_000;
    const cost = { wallMs: sum("dur"), cpuMs: sum("tdur") };
    if (cost.wallMs > most.wallMs) most = cost;
  }
  return most;
}
