import { DAY_MS, findZone, printRule, UTC, type Zone } from "@hourwright/time";
import {
  instancesOf,
  isLocked,
  isRecurring,
  propertyOf,
  rawValue,
  readText,
  type CalendarObject,
  type EventView,
  type Instance,
  type Instances,
  type Person,
} from "@hourwright/ical";
import {
  STRETCHES_MAX,
  TIME_END_MS,
  TIME_MIN_MS,
  type Commitment,
  type OverlapPolicy,
  type Stretch,
} from "../claims/pure.ts";
import type { SubjectKind } from "../identity/public.ts";
import { subjectOfAddress, type Privacy } from "./model.ts";
import { daysOf, takenBy, Takers } from "./takers.ts";

// Pure: from the bytes of an object to everything that is kept beside them. The same for one edit and for an import.

/** What deriving needs to know of the world. */
export type DeriveFacts = {
  readonly calendar: {
    readonly ownerSubjectId: string | null;
    readonly ownerEmail: string | null;
    readonly policy: OverlapPolicy;
    readonly zone: string;
  };
  /** The subjects behind the addresses that are invited, by address in lower case. */
  readonly subjects: Readonly<
    Record<
      string,
      { readonly id: string; readonly kind: SubjectKind; readonly policy: OverlapPolicy; readonly zone: string }
    >
  >;
  readonly floatingZone: string | null;
  /** Series are derived within this window; what happens once is derived wherever it lies. */
  readonly fromMs: number;
  readonly toMs: number;
};

export type Face = { readonly shown: string; readonly subjects: readonly string[] };

export type InstanceRow = {
  readonly recurrenceId: string;
  readonly face: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly startDay: string | null;
  readonly endDay: string | null;
};

export type Derived = {
  readonly title: string;
  readonly sequence: number;
  readonly isRecurring: boolean;
  readonly startsMs: number | null;
  /** Null: without end, or nothing at all. */
  readonly endsMs: number | null;
  /** The span in which every date of a series is among `instances`; null for what happens once. */
  readonly derivedFromMs: number | null;
  readonly derivedToMs: number | null;
  /** Why not all of its dates are kept; null when they are. */
  readonly problem: string | null;
  /** Why its rule is none that can be kept up, as the end of a sentence; null when it can. */
  readonly unkeepable: string | null;
  readonly faces: readonly Face[];
  readonly instances: readonly InstanceRow[];
  readonly stretches: readonly Stretch[];
  readonly subjects: readonly string[];
};

/**
 * Dates kept of one series (each day of four years), and rows in all: its dates, and the stretches of time that they
 * take. What recurs more often, or takes more people, is kept for a shorter time, so that one object is written within
 * one short unit: 50 µs a date and 60 µs a stretch make 170 ms.
 */
export const DATES_KEPT_MAX = 1_500;
export const ROWS_KEPT_MAX = 3_000;
/** Dates kept of a rule that cannot be kept up: every second, for ever. */
const UNKEEPABLE_MAX = 200;

const nothing = (title: string, sequence: number): Derived => ({
  title,
  sequence,
  isRecurring: false,
  startsMs: null,
  endsMs: null,
  derivedFromMs: null,
  derivedToMs: null,
  problem: null,
  unkeepable: null,
  faces: [],
  instances: [],
  stretches: [],
  subjects: [],
});

/**
 * Everything that is derived from an object, within the bounds of one short unit: so many dates, and so many stretches
 * of time taken. What is more is left for later, and `problem` says from when on. A few milliseconds at most.
 */
export function derive(object: CalendarObject, facts: DeriveFacts): Derived {
  const first = object.master ?? object.overrides[0] ?? null;
  if (object.kind !== "VEVENT" || first === null) return nothing("", 0);

  const zone = findZone(facts.floatingZone ?? facts.calendar.zone) ?? UTC;
  const recurs = object.overrides.length > 0 || isRecurring(first);
  const range = recurs
    ? { fromMs: facts.fromMs, toMs: facts.toMs, floatingZone: zone }
    : { fromMs: TIME_MIN_MS, toMs: TIME_END_MS, floatingZone: zone };
  const { kept, stretches, cutMs, why, unkeepable } = datesWithinBounds(object, range, new Takers(facts));
  const faces = new FaceTable(facts, recurs, first);
  const rows = kept.map((instance) => rowOf(instance, faces.indexOf(instance.view)));
  return {
    title: first.summary,
    sequence: Math.max(...[object.master, ...object.overrides].map((view) => view?.sequence ?? 0)),
    isRecurring: recurs,
    startsMs: rows[0]?.startMs ?? null,
    endsMs: recurs ? endOfSeries(object) : (rows.at(-1)?.endMs ?? null),
    derivedFromMs: recurs ? facts.fromMs : null,
    derivedToMs: recurs ? (cutMs ?? facts.toMs) : null,
    problem: cutMs === null ? null : keptUntil(cutMs, why),
    unkeepable,
    faces: faces.faces,
    instances: rows,
    stretches,
    subjects: involvedIn(object, facts),
  };
}

