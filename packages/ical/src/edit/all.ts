import { DAY_MS, movedRule, type Rule } from "@hourwright/time";
import type { CalendarObject } from "../calendar-object.ts";
import { withFields, type EventFields } from "../event-fields.ts";
import { type When } from "../property-lines.ts";
import type { EventView } from "../event-view.ts";
import { propertyOf, type Node } from "../tree.ts";
import {
  edited,
  floatingZoneOf,
  refuse,
  replacing,
  revised,
  unlessEmpty,
  type Edit,
  type EditContext,
  type EditRefusal,
} from "./context.ts";
import { exceptionsOf } from "./exceptions.ts";
import { followed } from "./follow.ts";
import { withMovedDates } from "./moved-dates.ts";
import { changedTimes, endOfView, findOccurrence, noSuchOccurrence } from "./occurrence.ts";

/** How every occurrence of a series is carried from its old place to its new one. */
export type Move = {
  /** False when only the length changes. */
  readonly isMoving: boolean;
  /** The master's new times. */
  readonly start: When;
  readonly end: When | null;
  readonly isEndGiven: boolean;
  /** The new wall time of the occurrence that was at `localMs`. */
  carry(localMs: number): number;
};

/**
 * Changes a whole series. Overrides follow wherever they said the same as the master; moved, shortened or renamed ones
 * keep what is their own. When the series moves, cancelled and changed dates move with it.
 */
export function changeAll(
  object: CalendarObject,
  recurrenceId: string | null,
  changes: Partial<EventFields>,
  context: EditContext,
): Edit {
  const master = object.master!;
  const move = moveFor(object, recurrenceId, changes, context);
  if (move !== null && "refused" in move) return move;
  const isMoving = move?.isMoving === true;
  if (isMoving && object.overrides.some(({ thisAndFuture }) => thisAndFuture)) {
    return refuse(
      "range-this-and-future",
      "Another program has changed a range of this series; move occurrences singly.",
    );
  }
  const rrules = changes.rrules ?? (isMoving ? movedRules(master.rrules, master, move) : null);
  const exrules = isMoving ? movedRules(master.exrules, master, move) : null;
  if (isMoving && (rrules === null || exrules === null)) {
    return refuse("rule-does-not-move", "The rule names dates or times that one move cannot carry; change it as well.");
  }

  const { start: _start, end: _end, rrules: _rrules, ...details } = changes;
  const fields = { ...details, ...writtenTimes(master, move), ...(rrules === null ? {} : { rrules }) };
  const given = withFields(master.component, fields);
  const moved = isMoving ? withMovedDates(given, object, move, exrules!, context) : given;
  const isNewRhythm = isMoving || changes.rrules !== undefined;
  const exceptions = isNewRhythm ? exceptionsOf(object, moved, move, context) : { master: moved, dropped: new Set() };
  const mayDrop = changes.rrules !== undefined || context.exceptions === "drop";
  if (exceptions.dropped.size > 0 && !mayDrop) {
    return refuse("exceptions-in-the-way", "Changed or cancelled dates have no place in the new rhythm.");
  }

  const replaced = new Map<Node, readonly Node[]>();
  replaced.set(master.component, [revised(master.component, exceptions.master, context)]);
  for (const view of object.overrides) {
    const after = exceptions.dropped.has(view) ? [] : [followed(view, object, { move, details }, context)];
    replaced.set(
      view.component,
      after.map((component) => revised(view.component, component, context)),
    );
  }
  return unlessEmpty(edited(replacing(object.calendar, replaced)), context);
}

/** The move that puts the occurrence pointed at where it was asked to be; null when no time changes. */
function moveFor(
  object: CalendarObject,
  recurrenceId: string | null,
  changes: Partial<EventFields>,
  context: EditContext,
): Move | { readonly refused: EditRefusal } | null {
  if (changes.start === undefined && changes.end === undefined) return null;
  const master = object.master!;
  const before = master.start;
  const own = { id: before, start: before, end: endOfView(master, floatingZoneOf(context)) };
  const shown = recurrenceId === null ? own : findOccurrence(object, recurrenceId, context);
  if (shown === null) return noSuchOccurrence(recurrenceId);
  const wanted = changedTimes(shown, changes);
  if ("refused" in wanted) return wanted;

  const shiftDaysMs = dateMs(wanted.start.localMs) - dateMs(shown.start.localMs);
  const timeMs = wanted.start.localMs - dateMs(wanted.start.localMs);
  // As far as the occurrence pointed at goes from where its series has it: by the days it is moved, and to its new time.
  const nameMs = shown.id.localMs;
  const goesMs = changes.start === undefined ? 0 : dateMs(nameMs) + shiftDaysMs + timeMs - nameMs;
  const startMs = wanted.start.form === "date" ? dateMs(before.localMs) + shiftDaysMs : before.localMs + goesMs;
  const start = { ...wanted.start, localMs: startMs };
  const end =
    wanted.end === null ? null : { ...wanted.end, localMs: startMs + wanted.end.localMs - wanted.start.localMs };
  const shiftMs = startMs - before.localMs;
  const isMoving = shiftMs !== 0 || start.form !== before.form || start.zone?.id !== before.zone?.id;
  const carry = (localMs: number) => (start.form === "date" ? dateMs(localMs) + shiftDaysMs : localMs + shiftMs);
  return { isMoving, start, end, isEndGiven: changes.end !== undefined, carry };
}

function dateMs(localMs: number): number {
  return Math.floor(localMs / DAY_MS) * DAY_MS;
}

function movedRules(rules: readonly Rule[], { start }: EventView, move: Move): readonly Rule[] | null {
  const moved = rules.map((rule) => movedRule(rule, start, move.start));
  return moved.every((rule) => rule !== null) ? moved : null;
}

/** The times to write: an end that only keeps its length and stands as a DURATION stays one. */
function writtenTimes({ component, start }: EventView, move: Move | null): Partial<EventFields> {
  if (move === null) return {};
  const hasEnd = propertyOf(component, "DTEND") !== null;
  if (!move.isEndGiven && !hasEnd && move.start.form === start.form) return { start: move.start };
  return { start: move.start, end: move.end };
}
