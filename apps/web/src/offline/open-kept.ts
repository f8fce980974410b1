import { capacityStore, type PeopleTime } from "../data/capacity.ts";
import { followFrom } from "../data/changes.ts";
import { nowMs } from "../data/clock.ts";
import { loadHistory } from "../data/history.ts";
import { loadNotices } from "../data/notices.ts";
import { directoryStore, readSession, sessionStore } from "../data/session.ts";
import { readMissing, yearsStore, type YearState } from "../data/years.ts";
import { FORM, unpackDirectory, unpackSession, unpackYear } from "./packed.ts";
import { forget, take } from "./shelf.ts";

/** So long a session lasts on the server: what is older could not be signed in any more. */
const KEPT_DAYS_MAX = 7;
const DAY_MS = 86_400_000;

/**
 * Opens the page with what this device keeps, as of when it was kept, because the server does not say who is here. False
 * when nothing is kept. When the server is back everything is brought up to date.
 */
export async function openKept(): Promise<boolean> {
  const kept = await take().catch(() => null);
  if (kept === null || kept.head.seq === null) return false;
  const { head, rows } = kept;
  const { seq } = kept.head;
  if (head.form !== FORM || nowMs() - head.atMs > KEPT_DAYS_MAX * DAY_MS) {
    await forget();
    return false;
  }
  const years = new Map<number, YearState>();
  const times = new Map<number, PeopleTime>();
  for (const [key, row] of rows) {
    const [kind, year] = key.split(" ");
    if (kind === "year") years.set(Number(year), await unpackYear(row as Blob));
    if (kind === "time") times.set(Number(year), row as PeopleTime);
  }
  const [session, directory] = [rows.get("session") as Blob, rows.get("directory") as Blob];
  const [whoIsHere, known] = [await unpackSession(session), await unpackDirectory(directory)];
  if (sessionStore.get().status === "ready") return true; // The server has answered after all.
  followFrom(seq);
  directoryStore.set({ directory: known, loaded: true });
  yearsStore.set({ years, isOffline: true, keptAtMs: head.atMs });
  capacityStore.set({ years: times });
  sessionStore.set({ status: "ready", session: whoIsHere, me: whoIsHere.me });
  comeBack(whoIsHere.me!.organisation.zone);
  return true;
}

/** When the server is heard again: what changed meanwhile comes by itself; this is the rest. */
function comeBack(zone: string): void {
  const stop = yearsStore.subscribe(() => {
    if (yearsStore.get().isOffline) return;
    stop();
    yearsStore.set({ keptAtMs: null });
    void readSession();
    void readMissing(zone);
    void loadHistory();
    void loadNotices();
  });
}
