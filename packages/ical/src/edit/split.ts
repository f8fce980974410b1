import { assert } from "@hourwright/std";
import { SECOND_MS, printBasicTime, printRule, splitRules, type Rule, type RuleHalves } from "@hourwright/time";
import type { CalendarObject } from "../calendar-object.ts";
import { escapeText, newProperty, withValue } from "../content-line.ts";
import { withFields } from "../event-fields.ts";
import { timesLine, withProperties, type When } from "../property-lines.ts";
import type { EventView } from "../event-view.ts";
import { endOf, lengthOf, occurrenceIdIn, zoneFor, type OccurrenceId } from "../series.ts";
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
  const halves = halvesOf(object.master!, id, { goesOn: true }, context);
  if ("refused" in halves) return halves;
  const before = unlessEmpty(edited(ended(object, id, halves, context)), context);
  const after = edited(continued(object, id, halves, context));
  assert(before.refused === undefined && after.refused === undefined && after.object !== null, "both halves read back");
  return { object: before.object, following: after.object };
}

/** The series without an occurrence and all later ones. */
export function cutBefore(object: CalendarObject, { id }: Occurrence, context: EditContext): Edit {
  const halves = halvesOf(object.master!, id, { goesOn: false }, context);
  return "refused" in halves ? halves : unlessEmpty(edited(ended(object, id, halves, context)), context);
}

/** The rules of a series on both sides of an occurrence, and what becomes single dates of them. */
type Halves = { readonly rrules: RuleHalves; readonly exrules: RuleHalves };

function halvesOf(
  { start, allDay, rrules, exrules }: EventView,
  { localMs }: OccurrenceId,
  { goesOn }: { readonly goesOn: boolean },
  context: EditContext,
): Halves | { readonly refused: EditRefusal } {
  const place = { startLocalMs: start.localMs, zone: zoneFor(start, floatingZoneOf(context)), isDate: allDay };
  const happening = splitRules(place, rrules, localMs, { countsStart: true, goesOn });
  if ("refused" in happening) return happening;
  const excluding = splitRules(place, exrules, localMs, { countsStart: false, goesOn });
  return "refused" in excluding ? excluding : { rrules: happening, exrules: excluding };
}

/** The calendar with the series as it was until an occurrence. */
function ended(object: CalendarObject, id: OccurrenceId, halves: Halves, context: EditContext): Component {
  const { calendar, overrides } = object;
  const master = object.master!;
  const zone = floatingZoneOf(context);
  const isBefore = (epochMs: number) => epochMs < id.epochMs;
  const rules = (half: RuleHalves) => half.before.map((rule) => writtenUntil(rule, master, id));
  const lines: Lines[] = [
    ["RRULE", rules(halves.rrules).map((rule) => newProperty("RRULE", [], printRule(rule)))],
    ["EXRULE", rules(halves.exrules).map((rule) => newProperty("EXRULE", [], printRule(rule)))],
    ...keptTimes(object, isBefore, context),
  ];
  const changes = new Map<Node, readonly Node[]>();
  changes.set(master.component, [revised(master.component, withLines(master.component, lines), context)]);
  for (const view of overrides) {
    if (!isBefore(occurrenceIdIn(master, view.recurrenceId!, zone).epochMs)) changes.set(view.component, []);
  }
  return replacing(calendar, changes);
}

/** The calendar with the series from an occurrence on, under its new UID. */
function continued(object: CalendarObject, id: OccurrenceId, halves: Halves, context: EditContext): Component {
  const { calendar, overrides } = object;
  const master = object.master!;
  const zone = floatingZoneOf(context);
  const isAfter = (epochMs: number) => epochMs >= id.epochMs;
  const lines: Lines[] = [
    ["RRULE", halves.rrules.after.map((rule) => newProperty("RRULE", [], printRule(rule)))],
    ["EXRULE", halves.exrules.after.map((rule) => newProperty("EXRULE", [], printRule(rule)))],
    ...keptTimes(object, isAfter, context).map(([name, kept]): Lines => {
      const { dates } = name === "RDATE" ? halves.rrules : halves.exrules;
      return [name, dates.length === 0 ? kept : [...kept, timesLine(name, master.start, dates)]];
    }),
  ];
  const timed = withFields(master.component, timesFrom(master, id, context));
  const changes = new Map<Node, readonly Node[]>([[master.component, [begun(withLines(timed, lines), context)]]]);
  for (const view of overrides) {
    const isKept = isAfter(occurrenceIdIn(master, view.recurrenceId!, zone).epochMs);
    changes.set(view.component, isKept ? [withUid(view.component, context)] : []);
  }
  return replacing(calendar, changes);
}

/** All lines of one name. */
type Lines = readonly [name: string, lines: readonly Property[]];

function withLines(component: Component, lines: readonly Lines[]): Component {
  return lines.reduce((changed, [name, properties]) => withProperties(changed, name, properties), component);
}

/** UNTIL in the form that DTSTART asks for (RFC 5545 §3.3.10): a rule that ends before an occurrence does so in UTC. */
function writtenUntil(rule: Rule, { start }: EventView, { localMs, epochMs }: OccurrenceId): Rule {
  const isEndedHere = rule.until?.form === "local" && rule.until.localMs === localMs - SECOND_MS;
  return isEndedHere && start.zone !== null ? { ...rule, until: { form: "utc", localMs: epochMs - SECOND_MS } } : rule;
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
function keptTimes(
  { master, zones }: CalendarObject,
  isKept: (epochMs: number) => boolean,
  context: EditContext,
): Lines[] {
  const zone = floatingZoneOf(context);
  return ["RDATE", "EXDATE"].map((name): Lines => {
    const lines = propertiesOf(master!.component, name).flatMap((line) => {
      const { values, texts } = timesOf(line, zones);
      const kept = texts.filter((_, i) => isKept(occurrenceIdIn(master!, values[i]!.start, zone).epochMs));
      if (kept.length === texts.length) return [line];
      return kept.length === 0 ? [] : [withValue(line, kept.join(","))];
    });
    return [name, lines];
  });
}
