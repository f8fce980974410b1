import { assert } from "@hourwright/std";
import { MINUTE_MS, type Interval } from "@hourwright/time";
import { coveredStarts } from "./coverage.ts";
import { limitsOf } from "./limits.ts";
import { SLOTS_MAX, checkQuestion, checkWindow, type Slot, type SlotQuestion } from "./question.ts";
import { startsOnRaster } from "./raster.ts";
import { everyone, seat } from "./seating.ts";
import { earliestMs, latestEndMs, serviceStarts, subjectStarts } from "./starts.ts";

/**
 * The first `max` starts (at most `SLOTS_MAX`) in `[window.startMs, window.endMs)` at which the service can be booked, in
 * order. Per subject a few passes over its stretches, then over the starts that are possible: never subjects × minutes.
 * Objections are asked of at most all who could at each of these starts, mostly of as many as are needed.
 * Open time and what is taken must be given as far as the longest appointment, buffer and way reach beyond the window.
 */
export function slotsIn(question: SlotQuestion, window: Interval, max: number): Slot[] {
  assert(Number.isSafeInteger(max) && max >= 1 && max <= SLOTS_MAX, `1 to ${SLOTS_MAX} slots: ${max}`);
  checkQuestion(question);
  checkWindow(window);
  const sessions = offeredSessions(question, window);
  const slots = [...newSlots(question, window, max, sessions), ...sessions.values()];
  return slots.toSorted((a, b) => a.startMs - b.startMs).slice(0, max);
}

/**
 * Per role the subjects that can play it at a start, one subject playing one role; all empty when the roles cannot all be
 * played. `chosen` are those who have a role already: the others are asked for what is left, so that roles can be given
 * one after the other. It looks at people alone: not at raster, hours, notice and limits. O(what is taken), and the
 * objections of all.
 */
export function whoCan(
  question: SlotQuestion,
  startMs: number,
  chosen: readonly (readonly number[])[] = [],
): number[][] {
  checkQuestion(question);
  const seated = new Set(chosen.flat());
  const roles = question.rules.roles.map(({ anyOf, count }, role) => ({
    anyOf: anyOf.filter((subject) => !seated.has(subject)),
    count: count - (chosen[role]?.length ?? 0),
  }));
  const subjects = new Set(roles.flatMap(({ anyOf }) => anyOf));
  return everyone(roles, new Set([...subjects].filter((subject) => isAble(question, subject, startMs))));
}

/** Whether a session that has places left begins then. */
export function hasSession({ sessions }: SlotQuestion, startMs: number): boolean {
  return sessions.some((session) => session.startMs === startMs && session.placesLeft > 0);
}

function newSlots(question: SlotQuestion, window: Interval, max: number, sessions: ReadonlyMap<number, Slot>): Slot[] {
  const { rules } = question;
  const service = serviceStarts(question, window);
  const first = service[0];
  if (first === undefined) return [];
  const within = { startMs: first.startMs, endMs: service.at(-1)!.endMs };
  const startsOf = remembered((subject) => subjectStarts(question, subject, within));
  const covered = coveredStarts(rules.roles, startsOf, service);
  const breaches = limitsOf(question);
  const isAgreed = agreement(question, startsOf);
  const slots: Slot[] = [];
  for (const startMs of startsOnRaster(question, covered)) {
    if (sessions.has(startMs) || breaches(startMs).length > 0 || !isAgreed(startMs)) continue;
    slots.push({ startMs, endMs: startMs + rules.lengthMinutes * MINUTE_MS, placesLeft: rules.places });
    if (slots.length === max) break;
  }
  return slots;
}

/**
 * Tells of a start whether the organisation's rules leave enough of those who could. They are asked one by one, those who
 * were seated before first, until there are enough.
 */
function agreement(
  question: SlotQuestion,
  startsOf: (subject: number) => readonly Interval[],
): (startMs: number) => boolean {
  if (question.objections === undefined) return () => true;
  const { roles } = question.rules;
  let order = [...new Set(roles.flatMap(({ anyOf }) => anyOf))];
  return (startMs) => {
    const seating = seat(roles, willing(startMs));
    if (seating === null) return false;
    order = [...new Set([...seating.flat(), ...order])];
    return true;
  };

  function* willing(startMs: number): Generator<number> {
    for (const subject of order) {
      if (holds(startsOf(subject), startMs) && isUnopposed(question, subject, startMs)) yield subject;
    }
  }
}

function isUnopposed({ rules, objections }: SlotQuestion, subject: number, startMs: number): boolean {
  const endMs = startMs + rules.lengthMinutes * MINUTE_MS;
  return objections === undefined || objections(subject, startMs, endMs).length === 0;
}

/** Whether one subject could at one start. */
function isAble(question: SlotQuestion, subject: number, startMs: number): boolean {
  const at = { startMs, endMs: startMs + 1 };
  return subjectStarts(question, subject, at).length > 0 && isUnopposed(question, subject, startMs);
}

/** Sessions by their start, as they stand: only past, notice, the booking window and the customer's limit hold [SL15]. */
function offeredSessions(question: SlotQuestion, window: Interval): Map<number, Slot> {
  const fromMs = Math.max(window.startMs, earliestMs(question));
  const toMs = Math.min(window.endMs, latestEndMs(question));
  const breaches = limitsOf(question);
  const offered = new Map<number, Slot>();
  for (const { startMs, endMs, placesLeft } of question.sessions) {
    if (placesLeft < 1 || startMs < fromMs || startMs >= toMs) continue;
    if (breaches(startMs).some(({ per }) => per === "customer")) continue;
    const other = offered.get(startMs);
    if (other === undefined || isRather(other, placesLeft, endMs)) offered.set(startMs, { startMs, endMs, placesLeft });
  }
  return offered;
}

/** Of sessions that begin together the one with most places left is offered, then the one that ends first. */
function isRather(other: Slot, placesLeft: number, endMs: number): boolean {
  return placesLeft > other.placesLeft || (placesLeft === other.placesLeft && endMs < other.endMs);
}

/** Whether a normal list holds an instant. O(log n). */
function holds(list: readonly Interval[], ms: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.endMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low < list.length && list[low]!.startMs <= ms;
}

function remembered(startsOf: (subject: number) => readonly Interval[]): (subject: number) => readonly Interval[] {
  const known = new Map<number, readonly Interval[]>();
  return (subject) => {
    let starts = known.get(subject);
    if (starts === undefined) known.set(subject, (starts = startsOf(subject)));
    return starts;
  };
}
