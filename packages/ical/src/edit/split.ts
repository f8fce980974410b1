import { assert } from "@hourwright/std";
import {
  DAY_MS,
  SECOND_MS,
  expand,
  explicitRule,
  printBasicTime,
  type Rule,
  type Series,
  type Window,
} from "@hourwright/time";
import type { CalendarObject } from "../calendar-object.ts";
import { escapeText, newProperty, withValue } from "../content-line.ts";
import { withFields, withProperties, type When } from "../event-fields.ts";
import type { EventView } from "../event-view.ts";
import {
  QUESTION_STEPS_MAX,
  endOf,
  lengthOf,
  occurrenceIdIn,
  seriesOf,
  zoneFor,
  type OccurrenceId,
} from "../series.ts";
import { timesOf } from "../time-value.ts";
import { propertiesOf, propertyOf, type Component, type Node, type Property } from "../tree.ts";
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
import { writable, type Occurrence } from "./occurrence.ts";

/** How many occurrences after a split are compared with the series as it was; a wrong rhythm shows at once. */
const COMPARED_MAX = 60;

/** A series as two: what comes before an occurrence, and an object of its own from there on. Nothing else changes. */
export function splitAt(
  object: CalendarObject,
  { id }: Occurrence,
  context: EditContext,
):
  | { readonly object: CalendarObject | null; readonly following: CalendarObject; readonly refused?: undefined }
  | { readonly refused: EditRefusal } {
  assert(context.newUid !== undefined && context.newUid !== "", "this and following needs a new UID");
  if (object.overrides.some(({ thisAndFuture }) => thisAndFuture)) {
    const message = "Another program has changed a range of this series; change single occurrences, or all.";
    return refuse("range-this-and-future", message);
  }
  const before = unlessEmpty(cut(object, id, context), context);
  const after = continued(object, id, context);
  if (before.refused !== undefined || after === null || !goesOnAlike(object, after, id, context)) {
    return refuse("cannot-split-here", "The series has no single rule to go on with from this occurrence.");
  }
  return { object: before.object, following: after };
}

/** The series without an occurrence and all later ones. */
export function cutBefore(object: CalendarObject, { id }: Occurrence, context: EditContext): Edit {
  return unlessEmpty(cut(object, id, context), context);
}

function cut(object: CalendarObject, id: OccurrenceId, context: EditContext): Edit {
  const { calendar, overrides } = object;
  const master = object.master!;
  const zone = floatingZoneOf(context);
  const rrules = master.rrules.flatMap((rule) => {
    if (!occursFrom(master, rule, id, context)) return [rule];
    return occursBefore(master, rule, id, context) ? [endedBefore(rule, master, id)] : [];
  });
  const isBefore = (epochMs: number) => epochMs < id.epochMs;
  const component = [...keepTimes(object, isBefore, context)].reduce(
    (component, [name, lines]) => withProperties(component, name, lines),
    withFields(master.component, { rrules }),
  );
  const changes = new Map<Node, readonly Node[]>([[master.component, [revised(master.component, component, context)]]]);
  for (const view of overrides) {
    if (!isBefore(occurrenceIdIn(master, view.recurrenceId!, zone).epochMs)) changes.set(view.component, []);
  }
  return edited(replacing(calendar, changes));
}

/** The series from an occurrence on, under its new UID. */
function continued(object: CalendarObject, id: OccurrenceId, context: EditContext): CalendarObject | null {
  const { calendar, overrides } = object;
  const master = object.master!;
  const zone = floatingZoneOf(context);
  const isAfter = (epochMs: number) => epochMs >= id.epochMs;
  const rules = master.rrules.map((rule) => goneOn(master, rule, id, context));
  if (!rules.every((rule) => rule !== null)) return null;
  const fields = { rrules: rules.flat(), ...timesFrom(master, id, context) };
  const component = [...keepTimes(object, isAfter, context)].reduce(
    (component, [name, lines]) => withProperties(component, name, lines),
    withFields(master.component, fields),
  );
  const changes = new Map<Node, readonly Node[]>([[master.component, [begun(component, context)]]]);
  for (const view of overrides) {
    const isKept = isAfter(occurrenceIdIn(master, view.recurrenceId!, zone).epochMs);
    changes.set(view.component, isKept ? [withUid(view.component, context)] : []);
  }
  const edit = edited(replacing(calendar, changes));
  return edit.refused === undefined ? edit.object : null;
}

function begun(component: Component, context: EditContext): Component {
  const stamp = printBasicTime(context.nowMs, "utc");
  const stamps = ["DTSTAMP", "CREATED", "LAST-MODIFIED"];
  const stamped = stamps.reduce((c, name) => withProperties(c, name, [newProperty(name, [], stamp)]), component);
  return withProperties(withUid(stamped, context), "SEQUENCE", [newProperty("SEQUENCE", [], "0")]);
}

function withUid(component: Component, { newUid }: EditContext): Component {
  return withProperties(component, "UID", [newProperty("UID", [], escapeText(newUid!))]);
}

