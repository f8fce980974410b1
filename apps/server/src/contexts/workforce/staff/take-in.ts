import { isRefused, limits, type OperationId, type Refused } from "@hourwright/contract";
import { runCalls, type Call } from "../../../platform/bundle/bundle.ts";
import type { Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import { rowsOf, type Wrong } from "../../../platform/sheets/sheet.ts";
import { refusedLine } from "../../../platform/sheets/wrong.ts";
import { departmentsAround, everybody } from "../../identity/public.ts";
import { createContracts } from "../contracts/commands.ts";
import { ruleSetsOf, versionsOf } from "../contracts/store.ts";
import { writtenVersion } from "../contracts/terms.ts";
import type { HolidayLibrary } from "../holidays/model.ts";
import { learnRegions, newRegions } from "../holidays/regions.ts";
import { staffIn, type WrittenLine } from "./decide.ts";
import { planStaff, type Known, type Planned } from "./plan.ts";

/** Lines that are written in one unit, which stays short: others have their turn in between. */
const LINES_OF_A_UNIT = 40;
/** Of one that was refused. */
const LINES_TRIED_AGAIN = 10;
const PEOPLE_MAX = 20_000;

export type StaffPorts = {
  readonly call: Call;
  readonly library: HolidayLibrary;
  /** Makes people as `people.create` does, and answers their ids in order. */
  readonly addPeople: (
    unit: Unit,
    people: readonly Pick<Planned, "name" | "email">[],
  ) => Promise<readonly string[] | Refused>;
};

/** Hears how many lines of how many are written; throws when no more are to be. */
type Progress = (done: number, total: number) => Promise<void>;

/**
 * People, their departments and contracts from a file. Every line is looked at before the first is written; then some lines are
 * written at a time, and what a line is refused for then (somebody else was faster) stops the rest: sent again, the file goes on there.
 */
export async function takeInFile(
  bytes: Uint8Array,
  isDryRun: boolean,
  context: RequestContext,
  ports: StaffPorts,
  progress: Progress,
) {
  const rows = await rowsOf(bytes, limits.STAFF_FILE_ROWS_MAX + 2);
  const { people, wrong } = "why" in rows ? { people: [], wrong: [rows] } : staffIn(rows);
  if (wrong.length > 0) return told(people, [], wrong, false);
  const regions = await regionsLearned(context, ports.library, people, isDryRun);
  if (regions.length > 0) return told(people, [], regions, false);
  const plan = await context.read(async (unit) => planStaff(people, await knownHere(unit)));
  if (plan.wrong.length > 0 || isDryRun) return told(people, plan.planned, plan.wrong, false);
  const { taken, refused } = await takeIn(plan.planned, context, ports, progress);
  return told(people, taken, refused, refused.length === 0);
}

/** Learns the holidays of regions that nobody has named until now; of a region that there is not, on which lines it stands. */
async function regionsLearned(
  context: RequestContext,
  library: HolidayLibrary,
  people: readonly WrittenLine[],
  isDryRun: boolean,
): Promise<readonly Wrong[]> {
  const wrong: Wrong[] = [];
  for (const region of new Set(people.flatMap((each) => each.region ?? []))) {
    const learned = await newRegions(context, library, [region]);
    if (!isRefused(learned)) {
      if (!isDryRun && learned.length > 0) await context.write((unit) => learnRegions(unit, learned));
      continue;
    }
    const lines = people.filter((each) => each.region === region);
    wrong.push(...lines.map(({ line }) => refusedLine(line, "region", learned)));
    if (wrong.length >= limits.STAFF_FILE_PROBLEMS_MAX) break;
  }
  return wrong;
}

async function knownHere(unit: Unit): Promise<Known> {
  const people = await everybody(unit, PEOPLE_MAX);
  const ids = people.map(({ id }) => id);
  const versions = await versionsOf(unit, null);
  return {
    people,
    ...(await departmentsAround(unit, ids)),
    versions: new Map([...versions].map(([id, own]) => [id, own.map(writtenVersion)])),
    ruleSets: await ruleSetsOf(unit),
  };
}

type Taken = { readonly taken: readonly Planned[]; readonly refused: readonly Wrong[] };

/**
 * Writes the lines in their order, some in each unit. A unit with a line that is refused is taken back and written again by fewer, so that
 * it is known which line it was and what came before stays; nothing follows.
 */
async function takeIn(
  planned: readonly Planned[],
  context: RequestContext,
  ports: StaffPorts,
  progress: Progress,
): Promise<Taken> {
  const taken: Planned[] = [];
  for (let from = 0; from < planned.length; from += LINES_OF_A_UNIT) {
    await progress(from, planned.length);
    const lines = planned.slice(from, from + LINES_OF_A_UNIT);
    const made = await context.write((unit) => takeInTogether(unit, lines, context, ports));
    if (!isRefused(made)) {
      taken.push(...made);
      continue;
    }
    const few = await takeInByFew(lines, context, ports);
    taken.push(...few.taken);
    if (few.refused.length > 0) return { taken, refused: few.refused };
  }
  return { taken, refused: [] };
}

/** The same by fewer lines in a unit; says on which line it was refused. */
async function takeInByFew(planned: readonly Planned[], context: RequestContext, ports: StaffPorts): Promise<Taken> {
  const taken: Planned[] = [];
  for (let from = 0; from < planned.length; from += LINES_TRIED_AGAIN) {
    const lines = planned.slice(from, from + LINES_TRIED_AGAIN);
    const made: Planned[] = [];
    let at = lines[0]!;
    const answer = await context.write(async (unit) => {
      for (at of lines) {
        const one = await takeInTogether(unit, [at], context, ports);
        if (isRefused(one)) return one;
        made.push(...one);
      }
      return null;
    });
    if (isRefused(answer)) return { taken, refused: [refusedLine(at.line, "", answer)] };
    taken.push(...made);
  }
  return { taken, refused: [] };
}

/** Some lines, each step of all of them at once: who is new, who is called otherwise, where they are, their contracts. */
async function takeInTogether(
  unit: Unit,
  lines: readonly Planned[],
  context: RequestContext,
  { call, addPeople }: StaffPorts,
): Promise<readonly Planned[] | Refused> {
  const does = async (id: OperationId, input: { params?: object; body: object }): Promise<unknown> => {
    const answers = await runCalls(context, unit, [{ id, input: { params: {}, query: {}, ...input } }], call);
    return isRefused(answers) ? answers : answers[0];
  };
  const strangers = lines.filter(({ personId }) => personId === null);
  const ids = await addPeople(unit, strangers);
  if (isRefused(ids)) return ids;
  const idOf = new Map(strangers.map((line, i) => [line, ids[i]!]));
  const named = lines.map((line) => ({ ...line, personId: line.personId ?? idOf.get(line)! }));
  for (const { personId, renamed, isNew } of named) {
    if (isNew || Object.keys(renamed).length === 0) continue;
    const changed = await does("people.update", { params: { id: personId }, body: renamed });
    if (isRefused(changed)) return changed;
  }
  const placed = await placeTogether(unit, named, does);
  if (isRefused(placed)) return placed;
  const wishes = named.flatMap(({ personId, contract }) => (contract === null ? [] : [{ personId, ...contract }]));
  const written = wishes.length === 0 ? [] : await createContracts(unit, context.caller!, wishes);
  return isRefused(written) ? written : named;
}

type Does = (id: OperationId, input: { body: object }) => Promise<unknown>;

async function placeTogether(unit: Unit, lines: readonly Planned[], does: Does): Promise<Refused | null> {
  const isMoved = lines.some(({ department }) => department !== null);
  const departments: Named[] = isMoved ? [...(await departmentsAround(unit, [])).departments] : [];
  const people: { readonly personId: string | null; readonly departmentId: string }[] = [];
  for (const { personId, department } of lines) {
    if (department === null) continue;
    const departmentId = await departmentAt(departments, department, does);
    if (typeof departmentId !== "string") return departmentId;
    people.push({ personId, departmentId });
  }
  const placed = people.length === 0 ? null : await does("departments.place", { body: { people } });
  return isRefused(placed) ? placed : null;
}

/** The department at the end of a path; those that are not there yet are made, and are among `departments` from then on. */
async function departmentAt(departments: Named[], path: readonly string[], does: Does): Promise<string | Refused> {
  let parentId: string | null = null;
  for (const name of path) {
    const found = departments.find(
      (each) => each.parentId === parentId && each.name.toLowerCase() === name.toLowerCase(),
    );
    const made: unknown = found ?? (await does("departments.create", { body: { name, parentId } }));
    if (isRefused(made)) return made;
    const { id } = made as { readonly id: string };
    if (found === undefined) departments.push({ id, name, parentId });
    parentId = id;
  }
  return parentId!;
}

type Named = { readonly id: string; readonly name: string; readonly parentId: string | null };

/** What came of a file, or in a dry run what would. */
function told(people: readonly WrittenLine[], planned: readonly Planned[], wrong: readonly Wrong[], isDone: boolean) {
  const created = planned.filter(({ isNew }) => isNew).length;
  return {
    rows: people.length,
    created,
    updated: planned.length - created,
    unchanged: wrong.length > 0 ? 0 : people.length - planned.length,
    lines: planned.slice(0, limits.STAFF_FILE_LINES_MAX).map(({ line, personId, name, isNew, changes }) => ({
      line,
      personId,
      name,
      what: isNew ? ("created" as const) : ("updated" as const),
      changes: changes.map((each) => ({ ...each })),
    })),
    problems: wrong.slice(0, limits.STAFF_FILE_PROBLEMS_MAX).map((each) => ({ ...each })),
    isDone,
  };
}
