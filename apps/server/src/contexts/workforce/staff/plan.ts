import type { Wrong } from "../../../platform/sheets/sheet.ts";
import { faultOf, wrongLine, type Fault } from "../../../platform/sheets/wrong.ts";
import type { FormerVersion, WrittenContract, WrittenTerms } from "../contracts/model.ts";
import { shiftOf } from "../contracts/terms.ts";
import { clockOf } from "../hours/decide.ts";
import { DAY_MINUTES } from "./cells.ts";
import type { WrittenLine } from "./decide.ts";

// Pure: what a file would change, beside what there is.

export type Known = {
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    readonly retired: boolean;
  }[];
  readonly departments: readonly { readonly id: string; readonly name: string; readonly parentId: string | null }[];
  readonly departmentOf: ReadonlyMap<string, string | null>;
  /** Versions of contracts by person, the first first. */
  readonly versions: ReadonlyMap<string, readonly FormerVersion[]>;
  readonly ruleSets: readonly { readonly id: string; readonly name: string }[];
};

export type Changed = { readonly column: string; readonly before: string; readonly after: string };

/** What one line changes: of somebody who is known, or (`personId` null) of somebody new. */
export type Planned = {
  readonly line: number;
  readonly personId: string | null;
  readonly isNew: boolean;
  readonly name: string;
  readonly email: string | null;
  /** What of their name and address is otherwise. */
  readonly renamed: { readonly name?: string; readonly email?: string };
  /** Where they come; null: they stay. */
  readonly department: readonly string[] | null;
  readonly contract: ContractBody | null;
  readonly changes: readonly Changed[];
};

export type ContractBody = Omit<WrittenContract, "personId">;
type Person = Known["people"][number];
type WrongColumn = { readonly column: string; readonly why: Fault };

/** What each line changes, those that change nothing left out; and what stands against it. Linear in lines and people. */
export function planStaff(
  lines: readonly WrittenLine[],
  known: Known,
): { readonly planned: readonly Planned[]; readonly wrong: readonly Wrong[] } {
  const byEmail = new Map(known.people.flatMap((each) => (each.email === null ? [] : [[each.email, each] as const])));
  const byName = Map.groupBy(known.people, ({ name }) => name.toLowerCase());
  const names = new Map(known.departments.map((each) => [each.id, each]));
  const ruleSets = new Map(known.ruleSets.map(({ id, name }) => [name.toLowerCase(), id]));
  const wrong: Wrong[] = [];
  const planned = lines.flatMap((line): Planned[] => {
    const person = personOf(line, byEmail, byName);
    if (person !== null && "why" in person) {
      wrong.push(person.why(line.line, person.column));
      return [];
    }
    const ruleSetId = line.rules === null ? null : (ruleSets.get(line.rules.toLowerCase()) ?? null);
    if (line.rules !== null && ruleSetId === null) {
      wrong.push(wrongLine(line.line, "rules", "no-rule-set", { name: line.rules }));
      return [];
    }
    const contract = contractPlanned(line, person === null ? [] : (known.versions.get(person.id) ?? []), ruleSetId);
    if ("why" in contract) {
      wrong.push(contract.why(line.line, contract.column));
      return [];
    }
    const department = person === null ? null : (known.departmentOf.get(person.id) ?? null);
    const pathNow = pathOf(department, names);
    const moved = line.department !== null && !isSame(line.department, pathNow) ? line.department : null;
    const renamed = person === null ? {} : changedFields(line, person);
    const changes = [
      ...Object.entries(renamed).map(([column, after]) => ({
        column,
        before: (column === "name" ? person!.name : person!.email) ?? "",
        after,
      })),
      ...(moved === null ? [] : [{ column: "department", before: pathNow.join(" / "), after: moved.join(" / ") }]),
      ...contract.changes,
    ];
    if (person !== null && changes.length === 0) return [];
    const { name, email } = line;
    const personId = person?.id ?? null;
    return [
      {
        line: line.line,
        personId,
        isNew: person === null,
        name,
        email,
        renamed,
        department: moved,
        contract: contract.body,
        changes,
      },
    ];
  });
  return { planned, wrong };
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each, i) => each.toLowerCase() === other[i]!.toLowerCase());

/** Somebody by their address; without one by a name that nobody else has; null: somebody new. */
function personOf(
  { name, email }: WrittenLine,
  byEmail: ReadonlyMap<string, Person>,
  byName: ReadonlyMap<string, readonly Person[]>,
): Person | null | WrongColumn {
  const owner = email === null ? undefined : byEmail.get(email);
  const alike = (byName.get(name.toLowerCase()) ?? []).filter((each) => email === null || each.email === null);
  if (owner === undefined && email === null && alike.length > 1)
    return { column: "email", why: faultOf("alike", { name, count: alike.length }) };
  const found = owner ?? (alike.length === 1 ? alike[0]! : null);
  if (found?.retired === true) return { column: "name", why: faultOf("retired-first", { name: found.name }) };
  return found;
}

