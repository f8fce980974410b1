import { announce } from "./announcement.ts";
import { api, isSignedOut, sentenceOf, type Calendar, type Me, type Session, type Subject } from "./api.ts";
import { createStore } from "./store.ts";

/** Who is here. `me` stays known after a session ended, so that the page can go on where it was. */
export type SessionState = {
  readonly status: "loading" | "ready" | "unreachable";
  readonly session: Session | null;
  readonly me: Me | null;
};

export const sessionStore = createStore<SessionState>({ status: "loading", session: null, me: null });

/** Asks who is here. Where the server does not say, `instead` may open the page with what is kept; true: it has. */
export async function readSession(instead: () => Promise<boolean> = async () => false): Promise<void> {
  try {
    enter(await api("session.read", {}));
  } catch {
    if (sessionStore.get().me === null && !(await instead())) sessionStore.set({ status: "unreachable" });
  }
}

export async function signIn(body: { email: string; password: string } | { account: string }): Promise<void> {
  enter(await api("session.start", { body }));
}

/** Keeps whose time is seen first. */
export async function showFirst(shows: readonly string[], kept: string, failed: string): Promise<void> {
  try {
    sessionStore.set({ me: await api("me.update", { body: { shows: [...shows] } }) });
    announce(kept);
  } catch (error) {
    noticeSignedOut(error);
    announce(sentenceOf(error, failed));
  }
}

/** Ends the session. False: the server could not be told, and it goes on. */
export async function signOut(): Promise<boolean> {
  try {
    await api("session.end", {});
  } catch (error) {
    if (!isSignedOut(error)) return false;
  }
  location.assign("/"); // A new page: nothing of the last person stays in memory.
  return true;
}

/** Joins with an invitation's link; the page of the organisation follows. */
export async function joinWith(body: { token: string; name: string; email: string; password: string }): Promise<void> {
  await api("join.accept", { body });
  location.assign("/"); // A new page: nothing of the link stays in the address.
}

/** The code of set-up, when the demo was removed in this tab: it opens set-up without a look into the terminal. */
const SETUP_CODE = "hourwright:setup-code";
export const knownSetupCode = (): string => sessionStorage.getItem(SETUP_CODE) ?? "";

/** Removes the demo. From within it, set-up comes next; beside it, the page goes on. False when it was refused. */
export async function removeDemo(isWithin: boolean): Promise<boolean> {
  try {
    const { setupCode } = await api("demo.remove", {});
    if (setupCode !== null) sessionStorage.setItem(SETUP_CODE, setupCode);
    if (isWithin) location.assign("/");
    else await readSession();
    return true;
  } catch (error) {
    noticeSignedOut(error);
    return false;
  }
}

/** The hours of a new organisation. */
export async function putFirstWeek(
  week: readonly { readonly weekday: number; readonly opens: string; readonly closes: string }[],
): Promise<void> {
  await api("workingHours.put", { body: { subjectId: null, week: week.map((stretch) => ({ ...stretch })) } });
}

/** Opens an organisation of one's own; `onMade` is told before its owner comes in, and the page may be loaded anew then. */
export async function finishSetup(
  body: {
    code?: string;
    organisation: string;
    zone: string;
    firstWeekday: number;
    name: string;
    email: string;
    password: string;
  },
  onMade: () => void,
): Promise<void> {
  const session = await api("setup.finish", { body });
  sessionStorage.removeItem(SETUP_CODE);
  onMade();
  enter(session);
}

function enter(session: Session): void {
  const before = sessionStore.get().me;
  if (session.me !== null) windows?.postMessage(session.me.userId);
  if (session.me !== null && isSomebodyElse(session.me.userId)) location.reload();
  else sessionStore.set({ status: "ready", session, me: session.me ?? before });
}

const isSomebodyElse = (userId: string): boolean => {
  const { me } = sessionStore.get();
  return me !== null && me.userId !== userId;
};

/** What the windows of this browser tell each other: the id of the user who has come in. One cookie is all of theirs. */
const WINDOWS = "hourwright:who-is-here";
let windows: BroadcastChannel | null = null;

/**
 * Loads the page anew as soon as somebody else has come in, in whichever window of this browser: what this one showed was
 * not theirs, and what it wrote would be.
 */
export function followOtherWindows(): void {
  windows = new BroadcastChannel(WINDOWS);
  windows.addEventListener("message", ({ data }: MessageEvent<string>) => {
    if (isSomebodyElse(data)) location.reload();
  });
}

/** Notices that the session has ended; anything else is left to the caller. */
export function noticeSignedOut(error: unknown): void {
  const { session } = sessionStore.get();
  if (isSignedOut(error) && session !== null) sessionStore.set({ session: { ...session, signedIn: false, me: null } });
}

/** What events belong to: calendars, and the people and things whose time they take. */
export type Directory = {
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly people: readonly Subject[];
  readonly things: readonly Subject[];
  readonly names: ReadonlyMap<string, string>;
};

const EMPTY: Directory = { calendars: new Map(), people: [], things: [], names: new Map() };

export const directoryStore = createStore<{ readonly directory: Directory; readonly loaded: boolean }>({
  directory: EMPTY,
  loaded: false,
});

export async function loadDirectory(): Promise<void> {
  const [calendars, people, things] = await Promise.all([
    allPages<Calendar>((query) => api("calendars.list", { query })),
    allPages<Subject>((query) => api("people.list", { query })),
    allPages<Subject>((query) => api("resources.list", { query })),
  ]);
  const directory: Directory = {
    calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])),
    people,
    things,
    names: new Map([...people, ...things].map(({ id, name }) => [id, name])),
  };
  directoryStore.set({ directory, loaded: true });
}

const PAGE_ITEMS = 1_000;
const PAGES_MAX = 50;

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

async function allPages<Item>(
  read: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer: Page<Item> = await read({ limit: PAGE_ITEMS, ...(cursor === null ? {} : { cursor }) });
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return items;
}
