import type { Call } from "@hourwright/client";
import { useEffect } from "react";
import { api, isOffline, sentenceOf, wordsOfItem, type Answer, type Job, type Subject } from "./api.ts";
import { freshness, readAgain } from "./freshness.ts";
import { remember } from "./history.ts";
import { textOfDay } from "./roster.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore, useStore } from "./store.ts";

export type Department = Answer<"departments.list">["items"][number];
export type Contract = Answer<"contracts.list">["items"][number];
export type Skill = Answer<"skills.list">["items"][number];
export type SkillHeld = Answer<"skills.people">["items"][number] & { readonly skillId: string; readonly name: string };

/** Somebody with what lists of staff say of them. `versions`: of their contract, the earliest first; none where one may not know. */
export type StaffPerson = Pick<Subject, "id" | "name" | "email" | "version"> & {
  readonly departmentId: string | null;
  readonly versions: readonly Contract[];
  readonly skills: readonly SkillHeld[];
};

export type Staff = {
  readonly people: readonly StaffPerson[];
  readonly departments: readonly Department[];
  readonly skills: readonly Skill[];
};

/** The last answer stays while the next is on its way. */
export const staffStore = createStore<{ readonly staff: Staff | null; readonly failed: unknown }>({
  staff: null,
  failed: null,
});

const PAGE_ITEMS = 1_000;
const PAGES_MAX = 20;
/** Questions that are under way at once: the server has others to answer. */
const ASKED_AT_ONCE = 4;

/** While others change one thing after the other, everybody is read again no more often. */
const READ_EVERY_MS = 1_000;

const pauseUntil = (atMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, atMs - performance.now())));

let isReading = false;
let nextReadMs = 0;
let wanted = -1;
let read = -1;

/** Reads everybody with departments, contracts and skills as of a `freshness`. What changes while it reads is read once more after that. */
export async function loadStaff(version: number): Promise<void> {
  wanted = version;
  if (isReading) return;
  isReading = true;
  while (read !== wanted) {
    await pauseUntil(nextReadMs);
    nextReadMs = performance.now() + READ_EVERY_MS;
    read = wanted;
    try {
      staffStore.set({ staff: await readStaff(), failed: null });
    } catch (failed) {
      noticeSignedOut(failed);
      staffStore.set({ failed });
    }
  }
  isReading = false;
}

/** Everybody, read again whenever something was changed. */
export function useStaff(): { readonly staff: Staff | null; readonly failed: unknown } {
  const version = useStore(freshness, (state) => state.version);
  useEffect(() => void loadStaff(version), [version]);
  return useStore(staffStore, (state) => state);
}

async function readStaff(): Promise<Staff> {
  const [people, contracts, departments, skills] = await Promise.all([
    readAll((page) => api("people.list", { query: { ...page, retired: false } })),
    readAll((page) => api("contracts.list", { query: page })),
    api("departments.list", { query: {} }).then(({ items }) => items),
    api("skills.list", { query: {} }).then(({ items }) => items),
  ]);
  const held = await eachOf(
    skills.filter((skill) => skill.people > 0),
    async ({ id, name }) =>
      (await api("skills.people", { params: { id }, query: {} })).items.map((item) => ({ ...item, skillId: id, name })),
  );
  const places = await eachOf(
    departments.filter((department) => department.people > 0),
    async ({ id }) =>
      (await api("departments.people", { params: { id }, query: {} })).items.map((item) => [item.id, id] as const),
  );
  const departmentOf = new Map(places);
  const skillsOf = Map.groupBy(held, ({ personId }) => personId);
  const versionsOf = Map.groupBy(contracts, ({ personId }) => personId);
  return {
    people: people
      .filter(({ kind }) => kind === "person")
      .map(({ id, name, email, version }) => ({
        id,
        name,
        email,
        version,
        departmentId: departmentOf.get(id) ?? null,
        versions: (versionsOf.get(id) ?? []).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
        skills: skillsOf.get(id) ?? [],
      })),
    departments,
    skills,
  };
}

type Page = { readonly limit: number; readonly cursor?: string };

async function readAll<Item>(
  read: (page: Page) => Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer: Awaited<ReturnType<typeof read>> = await read({
      limit: PAGE_ITEMS,
      ...(cursor === null ? {} : { cursor }),
    });
    found.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return found;
}

/** What is asked of each, a few at a time, in one list. */
async function eachOf<Item, Found>(
  items: readonly Item[],
  ask: (item: Item) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let at = 0; at < items.length; at += ASKED_AT_ONCE)
    found.push(...(await Promise.all(items.slice(at, at + ASKED_AT_ONCE).map(ask))).flat());
  return found;
}

/** What an account says in a list: the balance in minutes, and the days of leave that are left this year. */
export type Balance = { readonly minutes: number | null; readonly leaveDays: number | null };

/** By person; null: it may not be known, or could not be read. */
export const balancesStore = createStore<{
  readonly of: ReadonlyMap<string, Balance | null>;
  readonly version: number;
}>({
  of: new Map(),
  version: -1,
});

const waiting = new Set<string>();
let balancesUnderWay = 0;

