import { basename } from "node:path";
import {
  INRC2_HARD,
  inrc2Instance,
  printInrc2Rows,
  readInrc2,
  readInrc2Rows,
  scoreInrc2,
} from "@hourwright/solver/rostering";
import { Refusal, type SolvePorts } from "./planned.ts";
import type { RosterFile } from "./roster-file.ts";

/** Which history and weeks of a folder are meant, as they were given: numbers, or names of files. */
export type Inrc2Choice = { readonly history: string | null; readonly weeks: string | null };

const WEEKS_MAX = 52;

/** A roster of the Second International Nurse Rostering Competition: a folder with a scenario, histories and weeks. */
export async function inrc2Family(folder: string, choice: Inrc2Choice, io: SolvePorts): Promise<RosterFile> {
  if (choice.history === null || choice.weeks === null)
    throw new Refusal("a folder needs --history 0 and --weeks 1-2-3-3: which of its files are meant.");
  const name = basename(folder);
  const read = async (file: string) => ({ name: file, text: await textOf(folder, file, io) });
  const scenario = await read(`Sc-${name}.txt`);
  const history = await read(fileOf("H0", name, choice.history));
  const weeks = [];
  for (const week of listOf(choice.weeks)) weeks.push(await read(fileOf("WD", name, week)));
  const { read: roster, refused } = readInrc2({ scenario, history, weeks });
  if (roster === undefined) throw new Refusal(refused);
  const instance = inrc2Instance(roster);
  if (instance === null) throw new Refusal("the rules of a contract are too many to be planned together.");
  const isHard = (constraint: string) => INRC2_HARD.some((hard) => hard === constraint);
  return {
    name,
    instance,
    score(values) {
      const costs = Object.entries(scoreInrc2(roster, values));
      return {
        soft: Object.fromEntries(costs.filter(([constraint]) => !isHard(constraint))),
        hard: Object.fromEntries(costs.filter(([constraint]) => isHard(constraint))),
      };
    },
    print: (values) => printInrc2Rows(roster, values),
    read: (solution) => readInrc2Rows(roster, solution),
  };
}

/** `1-2-3-3` as the competition names its instances, or anything between commas or blanks. */
function listOf(weeks: string): string[] {
  const list = /^\d+(?:-\d+)*$/.test(weeks) ? weeks.split("-") : weeks.split(/[\s,]+/);
  if (list.length > WEEKS_MAX) throw new Refusal(`--weeks: at most ${WEEKS_MAX}, not ${list.length}.`);
  return list;
}

function fileOf(kind: string, name: string, which: string): string {
  const file = basename(which);
  return /^\d+$/.test(file) ? `${kind}-${name}-${file}.txt` : file;
}

async function textOf(folder: string, file: string, io: SolvePorts): Promise<string> {
  try {
    return new TextDecoder().decode(await io.read(`${folder}/${file}`));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause)
      throw new Refusal(`${file} cannot be read: ${cause.message}`, { cause });
    throw cause;
  }
}
