import { api, isOffline, sentenceOf, type Conflict, type Event } from "./api.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";

/** What is known of one year. A year that is loaded stays shown while it is loaded again. */
export type YearState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly sentence: string; readonly isOffline: boolean }
  | {
      readonly status: "ready";
      readonly events: readonly Event[];
      readonly conflicts: readonly Conflict[];
      /** Whether only the earliest conflicts of the year are listed. */
      readonly isCut: boolean;
    };

export const yearsStore = createStore<{ readonly years: ReadonlyMap<number, YearState>; readonly isOffline: boolean }>({
  years: new Map(),
  isOffline: false,
});

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

/** Loads a year, or loads it again. Of several reads under way the one started last wins. */
export async function loadYear(year: number, zone: string): Promise<void> {
  const read = ++reads;
  latestRead.set(year, read);
  if (yearsStore.get().years.get(year)?.status !== "ready") setYear(year, { status: "loading" });
  loading++;
  try {
    const loaded = await readYear(year, zone);
    performance.mark("year-data"); // The painter measures from here.
    if (latestRead.get(year) === read) {
      foreseen.clear();
      setYear(year, { status: "ready", ...loaded });
    }
    yearsStore.set({ isOffline: false });
  } catch (error) {
    noticeSignedOut(error);
    if (latestRead.get(year) !== read) return;
    const offline = isOffline(error);
    yearsStore.set({ isOffline: offline });
    if (yearsStore.get().years.get(year)?.status === "ready") return; // What was loaded stays.
    setYear(year, { status: "failed", sentence: sentenceOf(error, ""), isOffline: offline });
  } finally {
    if (--loading === 0 && readMeanwhile.size > 0) {
      const ids = [...readMeanwhile];
      readMeanwhile.clear();
      readAgain(ids, zone).catch(noticeSignedOut);
    }
  }
}

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
  for (const year of yearsStore.get().years.keys()) {
    const read = latestRead.get(year);
    const query = { ...boundsOf(year), timeZone: zone, includeConflicts: true, ids: [] };
    const { conflicts = [], metadata } = await api("events.list", { query });
    const state = yearsStore.get().years.get(year);
    // What was loaded or foreseen meanwhile is newer.
    if (state?.status !== "ready" || latestRead.get(year) !== read) continue;
    const known = new Map(state.conflicts.map((conflict) => [JSON.stringify(conflict), conflict]));
    const next = conflicts.map((conflict) => known.get(JSON.stringify(conflict)) ?? conflict);
    const isSame = next.length === state.conflicts.length && next.every((each, i) => each === state.conflicts[i]);
    if (!isSame) setYear(year, { ...state, conflicts: next, isCut: metadata.conflictsCut });
  }
}

type Loaded = { readonly events: readonly Event[]; readonly conflicts: readonly Conflict[] };

async function readYear(year: number, zone: string): Promise<Loaded & { readonly isCut: boolean }> {
  const events: Event[] = [];
  let conflicts: readonly Conflict[] = [];
  let isCut = false;
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer: Awaited<ReturnType<typeof readPage>> = await readPage(year, zone, cursor);
    events.push(...answer.events);
    if (page === 0) [conflicts, isCut] = [answer.conflicts ?? [], answer.metadata.conflictsCut];
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return { events, conflicts, isCut };
}

function readPage(year: number, zone: string, cursor: string | null) {
  const query = { ...boundsOf(year), includeConflicts: true, timeZone: zone, ...(cursor === null ? {} : { cursor }) };
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
