import { percentile, type Result } from "./report.ts";

// CPU time of several sides in one process, in turns: the machine is shared, and a clock on the wall would measure others.

/** The first rounds are thrown away, for all sides alike. */
const WARM_UP_ROUNDS = 2;
const ROUNDS = 7;
/** A side that is done sooner is asked again, so that each is as warm as the others and none is too short to measure. */
const ROUND_MS = 400;

/** One library: how it reads the corpus, and how one of its series answers. */
export type Side<Read> = { read(): readonly Read[]; ask(series: Read): ArrayLike<unknown> };
export type Times = { readonly askMs: number; readonly bothMs: number };

/** The median CPU milliseconds of each side, one round of each in turn; everything is read anew every time. */
export function timed(sides: readonly Side<unknown>[]): Times[] {
  const rounds = sides.map((): Times[] => []);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const [i, side] of sides.entries()) {
      const times = timedRound(side);
      if (round >= WARM_UP_ROUNDS) rounds[i]!.push(times);
    }
  }
  const median = (all: readonly Times[], which: keyof Times) =>
    percentile(
      all.map((each) => each[which]),
      0.5,
    );
  return rounds.map((all) => ({ askMs: median(all, "askMs"), bothMs: median(all, "bothMs") }));
}

function timedRound({ read, ask }: Side<unknown>): Times {
  let [readMs, askMs, times] = [0, 0, 0];
  for (; times === 0 || readMs + askMs < ROUND_MS; times++) {
    const beginMs = cpuMs();
    const series = read();
    const betweenMs = cpuMs();
    for (const each of series) ask(each);
    readMs += betweenMs - beginMs;
    askMs += cpuMs() - betweenMs;
  }
  return { askMs: askMs / times, bothMs: (readMs + askMs) / times };
}

export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Ours beside a peer's; kept when theirs is `factor` times as long. */
export function beside(what: string, value: number, peer: string, peerValue: number, factor: number): Result {
  const ratio = peerValue / value;
  return {
    what,
    value: rounded(value),
    unit: "ms",
    peer,
    peerValue: rounded(peerValue),
    ratio: rounded(ratio),
    promise: `≥ ${factor} × ${peer}`,
    kept: ratio >= factor,
  };
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;
