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

/** Everybody with a schedule on some days, by site and name, and what does not change with who is shown of them. */
export type Everybody = Omit<TeamModel, "lines"> & {
  readonly open: TeamLine;
  readonly all: readonly (TeamLine & { readonly teams: readonly string[] })[];
  /** The same, as the first of their site: made when they are. */
  readonly firsts: Map<TeamLine, TeamLine>;
};

export function everybodyOf(known: Known): Everybody {
  const { standing, contracts, coverage } = known;
  const { window } = standing;
  const subjects = new Map(known.people.map((person) => [person.id, person]));
  const order = new Intl.Collator();
  const all = [...standing.rows]
    .map(([personId, cells]) => {
      const subject = subjects.get(personId);
      const versions = contracts.get(personId);
      const contract = contractOn(versions, window.fromDay) ?? versions?.at(-1) ?? null;
      return {
        personId,
        name: subject?.name ?? "",
        site: contract?.site ?? subject?.site ?? subject?.teams?.[0] ?? "",
        teams: subject?.teams ?? [],
        isFirst: false,
        partPermille: contract?.partPermille ?? 1_000,
        cells,
        bars: absenceBars(cells, (day) => cells[day]!.shifts.length === 0),
        askedMinutes: window.days < WEEK_DAYS ? null : askedMinutes(versions, window),
        standingMinutes: cells.reduce((sum, cell) => sum + cell.workedMinutes + cell.creditedMinutes, 0),
      };
    })
    .toSorted((one, other) => order.compare(one.site, other.site) || order.compare(one.name, other.name));
  const spelled = new Map<string, string>();
  for (const row of coverage) spelled.set(keyOf(row.site), row.site);
  for (const { site } of all) if (site !== "" && !spelled.has(keyOf(site))) spelled.set(keyOf(site), site);
  const sites = [...spelled.values()].toSorted((one, other) => order.compare(one, other));
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
  return {
    window,
    open,
    all,
    firsts: new Map(),
    people: all.length,
    sites,
    hues: new Map(sites.map((site, index) => [keyOf(site), HUES[index % HUES.length]!])),
    coverage,
    holidays: holidaysOf(window, all),
  };
}

/** What the grid shows of everybody: a line stays the same value whoever else is shown. */
export function teamModel({ open, all, firsts, ...rest }: Everybody, filter: TeamFilter): TeamModel {
  const site = filter.site === null ? null : keyOf(filter.site);
  const name = filter.name.trim().toLocaleLowerCase();
  const shown = all.filter(
    (line) =>
      (site === null || keyOf(line.site) === site) &&
      (filter.team === null || line.teams.includes(filter.team)) &&
      (filter.skilled === null || filter.skilled.has(line.personId ?? "")) &&
      (name === "" || line.name.toLocaleLowerCase().includes(name)),
  );
  const lines = shown.map((line, index): TeamLine => {
    if (index > 0 && keyOf(line.site) === keyOf(shown[index - 1]!.site)) return line;
    let first = firsts.get(line);
    if (first === undefined) firsts.set(line, (first = { ...line, isFirst: true }));
    return first;
  });
  const coverage = site === null ? rest.coverage : rest.coverage.filter((row) => keyOf(row.site) === site);
  return { ...rest, lines: [open, ...lines], coverage };
}

/** A day is a holiday where somebody's contract says so. */
function holidaysOf({ days }: RosterWindow, people: readonly { readonly cells: readonly TeamDay[] }[]) {
  return Array.from({ length: days }, (_, day) => {
    for (const { cells } of people) {
      const holiday = cells[day]?.holiday ?? null;
      if (holiday !== null) return holiday;
    }
    return null;
  });
}

export const hueOfSite = ({ hues }: TeamModel, site: string): number => hues.get(keyOf(site)) ?? HUES[0]!;

/** A draft by person: what is looked up while a line is drawn. */
export type DraftByPerson = ReadonlyMap<string, ReadonlyMap<number, readonly DraftItem[]>>;

const NO_ITEMS: readonly DraftItem[] = [];

/** Reads a draft by person; whoever has the same items as the time before keeps the same value. */
export function draftReader(): (items: DraftItems) => DraftByPerson {
  let last: DraftByPerson = new Map();
  return (items) => (last = draftByPerson(items, last));
}

/** Whoever has the same items as `before` keeps the same value: what is drawn of them is not drawn again. */
function draftByPerson(items: DraftItems, before: DraftByPerson): DraftByPerson {
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
