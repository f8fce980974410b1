import { parseArgs } from "node:util";
import { SIMULATED_ROWS_MAX } from "@hourwright/learn";

/** Where commitments that are over come from. */
export type Source =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "simulated"; readonly seed: number; readonly rows: number };

type Common = { readonly folder: string; readonly json: boolean };

/** What a call of the command asks for. */
export type Question = Common &
  (
    | { readonly kind: "train"; readonly source: Source; readonly seed: number; readonly epochs: number }
    | { readonly kind: "evaluate"; readonly version: number; readonly source: Source }
    | { readonly kind: "list" }
    | { readonly kind: "features" }
    | { readonly kind: "promote"; readonly version: number; readonly source: Source | null }
  );

const SEED_MAX = 2 ** 31 - 1;
const VERSION_MAX = 1_000_000;
const EPOCHS_MAX = 1_000;
const ROWS = 20_000;
const EPOCHS = 100;
const FOLDER = "models";

/** Reads the arguments; `wrong` is a sentence that says which of them cannot be used. */
export function readArguments(args: readonly string[]): Question | { readonly wrong: string } {
  let given;
  try {
    given = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        simulated: { type: "string" },
        rows: { type: "string" },
        seed: { type: "string" },
        epochs: { type: "string" },
        folder: { type: "string", default: FOLDER },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return { wrong: (error as Error).message };
  }
  const { values, positionals } = given;
  const [kind, ...rest] = positionals;
  const numbers = {
    simulated: wholeOf(values.simulated ?? "1", 0, SEED_MAX),
    rows: wholeOf(values.rows ?? `${ROWS}`, 1, SIMULATED_ROWS_MAX),
    seed: wholeOf(values.seed ?? "1", 0, SEED_MAX),
    epochs: wholeOf(values.epochs ?? `${EPOCHS}`, 1, EPOCHS_MAX),
  };
  for (const name of ["simulated", "rows", "seed", "epochs"] as const)
    if (numbers[name] === null) return { wrong: `--${name}: "${values[name]}" is no whole number that can be used.` };
  const common = { folder: values.folder, json: values.json };
  const isSimulated = values.simulated !== undefined;
  const sourceOf = (path: string | undefined): Source | null => {
    if (isSimulated) return { kind: "simulated", seed: numbers.simulated!, rows: numbers.rows! };
    return path === undefined ? null : { kind: "file", path };
  };

  if (kind === "list" || kind === "features")
    return rest.length === 0 ? { ...common, kind } : { wrong: `${kind} names no file.` };
  if (kind === "train") {
    const source = rest.length === (isSimulated ? 0 : 1) ? sourceOf(rest[0]) : null;
    if (source === null) return { wrong: "Name one history, or --simulated SEED for a made-up one." };
    return { ...common, kind, source, seed: numbers.seed!, epochs: numbers.epochs! };
  }
  if (kind === "evaluate" || kind === "promote") {
    const version = wholeOf(rest[0] ?? "", 1, VERSION_MAX);
    if (version === null) return { wrong: `Say which model to ${kind} by its number; list shows them.` };
    if (rest.length > (isSimulated ? 1 : 2)) return { wrong: "Name one history." };
    const source = sourceOf(rest[1]);
    if (kind === "promote") return { ...common, kind, version, source };
    if (source === null) return { wrong: "Name one history, or --simulated SEED for a made-up one." };
    return { ...common, kind, version, source };
  }
  return { wrong: "Say what to do: train, evaluate, list, promote or features." };
}

function wholeOf(text: string, from: number, to: number): number | null {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : null;
}
