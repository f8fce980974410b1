import { setImmediate } from "node:timers/promises";
import { isRefused, refuseCalendar, type Refused } from "@hourwright/contract";
import { readObject, type CalendarObject } from "@hourwright/ical";
import type { ChangeRecord } from "../../platform/changes/write.ts";
import type { Unit } from "../../platform/db/database.ts";
import { take, type TakeOptions, type Taken } from "../claims/public.ts";
import type { Broken, Clash, Judge, Stretch, Lying } from "../claims/pure.ts";
import { judgeFor } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { contentTagOf } from "./content-tag.ts";
import { deriveAhead, type KeptDates } from "./derive-ahead.ts";
import { commitmentOf, type Derived } from "./derive.ts";
import { derivedWindow, factsFor } from "./facts.ts";
import type { Calendar, StoredObject } from "./model.ts";
import { saysPublic } from "./queries.ts";
import { calendarsById, deleteObjects, derivedEnds, objectsByUid, writeObjects, type ObjectWrite } from "./store.ts";

/** One object as it is to be: `after` null takes it away. `before` is locked by the caller, null when it is new. */
export type ObjectChange = {
  readonly before: StoredObject | null;
  readonly after: StoredObject | null;
  /** The object that `after.bytes` hold, when the caller has just made it; read from the bytes otherwise. */
  readonly parsed?: CalendarObject;
  /** What is derived from `after`, when the caller has had it derived elsewhere. */
  readonly done?: Worked;
  readonly calendar: Calendar;
};

/** What is kept beside the bytes of an object. */
export type Worked = { readonly derived: KeptDates; readonly contentTag: string };

export type Written = {
  readonly contested: readonly Stretch[];
  readonly derived: readonly Derived[];
  /** Soft rules that do not hold any more. */
  readonly broken: readonly Broken[];
};

type ChangeOptions = Omit<TakeOptions, "judge"> & {
  /** What stood before may stand again, whatever rules say meanwhile. */
  readonly waivesRules?: true;
  readonly importId?: string;
  /** Nothing changes for anybody who reads: no record is made. */
  readonly silent?: true;
  /** Who asks has a record of its own by which undo takes this back with it: those of events name them, and hold nothing. */
  readonly undoneElsewhere?: true;
  /** The rule that somebody has just written: refused when it cannot be worked out. Others are kept as far as they can. */
  readonly ruleAsked?: string | null | undefined;
};

type ChangeProblem = "claims/meets-itself" | "claims/too-many-stretches" | "calendars/rule-invalid";

/** Time was taken by others, or rules speak against it: which of ours met whom, and what would not hold. */
export type Barred = { readonly clashes: readonly Clash[]; readonly broken: readonly Broken[] };

export const isBarred = (answer: object): answer is Barred => "clashes" in answer;

/**
 * The one way in which events change: takes and gives back time, stores the bytes with all that is derived from them,
 * and records what happened. Claims come first, so that nothing is stored for time that was not there.
 */
export async function changeObjects(
  unit: Unit,
  changes: readonly ObjectChange[],
  options: ChangeOptions,
): Promise<Written | Barred | Refused<ChangeProblem>> {
  const importId = options.importId ?? null;
  const window = derivedWindow(unit.nowMs);
  const read = changes.map((change) => ({ ...change, object: objectToDerive(change) }));
  const facts = await factsFor(unit, read, window);
  const worked: (Worked | null)[] = [];
  for (const { object, after, calendar, done } of read) {
    if (object === null || after === null) worked.push(done ?? null);
    else {
      const derived = deriveAhead(object, facts(calendar, after.floatingZone), unit.nowMs);
      worked.push({ derived, contentTag: contentTagOf(object.calendar) });
      await giveWay(derived);
    }
  }
  const dates = worked.map((each) => each?.derived ?? null);

  const unkeepable = options.ruleAsked ? dates.find((each) => each?.unkeepable)?.unkeepable : null;
  if (unkeepable)
    return refuseCalendar("rule-invalid", "unkeepable", { sentence: `"${options.ruleAsked}" ${unkeepable}.` });
  const others = options.isFirst === true ? [] : await otherCopies(unit, changes);
  const commitments = await commitmentsOf(unit, changes, dates, others, window, importId);
  const problems = new Map(commitments.map(({ id, problem }) => [id, problem]));
  const derived = dates.map(
    (each, i) => each && { ...each, problem: each.problem ?? problems.get(changes[i]!.after!.uid) ?? null },
  );
  // What is reported of the world outside is as it is: rules are for what is decided here.
  const isJudged = options.onTaken !== "report" && options.waivesRules !== true;
  const judge = isJudged ? await judgeFor(unit, ruleFacts) : null;
  const known = judge === null ? new Map() : await knownUntil(unit, changes, dates);
  const taken = await take(unit, commitments, { ...options, judge: judge && judgingKnown(judge, known) });
  if (isRefused(taken) || isBarred(taken)) return taken;
  if (unit.isTrial) return { contested: [], derived: derived.filter((each) => each !== null), broken: taken.broken };

  const writes: ObjectWrite[] = [];
  changes.forEach(({ after }, i) => {
    if (after !== null)
      writes.push({ object: after, derived: derived[i]!, contentTag: worked[i]!.contentTag, importId });
  });
  await deleteObjects(
    unit,
    changes.flatMap(({ before, after }) => (after === null && before !== null ? [before.id] : [])),
  );
  await writeObjects(unit, writes);
  if (options.silent !== true) {
    const records = changes.flatMap((change, i) => changeRecord(change, isPublic(derived[i]!), taken.beside));
    unit.record(...(options.undoneElsewhere === true ? records.map(withoutContents) : records));
  }
  return { contested: taken.contested, derived: derived.filter((each) => each !== null), broken: taken.broken };
}

