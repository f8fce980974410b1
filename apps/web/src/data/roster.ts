import { contractedMinutes, readTeamRow, type TeamDay, type TeamShift } from "@hourwright/timeline/team";
import { parseDate, printDate } from "@hourwright/timeline";
import { dateOf, dayNumber, daysInMonth, DAY_MS, MINUTE_MS } from "@hourwright/time";
import { api, type Answer } from "./api.ts";
import { wallShiftOf } from "./roster-shift.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";
import { parseInstant, wallClockOf, wallMs } from "./wall-clock.ts";

export type Contract = Answer<"contracts.list">["items"][number];
export type CoverageRow = Answer<"coverage.read">["rows"][number];
export type RosterDraft = Answer<"drafts.list">["items"][number];

/** Days that are shown: epoch days from the first. */
export type RosterWindow = { readonly fromDay: number; readonly days: number };

/** What stands on some days: a cell for each person and day. */
export type Standing = {
  readonly window: RosterWindow;
  /** In the order in which the server tells them. */
  readonly rows: ReadonlyMap<string, readonly TeamDay[]>;
};

export const rosterStore = createStore<{
  /** Null until it was read; of other days while those asked for are on their way. */
  readonly standing: Standing | null;
  readonly contracts: ReadonlyMap<string, readonly Contract[]>;
  readonly coverage: readonly CoverageRow[];
  /** What is offered and nobody has, a list for each day shown: a shift stands once for each place that is left. */
  readonly open: readonly (readonly TeamShift[])[];
  /** Open drafts that touch the days shown. */
  readonly drafts: readonly RosterDraft[];
  readonly failed: unknown;
  readonly isLoading: boolean;
}>({ standing: null, contracts: new Map(), coverage: [], open: [], drafts: [], failed: null, isLoading: false });

let asked = 0;

/** Reads what stands on some days, by whom it is worked, and the drafts of them. What was shown stays until it is there. */
export async function loadRoster(window: RosterWindow): Promise<void> {
  const mine = ++asked;
  rosterStore.set({ isLoading: true });
  const from = textOfDay(window.fromDay);
  const to = textOfDay(window.fromDay + window.days);
  try {
    const [schedules, contracts, offered, drafts] = await Promise.all([
      api("schedules.list", { query: { from, to } }),
      loadContracts(),
      api("openShifts.list", { query: { states: ["open"], from, to, limit: PAGE_ITEMS } }),
      api("drafts.list", { query: { states: ["open"], from, to } }).then(
        ({ items }) => items,
        () => [], // Who plans nothing has none.
      ),
    ]);
    if (mine !== asked) return;
    const open = openOf(window, offered.items);
    rosterStore.set({
      standing: standingOf(window, schedules),
      contracts,
      open,
      drafts,
      failed: null,
      isLoading: false,
    });
  } catch (error) {
    if (mine !== asked) return;
    noticeSignedOut(error);
    rosterStore.set({ failed: error, isLoading: false });
  }
}

function standingOf(window: RosterWindow, answer: Answer<"schedules.list">): Standing {
  const rows = new Map<string, readonly TeamDay[]>();
  for (const row of answer.items)
    rows.set(row.personId, readTeamRow(row, answer.sources, window.days, wallOfRow(row, answer, window.fromDay)));
  return { window, rows };
}

/** What is offered on each of the days. */
function openOf({ fromDay, days }: RosterWindow, offered: Answer<"openShifts.list">["items"]): TeamShift[][] {
  const byDay = Array.from({ length: days }, (): TeamShift[] => []);
  for (const { id, day, shift, placesLeft } of offered) {
    const one: TeamShift = { ...wallShiftOf(shift), layer: "open", sourceId: id, isChanged: false };
    byDay[(dayOfText(day) ?? -1) - fromDay]?.push(...Array.from({ length: placesLeft }, () => one));
  }
  return byDay;
}

/** How minutes of an answer stand on the wall of whose row it is, after midnight of the first day. */
export function wallOfRow(
  { zone }: Pick<Answer<"schedules.list">["items"][number], "zone">,
  { origin }: Pick<Answer<"schedules.list">, "origin">,
  fromDay: number,
): (minute: number) => number {
  const originMs = parseInstant(origin) ?? fromDay * DAY_MS;
  const clock = wallClockOf(zone, dateOf(fromDay).year);
  return (minute) => Math.round((wallMs(clock, originMs + minute * MINUTE_MS) - fromDay * DAY_MS) / MINUTE_MS);
}

const PAGE_ITEMS = 1_000;
const PAGES_MAX = 20;

async function loadContracts(): Promise<ReadonlyMap<string, readonly Contract[]>> {
  const byPerson = new Map<string, Contract[]>();
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer: Answer<"contracts.list"> = await api("contracts.list", {
      query: { limit: PAGE_ITEMS, ...(cursor === null ? {} : { cursor }) },
    });
    for (const contract of answer.items)
      byPerson.set(contract.personId, [...(byPerson.get(contract.personId) ?? []), contract]);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return byPerson;
}

let askedCoverage = 0;

/** Reads who is there beside who is needed, with a draft or without. Who plans nothing is told nothing. */
export async function loadCoverage(window: RosterWindow, draft: string | null): Promise<void> {
  const mine = ++askedCoverage;
  const query = { from: textOfDay(window.fromDay), to: textOfDay(window.fromDay + window.days) };
  const rows = await api("coverage.read", { query: { ...query, ...(draft === null ? {} : { draft }) } }).then(
    (answer) => answer.rows,
    () => [],
  );
  if (mine === askedCoverage) rosterStore.set({ coverage: rows });
}

/** The version of somebody's contract that holds on a day; of none before the first. */
export function contractOn(contracts: readonly Contract[] | undefined, day: number): Contract | null {
  const on = textOfDay(day);
  return contracts?.findLast(({ from, until }) => from <= on && (until === null || until >= on)) ?? null;
}

/** What contracts ask of some days, minutes; null where they may not be known. */
export function askedMinutes(contracts: readonly Contract[] | undefined, window: RosterWindow): number | null {
  if (contracts === undefined) return null;
  let minutes = 0;
  for (let day = window.fromDay; day < window.fromDay + window.days; day++) {
    const contract = contractOn(contracts, day);
    if (contract !== null) minutes += contractedMinutes(contract.nominal, daysOfPeriod(contract.nominal.per, day));
  }
  return Math.round(minutes);
}

const WEEK_DAYS = 7;

function daysOfPeriod(per: Contract["nominal"]["per"], day: number): number {
  const { year, month } = dateOf(day);
  if (per === "week") return WEEK_DAYS;
  return per === "month" ? daysInMonth(year, month) : dayNumber(year + 1, 1, 1) - dayNumber(year, 1, 1);
}

export const textOfDay = (day: number): string => printDate(dateOf(day));

/** An epoch day; null for what is no date. */
export function dayOfText(text: string): number | null {
  const date = parseDate(text);
  return date === null ? null : dayNumber(date.year, date.month, date.day);
}
