import type { LiveChange, LiveFromServer } from "@hourwright/contract";
import { api, isGoneAfter } from "./api.ts";
import { readAgain as listsChanged } from "./freshness.ts";
import { reloadCapacity } from "./capacity.ts";
import { connect } from "./live.ts";
import { loadNotices, noticesStore } from "./notices.ts";
import { draftsChanged } from "./drafts-shown.ts";
import { pollsChanged } from "./polls.ts";
import { reportNews, type Edit } from "./news.ts";
import { directoryStore, loadDirectory, noticeSignedOut, type Directory } from "./session.ts";
import { hearOffer } from "./offers.ts";
import { eventsOfId, readAgain, reloadConflicts, reloadYears, yearsStore } from "./years.ts";

const POLL_MS = 5_000;
const POLLED_ITEMS = 1_000;
/** Changes that come together are read together. */
const GATHER_MS = 40;
/** After a failure it is tried again, until it is done. */
const AGAIN_MS = 3_000;
/** Of more events than these the year is loaded again: it costs the server less. */
const READ_AGAIN_MAX = 2_000;
/** Conflicts and load follow a moment after the last change, and at the latest after some seconds. */
const SETTLE_MS = 400;
const SETTLE_MS_MAX = 3_000;

/** A change as the socket and the polling both bring it. */
type Heard = Pick<LiveChange, "type" | "seq" | "id" | "fields"> & { readonly who: LiveChange["who"] };

/**
 * Follows what others change, over a socket or, where none gets through, by asking. Both feed the same intake: events are
 * read again by their ids, all that came together in one request. Answers how to stop.
 */
export function followChanges(zone: string): () => void {
  const intake = new Intake(zone, heardUpTo);
  followed = intake;
  const stop = new AbortController();
  let polling: ReturnType<typeof setInterval> | null = null;
  const poll = (isPolled: boolean) => {
    if (polling !== null) clearInterval(polling);
    const ask = () => void (document.visibilityState === "visible" && intake.ask(stop.signal));
    polling = isPolled ? setInterval(ask, POLL_MS) : null;
    if (isPolled) ask();
  };
  const offline = (isOffline: boolean) => yearsStore.set({ isOffline });
  let disconnect = () => {};
  // Where the log stands, before anything is loaded: what comes after it is told.
  void intake.ask(stop.signal).then(() => {
    if (stop.signal.aborted) return;
    const since = () => intake.seq;
    disconnect = connect({ hear: (message) => intake.hear(message), since, poll, offline, chance });
  });
  return () => {
    stop.abort();
    disconnect();
    poll(false);
    heardUpTo = intake.settledSeq ?? heardUpTo;
    intake.stop();
    if (followed === intake) followed = null;
  };
}

/**
 * After a write of one's own: brings what is loaded up to date with all that changed by now, conflicts and load as well.
 * Costs the log since the last change, the events in it, and the conflicts of the years that are loaded.
 */
export async function catchUp(): Promise<void> {
  await followed?.catchUp();
}

/** What is followed now; null at the door. */
let followed: Intake | null = null;
/** From where the next one follows: the last change that is in what is loaded. */
let heardUpTo: number | null = null;

/** Follows from a change on that was heard before this page was loaded: what is loaded is as of then. */
export function followFrom(seq: number): void {
  heardUpTo = seq;
}

/** The last change of the log, when all that is loaded is as it was after that; null while that is not so. */
export function settledSeq(): number | null {
  return followed?.settledSeq ?? null;
}

const chance = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

/** Gathers changes, and brings what is loaded up to date with them. */
class Intake {
  readonly #zone: string;
  /** The last change that was heard. */
  seq: number | null;
  readonly #events = new Map<string, Heard>();
  #isDirectoryDue = false;
  #isAllDue = false;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #unsettledSinceMs: number | null = null;
  #working: Promise<void> = Promise.resolve();
  #worksUnderWay = 0;
  #asking: Promise<void> | null = null;

  constructor(zone: string, seq: number | null) {
    this.#zone = zone;
    this.seq = seq;
  }

  get settledSeq(): number | null {
    const isAwaited = this.#gathering !== undefined || this.#settling !== undefined || this.#asking !== null;
    return isAwaited || this.#worksUnderWay > 0 ? null : this.seq;
  }

  hear(message: LiveFromServer): void {
    if ("seq" in message && message.type !== "subscribed") this.seq = message.seq;
    if (message.type === "behind") this.#isAllDue = true;
    else if (message.type === "sight") this.#isDirectoryDue = true;
    else if ("fields" in message) this.#sort(message);
    else return;
    this.#gather();
  }

  /** Asks the log for what came after the last change: the first time only where it stands. */
  ask(signal?: AbortSignal): Promise<void> {
    this.#asking ??= this.#ask(signal).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async catchUp(): Promise<void> {
    await this.#asking; // It may have begun before what was written.
    await this.ask();
    this.#workNow();
    await this.#working;
    await this.#settle();
  }

