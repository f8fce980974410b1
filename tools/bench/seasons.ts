import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { timeBudget } from "@hourwright/solver";
import { assert } from "@hourwright/std";
import { planSeason, readSeason, type FoundSeason, type Season } from "@hourwright/solver/seasons";
import { above, percentile, type Bench, type Result } from "./report.ts";
import { cpuMs } from "./time-report.ts";

const SECONDS = 60;
const SEEDS = 5;
/** Of fifteen; a minute each, the median of the seeds. */
const FEASIBLE = 13;
const GAP = 15;

/**
 * Public seasons, how far above the best known after a minute of one thread: (points + 100) ÷ (best + 100) − 1, as points may be 0. Of
 * several seeds (`--attempts`, from `--seed` on) the one in the middle counts, by what is broken, then by points. They are not part of this repository: FOLDER has `sports-itc2021`, and a README.md with the best known points.
 */
export const seasons: Bench = {
  name: "seasons",
  async run(say, { folder, attempts = SEEDS, seed = 1 }) {
    if (folder === undefined) {
      say("seasons: not measured, no folder is named: npm run -s bench -- seasons FOLDER.");
      return [];
    }
    const best = bestKnown(readFileSync(join(folder, "README.md"), "utf8"));
    const measured = seasonsIn(join(folder, "sports-itc2021")).map((season): Measured => {
      say(`season ${season.name}: ${attempts} × ${SECONDS} s …`);
      const runs = Array.from({ length: attempts }, (_, run) => foundIn(season, seed + run));
      const { infeasibility, objective } = middleOf(runs);
      const kept = runs.filter((each) => each.infeasibility === 0).length;
      return { name: season.name, best: best.get(season.name) ?? null, infeasibility, objective, kept, attempts };
    });
    return [...measured.map(resultOf), feasible(measured), middle(measured)];
  },
};

type Measured = {
  readonly name: string;
  readonly best: number | null;
  readonly infeasibility: number;
  readonly objective: number;
  /** Runs in which nothing hard is broken, of so many. */
  readonly kept: number;
  readonly attempts: number;
};

/** Rows of the table: instance, lower bound, best known. */
const bestKnown = (readme: string): ReadonlyMap<string, number> =>
  new Map(
    Array.from(
      readme.matchAll(/^\| *((?:Early|Middle|Late) \d+) *\| *\d+ *\| *(\d+) *\|/gm),
      ([, name, best]) => [name!, Number(best)] as const,
    ),
  );

const seasonsIn = (folder: string): Season[] =>
  readdirSync(folder)
    .filter((file) => /\.xml(?:\.gz)?$/.test(file))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap((file) => {
      const bytes = readFileSync(join(folder, file));
      const { read } = readSeason((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
      return read === undefined ? [] : [read];
    });

function foundIn(season: Season, seed: number): FoundSeason {
  const slices = planSeason(season, { seed, budget: timeBudget(SECONDS * 1_000, cpuMs) });
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

/** The upper one of the two in the middle of an even number. */
function middleOf(runs: readonly FoundSeason[]): FoundSeason {
  const sorted = runs.toSorted((a, b) => a.infeasibility - b.infeasibility || a.objective - b.objective);
  const middle = sorted[Math.floor(sorted.length / 2)];
  assert(middle !== undefined, "a season is planned at least once");
  return middle;
}

const gapOf = ({ best, infeasibility, objective }: Measured): number =>
  infeasibility > 0 || best === null ? Infinity : ((objective + 100) / (best + 100) - 1) * 100;

function resultOf(measured: Measured): Result {
  const { name, best, infeasibility, objective, kept, attempts } = measured;
  const known = best === null ? "" : `, best known ${best}`;
  const what = `season ${name}${known}, ${SECONDS} s (${infeasibility} broken, ${objective} points; ${kept} of ${attempts} runs break nothing)`;
  return { ...percent(what, gapOf(measured)), promise: "feasible", kept: infeasibility === 0 };
}

function feasible(measured: readonly Measured[]): Result {
  const count = measured.filter(({ infeasibility }) => infeasibility === 0).length;
  return above("seasons in which nothing hard is broken", count, `of ${measured.length}`, FEASIBLE);
}

function middle(measured: readonly Measured[]): Result {
  const gap = percentile(measured.map(gapOf), 0.5);
  return { ...percent("middle gap of all seasons", gap), promise: `≤ ${GAP} % after 600 s of two`, kept: gap <= GAP };
}

const percent = (what: string, value: number): Omit<Result, "promise" | "kept"> => ({
  what,
  value: Math.round(value * 10) / 10,
  unit: "% above",
  peer: null,
  peerValue: null,
  ratio: null,
});
