import {
  ATTENDS,
  detect,
  explanationOf,
  kinds,
  NEEDS,
  OWN,
  scheduleOf,
  suggestRepairs,
  type Found,
  type NamedTaking,
  type Repair,
} from "@hourwright/conflict";
import type { Refused } from "@hourwright/contract";
import { instantWithin } from "../claims/pure.ts";
import {
  PAIRS_SHOWN_MAX,
  REPAIRED_MAX,
  SHOWN_MAX,
  zonedText,
  movedAlone,
  type ShownConflict,
  type ShownRepair,
} from "./tell.ts";

/** An event as a request gives it: nothing of it is stored. */
export type GivenEvent = {
  readonly id?: string | undefined;
  readonly uid?: string | undefined;
  readonly title?: string | undefined;
  readonly start: string;
  readonly end: string;
  readonly attendees?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly calendar?: string | undefined;
};

const REPAIRS = 5;
/** Who takes part where no calendar is named: all such events are one person's. */
const NOBODY_NAMED = "You";

/**
 * Conflicts among given events: those of one calendar overlap each other, attendees and resources are told by their
 * text. The same id at the same time, given twice, is one event.
 */
export function conflictsAmong(
  given: readonly Given[],
  fromMs: number,
  toMs: number,
  zone: string,
  nowMs: number,
): ShownConflict[] {
  const takings = given.flatMap((each) => takingsOf(each).map((taking) => ({ ...taking, each })));
  const { index, subjects, firsts, rowsOf } = scheduleOf(takings);
  const of = (occurrence: number): Given => takings[firsts[occurrence]!]!.each;
  const facts = { index, rowsOf, titleOf: (date: number) => of(date).title, isMovable: () => true, zone, nowMs };
  const { found: all } = detect(index, fromMs, toMs, PAIRS_SHOWN_MAX);
  return all.slice(0, SHOWN_MAX).map((found, i) => {
    const names = found.subjects.map((subject) => nameOf(subjects[subject]!));
    return {
      ...shownFound(found, `given_${i}`, names, { first: of(found.first), second: of(found.second), zone }),
      repairs: (i < REPAIRED_MAX ? suggestRepairs(found, facts, REPAIRS) : []).map((repair, rank) =>
        shownGiven(repair, `given_${i}_${rank}`, of, zone),
      ),
    };
  });
}

/** Of what is not stored nothing but times is known: nobody can be told, and nothing else changes. */
function shownGiven(
  { way, what, why, confidence, moves }: Repair,
  id: string,
  of: (occurrence: number) => Given,
  zone: string,
): ShownRepair {
  const shown = moves.map(({ occurrence, startMs, endMs }) => ({
    eventId: of(occurrence).id,
    uid: of(occurrence).uid,
    recurrenceId: null,
    start: zonedText(startMs, zone),
    end: zonedText(endMs, zone),
  }));
  const changes = shown.map((move, i) => movedAlone(move, of(moves[i]!.occurrence).title, null));
  return { id, way, what, why, confidence, moves: shown, changes, told: [] };
}

/** A given event whose times have been read. */
export type Given = {
  readonly id: string;
  readonly uid: string;
  readonly title: string;
  readonly calendar: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly event: GivenEvent;
};

/** The events of a request that take time, in its order. Refused: times outside the years that are kept. */
export function givenEvents(events: readonly GivenEvent[]): Given[] | Refused<"calendars/out-of-range"> {
  const given: Given[] = [];
  for (const [i, event] of events.entries()) {
    const startMs = instantWithin(event.start, `events.${i}.start`);
    if (typeof startMs !== "number") return startMs;
    const endMs = instantWithin(event.end, `events.${i}.end`);
    if (typeof endMs !== "number") return endMs;
    if (endMs > startMs) given.push(givenOf(event, i, startMs, endMs));
  }
  return given;
}

function givenOf(event: GivenEvent, position: number, startMs: number, endMs: number): Given {
  const id = event.id ?? event.uid ?? `#${position}`;
  return {
    id,
    uid: event.uid ?? id,
    title: event.title ?? "Untitled",
    calendar: event.calendar ?? NOBODY_NAMED,
    startMs,
    endMs,
    event,
  };
}

/** Whom and what an event takes. A subject's name begins with what it is: a room may be called like a person. */
function takingsOf({ uid, calendar, startMs, endMs, event }: Given): NamedTaking[] {
  const taking = (kind: string, name: string, how: number) => ({
    thing: `${uid}\n${startMs}`,
    subject: `${kind} ${name}`,
    startMs,
    endMs,
    how,
  });
  const attendees = new Set(event.attendees?.map((attendee) => attendee.toLowerCase()));
  return [
    taking("person", calendar, OWN),
    ...[...attendees].map((attendee) => taking("attendee", attendee, ATTENDS)),
    ...[...new Set(event.resources)].map((resource) => taking("resource", resource, NEEDS)),
  ];
}

const nameOf = (subject: string): string => subject.slice(subject.indexOf(" ") + 1);

function shownFound(
  found: Found,
  id: string,
  subjects: string[],
  sides: { readonly first: Given; readonly second: Given; readonly zone: string },
): Omit<ShownConflict, "repairs"> {
  return {
    kept: null,
    id,
    kind: found.kind,
    start: zonedText(found.startMs, sides.zone),
    end: zonedText(found.endMs, sides.zone),
    severity: kinds[found.kind].severity,
    subjects,
    subjectIds: [],
    explanation: explanationOf(found, subjects, sides),
    events: [sides.first, sides.second].map((each) => ({
      eventId: each.id,
      recurrenceId: null,
      uid: each.uid,
      start: zonedText(each.startMs, sides.zone),
      end: zonedText(each.endMs, sides.zone),
      calendar: each.calendar,
      calendarId: null,
      summary: each.title,
    })),
  };
}
