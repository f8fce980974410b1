import { rawValue, readText } from "../content-line.ts";
import { propertyType } from "../jcal/property-types.ts";
import type { ParsedFile } from "../parse.ts";
import type { Problem } from "../problem.ts";
import { componentsOf, propertyOf, type Component, type Node } from "../tree.ts";
import { zonesOf, type Zones } from "../zones.ts";
import { checkAlarm } from "./check-alarm.ts";
import { checkMethod } from "./check-method.ts";
import { checkTimes, checkZone } from "./check-times.ts";
import { parameterFindings, valueFindings, wordFindings } from "./check-value.ts";
import { componentRule, type ComponentRule } from "./component-rules.ts";
import { checkLog, lineOf, parameterIn, reportLine, type CheckLog, type Line } from "./line.ts";

/** What is wrong with a file, in order of line; more than `PROBLEMS_MAX` are only counted. */
export type CheckedFile = { readonly problems: readonly Problem[]; readonly problemsLeftOut: number };

/**
 * Whether a file is what RFC 5545 and its companions ask for, with the problems of the parser: of every component what
 * it lacks, has twice, or where it does not belong; of every value whether it is what its type says; of dates, rules,
 * zones, alarms and messages whether they go together. Pure, never throws, linear.
 *
 * An error says that something cannot be used or trusted. What breaks the letter of an RFC and is read by everybody all
 * the same (an event without DTSTAMP, a calendar without PRODID) is a warning; with `strict` it is an error too.
 */
export function checkFile(file: ParsedFile, { strict = false }: { strict?: boolean } = {}): CheckedFile {
  const log = checkLog(strict);
  const tops = file.nodes.filter((node) => node.kind !== "junk");
  const components = tops.filter(({ kind }) => kind === "component") as Component[];
  if (components.length === 0) log.error(1, "no-calendar", "The file holds no calendar and no component.");
  const bare = components.filter(({ name }) => name !== "VCALENDAR");
  if (bare.length > 1) {
    const message = `The file has ${bare.length} components that lie in no calendar: BEGIN:VCALENDAR is missing.`;
    log.error(bare[0]!.line, "no-calendar", message);
  }
  for (const node of tops) checkTop(node, log);
  const problems = [...file.problems, ...log.problems];
  problems.sort((one, other) => one.line - other.line || one.column - other.column);
  return { problems, problemsLeftOut: file.problemsLeftOut + log.leftOut };
}

function checkTop(node: Node, log: CheckLog): void {
  if (node.kind === "property") {
    log.formal(node.line, "property-outside-component", `${node.name} stands outside of any component.`);
  } else if (node.kind === "component") {
    const zones = zonesOf([node], log);
    const place: Place = { within: "", isMessage: false, zones, described: describedZones(node), log };
    checkComponent(node, place);
    for (const tzid of describedZones(node)) zones.find(tzid); // Names that their clocks belie are told there.
  }
}

function describedZones(calendar: Component): Set<string> {
  const tzids = componentsOf(calendar, "VTIMEZONE").map((vtimezone) => propertyOf(vtimezone, "TZID"));
  return new Set(tzids.map((tzid) => (tzid === null ? "" : readText(rawValue(tzid)).trim())));
}

type Place = {
  /** The component around, "" at the top of the file. */
  readonly within: string;
  /** Whether the calendar around has a METHOD. */
  readonly isMessage: boolean;
  readonly zones: Zones;
  /** The TZIDs that have a VTIMEZONE, and those of which has been told that they have none. */
  readonly described: Set<string>;
  readonly log: CheckLog;
};

function checkComponent(component: Component, place: Place): void {
  const { log } = place;
  const rule = componentRule(component.name);
  const lines = new Map<string, Line[]>();
  for (const child of component.children) {
    if (child.kind !== "property") continue;
    const line = lineOf(child);
    const same = lines.get(line.name);
    if (same === undefined) lines.set(line.name, [line]);
    else same.push(line);
    checkLine(line, component.name, place);
    if (rule !== null) checkPresence(line, lines.get(line.name)!.length, component, rule, log);
  }
  if (rule !== null) {
    checkPlace(component, place.within, rule, log);
    for (const name of rule.required) {
      if (lines.has(name)) continue;
      const message = `The ${component.name} has no ${name}.`;
      if (FORMALITIES.has(name)) log.formal(component.line, "property-missing", message);
      else log.error(component.line, "property-missing", message);
    }
  }
  checkTimes(lines, component.name, place.zones, log);
  checkKind(component, lines, place);
  const isMessage = place.isMessage || lines.has("METHOD");
  for (const child of componentsOf(component)) checkComponent(child, { ...place, within: component.name, isMessage });
}

