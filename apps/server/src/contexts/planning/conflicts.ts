import { createHash } from "node:crypto";
import { Lru } from "@hourwright/std";
import { detect, explanationOf, kinds, suggestRepairs, type Found, type Repair } from "@hourwright/conflict";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { organisationOf, subjectsById } from "../identity/public.ts";
import { AROUND_MS, situationOf, type CommitmentDate, type Situation } from "./situation.ts";

/** What the owner of a commitment says of one of its dates to one viewer. */
export type Described = {
  /** What it is called; "Busy" where the viewer may not know. */
  readonly title: string;
  readonly eventId: string | null;
  readonly calendarId: string | null;
  readonly calendarName: string;
  readonly mayRead: boolean;
  readonly mayMove: boolean;
};

/** Filled in `compose.ts` by the contexts that own commitments. */
export type Describe = (
  unit: Unit,
  viewer: Caller,
  dates: readonly CommitmentDate[],
) => Promise<ReadonlyMap<CommitmentDate, Described>>;

/** A conflict as the API shows it. Times are instants in `zone`. */
export type ShownConflict = {
  readonly id: string;
  readonly kind: string;
  readonly start: string;
  readonly end: string;
  readonly severity: "must" | "should" | "look";
  readonly subjects: string[];
  readonly subjectIds: string[];
  readonly explanation: string;
  readonly events: {
    eventId: string | null;
    recurrenceId: string | null;
    uid: string;
    start: string;
    end: string;
    calendar: string;
    calendarId: string | null;
    summary: string;
  }[];
  readonly repairs: ShownRepair[];
};

export type ShownRepair = {
  readonly id: string;
  readonly what: string;
  readonly why: string;
  readonly confidence: number;
  readonly moves: { eventId: string; uid: string; recurrenceId: string | null; start: string; end: string }[];
};

export type ConflictQuery = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Only conflicts of these subjects; null: of all. */
  readonly subjects: readonly string[] | null;
  /** Repairs for each conflict; 0 leaves them out. */
  readonly repairs: number;
};

/** Conflicts of one answer, the earliest: whoever has more has one problem, not thousands. Each takes 50 µs to tell. */
export const SHOWN_MAX = 2_000;
/** Pairs looked at for it, so that a calendar in which everything clashes holds nobody up. */
export const PAIRS_SHOWN_MAX = 20_000;
/** Conflicts of one answer that come with their repairs; the rest is asked by id. */
export const REPAIRED_MAX = 200;

/** Where a conflict lay when it was shown last, so that it is found again without searching two years. */
const lastSeen = new Lru<string, { fromMs: number; toMs: number }>(20_000);

/** The conflicts of a window that a viewer may know of: those in which they may see one side, or which are their own. */
export async function conflictsFor(
  unit: Unit,
  viewer: Caller,
  query: ConflictQuery,
  describe: Describe,
): Promise<ShownConflict[]> {
  const around = query.repairs > 0 ? AROUND_MS : 0;
  const situation = await situationOf(unit, null, query.fromMs - around, query.toMs + around);
  const wanted = query.subjects === null ? null : new Set(query.subjects);
  const { found } = detect(situation.index, query.fromMs, query.toMs, PAIRS_SHOWN_MAX);
  const asked =
    wanted === null
      ? found
      : found.filter(({ subjects }) => subjects.some((subject) => wanted.has(situation.subjects[subject]!)));
  return show(unit, viewer, situation, asked, query.repairs, describe);
}

/** One conflict by its id, found again; null when it is gone or the viewer may not know of it. */
export async function conflictById(
  unit: Unit,
  viewer: Caller,
  id: string,
  repairs: number,
  horizon: { fromMs: number; toMs: number },
  describe: Describe,
): Promise<ShownConflict | null> {
  const near = lastSeen.get(id);
  for (const window of near === undefined ? [horizon] : [near, horizon]) {
    const situation = await situationOf(unit, null, window.fromMs - AROUND_MS, window.toMs + AROUND_MS);
    const found = detect(situation.index, window.fromMs, window.toMs).found.filter(
      (each) => idOf(each, situation) === id,
    );
    if (found.length > 0) return (await show(unit, viewer, situation, found, repairs, describe))[0] ?? null;
  }
  return null;
}

