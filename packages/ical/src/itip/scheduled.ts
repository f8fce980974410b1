// A calendar object as scheduling sees it: its parts (the master and its overrides), who takes part in each, and which
// revision each is. Events, tasks and journals alike; nothing here needs a DTSTART.

import { UTC, expand, type Series } from "@hourwright/time";
import { COMPONENTS_PER_OBJECT_MAX, onCrlf, type ObjectKind } from "../calendar-object.ts";
import { parameterOf, rawValue, readText } from "../content-line.ts";
import { eventView, type EventView } from "../event-view.ts";
import { QUESTION_STEPS_MAX, exclusionsOf, occurrenceIdIn, seriesOf } from "../series.ts";
import { instantOf, timeOf, timesOf, type TimeValue } from "../time-value.ts";
import { propertiesOf, propertyOf, type Component, type Node } from "../tree.ts";
import { WORLD_ZONES, zonesOf, type Zones } from "../zones.ts";
import { readParty, type Party } from "./party.ts";

/** Attendees of one component. Larger audiences are published to, not invited one by one. */
export const ATTENDEES_MAX = 5_000;

/** The master, or the override of one occurrence (or of it and all later ones). */
export type Part = {
  readonly component: Component;
  /** The instant of the occurrence that it overrides, by which parts are told apart; null for the master. */
  readonly atMs: number | null;
  /** RANGE=THISANDFUTURE. */
  readonly isRange: boolean;
  /** 0 when there is none. */
  readonly sequence: number;
  /** DTSTAMP; null when there is none. */
  readonly stampMs: number | null;
  /** STATUS in upper case, "" when there is none. */
  readonly status: string;
  readonly organizer: Party | null;
  /** As `attendeesIn` has them. */
  readonly attendees: ReadonlyMap<string, Party>;
};

export type Scheduled = {
  /** The VCALENDAR, tidy: on CRLF, every component closed. */
  readonly calendar: Component;
  readonly uid: string;
  readonly kind: ObjectKind;
  readonly zones: Zones;
  readonly master: Part | null;
  /** By `atMs`. */
  readonly overrides: ReadonlyMap<number, Part>;
  /** The overrides with RANGE=THISANDFUTURE, in order of time. */
  readonly ranges: readonly Part[];
  readonly organizer: Party | null;
  /** The start by which occurrences are named: the master's, or that of the object this one is about. */
  readonly like: TimeValue | null;
};

/** `code` is API: added, never renamed; `message` is one sentence. */
export type ItipRefusal = {
  readonly code:
    | "no-component"
    | "uid-missing"
    | "several-uids"
    | "several-organizers"
    | "organizer-changed"
    | "too-many-attendees"
    | "too-many-components"
    | "too-many-messages"
    | "no-organizer"
    | "not-organizer"
    | "not-attendee"
    | "no-such-occurrence";
  readonly message: string;
};

type Read = { readonly object: Scheduled; readonly refused?: undefined } | { readonly refused: ItipRefusal };

export function refuseItip(code: ItipRefusal["code"], message: string): { readonly refused: ItipRefusal } {
  return { refused: { code, message } };
}

/**
 * Reads a VCALENDAR that holds one object. `like` says by which start occurrences are named when it has no master of
 * its own: a message about one occurrence names it in UTC, or in a zone of its sender.
 */
