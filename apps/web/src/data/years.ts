import { api, isOffline, sentenceOf, type Conflict, type Event } from "./api.ts";
import { keyOf } from "./entries.ts";
import { EVERYONE, missingIn, NOBODY, partsOf, scopeOf, subjectsIn, together, type Scope } from "./scope.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";
import { painted } from "../ui/after-paint.ts";

/** What is known of one year. A year that is loaded stays shown while it is loaded again. */
export type YearState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly sentence: string; readonly isOffline: boolean }
  | {
      readonly status: "ready";
      readonly events: readonly Event[];
      /** Of whom all events are known. */
      readonly scope: Scope;
      readonly conflicts: readonly Conflict[];
      /** False until they were read for the first time: they come after the events. */
      readonly areConflictsKnown: boolean;
      /** Whether only the earliest conflicts of the year are listed. */
      readonly isCut: boolean;
    };

export const yearsStore = createStore<{
  readonly years: ReadonlyMap<number, YearState>;
  readonly isOffline: boolean;
  /** As of when the years are that another load of the page has kept, epoch ms; null once the server has been heard. */
  readonly keptAtMs: number | null;
}>({ years: new Map(), isOffline: false, keptAtMs: null });

/** Calls `hear` whenever what is known of a year is another. Answers how to stop. */
export function onYears(hear: () => void): () => void {
  let { years } = yearsStore.get();
  return yearsStore.subscribe(() => {
    const before = years;
    ({ years } = yearsStore.get());
    if (years !== before) hear();
  });
}

const PAGES_MAX = 20; // Of 20,000 events each.
const YEARS_KEPT_MAX = 4;

const latestRead = new Map<number, number>();
let reads = 0;
/** Years being read, and the events that were read again meanwhile: what such a year says of them may be older. */
let loading = 0;
const readMeanwhile = new Set<string>();
/** The version of what was changed in foresight: until the server has gone beyond it, what it says is older. */
const foreseen = new Map<string, number>();

/** Whose events of each year were asked for since the page was opened. */
const wanted = new Map<number, Scope>();
/** Of whom the latest read of a year will bring everything. */
const underWay = new Map<number, Scope>();

/** Shows a year of some people, things and calendars, of everybody when none is named: reads what is not known of it. */
export async function showYear(year: number, zone: string, who: readonly string[]): Promise<void> {
  wanted.set(year, together(wanted.get(year) ?? NOBODY, scopeOf(who)));
  if (yearsStore.get().years.get(year)?.status === "ready" || underWay.has(year)) await fillYear(year, zone);
  else await loadYear(year, zone);
}

/**
 * Loads a year of those who are wanted, or loads it again: their events, and when these are shown their conflicts. Of
 * several reads under way the one started last wins.
 */
export async function loadYear(year: number, zone: string): Promise<void> {
  const read = ++reads;
  latestRead.set(year, read);
  const scope = wanted.get(year) ?? EVERYONE;
  underWay.set(year, scope);
  const isLatest = () => latestRead.get(year) === read;
  if (yearsStore.get().years.get(year)?.status !== "ready") setYear(year, { status: "loading" });
  loading++;
  try {
    const events = await readEvents(year, zone, scope, (first) => isLatest() && showFirst(year, first));
    performance.mark("year-data"); // The painter measures from here.
    if (isLatest()) {
      foreseen.clear();
      setYear(year, { ...conflictsKnown(year), status: "ready", events, scope });
    }
    yearsStore.set({ isOffline: false });
  } catch (error) {
    if (isLatest()) fail(year, error);
    return noticeSignedOut(error);
  } finally {
    if (isLatest()) underWay.delete(year);
    loaded(zone);
  }
  try {
    await painted(); // What comes while the events are being drawn would be drawn with them, and they later.
    if (isLatest()) await loadConflicts(year, zone);
  } catch (error) {
    if (isLatest()) fail(year, error);
    return noticeSignedOut(error);
  }
  // Somebody else may be wanted by now; or something was foreseen meanwhile, and what was read is not what is shown.
  if (isLatest() || !latestRead.has(year)) await fillYear(year, zone);
}

/** What was loaded stays; of a year that was never there in full it is said that it could not be loaded. */
function fail(year: number, error: unknown): void {
  const offline = isOffline(error);
  yearsStore.set({ isOffline: offline });
  const state = yearsStore.get().years.get(year);
  if (state?.status === "ready" && state.areConflictsKnown) return;
  setYear(year, { status: "failed", sentence: sentenceOf(error, ""), isOffline: offline });
}

/** The first page of many: what is there can be looked at. */
function showFirst(year: number, first: readonly Event[]): void {
  const state = yearsStore.get().years.get(year);
  if (state?.status === "ready") setYear(year, { ...state, events: withThose(state.events, first) });
  else setYear(year, { ...conflictsKnown(year), status: "ready", events: first, scope: NOBODY });
}

