import { gunzipSync } from "node:zlib";
import {
  judge,
  planSeason,
  printMatches,
  readMatches,
  readSeason,
  type Match,
  type Season,
  type Verdict,
} from "@hourwright/solver/seasons";
import { Refusal, stoppedText, watched, type Planned, type Run } from "./planned.ts";

/** Double round robins of the International Timetabling Competition 2021; the costs are the official ones. */
export async function solveSeason(file: Uint8Array, { question, budget, stop, io }: Run): Promise<Planned> {
  const season = seasonIn(file);
  const found = await watched(planSeason(season, { seed: question.seed, budget, signal: stop }), io);
  return planned(season, found, found.steps, found.stopped);
}

/** Judges a timetable that somebody has found, in the competition's format. */
export function checkSeason(file: Uint8Array, solution: Uint8Array): Planned {
  const season = seasonIn(file);
  const { read: matches, refused } = readMatches(season, textOf(solution));
  if (matches === undefined) throw new Refusal(`the solution, ${refused}`);
  return planned(season, { matches, ...judge(season, matches) }, 0, "enough");
}

function seasonIn(file: Uint8Array): Season {
  const { read: season, refused } = readSeason(textOf(file));
  if (season === undefined) throw new Refusal(refused);
  return season;
}

/** The competition's files have a few hundred kilobytes. */
const TEXT_BYTES_MAX = 64 * 2 ** 20;

/** Text, packed by gzip or not. */
function textOf(file: Uint8Array): string {
  const isPacked = file[0] === 0x1f && file[1] === 0x8b;
  return new TextDecoder().decode(isPacked ? unpacked(file) : file);
}

function unpacked(file: Uint8Array): Uint8Array {
  try {
    return gunzipSync(file, { maxOutputLength: TEXT_BYTES_MAX });
  } catch (cause) {
    throw new Refusal(`this cannot be unpacked, or has more than ${TEXT_BYTES_MAX} bytes.`, { cause });
  }
}

type JudgedMatches = Verdict & { readonly matches: readonly Match[] };

function planned(season: Season, judged: JudgedMatches, steps: number, stopped: Planned["stopped"]): Planned {
  const { matches, infeasibility, objective, byKind } = judged;
  const parts = Object.entries(byKind).map(([name, points]) => `${name} ${points}`);
  const details = parts.length > 0 ? ` (${parts.join(", ")})` : "";
  const after = steps > 0 ? ` after ${steps} steps` : "";
  return {
    text: printMatches(season, matches, { infeasibility, objective }),
    summary: `${season.name}: ${infeasibility} hard rules broken, ${objective} points${details}${after}${stoppedText(stopped)}.`,
    cost: objective,
    infeasibility,
    byConstraint: byKind,
    isFeasible: infeasibility === 0,
    steps,
    stopped,
  };
}
