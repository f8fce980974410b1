import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { timeBudget } from "@hourwright/solver";
import {
  CURTOIS_SOFT,
  curtoisInstance,
  inrc1Instance,
  planRows,
  readCurtois,
  readInrc1,
  scoreCurtois,
  scoreInrc1,
  type RosterInstance,
} from "@hourwright/solver/rostering";
import { percentile, type Bench, type Result } from "./report.ts";
import { cpuMs } from "./time-report.ts";

const SECONDS = 60;
const FIRST_SEED = 1;
const SEEDS = 5;

/**
 * Public rosters, how far above the best known: the median of five seeds after a minute (`--seconds`) of one thread, counted by the formats' own
 * rules. They are not part of this repository: FOLDER has `roster-curtois`, `roster-inrc1`, and a README.md with the best known costs.
 */
export const rosters: Bench = {
  name: "rosters",
  async run(say, { folder, attempts = SEEDS, seed = FIRST_SEED, seconds = SECONDS }) {
    if (folder === undefined) {
      say("rosters: not measured, no folder is named: npm run -s bench -- rosters FOLDER.");
      return [];
    }
    const best = bestKnown(readFileSync(join(folder, "README.md"), "utf8"));
    const question = { seeds: Array.from({ length: attempts }, (_, i) => seed + i), seconds };
    const curtois = measured(curtoisIn(join(folder, "roster-curtois")), best, question, say);
    const inrc1 = measured(inrc1In(join(folder, "roster-inrc1")), best, question, say);
    const promised = new Set(["1", "4", "7", "10"]);
    return [
      ...[...curtois, ...inrc1].map((each) => resultOf(each, seconds)),
      ...meanOf(
        "mean gap of instances 1, 4, 7 and 10",
        curtois.filter(({ name }) => promised.has(name)),
        5,
      ),
      ...meanOf("mean gap of INRC-I", inrc1, 3),
    ];
  },
};

type Problem = {
  readonly name: string;
  readonly instance: RosterInstance;
  /** Null for rows that break a hard rule. */
  costOf(values: Uint8Array): number | null;
};

type Question = { readonly seeds: readonly number[]; readonly seconds: number };

type Measured = { readonly name: string; readonly best: number; readonly costs: readonly number[] };

/** Rows of the tables: instance, days, staff, shift types and best, or instance and best. */
function bestKnown(readme: string): ReadonlyMap<string, number> {
  const rows = readme.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(
    rows.flatMap(([, name = "", second = "", , , fifth = ""]): [string, number][] => {
      const best = /^\d+$/.test(name) ? fifth : /^(?:long|medium|sprint)/.test(name) ? second : "";
      return /^\d+$/.test(best) ? [[name, Number(best)]] : [];
    }),
  );
}

const sum = (costs: readonly number[]): number => costs.reduce((total, cost) => total + cost, 0);

const curtoisIn = (folder: string): Problem[] =>
  filesOf(folder, /^Instance(\d+)\.txt$/).flatMap(({ name, text }) => {
    const { read: roster } = readCurtois(text);
    const instance = roster === undefined ? null : curtoisInstance(roster);
    if (roster === undefined || instance === null) return [];
    const costOf = (values: Uint8Array) => {
      const costs = scoreCurtois(roster, values);
      const soft = sum(CURTOIS_SOFT.map((constraint) => costs[constraint]));
      return sum(Object.values(costs)) > soft ? null : soft;
    };
    return [{ name, instance, costOf }];
  });

const inrc1In = (folder: string): Problem[] =>
  filesOf(folder, /^(\w+)\.xml$/).flatMap(({ name, text }) => {
    const { read: roster } = readInrc1(text);
    const instance = roster === undefined ? null : inrc1Instance(roster);
    if (roster === undefined || instance === null) return [];
    const costOf = (values: Uint8Array) => {
      const { cover, ...soft } = scoreInrc1(roster, values);
      return cover > 0 ? null : sum(Object.values(soft));
    };
    return [{ name, instance, costOf }];
  });

function filesOf(folder: string, pattern: RegExp): { readonly name: string; readonly text: string }[] {
  const names = readdirSync(folder).flatMap((file) => {
    const [, name] = pattern.exec(file) ?? [];
    return name === undefined ? [] : [{ file, name }];
  });
  return names
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }))
    .map(({ file, name }) => ({ name, text: readFileSync(join(folder, file), "utf8") }));
}

function measured(
  problems: readonly Problem[],
  known: ReadonlyMap<string, number>,
  { seeds, seconds }: Question,
  say: (sentence: string) => void,
): Measured[] {
  return problems.flatMap(({ name, instance, costOf }) => {
    const best = known.get(name);
    if (best === undefined) return [];
    say(`roster ${name}: ${seeds.length} × ${seconds} s …`);
    const costs = seeds.map((seed) => costOf(rowsOf(instance, seed, seconds)) ?? Infinity);
    say(`roster ${name}: ${costs.join(", ")}, best known ${best}`);
    return [{ name, best, costs }];
  });
}

function rowsOf(instance: RosterInstance, seed: number, seconds: number): Uint8Array {
  const slices = planRows(instance, { seed, budget: timeBudget(seconds * 1_000, cpuMs) });
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value.values;
  }
}

const gapOf = ({ best, costs }: Measured): number => (percentile(costs, 0.5) / best - 1) * 100;

function resultOf(measured: Measured, seconds: number): Result {
  const { name, best, costs } = measured;
  return {
    ...percent(`roster ${name}, best known ${best}, ${seconds} s (${costs.join(", ")})`, gapOf(measured)),
    promise: "feasible",
    kept: costs.every(Number.isFinite),
  };
}

/** Nothing where nothing was measured. */
function meanOf(what: string, measured: readonly Measured[], most: number): Result[] {
  if (measured.length === 0) return [];
  const mean = sum(measured.map(gapOf)) / measured.length;
  return [{ ...percent(what, mean), promise: `≤ ${most} %`, kept: mean <= most }];
}

const percent = (what: string, value: number): Omit<Result, "promise" | "kept"> => ({
  what,
  value: Math.round(value * 10) / 10,
  unit: "% above",
  peer: null,
  peerValue: null,
  ratio: null,
});