type DatesKept = {
  readonly kept: readonly Instance[];
  readonly stretches: readonly Stretch[];
  /** Every date before it is kept; null when all are. */
  readonly cutMs: number | null;
  readonly why: string;
  readonly unkeepable: string | null;
};

/** The first dates of an object and the time that they take: as many as are kept of one. */
function datesWithinBounds(
  object: CalendarObject,
  range: { readonly fromMs: number; readonly toMs: number; readonly floatingZone: Zone },
  takers: Takers,
): DatesKept {
  const found = instancesOf(object, { ...range, datesMax: DATES_KEPT_MAX + 1 });
  const complete = found.instances
    .filter(({ startMs }) => startMs < (found.completeToMs ?? Infinity))
    .filter(({ startMs, endMs }) => startMs >= TIME_MIN_MS && endMs <= TIME_END_MS);
  const unkeepable = whyUnkeepable(found);
  const datesMax = unkeepable === null ? DATES_KEPT_MAX : UNKEEPABLE_MAX;
  const kept: Instance[] = [];
  const stretches: Stretch[] = [];
  let isCrowded = false;
  for (const instance of complete) {
    const more = kept.length < datesMax ? takers.stretchesOf(instance) : [];
    isCrowded = kept.length + 1 + stretches.length + more.length > ROWS_KEPT_MAX;
    if (isCrowded || kept.length === datesMax) break;
    kept.push(instance);
    stretches.push(...more);
  }
  const isCut = kept.length < complete.length || found.completeToMs !== null;
  const why = isCrowded
    ? "takes so many people and things so often"
    : found.refused === null
      ? "recurs so often"
      : "takes so long to work out";
  const cutMs = isCut ? (kept.at(-1)?.startMs ?? range.fromMs) + 1 : null;
  return { kept, stretches, cutMs, why, unkeepable };
}

/**
 * A rule that takes too many steps cannot be worked out; one of which not even a day can be kept cannot be kept up, for
 * a series is derived again once a day at most.
 */
function whyUnkeepable({ instances, refused, completeToMs }: Instances): string | null {
  if (refused !== null) return "takes too many steps to work out";
  const first = instances[0]?.startMs ?? -Infinity;
  if (completeToMs === null || completeToMs - first >= DAY_MS) return null;
  return `recurs more than ${DATES_KEPT_MAX.toLocaleString("en")} times a day, which is more than can be kept`;
}

/** Said of a series of which not all dates are kept: until when they are, and why no longer. */
const keptUntil = (ms: number, why: string): string =>
  `It ${why} that its dates are kept, and take time, until ${Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 10)} only.`;

/** Everybody whose time some occurrence takes, in the derived span or out of it. */
function involvedIn({ master, overrides }: CalendarObject, facts: DeriveFacts): string[] {
  const views = master === null ? overrides : [master, ...overrides];
  return [...new Set(views.flatMap((view) => takenBy(view, facts).map(({ subjectId }) => subjectId)))];
}

/** Roughly when a series ends: the last UNTIL and the last override; null when a rule has neither. Later is harmless. */
function endOfSeries({ master, overrides }: CalendarObject): number | null {
  if (master === null) return null;
  let endMs = master.start.localMs;
  for (const rule of master.rrules) {
    if (rule.until === null) return null;
    endMs = Math.max(endMs, rule.until.localMs);
  }
  for (const { start } of [...master.rdates, ...overrides]) endMs = Math.max(endMs, start.localMs);
  return endMs + 400 * DAY_MS; // Longer than anything one occurrence lasts, with every zone's offset.
}

function rowOf(instance: Instance, face: number): InstanceRow {
  const days = instance.allDay ? daysOf(instance) : null;
  return {
    recurrenceId: instance.recurrenceId ?? "",
    face,
    startMs: instance.startMs,
    endMs: instance.endMs,
    startDay: days?.start ?? null,
    endDay: days?.end ?? null,
  };
}

/** The faces of an object, each once. */
class FaceTable {
  readonly faces: Face[] = [];
  readonly #facts: DeriveFacts;
  readonly #recurs: boolean;
  readonly #first: EventView;
  readonly #indices = new Map<EventView, number>();

  constructor(facts: DeriveFacts, recurs: boolean, first: EventView) {
    this.#facts = facts;
    this.#recurs = recurs;
    this.#first = first;
  }