async function show(
  unit: Unit,
  viewer: Caller,
  situation: Situation,
  found: readonly Found[],
  repairs: number,
  describe: Describe,
): Promise<ShownConflict[]> {
  if (found.length === 0) return [];
  const { zone } = await organisationOf(unit);
  const dates = [...new Set(found.flatMap(({ first, second }) => [first, second]))].map(
    (date) => situation.dates[date]!,
  );
  const described = await describe(unit, viewer, dates);
  const names = new Map(
    (
      await subjectsById(unit, [
        ...new Set(found.flatMap(({ subjects }) => subjects.map((subject) => situation.subjects[subject]!))),
      ])
    ).map(({ id, name }) => [id, name]),
  );
  const of = (date: number): Described => described.get(situation.dates[date]!) ?? unknown;
  const isSeen = ({ first, second, subjects }: Found) =>
    of(first).mayRead ||
    of(second).mayRead ||
    subjects.some((subject) => situation.subjects[subject] === viewer.personId);
  return found
    .filter(isSeen)
    .slice(0, SHOWN_MAX)
    .map((each, i) => {
      const id = idOf(each, situation);
      lastSeen.set(id, { fromMs: each.startMs, toMs: each.endMs });
      const offered =
        repairs > 0 && i < REPAIRED_MAX ? repairsOf(each, id, situation, of, zone, unit.nowMs, repairs) : [];
      return shownConflict(
        each,
        id,
        situation,
        of,
        (subject) => names.get(situation.subjects[subject]!) ?? "Somebody",
        zone,
        offered,
      );
    });
}

const unknown: Described = {
  title: "Busy",
  eventId: null,
  calendarId: null,
  calendarName: "",
  mayRead: false,
  mayMove: false,
};

function shownConflict(
  found: Found,
  id: string,
  situation: Situation,
  of: (date: number) => Described,
  nameOf: (subject: number) => string,
  zone: string,
  repairs: ShownRepair[],
): ShownConflict {
  const side = (date: number) => ({ ...situation.dates[date]!, title: of(date).title });
  const subjects = found.subjects.map(nameOf);
  return {
    id,
    kind: found.kind,
    start: zonedText(found.startMs, zone),
    end: zonedText(found.endMs, zone),
    severity: kinds[found.kind].severity,
    subjects,
    subjectIds: found.subjects.map((subject) => situation.subjects[subject]!),
    explanation: explanationOf(found, subjects, { first: side(found.first), second: side(found.second), zone }),
    events: [found.first, found.second].map((date) => {
      const { occurrence, commitment, startMs, endMs } = situation.dates[date]!;
      const { eventId, calendarId, calendarName, title, mayRead } = of(date);
      return {
        eventId,
        recurrenceId: occurrence === "" ? null : occurrence,
        uid: mayRead ? commitment : "",
        start: zonedText(startMs, zone),
        end: zonedText(endMs, zone),
        calendar: calendarName,
        calendarId,
        summary: title,
      };
    }),
    repairs,
  };
}

function repairsOf(
  found: Found,
  id: string,
  situation: Situation,
  of: (date: number) => Described,
  zone: string,
  nowMs: number,
  most: number,
): ShownRepair[] {
  const offered = suggestRepairs(
    found,
    {
      index: situation.index,
      rowsOf: situation.rowsOf,
      titleOf: (date) => of(date).title,
      isMovable: (date) => of(date).mayMove && of(date).eventId !== null,
      zone,
      nowMs,
    },
    most,
  );
  return offered.map((repair) => shownRepair(repair, id, situation, of, zone));
}

function shownRepair(
  { what, why, confidence, moves }: Repair,
  conflictId: string,
  situation: Situation,
  of: (date: number) => Described,
  zone: string,
): ShownRepair {
  const shown = moves.map(({ occurrence, startMs, endMs }) => {
    const date = situation.dates[occurrence]!;
    return {
      eventId: of(occurrence).eventId!,
      uid: date.commitment,
      recurrenceId: date.occurrence === "" ? null : date.occurrence,
      start: zonedText(startMs, zone),
      end: zonedText(endMs, zone),
    };
  });
  return {
    id: `rep_${conflictId.slice("cfl_".length)}_${shortHash(JSON.stringify(shown)).slice(0, 8)}`,
    what,
    why,
    confidence,
    moves: shown,
  };
}

/** The conflict that a repair's id names. */
export const conflictOfRepair = (repairId: string): string | null => {
  const match = /^rep_([0-9A-Z]{26})_[0-9A-Z]{8}$/.exec(repairId);
  return match === null ? null : `cfl_${match[1]!}`;
};

/** The same two dates in conflict for the same reason have the same id, on every process and after every start. */
function idOf(found: Found, { dates }: Situation): string {
  const keys = [found.first, found.second]
    .map((date) => `${dates[date]!.source} ${dates[date]!.commitment} ${dates[date]!.occurrence}`)
    .sort();
  return `cfl_${shortHash([found.kind, ...keys].join("\n"))}`;
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 130 bits of SHA-256 in Crockford's base 32. */
function shortHash(text: string): string {
  const digest = createHash("sha256").update(text).digest();
  return Array.from({ length: 26 }, (_, i) => ALPHABET[digest[i]! & 31]!).join("");
}

/** An instant with the offset of a zone, to the second. */
export const zonedText = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: "never", smallestUnit: "second" });