  async #ask(signal: AbortSignal | undefined): Promise<void> {
    try {
      const query = { since: this.seq ?? Number.MAX_SAFE_INTEGER, limit: POLLED_ITEMS };
      const { items, latest, nextCursor } = await api("changes.list", {
        query,
        ...(signal !== undefined && { signal }),
      });
      yearsStore.set({ isOffline: false });
      const isFirst = this.seq === null;
      this.seq = nextCursor === null ? latest : Number(nextCursor);
      if (isFirst) return;
      for (const { seq, kind, type, id, fields } of items) {
        const verb = kind === "removed" ? "deleted" : kind;
        const told = type === "availability" ? "availability:updated" : type === "notice" ? type : `${type}:${verb}`;
        this.#sort({ type: told as Heard["type"], seq, id, fields, who: null });
      }
      if (items.length > 0) this.#gather();
    } catch (error) {
      if (signal?.aborted === true) return;
      noticeSignedOut(error);
      const isGone = isGoneAfter(error);
      if (isGone !== null) yearsStore.set({ isOffline: isGone });
    }
  }

  stop(): void {
    clearTimeout(this.#gathering);
    clearTimeout(this.#settling);
  }

  #sort(change: Heard): void {
    if (change.type.startsWith("event:")) {
      // A thing that was made and then changed is news as what was made.
      const before = this.#events.get(change.id);
      const isMade = before?.type === "event:created" && change.type === "event:updated";
      this.#events.set(change.id, isMade ? { ...change, type: before.type } : change);
    } else if (/^(calendar|person|resource):/.test(change.type)) {
      this.#isDirectoryDue = true;
      if (change.type.startsWith("person:")) listsChanged();
      this.#isAllDue ||= change.fields.includes("events"); // An import has come to its end, or was taken back.
    } else if (/^(availability|conflict):/.test(change.type)) this.#settleSoon();
    else if (change.type.startsWith("poll:")) pollsChanged();
    else if (
      /^(skill|personSkill|approval|approvalAsked|department|departmentPerson|schedule|contracts|adjustment|roster|rosterDraft|demand|publication|openShift|open-shift):/.test(
        change.type,
      )
    )
      listsChanged();
    else if (/^(draft|proposal):/.test(change.type)) {
      draftsChanged();
      listsChanged(); // Rosters that are written are called drafts as well.
    } else if (change.type === "notice") void loadNotices();
    else if (change.type.startsWith("repair:")) hearOffer(change.id);
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => this.#workNow(), GATHER_MS);
  }

  #workNow(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const events = [...this.#events.values()];
    this.#events.clear();
    this.#worksUnderWay++;
    this.#working = this.#working
      .then(() => this.#work(events))
      .catch((error: unknown) => this.#putBack(events, error))
      .finally(() => this.#worksUnderWay--);
  }

  /** The server was away: what was heard is read when it is back. */
  #putBack(events: readonly Heard[], error: unknown): void {
    noticeSignedOut(error);
    for (const event of events) if (!this.#events.has(event.id)) this.#events.set(event.id, event);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#gather();
    }, AGAIN_MS);
  }

  async #work(events: readonly Heard[]): Promise<void> {
    if (this.#isDirectoryDue || !directoryStore.get().loaded) {
      this.#isDirectoryDue = false;
      const before = directoryStore.get().directory;
      await loadDirectory();
      this.#isAllDue ||= accessOf(before) !== accessOf(directoryStore.get().directory);
    }
    if (this.#isAllDue || events.length > READ_AGAIN_MAX) {
      this.#isAllDue = false;
      await reloadYears(this.#zone);
      return reloadCapacity(this.#zone);
    }
    if (events.length === 0) return;
    const edits: Edit[] = events.map(({ id, type, who }) => ({ type, who, before: eventsOfId(id), after: [], id }));
    const fresh = await readAgain(
      events.map(({ id }) => id),
      this.#zone,
    );
    reportNews(edits.map((edit) => ({ ...edit, after: fresh.get(edit.id) ?? [] })));
    if (noticesStore.get().isOpen) void loadNotices(); // What became of proposals.
    this.#settleSoon();
  }

  /** Asks for conflicts and load again once it is quiet. */
  #settleSoon(): void {
    const nowMs = performance.now();
    this.#unsettledSinceMs ??= nowMs;
    const waitMs = Math.max(0, Math.min(SETTLE_MS, this.#unsettledSinceMs + SETTLE_MS_MAX - nowMs));
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#settle(), waitMs);
  }

  async #settle(): Promise<void> {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#unsettledSinceMs = null;
    this.#worksUnderWay++;
    try {
      await Promise.all([reloadConflicts(this.#zone).catch(noticeSignedOut), reloadCapacity(this.#zone)]);
    } finally {
      this.#worksUnderWay--;
    }
  }
}

/** Which calendars one sees and what one may do with them, as one text. */
const accessOf = ({ calendars }: Directory): string =>
  [...calendars.values()]
    .map(({ id, access }) => `${id} ${access}`)
    .sort()
    .join();