  indexOf(view: EventView): number {
    const known = this.#indices.get(view);
    if (known !== undefined) return known;
    const subjects = takenBy(view, this.#facts).map(({ subjectId }) => subjectId);
    const rule = this.#first.rrules[0];
    const shown = {
      uid: view.uid ?? "",
      title: view.summary.slice(0, TITLE_CHARACTERS_MAX),
      allDay: view.allDay,
      timeZone: timeZoneOf(view, this.#facts),
      status: (view.status ?? "CONFIRMED").toLowerCase(),
      transparency: view.transparency.toLowerCase(),
      privacy: privacyOf(view),
      location: view.location === "" ? null : view.location.slice(0, TITLE_CHARACTERS_MAX),
      ...linkOf(view),
      ...(isLocked(view.component) ? { locked: true } : {}),
      attendees: view.attendees.map(shownAttendee),
      subjectIds: subjects,
      recurring: this.#recurs,
      rrule: rule === undefined ? null : printRule(rule),
      source: "calendars",
    };
    this.faces.push({ shown: JSON.stringify(shown), subjects });
    this.#indices.set(view, this.faces.length - 1);
    return this.faces.length - 1;
  }
}

/** An IANA id, or null when it floats. A zone that a file brought along is told as the calendar's: its times are exact. */
function timeZoneOf({ start }: EventView, { calendar }: DeriveFacts): string | null {
  if (start.zone === null) return null;
  return findZone(start.zone.id) === null ? calendar.zone : start.zone.id;
}

/** CLASS in the words of RFC 8984 §4.4.3. One that is not known is private (RFC 5545 §3.8.1.3). */
function privacyOf({ classification }: EventView): Privacy {
  if (classification === "" || classification === "PUBLIC") return "public";
  return classification === "CONFIDENTIAL" ? "secret" : "private";
}

const PARTICIPATION: Readonly<Record<string, string>> = {
  ACCEPTED: "accepted",
  DECLINED: "declined",
  TENTATIVE: "tentative",
  DELEGATED: "delegated",
};
const ATTENDEE_KIND: Readonly<Record<string, string>> = {
  INDIVIDUAL: "individual",
  ROOM: "room",
  RESOURCE: "resource",
  GROUP: "group",
};

export const shownAttendee = ({ address, name, participation, role, kind }: Person) => ({
  email: address,
  name,
  status: PARTICIPATION[participation] ?? "needs-action",
  kind: ATTENDEE_KIND[kind] ?? "unknown",
  ...(role === "OPT-PARTICIPANT" ? { optional: true } : {}),
});

/** Where it can be joined from afar: CONFERENCE (RFC 7986 §5.11), URL, or a place that is a link. Not said where there is none. */
function linkOf({ component, url, location }: EventView): { readonly link?: string } {
  const conference = propertyOf(component, "CONFERENCE");
  const said = [conference === null ? "" : readText(rawValue(conference)), url ?? "", location];
  const link = said.map((text) => text.trim()).find((text) => LINK.test(text));
  return link === undefined ? {} : { link };
}

/** A web address alone; none that is longer than a place may be. */
const LINK = /^https:\/\/[^\s]{1,992}$/i;

/** What is shown of a title or a place; all of it stays in the bytes. A list repeats it with every occurrence. */
const TITLE_CHARACTERS_MAX = 1_000;

/** The addresses that deriving needs subjects for, with the names to give to strangers. */
export function addressesOf(object: CalendarObject): { readonly email: string; readonly name: string | null }[] {
  const addresses = new Map<string, string | null>();
  for (const view of [object.master, ...object.overrides]) {
    for (const { address, name } of view?.attendees ?? []) {
      const email = address.toLowerCase();
      if (addresses.size < ADDRESSES_MAX && (email.includes("@") || subjectOfAddress(email) !== null))
        addresses.set(email, addresses.get(email) ?? name);
    }
  }
  return [...addresses].map(([email, name]) => ({ email, name }));
}

const ADDRESSES_MAX = 500;

/**
 * One commitment out of all the objects that hold its UID: each subject's date is taken once, own calendars first. Of
 * more dates than a commitment may take, those around `nowMs` are taken.
 */
export function commitmentOf(
  uid: string,
  batch: string | null,
  parts: readonly Pick<Derived, "stretches" | "sequence">[],
  nowMs = 0,
): Commitment & { readonly problem: string | null } {
  const taken = new Map<string, Stretch>();
  const ranked = parts
    .toSorted((a, b) => b.sequence - a.sequence)
    .flatMap(({ stretches }) => stretches)
    .toSorted((a, b) => Number(b.role === "owner") - Number(a.role === "owner"));
  for (const stretch of ranked) {
    const key = `${stretch.subjectId} ${stretch.occurrence}`;
    const known = taken.get(key);
    taken.set(key, known === undefined ? stretch : { ...known, attends: known.attends || stretch.attends });
  }
  const stretches = nearest([...taken.values()], nowMs);
  const last = stretches.length < taken.size ? stretches.at(-1)! : null;
  const problem = last === null ? null : keptUntil(last.startMs, "takes so many people and things so often");
  return { source: "calendars", id: uid, batch, stretches, problem };
}

/** At most `STRETCHES_MAX` of them: from yesterday on, and as many before as there is room for. */
function nearest(stretches: readonly Stretch[], nowMs: number): readonly Stretch[] {
  if (stretches.length <= STRETCHES_MAX) return stretches;
  const inOrder = stretches.toSorted((a, b) => a.startMs - b.startMs);
  const yesterday = inOrder.findIndex(({ endMs }) => endMs > nowMs - DAY_MS);
  const room = inOrder.length - STRETCHES_MAX;
  const from = yesterday === -1 ? room : Math.min(yesterday, room);
  return inOrder.slice(from, from + STRETCHES_MAX);
}
