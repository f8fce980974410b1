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

const PAGES_MAX = 20; // Of 20,000 events each.
const YEARS_KEPT_MAX = 4;

const latestRead = new Map<number, number>();
let reads = 0;

/** Loads a year, or loads it again. Of several reads under way the one started last wins. */
export async function loadYear(year: number, zone: string): Promise<void> {
  const read = ++reads;
  latestRead.set(year, read);
  if (yearsStore.get().years.get(year)?.status !== "ready") setYear(year, { status: "loading" });
  try {
    const loaded = await readYear(year, zone);
    performance.mark("year-data"); // The painter measures from here.
    if (latestRead.get(year) === read) setYear(year, { status: "ready", ...loaded });
    yearsStore.set({ isOffline: false });
  } catch (error) {
    noticeSignedOut(error);
    if (latestRead.get(year) !== read) return;
    const offline = isOffline(error);
    yearsStore.set({ isOffline: offline });
    if (yearsStore.get().years.get(year)?.status === "ready") return; // What was loaded stays.
    setYear(year, { status: "failed", sentence: sentenceOf(error, ""), isOffline: offline });
  }
}

/** Loads again every year that is on screen or kept. */
export async function reloadYears(zone: string): Promise<void> {
  await Promise.all([...yearsStore.get().years.keys()].map((year) => loadYear(year, zone)));
}

/** Changes what is shown at once, before the server has confirmed it. The next load is the truth. */
export function foresee(change: (events: readonly Event[], conflicts: readonly Conflict[]) => Loaded): void {
  const years = new Map(yearsStore.get().years);
  for (const [year, state] of years) {
    latestRead.delete(year); // A read from before the change must not undo it.
    if (state.status === "ready") years.set(year, { ...state, ...change(state.events, state.conflicts) });
  }
  yearsStore.set({ years });
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
  const bounds = { start: `${printYear(year)}-01-01`, end: `${printYear(year + 1)}-01-01` };
  const query = { ...bounds, includeConflicts: true, timeZone: zone, ...(cursor === null ? {} : { cursor }) };
  return api("events.list", { query });
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