export function readScheduled(given: Component, like: TimeValue | null = null): Read {
  const tidy = onCrlf(given); // A component that nobody closed would swallow what is printed after it.
  const calendar = tidy.kind === "component" ? tidy : given;
  const components = calendar.children.filter(isSchedulable);
  const first = components[0];
  if (first === undefined) return refuseItip("no-component", "There is no event, task or journal.");
  if (components.length > COMPONENTS_PER_OBJECT_MAX) {
    return refuseItip("too-many-components", `An object has at most ${COMPONENTS_PER_OBJECT_MAX} components.`);
  }
  const uid = textOf(first, "UID");
  if (uid === "") return refuseItip("uid-missing", "The component has no UID.");
  if (components.some((other) => textOf(other, "UID") !== uid || other.name !== first.name)) {
    return refuseItip("several-uids", "All components must have one UID and be of one kind.");
  }
  const zones = zonesOf([calendar]);
  const masterComponent = latest(components.filter((component) => propertyOf(component, "RECURRENCE-ID") === null));
  const start = masterComponent === null ? null : timeIn(masterComponent, "DTSTART", zones);
  const named = start ?? like;
  const parts = new Map<number | null, Part>();
  for (const component of components) {
    const atMs = component === masterComponent ? null : occurrenceOf(component, zones, named);
    if (atMs === undefined) continue;
    const before = parts.get(atMs);
    if (before !== undefined && before.sequence > sequenceOf(component)) continue;
    const attendees = propertiesOf(component, "ATTENDEE");
    if (attendees.length > ATTENDEES_MAX) {
      return refuseItip("too-many-attendees", `A component has at most ${ATTENDEES_MAX} attendees.`);
    }
    parts.set(atMs, readPart(component, atMs));
  }
  if (parts.size === 0) return refuseItip("no-component", "No component says which occurrence it is about.");
  const organizers = [...parts.values()].flatMap(({ organizer }) => organizer ?? []);
  if (organizers.some(({ address }) => address !== organizers[0]!.address)) {
    return refuseItip("several-organizers", "All components must have the same organizer.");
  }
  const master = parts.get(null) ?? null;
  const overrides = new Map<number, Part>();
  for (const [atMs, part] of parts) if (atMs !== null) overrides.set(atMs, part);
  const kind = first.name as ObjectKind;
  const organizer = organizers[0] ?? null;
  const ranges = [...overrides.values()].filter(({ isRange }) => isRange).sort((one, other) => one.atMs! - other.atMs!);
  return { object: { calendar, uid, kind, zones, master, overrides, ranges, organizer, like: named } };
}

function isSchedulable(node: Node): node is Component {
  return node.kind === "component" && (node.name === "VEVENT" || node.name === "VTODO" || node.name === "VJOURNAL");
}

/** Every part, the master first. */
export function partsOf({ master, overrides }: Scheduled): Part[] {
  return master === null ? [...overrides.values()] : [master, ...overrides.values()];
}

/** 0 where there is no object. */
export function highestSequence(object: Scheduled | null): number {
  const parts = object === null ? [] : partsOf(object);
  return parts.reduce((highest, { sequence }) => Math.max(highest, sequence), 0);
}

/** The part that says what an occurrence is, as far as one is there for it alone. */
export function partAt({ master, overrides }: Scheduled, atMs: number | null): Part | null {
  return atMs === null ? master : (overrides.get(atMs) ?? null);
}

/** The part that an occurrence without override follows: the last THISANDFUTURE before it, else the master. */
export function governing({ master, ranges }: Scheduled, atMs: number): Part | null {
  let [low, high] = [0, ranges.length]; // Of `ranges[0..low)` all begin at or before it, of those from `high` on none.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.atMs! <= atMs) low = middle + 1;
    else high = middle;
  }
  return ranges[low - 1] ?? master;
}

/** The instants that the master's EXDATEs name. */
export function excludedOf({ master, zones, like }: Scheduled): Set<number> {
  const excluded = new Set<number>();
  if (master === null) return excluded;
  for (const line of propertiesOf(master.component, "EXDATE")) {
    for (const { start } of timesOf(line, zones).values) excluded.add(momentOf(start, like));
  }
  return excluded;
}

/** The instant that a RECURRENCE-ID or EXDATE means, in whatever form it is given [IN7]; floating is read as UTC. */
export function momentOf(time: TimeValue, like: TimeValue | null): number {
  return like === null ? instantOf(time, UTC) : occurrenceIdIn({ start: like }, time, UTC).epochMs;
}

