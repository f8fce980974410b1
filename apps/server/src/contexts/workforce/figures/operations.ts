import { setImmediate } from "node:timers/promises";
import { isRefused, limits, workforceProblems, type Catalogue, type OperationInput } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { FileAnswer, type RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { csvOf } from "../../../platform/sheets/csv.ts";
import { xlsxOf } from "../../../platform/sheets/xlsx.ts";
import { departmentsNamed, departmentsWithin, teamsById, teamsOfPeople } from "../../identity/public.ts";
import { accountRules, correctionsOfPeople, pairsOfPeople } from "../accounts/store.ts";
import { isAdministrator, knownTo } from "../access.ts";
import { versionsOf } from "../contracts/store.ts";
import { scenesOf, type Scene } from "../schedules/scenes.ts";
import { daysAround, figuresOf, monthsBetween, sumOf, todayOf, type Figures, type Month } from "./decide.ts";

type Query = OperationInput<Catalogue["staffFigures.read"]>["query"];
type Named = { readonly id: string | null; readonly name: string };
type PersonFigures = {
  readonly personId: string;
  readonly name: string;
  readonly groups: readonly Named[];
  readonly months: readonly (Figures | null)[];
};

/** People whose months are counted before others have their turn: about 10 ms. */
const PEOPLE_OF_A_TURN = 5;
const NOBODYS: Named = { id: null, name: "" };

/** Hours, overtime, absence and cost by department or team and month; and by person, for payroll. */
export const figureOperations: Handlers<`staffFigures.${"read" | "file"}`> = {
  "staffFigures.read": async ({ query }, context) => {
    const months = monthsAsked(query);
    if (isRefused(months)) return months;
    const people = await peopleCounted(query, months, context);
    if (isRefused(people)) return people;
    const tellsCost = isAdministrator(context.caller!);
    const groups = new Map(people.flatMap((each) => each.groups).map((group) => [group.id, group]));
    const inOrder = [...groups.values()].toSorted(byName);
    return {
      items: inOrder.flatMap((group) => {
        const own = people.filter(({ groups: of }) => of.some(({ id }) => id === group.id));
        return told(own, months, tellsCost).map((each) => ({ ...group, ...each }));
      }),
      total: told(people, months, tellsCost),
    };
  },

  "staffFigures.file": async ({ query }, context) => {
    const months = monthsAsked(query);
    if (isRefused(months)) return months;
    const people = await peopleCounted(query, months, context);
    if (isRefused(people)) return people;
    const rows = rowsOfPeople(people, months, isAdministrator(context.caller!));
    const name = `hours-${query.from}-${query.to}.${query.format}`;
    if (query.format === "xlsx") return new FileAnswer(XLSX, name, [await xlsxOf(COLUMNS, rows)]);
    const texts = rows.map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
    return new FileAnswer("text/csv; charset=utf-8", name, [Buffer.from(csvOf(COLUMNS, texts))]);
  },
};

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Those without a name last. */
const byName = (one: Named, other: Named): number =>
  Number(one.id === null) - Number(other.id === null) || one.name.localeCompare(other.name);

const badWindow = (which: string) => workforceProblems.refuse("bad-window", `Ask for ${which}.`);

function monthsAsked({ from, to }: Query) {
  const months = monthsBetween(from, to);
  if (months.length === 0) return badWindow("months that end after they begin");
  if (months.length > limits.FIGURE_MONTHS_MAX) return badWindow(`at most ${limits.FIGURE_MONTHS_MAX} months`);
  return months;
}

/** Everybody the caller may know all of, who had a contract in one of the months. */
async function peopleCounted(query: Query, months: readonly Month[], context: RequestContext) {
  const window = daysAround(months);
  const read = await context.read(async (unit) => {
    const groups = await peopleAsked(unit, query, window, context);
    const people = [...groups.keys()];
    if (people.length * (window.toDay - window.fromDay) > limits.SCHEDULE_PERSON_DAYS_MAX)
      return badWindow(`fewer months, or for one department: ${people.length} people had a contract then`);
    const [fromMs, toMs] = [(window.fromDay - 1) * DAY_MS, (window.toDay + 1) * DAY_MS];
    return {
      scenes: await scenesOf(unit, people, window),
      groups,
      pairs: await pairsOfPeople(unit, people, fromMs, toMs),
      corrections: await correctionsOfPeople(unit, people, window),
      rules: (await accountRules(unit)).rules,
    };
  });
  if (isRefused(read)) return read;
  const counted: PersonFigures[] = [];
  for (const [personId, scene] of read.scenes) {
    const clocked = within(scene, read.pairs.get(personId) ?? [], read.corrections.get(personId) ?? [], window);
    const own = figuresOf(scene, clocked, read.rules, months, todayOf(scene, context.nowMs));
    const groups = read.groups.get(personId) ?? [NOBODYS];
    if (own.some((each) => each !== null)) counted.push({ personId, name: scene.name, groups, months: own });
    if (counted.length % PEOPLE_OF_A_TURN === 0) await setImmediate();
  }
  return counted.toSorted(
    (one, other) => one.name.localeCompare(other.name) || (one.personId < other.personId ? -1 : 1),
  );
}

type Days = { readonly fromDay: number; readonly toDay: number };

/** What was clocked on the days, by the clocks of the person. */
function within<Pair extends { readonly startMs: number }, Correction>(
  { zone }: Pick<Scene, "zone">,
  pairs: readonly Pair[],
  corrections: readonly Correction[],
  { fromDay, toDay }: Days,
) {
  const [fromMs, toMs] = [zone.toEpochMs(fromDay * DAY_MS), zone.toEpochMs(toDay * DAY_MS)];
  return { pairs: pairs.filter(({ startMs }) => fromMs <= startMs && startMs < toMs), corrections };
}

/** Those with a contract then whom the caller may know, with the departments or teams they are counted in. */
async function peopleAsked(unit: Unit, query: Query, { fromDay, toDay }: Days, context: RequestContext) {
  const holding = [...(await versionsOf(unit, null))].filter(([, own]) =>
    own.some((each) => each.fromDay < toDay && (each.toDay ?? Infinity) > fromDay),
  );
  const known = await knownTo(unit, context.caller!);
  const mayKnow = known === null ? null : new Set(known);
  const people = holding.map(([id]) => id).filter((id) => mayKnow?.has(id) ?? true);
  const groups = await groupsOf(unit, people, query.by);
  if (query.within === undefined) return groups;
  const asked = new Set<string | null>(
    query.by === "team" ? [query.within] : await departmentsWithin(unit, query.within),
  );
  const inside = [...groups].map(([id, own]) => [id, own.filter((group) => asked.has(group.id))] as const);
  return new Map(inside.filter(([, own]) => own.length > 0));
}

/** The department of each, or the teams. */
async function groupsOf(
  unit: Unit,
  people: readonly string[],
  by: Query["by"],
): Promise<ReadonlyMap<string, readonly Named[]>> {
  if (by === "department") {
    const departments = await departmentsNamed(unit, people);
    return new Map(people.map((id) => [id, departments.get(id) ?? [NOBODYS]]));
  }
  const teams = await teamsOfPeople(unit, people);
  const names = await teamsById(unit, [...new Set([...teams.values()].flat())]);
  const named = new Map(names.map((team) => [team.id, team]));
  return new Map(
    [...teams].map(([personId, ids]) => {
      const own = ids.flatMap((id) => named.get(id) ?? []);
      return [personId, own.length === 0 ? [NOBODYS] : own];
    }),
  );
}

function told(people: readonly PersonFigures[], months: readonly Month[], tellsCost: boolean) {
  return months.flatMap(({ name }, i) => {
    const own = people.flatMap((each) => each.months[i] ?? []);
    return own.length === 0 ? [] : [{ month: name, people: own.length, ...shown(sumOf(own), tellsCost) }];
  });
}

const shown = (figures: Figures, tellsCost: boolean) => ({
  nominalMinutes: figures.nominal,
  plannedMinutes: Math.round(figures.planned),
  workedMinutes: Math.round(figures.worked),
  creditedMinutes: Math.round(figures.credited),
  overtimeMinutes: Math.round(figures.overtime),
  absence: { ...figures.absence },
  leaveDays: figures.leaveHundredths / 100,
  cost: tellsCost ? [...figures.cost].map(([currency, units]) => ({ minorUnits: Math.round(units), currency })) : null,
});

const COLUMNS = [
  "person",
  "id",
  "of",
  "month",
  "hours by contract",
  "hours planned",
  "hours worked",
  "hours credited",
  "hours of overtime",
  "leave (hours)",
  "sick (hours)",
  "training (hours)",
  "time off in lieu (hours)",
  "unpaid leave (hours)",
  "parental leave (hours)",
  "leave (days)",
  "cost",
  "currency",
];

/** Hours to the hundredth; money in the unit that has a name, to the smallest one. */
function rowsOfPeople(people: readonly PersonFigures[], months: readonly Month[], tellsCost: boolean) {
  const hours = (minutes: number) => Math.round((minutes * 100) / 60) / 100;
  return people.flatMap(({ personId, name, groups, months: own }) =>
    months.flatMap((month, i) => {
      const figures = own[i] ?? null;
      if (figures === null) return [];
      const { absence } = figures;
      const cost = tellsCost ? [...figures.cost] : [];
      const row: (string | number | null)[] = [
        name,
        personId,
        groups.map((group) => group.name).join(", "),
        month.name,
        ...[figures.nominal, figures.planned, figures.worked, figures.credited, figures.overtime].map(hours),
        ...[absence.leave, absence.sick, absence.training, absence.compensation, absence.unpaid, absence.parental].map(
          hours,
        ),
        figures.leaveHundredths / 100,
      ];
      // A month in which a contract has changed its currency has a row for each; the hours stand in the first.
      const rest = cost
        .slice(1)
        .map(([currency, units]) => [
          ...row.map((cell, at) => (at < FIRST_NUMBER ? cell : null)),
          money(units, currency),
          currency,
        ]);
      const [currency, units] = cost[0] ?? [null, 0];
      return [[...row, currency === null ? null : money(units, currency), currency], ...rest];
    }),
  );
}

const FIRST_NUMBER = 4;

/** Of how many smallest units a currency is made (ISO 4217), as the language's own tables have it. */
function money(units: number, currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return Math.round(units) / 10 ** maximumFractionDigits;
}
