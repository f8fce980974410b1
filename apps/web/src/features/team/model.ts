import {
  absenceBars,
  draftMinutes,
  withDraft,
  type AbsenceBar,
  type DraftItem,
  type DraftItems,
  type TeamDay,
  type TeamShift,
} from "@hourwright/timeline/team";
import type { Subject } from "../../data/api.ts";
import {
  askedMinutes,
  contractOn,
  type Contract,
  type CoverageRow,
  type RosterWindow,
  type Standing,
} from "../../data/roster.ts";

/** A line of the grid: the open shifts, or a person. */
export type TeamLine = {
  /** Null: the open shifts. */
  readonly personId: string | null;
  readonly name: string;
  readonly site: string;
  /** The first of its site: it carries the name. */
  readonly isFirst: boolean;
  readonly partPermille: number;
  readonly cells: readonly TeamDay[];
  readonly bars: readonly AbsenceBar[];
  readonly askedMinutes: number | null;
  readonly standingMinutes: number;
};

export type TeamFilter = {
  readonly site: string | null;
  readonly team: string | null;
  readonly name: string;
  /** Who has the skill; null: it is not asked for. */
  readonly skilled: ReadonlySet<string> | null;
};

export type TeamModel = {
  readonly window: RosterWindow;
  /** The first is that of open shifts. */
  readonly lines: readonly TeamLine[];
  /** How many people there are without any filter. */
  readonly people: number;
  readonly sites: readonly string[];
  readonly hues: ReadonlyMap<string, number>;
  readonly coverage: readonly CoverageRow[];
  /** By day: what a public holiday is called. */
  readonly holidays: readonly (string | null)[];
};

const NOTHING: TeamDay = {
  shifts: [],
  pending: [],
  absence: null,
  pendingAbsence: null,
  holiday: null,
  workedMinutes: 0,
  creditedMinutes: 0,
};
/** One hue a site, in the order of their names; those of refusals and of leave are not among them. */
const HUES = [215, 250, 295, 75, 165, 190, 120, 275, 100, 235];

const WEEK_DAYS = 7;

const keyOf = (site: string): string => site.toLocaleLowerCase();

export type Known = {
  readonly standing: Standing;
  readonly contracts: ReadonlyMap<string, readonly Contract[]>;
  readonly coverage: readonly CoverageRow[];
  readonly people: readonly Subject[];
  /** Shifts that anybody may ask for, by day after the first. */
  readonly open: readonly (readonly TeamShift[])[];
};

/** What the grid shows: everybody with a schedule on these days, by site and name. */
export function teamModel(known: Known, filter: TeamFilter): TeamModel {
  const { standing, contracts, coverage } = known;
  const { window } = standing;
  const subjects = new Map(known.people.map((person) => [person.id, person]));
  const all = [...standing.rows].map(([personId, cells]) => {
    const subject = subjects.get(personId);
    const contract = contractOn(contracts.get(personId), window.fromDay) ?? contracts.get(personId)?.at(-1) ?? null;
    const site = contract?.site ?? subject?.site ?? subject?.teams?.[0] ?? "";
    return { personId, cells, site, contract, name: subject?.name ?? "", teams: subject?.teams ?? [] };
  });
  const spelled = new Map<string, string>();
  for (const row of coverage) spelled.set(keyOf(row.site), row.site);
  for (const { site } of all) if (site !== "" && !spelled.has(keyOf(site))) spelled.set(keyOf(site), site);
  const sites = [...spelled.values()].toSorted((one, other) => one.localeCompare(other));
  const hues = new Map(sites.map((site, index) => [keyOf(site), HUES[index % HUES.length]!]));
  const shown = all
    .filter(
      ({ personId, site, name, teams }) =>
        (filter.site === null || keyOf(site) === keyOf(filter.site)) &&
        (filter.team === null || teams.includes(filter.team)) &&
        (filter.skilled === null || filter.skilled.has(personId)) &&
        name.toLocaleLowerCase().includes(filter.name.trim().toLocaleLowerCase()),
    )
    .toSorted((one, other) => one.site.localeCompare(other.site) || one.name.localeCompare(other.name));
  const open: TeamLine = {
    personId: null,
    name: "",
    site: "",
    isFirst: false,
    partPermille: 1_000,
    cells: Array.from({ length: window.days }, (_, day) =>
      (known.open[day] ?? []).length === 0 ? NOTHING : { ...NOTHING, shifts: known.open[day]! },
    ),
    bars: [],
    askedMinutes: null,
    standingMinutes: 0,
  };
  const lines = shown.map(({ personId, cells, site, contract, name }, index): TeamLine => ({
    personId,
    name,
    site,
    isFirst: keyOf(site) !== keyOf(shown[index - 1]?.site ?? "\0"),
    partPermille: contract?.partPermille ?? 1_000,
    cells,
    bars: absenceBars(cells, (day) => cells[day]!.shifts.length === 0),
    askedMinutes: window.days < WEEK_DAYS ? null : askedMinutes(contracts.get(personId), window),
    standingMinutes: cells.reduce((sum, cell) => sum + cell.workedMinutes + cell.creditedMinutes, 0),
  }));
  return {
    window,
    lines: [open, ...lines],
    people: all.length,
    sites,
    hues,
    coverage: coverage.filter(({ site }) => filter.site === null || keyOf(site) === keyOf(filter.site)),
    holidays: holidaysOf(window, all),
  };
}