/** What is known already stays as it is: it may be newer, or foreseen. */
function withThose(events: readonly Event[], read: readonly Event[]): readonly Event[] {
  const known = new Set(events.map(({ id, recurrenceId }) => keyOf(id, recurrenceId)));
  return [...events, ...read.filter(({ id, recurrenceId }) => !known.has(keyOf(id, recurrenceId)))];
}

function conflictsKnown(year: number): Pick<ReadyYear, "conflicts" | "isCut" | "areConflictsKnown"> {
  const state = yearsStore.get().years.get(year);
  return state?.status === "ready" ? state : { conflicts: [], isCut: false, areConflictsKnown: false };
}

type ReadyYear = Extract<YearState, { status: "ready" }>;

/** Reads the events of those who are wanted in a year, and neither known nor being read; then the conflicts of all. */
async function fillYear(year: number, zone: string): Promise<void> {
  const state = yearsStore.get().years.get(year);
  const known = together(state?.status === "ready" ? state.scope : NOBODY, underWay.get(year) ?? NOBODY);
  const missing = missingIn(known, wanted.get(year) ?? EVERYONE);
  if (missing === EVERYONE || (missing.size > 0 && state?.status !== "ready")) return loadYear(year, zone);
  if (missing.size === 0) return;
  loading++;
  try {
    const read = await readEvents(year, zone, missing);
    const now = yearsStore.get().years.get(year);
    if (now?.status !== "ready") return;
    setYear(year, { ...now, events: withThose(now.events, read), scope: together(now.scope, missing) });
  } catch (error) {
    noticeSignedOut(error);
    return yearsStore.set({ isOffline: isOffline(error) });
  } finally {
    loaded(zone);
  }
  await loadConflicts(year, zone).catch(noticeSignedOut);
}

/** A read has ended: what was changed while years were read is read again, for they may hold what it was before. */
function loaded(zone: string): void {
  if (--loading > 0 || readMeanwhile.size === 0) return;
  const ids = [...readMeanwhile];
  readMeanwhile.clear();
  readAgain(ids, zone).catch(noticeSignedOut);
}

/** The server is back: what is wanted and could not be read is read. */
export async function readMissing(zone: string): Promise<void> {
  await Promise.all([...wanted.keys()].map((year) => fillYear(year, zone)));
}

/** Whether events are being read: what is known of a year is then between two states. */
export const isReading = (): boolean => loading > 0;

/** Loads again every year that is on screen or kept. */
export async function reloadYears(zone: string): Promise<void> {
  await Promise.all([...yearsStore.get().years.keys()].map((year) => loadYear(year, zone)));
}

/**
 * Changes what is shown at once, before the server has confirmed it; what is read after that is the truth. Answers how to
 * take it back, when the server refuses: what was read anew meanwhile stays.
 */
export function foresee(change: (events: readonly Event[], conflicts: readonly Conflict[]) => Loaded): () => void {
  const years = new Map(yearsStore.get().years);
  const before = new Map<Event | Conflict, Event | Conflict>();
  const gone = new Map<number, readonly Conflict[]>();
  for (const [year, state] of years) {
    latestRead.delete(year); // A read from before the change must not undo it.
    underWay.delete(year);
    if (state.status !== "ready") continue;
    const next = change(state.events, state.conflicts);
    state.events.forEach((event, i) => {
      if (event === next.events[i]) return;
      foreseen.set(event.id, event.version);
      before.set(next.events[i]!, event);
    });
    const left = new Map(next.conflicts.map((conflict) => [conflict.id, conflict]));
    for (const conflict of state.conflicts)
      if (left.get(conflict.id) !== conflict) before.set(left.get(conflict.id) ?? conflict, conflict);
    gone.set(
      year,
      state.conflicts.filter(({ id }) => !left.has(id)),
    );
    years.set(year, { ...state, ...next });
  }
  yearsStore.set({ years });
  return () => {
    for (const { id } of before.keys()) foreseen.delete(id);
    const restored = <Item extends Event | Conflict>(item: Item): Item =>
      (before.get(item) as Item | undefined) ?? item;
    for (const [year, conflicts] of gone) {
      const state = yearsStore.get().years.get(year);
      if (state?.status !== "ready") continue;
      const known = new Set(state.conflicts.map(({ id }) => id));
      const back = conflicts.filter(({ id }) => !known.has(id));
      const all = [...state.conflicts.map(restored), ...back];
      setYear(year, { ...state, events: state.events.map(restored), conflicts: all });
    }
  };
}

/** What is known of an event: its occurrences in all years that are loaded. */
export function eventsOfId(id: string): Event[] {
  const years = [...yearsStore.get().years.values()];
  return years.flatMap((state) => (state.status === "ready" ? state.events.filter((event) => event.id === id) : []));
}

const IDS_OF_A_READ = 100;

/**
 * Reads some events again, in every year that is loaded, and puts them in the place of what was known of them; those that
 * are gone are taken out. What did not change stays the same object. Answers what was read, by id.
 */
