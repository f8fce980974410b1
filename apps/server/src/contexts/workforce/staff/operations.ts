import { isRefused, limits, type OperationId, type Refused } from "@hourwright/contract";
import { runCalls, type Call } from "../../../platform/bundle/bundle.ts";
import type { Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { rowsOf, type Wrong } from "../../../platform/sheets/sheet.ts";
import { departmentsAround, everybody } from "../../identity/public.ts";
import { ruleSetsOf, versionsOf } from "../contracts/store.ts";
import { writtenVersion } from "../contracts/terms.ts";
import type { HolidayLibrary } from "../holidays/model.ts";
import { learnRegions, newRegions } from "../holidays/regions.ts";
import { staffIn, type WrittenLine } from "./decide.ts";
import { planStaff, type Known, type Planned } from "./plan.ts";

/** Lines that are written in one unit: others have their turn in between. */
const LINES_OF_A_UNIT = 10;
const PEOPLE_MAX = 20_000;

type Ports = { readonly call: Call; readonly library: HolidayLibrary };

/**
 * People, their departments and contracts from a file. Every line is looked at before the first is written; then some lines are
 * written at a time, and what a line is refused for then (somebody else was faster) stops the rest: sent again, the file goes on there.
 */
export function staffOperations({ call, library }: Ports): Handlers<"staff.import"> {
  return {
    "staff.import": async ({ query, body }, context) => {
      const bytes = Buffer.concat(await Array.fromAsync(body as unknown as AsyncIterable<Uint8Array>));
      const rows = await rowsOf(bytes, limits.STAFF_FILE_ROWS_MAX + 2);
      const { people, wrong } = "why" in rows ? { people: [], wrong: [rows] } : staffIn(rows);
      if (wrong.length > 0) return told(people, [], wrong, false);
      const regions = await regionsLearned(context, library, people, query.dryRun);
      if (regions.length > 0) return told(people, [], regions, false);
      const plan = await context.read(async (unit) => planStaff(people, await knownHere(unit)));
      if (plan.wrong.length > 0 || query.dryRun) return told(people, plan.planned, plan.wrong, false);
      const { taken, refused } = await takeIn(plan.planned, context, call);
      return told(people, taken, refused, refused.length === 0);
    },
  };
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
    wrong.push(...lines.map(({ line }) => ({ line, column: "region", why: learned.refused.detail })));
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

/** Writes the lines in their order, some in each unit. A unit with a line that is refused is taken back, and nothing follows. */
async function takeIn(planned: readonly Planned[], context: RequestContext, call: Call): Promise<Taken> {
  const taken: Planned[] = [];
  for (let from = 0; from < planned.length; from += LINES_OF_A_UNIT) {
    const lines = planned.slice(from, from + LINES_OF_A_UNIT);
    const made: Planned[] = [];
    let at = lines[0]!;
    const answer = await context.write(async (unit) => {
      for (at of lines) {
        const personId = await takeInOne(unit, at, context, call);
        if (typeof personId !== "string") return personId;
        made.push({ ...at, personId });
      }
      return null;
    });
    if (isRefused(answer)) return { taken, refused: [{ line: at.line, column: "", why: answer.refused.detail }] };
    taken.push(...made);
  }
  return { taken, refused: [] };
}

/** Who it is of, or why not. */
async function takeInOne(unit: Unit, line: Planned, context: RequestContext, call: Call): Promise<string | Refused> {
  const does = async (id: OperationId, input: { params?: object; body: object }): Promise<unknown> => {
    const answers = await runCalls(context, unit, [{ id, input: { params: {}, query: {}, ...input } }], call);
    return isRefused(answers) ? answers : answers[0];
  };
  const { name, email, renamed, department, contract } = line;
  let personId = line.personId;
  if (personId === null) {
    const made = await does("people.create", { body: email === null ? { name } : { name, email } });
    if (isRefused(made)) return made;
    personId = (made as { readonly id: string }).id;
  } else if (Object.keys(renamed).length > 0) {
    const changed = await does("people.update", { params: { id: personId }, body: renamed });
    if (isRefused(changed)) return changed;
  }
  if (department !== null) {
    const departmentId = await departmentAt(unit, department, does);
    if (typeof departmentId !== "string") return departmentId;
    const placed = await does("departments.place", { body: { people: [{ personId, departmentId }] } });
    if (isRefused(placed)) return placed;
  }
  if (contract === null) return personId;
  const written = await does("contracts.create", { body: { personId, ...contract } });
  return isRefused(written) ? written : personId;
}

/** The department at the end of a path; those that are not there yet are made. */
async function departmentAt(
  unit: Unit,
  path: readonly string[],
  does: (id: OperationId, input: { body: object }) => Promise<unknown>,
): Promise<string | Refused> {
  let parentId: string | null = null;
  for (const name of path) {
    const { departments } = await departmentsAround(unit, []);
    const found = departments.find(
      (each) => each.parentId === parentId && each.name.toLowerCase() === name.toLowerCase(),
    );
    const made: unknown = found ?? (await does("departments.create", { body: { name, parentId } }));
    if (isRefused(made)) return made;
    parentId = (made as { readonly id: string }).id;
  }
  return parentId!;
}

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
