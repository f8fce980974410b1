import { cpus, totalmem } from "node:os";

/** One measured promise. `kept` compares `value` (or `ratio`, where a peer is named) with what was promised. */
export type Result = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string | null;
  readonly peerValue: number | null;
  readonly ratio: number | null;
  readonly promise: string;
  readonly kept: boolean;
};

/** What the command line asks of those benches that know it. */
export type Wanted = {
  readonly attempts?: number;
  readonly seed?: number;
  readonly seconds?: number;
  readonly folder?: string;
};

export type Bench = {
  readonly name: string;
  readonly run: (say: (sentence: string) => void, wanted: Wanted) => Promise<readonly Result[]>;
};

/** A value that has to stay below a bound. */
export const below = (what: string, value: number, unit: string, bound: number): Result => ({
  what,
  value: Math.round(value * 100) / 100,
  unit,
  peer: null,
  peerValue: null,
  ratio: null,
  promise: `< ${bound} ${unit}`,
  kept: value < bound,
});

/** A value that has to reach a bound. */
export const above = (what: string, value: number, unit: string, bound: number): Result => ({
  ...below(what, value, unit, bound),
  promise: `≥ ${bound} ${unit}`,
  kept: value >= bound,
});

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${process.platform}`;

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

export function printTable(results: readonly Result[]): void {
  for (const line of tableOf(results)) console.log(line);
}

export function tableOf(results: readonly Result[]): string[] {
  const rows = results.map((each) => [
    each.what,
    `${each.value} ${each.unit}`,
    each.peer === null ? "" : `${each.peer}: ${each.peerValue} ${each.unit} (${each.ratio} ×)`,
    each.promise,
    each.kept ? "kept" : "NOT KEPT",
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