export async function readAgain(ids: readonly string[], zone: string): Promise<ReadonlyMap<string, Event[]>> {
  const fresh = new Map<string, Event[]>();
  const years = [...yearsStore.get().years].filter(([, { status }]) => status !== "failed").map(([year]) => year);
  if (loading > 0) for (const id of ids) readMeanwhile.add(id);
  for (const year of years) {
    for (let from = 0; from < ids.length; from += IDS_OF_A_READ) {
      const some = ids.slice(from, from + IDS_OF_A_READ);
      const { events } = await api("events.list", { query: { ...boundsOf(year), timeZone: zone, ids: some } });
      for (const event of events) fresh.set(event.id, [...(fresh.get(event.id) ?? []), event]);
      replaceEvents(year, new Set(some), events);
    }
  }
  return fresh;
}

function replaceEvents(year: number, ids: ReadonlySet<string>, read: readonly Event[]): void {
  const state = yearsStore.get().years.get(year);
  if (state?.status !== "ready") return;
  const byId = Map.groupBy(read, ({ id }) => id);
  const isOlder = (id: string) => (byId.get(id)?.[0]?.version ?? Infinity) <= (foreseen.get(id) ?? -1);
  const replaced = new Set([...ids].filter((id) => !isOlder(id)));
  const known = new Map(state.events.filter(({ id }) => replaced.has(id)).map((event) => [printOf(event), event]));
  const next = read.filter(({ id }) => replaced.has(id)).map((event) => known.get(printOf(event)) ?? event);
  if (next.length === known.size && next.every((event) => known.has(printOf(event)))) return; // Nothing is new.
  setYear(year, { ...state, events: [...state.events.filter(({ id }) => !replaced.has(id)), ...next] });
}

const printOf = (event: Event): string => JSON.stringify(event);

/** Reads the conflicts of every year that is loaded again, and nothing else. */
export async function reloadConflicts(zone: string): Promise<void> {
  for (const year of yearsStore.get().years.keys()) await loadConflicts(year, zone);
}

async function loadConflicts(year: number, zone: string): Promise<void> {
  const before = yearsStore.get().years.get(year);
  if (before?.status !== "ready") return;
  const read = latestRead.get(year);
  const { conflicts, isCut } = await readConflicts(year, zone, subjectsIn(before.scope, before.events));
  const state = yearsStore.get().years.get(year);
  // What was loaded or foreseen meanwhile is newer.
  if (state?.status !== "ready" || latestRead.get(year) !== read) return;
  const known = new Map(state.conflicts.map((conflict) => [JSON.stringify(conflict), conflict]));
  const next = conflicts.map((conflict) => known.get(JSON.stringify(conflict)) ?? conflict);
  const isSame = next.length === state.conflicts.length && next.every((each, i) => each === state.conflicts[i]);
  if (!isSame || !state.areConflictsKnown || isCut !== state.isCut)
    setYear(year, { ...state, conflicts: isSame ? state.conflicts : next, isCut, areConflictsKnown: true });
}

async function readConflicts(year: number, zone: string, subjects: readonly string[] | null) {
  if (subjects?.length === 0) return { conflicts: [], isCut: false };
  const of = subjects === null ? {} : { subjects: [...subjects] };
  const query = { ...boundsOf(year), timeZone: zone, includeConflicts: true, ids: [], ...of };
  const { conflicts = [], metadata } = await api("events.list", { query });
  return { conflicts, isCut: metadata.conflictsCut };
}

type Loaded = { readonly events: readonly Event[]; readonly conflicts: readonly Conflict[] };

/** Reads all events of a year, page by page, each once; `hear` is told of the first page, when more follow. */
async function readEvents(
  year: number,
  zone: string,
  scope: Scope,
  hear: (first: readonly Event[]) => void = () => {},
): Promise<Event[]> {
  const events = new Map<string, Event>();
  for (const part of partsOf(scope)) {
    let cursor: string | null = null;
    for (let page = 0; page < PAGES_MAX; page++) {
      const answer: Awaited<ReturnType<typeof readPage>> = await readPage(year, zone, part, cursor);
      for (const event of answer.events) events.set(keyOf(event.id, event.recurrenceId), event);
      cursor = answer.nextCursor;
      if (cursor === null) break;
      if (page === 0) hear([...events.values()]);
    }
  }
  return [...events.values()];
}

function readPage(year: number, zone: string, part: ReturnType<typeof partsOf>[number], cursor: string | null) {
  const query = { ...boundsOf(year), timeZone: zone, ...part, ...(cursor === null ? {} : { cursor }) };
  return api("events.list", { query });
}

function boundsOf(year: number): { start: string; end: string } {
  return { start: `${printYear(year)}-01-01`, end: `${printYear(year + 1)}-01-01` };
}

function printYear(year: number): string {
  return String(year).padStart(4, "0");
}

function setYear(year: number, state: YearState): void {
  yearsStore.set(({ years }) => {
    const kept = new Map([...years].filter(([other]) => other !== year).slice(-(YEARS_KEPT_MAX - 1)));
    return { years: kept.set(year, state) };
  });
}