function changedFields({ name, email }: WrittenLine, person: Person): { name?: string; email?: string } {
  return {
    ...(name === person.name ? {} : { name }),
    ...(email === null || email === person.email ? {} : { email }),
  };
}

function pathOf(id: string | null, byId: ReadonlyMap<string, Known["departments"][number]>): readonly string[] {
  const path: string[] = [];
  for (let each = id === null ? undefined : byId.get(id); each !== undefined;) {
    path.unshift(each.name);
    each = each.parentId === null ? undefined : byId.get(each.parentId);
  }
  return path;
}

const NEW_TERMS: Omit<WrittenTerms, "nominal" | "weeks" | "anchor"> = {
  partPermille: 1_000,
  site: null,
  region: null,
  holidays: "paid",
  ruleSetId: null,
};

type ContractPlan = { readonly body: ContractBody | null; readonly changes: readonly Changed[] };

/** A version that says what the line says, from its day on, and for the rest what the version before it says. */
function contractPlanned(
  line: WrittenLine,
  versions: readonly FormerVersion[],
  ruleSetId: string | null,
): ContractPlan | WrongColumn {
  const last = versions.at(-1) ?? null;
  const { from, until, minutes, partPermille, week, site, region, rules, cost } = line;
  if ([from, until, minutes, partPermille, week, site, region, rules, cost].every((each) => each === null))
    return { body: null, changes: [] };
  if (last === null && from === null) return { column: "from", why: faultOf("first-day", {}) };
  if (last === null && minutes === null && week === null) return { column: "hours", why: faultOf("first-hours", {}) };
  const next = nextVersion(line, last, ruleSetId);
  const changes = differenceOf(last, next);
  if (changes.length === 0) return { body: null, changes };
  const columns = changes.map(({ column }) => column);
  if (last !== null && from === null) return { column: "from", why: faultOf("change-day", { columns }) };
  if (last !== null && next.from <= last.from)
    return { column: "from", why: faultOf("change-late", { columns, from: next.from, since: last.from }) };
  const { cost: costs, ...body } = next;
  return { body: cost === null ? body : { ...body, cost: costs }, changes };
}

function nextVersion(
  line: WrittenLine,
  last: FormerVersion | null,
  ruleSetId: string | null,
): Omit<FormerVersion, "id"> {
  const { week, minutes } = line;
  const { id: _, ...before } = last ?? {
    id: "",
    ...NEW_TERMS,
    until: null,
    cost: null,
    nominal: null,
    weeks: [[]],
    anchor: null,
  };
  const from = line.from ?? last!.from;
  const isOver = before.until !== null && line.from !== null && line.from > before.until;
  const weekly = minutes ?? (week ?? []).reduce((sum, shift) => sum + shift.minutes, 0);
  return {
    ...before,
    from,
    until: line.until ?? (isOver ? null : before.until),
    nominal: minutes === null && before.nominal !== null ? before.nominal : { minutes: weekly, per: "week" },
    weeks: week === null ? before.weeks : [week.map((shift) => ({ ...shift }))],
    anchor: week === null && before.anchor !== null ? before.anchor : from,
    partPermille: line.partPermille ?? before.partPermille,
    site: line.site ?? before.site,
    region: line.region ?? before.region,
    ruleSetId: ruleSetId ?? before.ruleSetId,
    cost: line.cost ?? before.cost,
  };
}

/** The day alone is no change: a list is sent again and again with the days on which contracts began. */
function differenceOf(last: FormerVersion | null, next: Omit<FormerVersion, "id">): Changed[] {
  const before = last === null ? null : told(last);
  return Object.entries(told(next)).flatMap(([column, after]) => {
    const was = before?.[column as keyof typeof before] ?? "";
    return was === after ? [] : [{ column, before: was, after }];
  });
}

function told({ nominal, partPermille, weeks, site, region, ruleSetId, cost, until }: Omit<FormerVersion, "id">) {
  const hours = Math.round((nominal.minutes * 100) / 60) / 100;
  const shifts = weeks.map((week) =>
    week
      .map((shift) => ({ ...shiftOf(shift), weekday: shift.weekday }))
      .map(
        ({ weekday, fromMinute, toMinute }) =>
          `${WEEKDAYS[weekday - 1]} ${clockOf(fromMinute)}–${clockOf(toMinute % DAY_MINUTES)}`,
      )
      .join(", "),
  );
  return {
    until: until ?? "",
    hours: `${hours} per ${nominal.per}`,
    part: `${partPermille / 10} %`,
    shifts: shifts.join("; "),
    site: site ?? "",
    region: region ?? "",
    rules: ruleSetId ?? "",
    cost: cost === null ? "" : `${cost.minorUnits} ${cost.currency}`,
  };
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
