import { parseArgs } from "node:util";

export type Question = {
  readonly kind: "timetable" | "meetings" | "roster" | "season";
  readonly file: string;
  readonly seconds: number;
  /** Instead of seconds: a run that repeats. */
  readonly steps: number | null;
  readonly seed: number;
  readonly out: string | null;
  /** A solution that is judged, instead of one being looked for. */
  readonly check: string | null;
  readonly json: boolean;
  /** Of a roster whose FILE is a folder: its history, and its weeks in order. */
  readonly history: string | null;
  readonly weeks: string | null;
};

const SECONDS = 60;
const SECONDS_MAX = 86_400;
const STEPS_MAX = 1e12;
const SEED_MAX = 2 ** 31 - 1;

/** Reads the arguments; `wrong` is a sentence that says which of them cannot be used. */
export function readArguments(args: readonly string[]): Question | { readonly wrong: string } {
  let given;
  try {
    given = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seconds: { type: "string" },
        steps: { type: "string" },
        seed: { type: "string" },
        out: { type: "string" },
        check: { type: "string" },
        json: { type: "boolean", default: false },
        history: { type: "string" },
        weeks: { type: "string" },
      },
    });
  } catch (error) {
    return { wrong: (error as Error).message };
  }
  const { values, positionals } = given;
  const [kind, file, ...rest] = positionals;
  if (kind !== "timetable" && kind !== "meetings" && kind !== "roster" && kind !== "season")
    return { wrong: "Say what to solve: timetable, meetings, roster or season." };
  if (file === undefined || rest.length > 0) return { wrong: "Name one file." };
  const seconds = between(values.seconds ?? `${SECONDS}`, 0.01, SECONDS_MAX);
  if (seconds === null) return { wrong: `--seconds: "${values.seconds}" is no number up to ${SECONDS_MAX}.` };
  const steps = values.steps === undefined ? null : wholeOf(values.steps, 1, STEPS_MAX);
  if (steps === null && values.steps !== undefined) return { wrong: `--steps: "${values.steps}" is no whole number.` };
  const seed = wholeOf(values.seed ?? "1", 0, SEED_MAX);
  if (seed === null) return { wrong: `--seed: "${values.seed}" is no whole number up to ${SEED_MAX}.` };
  if (values.check !== undefined && kind === "meetings")
    return { wrong: "--check judges a timetable, a roster or a season." };
  const { out = null, check = null, json, history = null, weeks = null } = values;
  if ((history !== null || weeks !== null) && kind !== "roster")
    return { wrong: "--history and --weeks are of a roster's folder." };
  return { kind, file, seconds, steps, seed, out, check, json, history, weeks };
}

function between(text: string, from: number, to: number): number | null {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : null;
}

const wholeOf = (text: string, from: number, to: number): number | null =>
  text.includes(".") ? null : between(text, from, to);