/** A master's series, to be asked about many occurrences: neither EXDATE nor RDATE is read again. */
export type SeriesOfMaster = {
  readonly view: EventView;
  /** The wall time of the occurrence at that instant, or null when the series has none there. */
  localOf(atMs: number): number | null;
};

/** `hasExcluded`: the occurrences that EXDATE takes out are told of as well. */
export function seriesOfMaster({ master, zones }: Scheduled, hasExcluded = false): SeriesOfMaster | null {
  const view = master === null ? null : eventView(master.component, zones);
  if (view === null) return null;
  const whole = seriesOf(view, UTC);
  const ruled: Series = { ...whole, rdatesMs: [], exdatesMs: [] };
  const zone = whole.zone;
  const added = new Set(whole.rdatesMs);
  const isExcluded = hasExcluded ? () => false : exclusionsOf(view, UTC);
  let isEndless = false;
  return { view, localOf };

  function localOf(atMs: number): number | null {
    const localMs = zone.toLocalMs(atMs);
    if (isExcluded({ text: "", epochMs: atMs, localMs })) return null;
    if (added.has(atMs)) return localMs;
    if (isEndless) return null;
    const window = { kind: "between" as const, fromMs: atMs, toMs: atMs + 1 };
    const { localMs: found, refused } = expand(ruled, window, QUESTION_STEPS_MAX);
    isEndless = refused !== null; // A rule that is too long for one question is not asked a thousand times.
    return found[0] ?? null;
  }
}

/** A property's value as text without blanks around it; "" when there is none. */
export function textOf(component: Component, name: string): string {
  const property = propertyOf(component, name);
  return property === null ? "" : readText(rawValue(property)).trim();
}

export function timeIn(component: Component, name: string, zones: Zones): TimeValue | null {
  const property = propertyOf(component, name);
  return property === null ? null : timeOf(property, zones);
}

const SEQUENCE_MAX = 2_147_483_647;

export function sequenceOf(component: Component): number {
  const sequence = Number(textOf(component, "SEQUENCE"));
  return Number.isInteger(sequence) && sequence >= 0 && sequence <= SEQUENCE_MAX ? sequence : 0;
}

/** Who is invited, by address, in order; of two lines with one address the first counts. */
export function attendeesIn(component: Component): ReadonlyMap<string, Party> {
  const attendees = new Map<string, Party>();
  for (const line of propertiesOf(component, "ATTENDEE")) {
    const party = readParty(line);
    if (party.address !== "" && !attendees.has(party.address)) attendees.set(party.address, party);
  }
  return attendees;
}

function readPart(component: Component, atMs: number | null): Part {
  const organizer = propertyOf(component, "ORGANIZER");
  const party = organizer === null ? null : readParty(organizer);
  const recurrenceId = propertyOf(component, "RECURRENCE-ID");
  return {
    component,
    atMs,
    isRange: recurrenceId !== null && parameterOf(recurrenceId, "RANGE")?.toUpperCase() === "THISANDFUTURE",
    sequence: sequenceOf(component),
    stampMs: stampOf(component),
    status: textOf(component, "STATUS").toUpperCase(),
    organizer: party === null || party.address === "" ? null : party,
    attendees: attendeesIn(component),
  };
}

function stampOf(component: Component): number | null {
  const property = propertyOf(component, "DTSTAMP");
  const stamp = property === null ? null : timeOf(property, WORLD_ZONES);
  return stamp === null ? null : stamp.localMs;
}

/** Undefined when the RECURRENCE-ID is no time: nobody can say what such a component is about. */
function occurrenceOf(component: Component, zones: Zones, like: TimeValue | null): number | undefined {
  const time = timeIn(component, "RECURRENCE-ID", zones);
  return time === null ? undefined : momentOf(time, like);
}

/** Of several masters the one with the highest SEQUENCE, else the last [OB5]. */
function latest(masters: readonly Component[]): Component | null {
  let found: Component | null = null;
  for (const master of masters) if (found === null || sequenceOf(master) >= sequenceOf(found)) found = master;
  return found;
}