/** A day is a holiday where somebody's contract says so. */
function holidaysOf({ days }: RosterWindow, people: readonly { readonly cells: readonly TeamDay[] }[]) {
  return Array.from({ length: days }, (_, day) => {
    for (const { cells } of people) if (cells[day]?.holiday != null) return cells[day].holiday;
    return null;
  });
}

export const hueOfSite = ({ hues }: TeamModel, site: string): number => hues.get(keyOf(site)) ?? HUES[0]!;

/** A draft by person: what is looked up while a line is drawn. */
export type DraftByPerson = ReadonlyMap<string, ReadonlyMap<number, readonly DraftItem[]>>;

const NO_ITEMS: readonly DraftItem[] = [];

/** Whoever has the same items as `before` keeps the same value: what is drawn of them is not drawn again. */
export function draftByPerson(items: DraftItems, before: DraftByPerson): DraftByPerson {
  const people = new Map<string, Map<number, DraftItem[]>>();
  for (const item of items.values()) {
    const key = item.personId ?? "";
    let days = people.get(key);
    if (days === undefined) people.set(key, (days = new Map()));
    const known = days.get(item.day);
    if (known === undefined) days.set(item.day, [item]);
    else known.push(item);
  }
  const kept = new Map<string, ReadonlyMap<number, readonly DraftItem[]>>();
  for (const [personId, days] of people) {
    const was = before.get(personId);
    kept.set(personId, was !== undefined && holdsSame(was, days) ? was : days);
  }
  return kept;
}

function holdsSame(one: ReadonlyMap<number, readonly DraftItem[]>, other: ReadonlyMap<number, readonly DraftItem[]>) {
  if (one.size !== other.size) return false;
  for (const [day, items] of other) {
    const were = one.get(day);
    if (were?.length !== items.length || items.some((item, index) => item !== were[index])) return false;
  }
  return true;
}

export const itemsOf = (draft: DraftByPerson, personId: string | null, epochDay: number): readonly DraftItem[] =>
  draft.get(personId ?? "")?.get(epochDay) ?? NO_ITEMS;

/** What a cell holds as it is shown: with the draft, and what is asked for above what stands. */
export function shownIn(
  model: TeamModel,
  draft: DraftByPerson,
  line: TeamLine,
  day: number,
): { readonly cell: TeamDay; readonly shifts: readonly TeamShift[] } {
  const cell = line.cells[day] ?? NOTHING;
  return { cell, shifts: withDraft(cell, itemsOf(draft, line.personId, model.window.fromDay + day)) };
}

/** Hours of a line with the draft, minutes. */
export function minutesOf(model: TeamModel, draft: DraftByPerson, line: TeamLine): number {
  let minutes = line.standingMinutes;
  const days = draft.get(line.personId ?? "");
  if (days === undefined) return minutes;
  for (const [epochDay, items] of days) {
    const cell = line.cells[epochDay - model.window.fromDay];
    if (cell !== undefined) minutes += draftMinutes(cell, items);
  }
  return minutes;
}