/** DTSTART at the wall time that the rule names, and an end that keeps the elapsed length of every occurrence. */
function timesFrom(master: EventView, id: OccurrenceId, context: EditContext): { start: When; end?: When | null } {
  const start: When = { ...master.start, localMs: id.localMs };
  if (propertyOf(master.component, "DURATION") !== null && propertyOf(master.component, "DTEND") === null)
    return { start };
  const floatingZone = floatingZoneOf(context);
  const zone = zoneFor(master.start, floatingZone);
  const endMs = endOf(id.localMs, lengthOf(master, floatingZone), zone);
  if (propertyOf(master.component, "DTEND") === null) return { start };
  const like = master.span.kind === "until" && master.span.end.zone !== null ? master.span.end : master.start;
  return { start, end: writable(like, zoneFor(like, floatingZone), endMs) };
}

/** The EXDATE and RDATE lines, less the times that are not kept; lines that keep all of theirs keep their bytes. */
function* keepTimes(
  { master, zones }: CalendarObject,
  isKept: (epochMs: number) => boolean,
  context: EditContext,
): Generator<[name: string, lines: Property[]]> {
  const zone = floatingZoneOf(context);
  for (const name of ["RDATE", "EXDATE"]) {
    const lines = propertiesOf(master!.component, name).flatMap((line) => {
      const { values, texts } = timesOf(line, zones);
      const kept = texts.filter((_, i) => isKept(occurrenceIdIn(master!, values[i]!.start, zone).epochMs));
      if (kept.length === texts.length) return [line];
      return kept.length === 0 ? [] : [withValue(line, kept.join(","))];
    });
    yield [name, lines];
  }
}

/** The instants of one rule of the master alone, DTSTART first as always. */
function ruleSeries(master: EventView, rule: Rule, context: EditContext) {
  return { ...seriesOf(master, floatingZoneOf(context)), rrules: [rule], exrules: [], rdatesMs: [], exdatesMs: [] };
}

/** Whether one rule has an occurrence at or after another; where that takes too long, it has. */
function occursFrom(master: EventView, rule: Rule, { epochMs }: OccurrenceId, context: EditContext): boolean {
  return occurs(ruleSeries(master, rule, context), { kind: "from", fromMs: epochMs, limit: 1 });
}

function occursBefore(master: EventView, rule: Rule, { epochMs }: OccurrenceId, context: EditContext): boolean {
  return occurs(ruleSeries(master, rule, context), { kind: "before", beforeMs: epochMs });
}

function occurs(series: Series, window: Window): boolean {
  const { epochMs, refused } = expand(series, window, QUESTION_STEPS_MAX);
  return epochMs.length > 0 || refused !== null;
}

/** The rule ended by an UNTIL just before an occurrence, in the form that DTSTART asks for (RFC 5545 §3.3.10). */
function endedBefore(rule: Rule, { start }: EventView, { localMs, epochMs }: OccurrenceId): Rule {
  const ended = { ...rule, count: null };
  if (start.form === "date") return { ...ended, until: { form: "date", localMs: localMs - DAY_MS } };
  if (start.zone === null) return { ...ended, until: { form: "local", localMs: localMs - SECOND_MS } };
  return { ...ended, until: { form: "utc", localMs: epochMs - SECOND_MS } };
}

/**
 * The rule as it goes on from an occurrence, its COUNT what is left of it; none when no occurrence is left. Null when
 * there are too many to be counted.
 */
function goneOn(master: EventView, rule: Rule, id: OccurrenceId, context: EditContext): Rule[] | null {
  if (!occursFrom(master, rule, id, context)) return [];
  const own = { ...ruleSeries(master, rule, context), includesStart: false };
  const isOnRule = occurs(own, { kind: "between", fromMs: id.epochMs, toMs: id.epochMs + 1 });
  const going = isOnRule ? rule : explicitRule(rule, master.start.localMs, master.allDay);
  if (rule.count === null) return [going];
  const past = { kind: "between" as const, fromMs: -Infinity, toMs: id.epochMs };
  const before = expand(ruleSeries(master, rule, context), past, QUESTION_STEPS_MAX);
  if (before.refused !== null) return null;
  // An occurrence that the rule does not name takes one of COUNT when it becomes DTSTART.
  return [{ ...going, count: rule.count - before.epochMs.length + (isOnRule ? 0 : 1) }];
}

/** Whether the new object has the occurrences that the old one had from there on. */
function goesOnAlike(
  { master }: CalendarObject,
  { master: following }: CalendarObject,
  { epochMs: fromMs }: OccurrenceId,
  context: EditContext,
): boolean {
  if (following === null) return false;
  const zone = floatingZoneOf(context);
  const window = { kind: "from" as const, fromMs, limit: COMPARED_MAX };
  const was = expand(seriesOf(master!, zone), window, QUESTION_STEPS_MAX);
  const is = expand(seriesOf(following, zone), window, QUESTION_STEPS_MAX);
  if (was.refused !== null || is.refused !== null) return false;
  return was.epochMs.length === is.epochMs.length && was.epochMs.every((ms, i) => ms === is.epochMs[i]);
}
