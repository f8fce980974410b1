import { isRefused, limits } from "@hourwright/contract";
import { standingIn } from "@hourwright/roster";
import { unify } from "@hourwright/schedule";
import type { Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { rowsOf, type Wrong } from "../../../platform/sheets/sheet.ts";
import { faultOf } from "../../../platform/sheets/wrong.ts";
import { employeeNumbers, everybody } from "../../identity/public.ts";
import { isAdministrator, plans } from "../access.ts";
import { versionsOf } from "../contracts/store.ts";
import { dayText } from "../contracts/terms.ts";
import { scenesOf } from "../schedules/scenes.ts";
import { skillsOf } from "../skills/store.ts";
import { createDraft, forPlanners, plannedBy } from "./commands.ts";
import { shownDraft } from "./model.ts";
import { shiftsIn, type FileShift } from "./shift-file.ts";
import {
  entriesOf,
  namedShifts,
  plannedBeside,
  timesText,
  type KnownStaff,
  type NamedShift,
  type PlannedShift,
} from "./shift-plan.ts";
import { countItems } from "./store.ts";

const PEOPLE_MAX = 20_000;

type Plan = {
  readonly planned: readonly PlannedShift[];
  readonly unchanged: number;
  readonly wrong: readonly Wrong[];
  readonly names: ReadonlyMap<string, string>;
  /** Whom who asks manages. */
  readonly managed: readonly string[];
};

/**
 * Shifts of a file as a new draft, in one unit: looked at first beside who is here and what stands, then written as a whole. Taking the
 * draft back takes all of them back.
 */
export const shiftFileOperations: Handlers<"drafts.import"> = {
  "drafts.import": async ({ query, body }, context) => {
    const bytes = Buffer.concat(await Array.fromAsync(body as unknown as AsyncIterable<Uint8Array>));
    const rows = await rowsOf(bytes, limits.DRAFT_ITEMS_MAX + 2);
    const { shifts, wrong } = "why" in rows ? { shifts: [], wrong: [rows] } : shiftsIn(rows);
    if (wrong.length > 0)
      return told(shifts, { planned: [], unchanged: 0, wrong, names: new Map(), managed: [] }, null);
    const plan = await context.read((unit) => planOf(unit, context, shifts));
    if (isRefused(plan)) return plan;
    if (query.dryRun || plan.wrong.length > 0 || plan.planned.length === 0) return told(shifts, plan, null);
    const made = await context.write(async (unit) => {
      const draft = await createDraft(
        unit,
        context.caller!,
        wishOf(query.name, plan, isAdministrator(context.caller!)),
        (newId) => entriesOf(plan.planned, newId),
      );
      return isRefused(draft) ? draft : shownDraft(draft, await countItems(unit, draft.id));
    });
    if (isRefused(made)) return made;
    context.reply.headers["location"] = `/v1/drafts/${made.id}`;
    return told(shifts, plan, made);
  },
};

async function planOf(
  unit: Unit,
  { caller }: RequestContext,
  shifts: readonly FileShift[],
): Promise<Plan | typeof forPlanners> {
  if (!(await plans(unit, caller!))) return forPlanners;
  const [people, own, contracts] = [
    await everybody(unit, PEOPLE_MAX),
    await plannedBy(unit, caller!),
    await versionsOf(unit, null),
  ];
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const known: KnownStaff = {
    people: own === null ? people : people.filter(({ id }) => own.has(id)),
    numbers: await employeeNumbers(unit),
    skills: await skillsOf(unit),
    whyNot: (id) => (contracts.has(id) ? null : faultOf("no-contract", { name: names.get(id)! })),
  };
  const { named, wrong } = namedShifts(shifts, known);
  const managed = own === null ? [] : [...own];
  if (wrong.length > 0 || named.length === 0) return { planned: [], unchanged: 0, wrong, names, managed };
  return { ...plannedBeside(named, await standingOf(unit, named)), wrong, names, managed };
}

/** What stands of those whom a file names, from the day before its first: nights reach over. */
async function standingOf(unit: Unit, named: readonly NamedShift[]) {
  const people = [...new Set(named.flatMap(({ personId }) => personId ?? []))];
  const { fromDay, toDay } = daysOf(named);
  const scenes = await scenesOf(unit, people, { fromDay: fromDay - 1, toDay: toDay + 1 });
  return new Map(
    Array.from(scenes, ([personId, scene]) => [
      personId,
      standingIn(unify({ ...scene, fromDay: fromDay - 1, toDay: toDay + 1 }).stretches).map(({ placed }) => placed),
    ]),
  );
}

function daysOf(named: readonly NamedShift[]): { readonly fromDay: number; readonly toDay: number } {
  const days = named.map(({ day }) => day);
  const [first, last] = days.reduce(
    ([min, max], day) => [Math.min(min, day), Math.max(max, day)],
    [Infinity, -Infinity],
  );
  return { fromDay: first, toDay: last + 1 };
}

/** A draft of the days of the file; of its people alone where who asks does not manage everybody. */
function wishOf(name: string, { planned, managed }: Plan, isOfAll: boolean) {
  const days = daysOf(planned);
  const drops = planned.flatMap(({ stands }) => stands.map(({ day }) => day));
  const fromDay = drops.reduce((min, day) => Math.min(min, day), days.fromDay);
  const toDay = drops.reduce((max, day) => Math.max(max, day + 1), days.toDay);
  const named = [...new Set(planned.flatMap(({ personId }) => personId ?? []))];
  const people = isOfAll ? null : named.length > 0 ? named : managed;
  return { name, from: dayText(fromDay), to: dayText(toDay), team: null, people };
}

function told(
  shifts: readonly FileShift[],
  { planned, unchanged, wrong, names }: Plan,
  draft: ReturnType<typeof shownDraft> | null,
) {
  return {
    shifts: shifts.length,
    added: planned.length,
    replacing: planned.filter(({ stands }) => stands.length > 0).length,
    unchanged,
    lines: planned.slice(0, limits.STAFF_FILE_LINES_MAX).map((each) => ({
      line: each.from.line,
      personId: each.personId,
      name: each.personId === null ? "" : names.get(each.personId)!,
      day: each.from.day,
      times: timesText(each),
      instead: each.stands.map((other) => `${dayText(other.day)} ${timesText(other)}`),
    })),
    problems: wrong.slice(0, limits.STAFF_FILE_PROBLEMS_MAX).map((each) => ({ ...each })),
    draft,
  };
}