function objectToDerive({ parsed, after, done }: ObjectChange): CalendarObject | null {
  if (done !== undefined || after === null) return null;
  return parsed ?? readObject(after.bytes);
}

/** Series take some milliseconds each to derive: between two of them everybody else has a turn. */
const giveWay = ({ isRecurring }: Derived): Promise<void> => (isRecurring ? setImmediate() : Promise.resolve());

/**
 * Until when the dates of series that are changed were known, by UID, the later part of one that is divided with it: what lies
 * beyond comes because time has gone on, and not by who writes.
 */
async function knownUntil(
  unit: Unit,
  changes: readonly ObjectChange[],
  dates: readonly (Derived | null)[],
): Promise<ReadonlyMap<string, number>> {
  const before = changes.flatMap((change) => change.before ?? []);
  const ends = await derivedEnds(
    unit,
    before.map(({ id }) => id),
  );
  const [divided] = before;
  const known = changes.flatMap(({ before, after }, i) => {
    const endMs = ends.get((before ?? divided)?.id ?? "");
    return after === null || endMs === undefined || dates[i]?.isRecurring !== true ? [] : [[after.uid, endMs] as const];
  });
  return new Map(known);
}

const judgingKnown =
  (judge: Judge, untilMs: ReadonlyMap<string, number>): Judge =>
  ({ come, ...change }) =>
    judge({ ...change, come: come.filter(({ id, startMs }) => startMs < (untilMs.get(id) ?? Infinity)) });

const uidsOf = (changes: readonly ObjectChange[]): Set<string> =>
  new Set(changes.flatMap(({ before, after }) => [before?.uid, after?.uid]).filter((uid) => uid !== undefined));

/** What other calendars hold of the same. */
async function otherCopies(unit: Unit, changes: readonly ObjectChange[]): Promise<StoredObject[]> {
  const touched = new Set(changes.flatMap(({ before, after }) => [before?.id, after?.id]));
  return (await objectsByUid(unit, [...uidsOf(changes)])).filter(({ id }) => !touched.has(id));
}

/** What each UID wants to take now, out of every calendar that holds it. */
async function commitmentsOf(
  unit: Unit,
  changes: readonly ObjectChange[],
  derived: readonly (Derived | null)[],
  others: readonly StoredObject[],
  window: { fromMs: number; toMs: number },
  importId: string | null,
): Promise<(ReturnType<typeof commitmentOf> & { readonly collections: Lying })[]> {
  const uids = uidsOf(changes);
  const calendars = await calendarsById(unit, [...new Set(others.map(({ calendarId }) => calendarId))]);
  const parsed = others.map((after) => ({
    before: null,
    after,
    calendar: calendars.find(({ id }) => id === after.calendarId)!,
    object: readObject(after.bytes),
  }));
  const facts = await factsFor(unit, parsed, window);

  const parts = new Map<string, Derived[]>([...uids].map((uid) => [uid, []]));
  changes.forEach(({ after }, i) => {
    if (after !== null) parts.get(after.uid)!.push(derived[i]!);
  });
  for (const { after, calendar, object } of parsed) {
    if (object === null) continue;
    const derived = deriveAhead(object, facts(calendar, after.floatingZone), unit.nowMs);
    parts.get(after.uid)!.push(derived);
    await giveWay(derived);
  }
  const lyingOf = (uid: string) => {
    const stay = others.filter((other) => other.uid === uid).map(({ calendarId }) => calendarId);
    const of = (side: "before" | "after") =>
      changes.flatMap((change) => (change[side]?.uid === uid ? [change[side].calendarId] : []));
    return { was: [...stay, ...of("before")], will: [...stay, ...of("after")] };
  };
  return [...parts].map(([uid, list]) => ({
    ...commitmentOf(uid, importId, list, unit.nowMs),
    collections: lyingOf(uid),
  }));
}

/** As `publicEvents` finds it once it is stored; of what is gone nobody can say it any more. */
const isPublic = (derived: Derived | null): boolean =>
  derived !== null && derived.faces.length > 0 && derived.faces.every(({ shown }) => saysPublic(shown));

const withoutContents = (record: ChangeRecord): ChangeRecord => ({ ...record, before: null, after: null });

/** What undo needs: the whole object as it was. A move between calendars is two records. */
function changeRecord({ before, after }: ObjectChange, isOpen: boolean, stood: Taken["beside"]): ChangeRecord[] {
  const thing = { type: "event", id: (after ?? before)!.id };
  const fields = ["title", "start", "end", "attendees", "location", "rrule"];
  const reached = after === null ? null : { version: after.version, calendarId: after.calendarId };
  if (before === null)
    return [{ kind: "created", thing, collectionId: after!.calendarId, fields, before: null, after: reached, isOpen }];

  const beside = stood.flatMap(({ commitment, ...each }) => (commitment === before.uid ? [each] : []));
  const was = {
    calendarId: before.calendarId,
    name: before.name,
    uid: before.uid,
    version: before.version,
    floatingZone: before.floatingZone,
    bytes: Buffer.from(before.bytes).toString("utf8"),
    // Beside whom it stood in a conflict: undo puts it back there.
    ...(beside.length === 0 ? {} : { beside }),
  };
  if (after === null)
    return [{ kind: "removed", thing, collectionId: before.calendarId, before: was, after: null, isOpen }];
  const updated: ChangeRecord = {
    kind: "updated",
    thing,
    collectionId: after.calendarId,
    fields,
    before: was,
    after: reached,
    isOpen,
  };
  if (before.calendarId === after.calendarId) return [updated];
  return [{ kind: "removed", thing, collectionId: before.calendarId, isOpen }, updated];
}