/** What every component must have, and what nobody needs in order to understand it. */
const FORMALITIES = new Set(["PRODID", "VERSION", "UID", "DTSTAMP", "PARTICIPANT-TYPE"]);

function checkPlace({ name, line }: Component, within: string, rule: ComponentRule, log: CheckLog): void {
  if (rule.within.includes(within)) return;
  const message = `A ${name} lies in a ${rule.within.join(" or ")}`;
  if (name === "VCALENDAR") log.formal(line, "component-misplaced", "A VCALENDAR lies in no other component.");
  else if (within === "") log.warn(line, "component-misplaced", `${message}, not alone in a file.`);
  else if (componentRule(within) !== null) log.formal(line, "component-misplaced", `${message}, not in a ${within}.`);
}

function checkPresence(line: Line, count: number, component: Component, rule: ComponentRule, log: CheckLog): void {
  const { name } = line;
  if (rule.once.has(name)) {
    if (count === 2) log.report(line.property.line, "property-twice", `A ${component.name} has ${name} only once.`);
  } else if (!rule.many.has(name)) {
    if (propertyType(name) !== null) {
      reportLine(log, line, ["warn", "property-misplaced", `${name} has no place in a ${component.name}.`]);
    } else if (!name.startsWith("X-") && !name.includes(".X-")) {
      reportLine(log, line, ["warn", "property-unknown", `Nobody registered ${name}; own names begin with X-.`]);
    }
  } else if (count === 2 && (name === "RRULE" || name === "EXRULE")) {
    reportLine(log, line, ["warn", "rule-twice", `More than one ${name} is read differently by everybody.`]);
  }
}

function checkLine(line: Line, component: string, { zones, described, log }: Place): void {
  for (const finding of parameterFindings(line)) reportLine(log, line, finding);
  let isRead = true;
  for (const finding of valueFindings(line)) {
    reportLine(log, line, finding, "value");
    isRead = false;
  }
  if (isRead) for (const finding of wordFindings(line, component)) reportLine(log, line, finding, "value");
  if (line.parameters.length > 0 && parameterIn(line, "TZID") !== null) checkZone(line, described, zones, log);
}

/** What single kinds of components ask for beyond their tables. */
function checkKind(
  component: Component,
  lines: ReadonlyMap<string, readonly Line[]>,
  { within, isMessage, log }: Place,
): void {
  const { name, line } = component;
  const lacks = (property: string, why: string) => {
    if (!lines.has(property)) log.error(line, "property-missing", why);
  };
  if (name === "VALARM") checkAlarm(component, lines, log);
  if (name === "VCALENDAR") {
    checkMethod(component, log);
    checkTwins(component, log);
    if (componentsOf(component).length === 0) log.formal(line, "no-component", "The calendar holds no component.");
  }
  if (
    name === "VTIMEZONE" &&
    !componentsOf(component).some((each) => each.name === "STANDARD" || each.name === "DAYLIGHT")
  ) {
    log.report(line, "zone-malformed", "The VTIMEZONE has neither STANDARD nor DAYLIGHT.");
  }
  if (name === "VTODO" && lines.has("DURATION")) lacks("DTSTART", "A VTODO with DURATION needs DTSTART.");
  if (name === "VEVENT" && within === "VCALENDAR" && !isMessage) lacks("DTSTART", "The VEVENT has no DTSTART.");
}

/** Reports components that say they are the same one: one kind, UID and RECURRENCE-ID. */
function checkTwins(calendar: Component, log: CheckLog): void {
  const seen = new Set<string>();
  for (const component of componentsOf(calendar)) {
    const [uid, recurrenceId] = ["UID", "RECURRENCE-ID"].map((name) => propertyOf(component, name));
    if (uid === null || uid === undefined) continue;
    const key = [component.name, rawValue(uid), recurrenceId ? rawValue(recurrenceId) : ""].join("\n");
    if (seen.has(key)) {
      log.formal(component.line, "object-twice", "Another component has the same UID, and is the same occurrence.");
    }
    seen.add(key);
  }
}
