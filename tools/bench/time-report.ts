import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Result } from "./report.ts";

// CPU time of several sides in one process, in turns: the machine is shared, and a clock on the wall would measure others.

/** The first rounds are thrown away, for all sides alike. */
const WARM_UP_ROUNDS = 2;
const ROUNDS = 7;
/** A side that is done sooner is asked again, so that each is as warm as the others and none is too short to measure. */
const ROUND_MS = 400;

/** One library: how it reads the corpus, and how one of its series answers. */
export type Side<Read> = { read(): readonly Read[]; ask(series: Read): ArrayLike<unknown> };
export type Times = { readonly askMs: number; readonly bothMs: number };

/** The least CPU milliseconds of each side, one round of each in turn: neighbours on the machine only ever add. */
export function timed(sides: readonly Side<unknown>[]): Times[] {
  const rounds = sides.map((): Times[] => []);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const [i, side] of sides.entries()) {
      const times = timedRound(side);
      if (round >= WARM_UP_ROUNDS) rounds[i]!.push(times);
    }
  }
  return rounds.map((all) => ({ askMs: least(all, "askMs"), bothMs: least(all, "bothMs") }));
}

/** What one side leaves behind is not for the next one to clear away: its threads would be counted with ours. */
export const collectGarbage = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
})();

function least(rounds: readonly Times[], which: keyof Times): number {
  return Math.min(...rounds.map((each) => each[which]));
}

/** Asking what was read before, and reading and asking, half a round each. */
function timedRound({ read, ask }: Side<unknown>): Times {
  const kept = read();
  const askMs = repeated(() => askAll(kept, ask));
  return { askMs, bothMs: repeated(() => askAll(read(), ask)) };
}

function askAll(series: readonly unknown[], ask: Side<unknown>["ask"]): void {
  for (const each of series) ask(each);
}

/** A collection also throws away what was compiled for callers that are gone: until it is there again nobody is timed. */
function repeated(work: () => void): number {
  collectGarbage();
  eachMs(work, ROUND_MS / 4);
  return eachMs(work, ROUND_MS / 2);
}

/** The CPU milliseconds of each run, over as many as take `atLeastMs`. */
function eachMs(work: () => void, atLeastMs: number): number {
  const beginMs = cpuMs();
  let times = 0;
  for (; times === 0 || cpuMs() - beginMs < atLeastMs; times++) work();
  return (cpuMs() - beginMs) / times;
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
