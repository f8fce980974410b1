import { isWriting, type Session } from "../data/api.ts";
import { capacityStore, type PeopleTime } from "../data/capacity.ts";
import { settledSeq } from "../data/changes.ts";
import { nowMs } from "../data/clock.ts";
import { directoryStore, sessionStore, type Directory } from "../data/session.ts";
import { isReading, yearsStore } from "../data/years.ts";
import { idle, whenIdle } from "./idle.ts";
import { bytesOfTime, FORM, packDirectory, packSession, packYear, type ReadyYear } from "./packed.ts";
import { forget, own, put, type Row } from "./shelf.ts";

/** What is kept on a device at most: a year of the demo takes 2.3 MB, one of ten thousand dates about 7. */
const BYTES_MAX = 32_000_000;
/** So long nothing has changed before it is written. */
const STILL_MS = 1_500;

/** Removes what is kept as soon as it is known that nobody is signed in. */
export function forgetWhenSignedOut(): void {
  const look = () => void (sessionStore.get().session?.signedIn === false && forget());
  sessionStore.subscribe(look);
  look();
}

/** Keeps what is loaded for the time without a server, from now on, whenever it has changed and it is quiet. */
export function keepWhatIsLoaded(): void {
  const keeper = new Keeper();
  for (const store of [sessionStore, directoryStore, yearsStore, capacityStore])
    store.subscribe(() => keeper.writeSoon());
  // Who turns away may come back without a connection.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void keeper.write();
  });
  keeper.writeSoon();
}

/** A row as it stands in the stores, before it is packed. */
type Content =
  | { readonly kind: "session"; readonly of: Session }
  | { readonly kind: "directory"; readonly of: Directory }
  | { readonly kind: "year"; readonly of: ReadyYear }
  | { readonly kind: "time"; readonly of: PeopleTime };

/** All of one moment; the rows by their keys, what matters most first. */
type Moment = { readonly seq: number; readonly atMs: number; readonly contents: ReadonlyMap<string, Content> };

type Written = ReadonlyMap<string, { readonly of: Content["of"]; readonly bytes: number }>;

class Keeper {
  /** Whose things are kept, with the token that says so. */
  #owner: { readonly userId: string; readonly token: string } | null = null;
  /** What is on the shelf: an object that is the same as then is not written again. */
  #written: Written = new Map();
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #isAtWork = false;

  writeSoon(): void {
    if (sessionStore.get().session?.signedIn === false) this.#disown();
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => whenIdle(() => void this.write()), STILL_MS);
  }

  async write(): Promise<void> {
    const { session } = sessionStore.get();
    if (session === null || session.me === null || yearsStore.get().isOffline) return; // It is as it was.
    const moment = momentNow(session);
    if (moment === null || this.#isAtWork) return this.writeSoon();
    this.#isAtWork = true;
    try {
      await this.#keep(moment, await this.#tokenOf(session.me.userId));
    } catch {
      this.#disown(); // No storage, or no room: the next change tries again.
    } finally {
      this.#isAtWork = false;
    }
  }

  async #tokenOf(userId: string): Promise<string> {
    if (this.#owner?.userId !== userId) {
      this.#disown();
      this.#owner = { userId, token: await own(userId, FORM, crypto.randomUUID()) };
    }
    return this.#owner.token;
  }

  #disown(): void {
    this.#owner = null;
    this.#written = new Map();
  }

  /** What does not fit any more is left out. */
  async #keep({ seq, atMs, contents }: Moment, token: string): Promise<void> {
    let left = BYTES_MAX;
    const rows = new Map<string, Row>();
    const written = new Map<string, { readonly of: Content["of"]; readonly bytes: number }>();
    for (const [key, content] of contents) {
      const before = this.#written.get(key);
      const packed = before?.of === content.of ? before : await pack(content, left);
      if (packed === null || packed.bytes > left) continue;
      left -= packed.bytes;
      written.set(key, { of: content.of, bytes: packed.bytes });
      if ("row" in packed) rows.set(key, packed.row);
    }
    if (!(await put(token, { seq, atMs, rows }, new Set(written.keys())))) return;
    this.#written = written;
    if (sessionStore.get().session?.signedIn !== true) await forget(); // It ended while this was written.
  }
}

/** What is loaded now, with the year that was read last before others; null while it is between two states. */
function momentNow(session: Session): Moment | null {
  const { directory, loaded } = directoryStore.get();
  const seq = settledSeq();
  if (!loaded || seq === null || isReading() || isWriting()) return null;
  const contents = new Map<string, Content>([
    ["session", { kind: "session", of: session }],
    ["directory", { kind: "directory", of: directory }],
  ]);
  const times = capacityStore.get().years;
  for (const [year, state] of [...yearsStore.get().years].toReversed()) {
    if (state.status !== "ready" || !state.areConflictsKnown) continue;
    contents.set(`year ${year}`, { kind: "year", of: state });
    const time = times.get(year);
    if (time !== undefined) contents.set(`time ${year}`, { kind: "time", of: time });
  }
  return { seq, atMs: nowMs(), contents };
}

/** A row and what it takes; null when that is known to be more than `bytesMax`. */
async function pack(content: Content, bytesMax: number): Promise<{ readonly row: Row; readonly bytes: number } | null> {
  if (content.kind === "time") return { row: content.of, bytes: bytesOfTime(content.of) };
  const row =
    content.kind === "session"
      ? packSession(content.of)
      : content.kind === "directory"
        ? packDirectory(content.of)
        : await packYear(content.of, bytesMax, idle);
  return row === null ? null : { row, bytes: row.size };
}