/** Has the accounts of some people read, a few at a time; those that are known already are not asked for again. */
export function askBalances(ids: readonly string[], today: number): void {
  const { version } = freshness.get();
  if (balancesStore.get().version !== version) {
    waiting.clear();
    untold.clear();
    balancesStore.set({ of: new Map(), version });
  }
  for (const id of ids) if (!balancesStore.get().of.has(id) && !untold.has(id)) waiting.add(id);
  while (balancesUnderWay < ASKED_AT_ONCE && waiting.size > 0) void askNext(today);
}

async function askNext(today: number): Promise<void> {
  const [id] = waiting;
  if (id === undefined) return;
  waiting.delete(id);
  balancesUnderWay++;
  const { version } = balancesStore.get();
  const balance = await readBalance(id, today).catch(() => null);
  balancesUnderWay--;
  if (balancesStore.get().version === version) tellSoon(id, balance);
  if (waiting.size > 0) void askNext(today);
}

const untold = new Map<string, Balance | null>();
/** Accounts that come shortly after each other are shown together: each time the list is put in order anew. */
const TOLD_EVERY_MS = 120;

function tellSoon(id: string, balance: Balance | null): void {
  if (untold.size === 0) setTimeout(tell, TOLD_EVERY_MS);
  untold.set(id, balance);
}

function tell(): void {
  if (untold.size > 0) balancesStore.set(({ of }) => ({ of: new Map([...of, ...untold]) }));
  untold.clear();
}

async function readBalance(personId: string, today: number): Promise<Balance> {
  const query = { from: textOfDay(today), to: textOfDay(today + 1) };
  const { months, leave } = await api("timeAccounts.read", { params: { personId }, query });
  const year = Number(textOfDay(today).slice(0, 4));
  const ofYear = leave.find((each) => each.year === year);
  return { minutes: months.at(-1)?.closing ?? null, leaveDays: ofYear === undefined ? null : ofYear.left / 100 };
}

export type EachRefused = { readonly label: string; readonly why: string };

type BundledCall = Call<"bundles.run">["body"]["calls"][number];
/** As many as the server takes at once. */
const BUNDLED_MAX = 100;

/**
 * Does the same to many: what is refused for one stays undone for them alone. All that is done is one step to undo. `said` is asked
 * for how many it was done.
 */
export async function changeEach<Item>(
  items: readonly Item[],
  told: {
    readonly label: (item: Item) => string;
    readonly said: (count: number) => string;
    readonly offline: string;
  },
  callFor: (item: Item) => BundledCall,
): Promise<readonly EachRefused[]> {
  const refused: EachRefused[] = [];
  const requestIds: string[] = [];
  let count = 0;
  for (let from = 0; from < items.length; from += BUNDLED_MAX) {
    const some = items.slice(from, from + BUNDLED_MAX);
    try {
      const { requestId, items: done } = await api("bundles.run", {
        body: { atomic: false, calls: some.map(callFor) },
      });
      requestIds.push(requestId);
      for (const [at, { problem }] of done.entries())
        if (problem === null) count++;
        else refused.push({ label: told.label(some[at]!), why: wordsOfItem(problem) });
    } catch (error) {
      noticeSignedOut(error);
      for (const item of some) refused.push({ label: told.label(item), why: sentenceOf(error, told.offline) });
      if (isOffline(error)) break; // Nobody answers the next ones either.
    }
  }
  if (count > 0) remember({ requestIds, summary: told.said(count) }, `${told.said(count)}.`);
  readAgain();
  return refused;
}

export type StaffFile = Answer<"staff.import">;
export type ShiftFile = Answer<"drafts.import">;

/** What the server said, or why it did not do what was asked. */
export type Sent<Value> =
  | { readonly answer: Value; readonly refused: null }
  | { readonly answer: null; readonly refused: string };

/** Looks at a file of staff: nothing is written. */
export const lookAtStaff = (file: Blob, offline: string): Promise<Sent<StaffFile>> =>
  sent(() => api("staff.import", { query: { dryRun: true }, body: file }), offline);

/** Has a file of staff written by a job, which goes on without the page. */
export const startStaffFile = (file: Blob, offline: string): Promise<Sent<Job>> =>
  sent(() => api.later("staff.import", { query: {}, body: file }), offline);

/** Looks at a file of shifts: no draft is made. */
export const lookAtShifts = (file: Blob, offline: string): Promise<Sent<ShiftFile>> =>
  sent(() => api("drafts.import", { query: { dryRun: true }, body: file }), offline);

/** Makes a draft of a file of shifts: one step to undo. */
export async function draftFromFile(
  file: Blob,
  name: string,
  told: { readonly said: string; readonly offline: string },
): Promise<Sent<ShiftFile>> {
  const made = await sent(() => api.full("drafts.import", { query: { name }, body: file }), told.offline);
  if (made.refused !== null) return made;
  const { value, requestId } = made.answer;
  if (value.draft !== null && requestId !== null) {
    remember({ requestIds: [requestId], summary: told.said }, `${told.said}.`);
    readAgain();
  }
  return { answer: value, refused: null };
}

async function sent<Value>(send: () => Promise<Value>, offline: string): Promise<Sent<Value>> {
  try {
    return { answer: await send(), refused: null };
  } catch (error) {
    noticeSignedOut(error);
    return { answer: null, refused: sentenceOf(error, offline) };
  }
}
