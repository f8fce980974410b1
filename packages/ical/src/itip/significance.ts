// What differs between two revisions of a component, as far as others must hear of it.

import { DAY_MS, UTC } from "@hourwright/time";
import { rawValue } from "../content-line.ts";
import { addDuration, parseDuration } from "../duration.ts";
import { print } from "../print.ts";
import { zoneFor } from "../series.ts";
import { instantOf, timesOf, type TimeValue } from "../time-value.ts";
import { propertiesOf, propertyOf, type Component, type Node, type Property } from "../tree.ts";
import { decode } from "../utf8.ts";
import type { Zones } from "../zones.ts";
import { isPartyLine, sentLine, withParameters } from "./party.ts";
import { textOf, timeIn } from "./scheduled.ts";

/**
 * How much a change matters to whoever receives it: when, how often or whether it happens (RFC 5546 §2.1.4); anything
 * else he can read; only how others answered; nothing.
 */
export type Significance = "significant" | "details" | "participation" | "none";

const CHANGES: readonly Significance[] = ["none", "participation", "details", "significant"];

export function greaterSignificance(one: Significance, other: Significance): Significance {
  return CHANGES.indexOf(one) >= CHANGES.indexOf(other) ? one : other;
}

/** A component and the zones that its times are read by. */
export type Revision = { readonly component: Component; readonly zones: Zones };

export function changeBetween(before: Revision, after: Revision): Significance {
  if (before.component === after.component) return "none";
  if (isSignificant(before, after)) return "significant";
  const [was, is] = differingLines(before.component, after.component);
  if (spelled(was, false) !== spelled(is, false)) return "details";
  return spelled(was, true) === spelled(is, true) ? "none" : "participation";
}

/** DTSTART, DTEND, DURATION, DUE, RRULE, RDATE, EXDATE or STATUS says something else, however it is written. */
export function isSignificant(before: Revision, after: Revision): boolean {
  return timesIn(before) !== timesIn(after) || rhythmIn(before) !== rhythmIn(after) || status(before) !== status(after);
}

/**
 * Whether occurrences move or appear, so that what people answered no longer holds (RFC 6638 §3.2.8). Taking some out,
 * or ending the series sooner, asks nobody again.
 */
export function isRescheduled(before: Revision, after: Revision): boolean {
  if (timesIn(before) !== timesIn(after)) return true;
  if (!isWithin(datesIn(after, "RDATE"), datesIn(before, "RDATE"))) return true;
  if (!isWithin(datesIn(before, "EXDATE"), datesIn(after, "EXDATE"))) return true;
  if (rulesIn(before, "EXRULE").join() !== rulesIn(after, "EXRULE").join()) return true;
  const [old, now] = [propertiesOf(before.component, "RRULE"), propertiesOf(after.component, "RRULE")];
  if (old.length !== 1 || now.length !== 1) return rulesIn(before, "RRULE").join() !== rulesIn(after, "RRULE").join();
  return !isSameOrShorter(old[0]!, now[0]!);
}

/** The start and the end as instants: DTEND and DURATION are two ways to say one thing. */
function timesIn({ component, zones }: Revision): string {
  const start = timeIn(component, "DTSTART", zones);
  const startText = start === null ? textOf(component, "DTSTART") : momentText(start);
  return `${startText} to ${endText(component, start, zones)}`;
}

/** Form and clock count as well: nine in Berlin is another plan than nine in Paris, though the instant is one. */
function momentText(time: TimeValue): string {
  return `${time.form === "date" ? "date" : "time"} ${instantOf(time, UTC)} ${time.zone?.id ?? ""}`;
}

function endText(component: Component, start: TimeValue | null, zones: Zones): string {
  const end = timeIn(component, component.name === "VTODO" ? "DUE" : "DTEND", zones);
  const isDay = start?.form === "date" && component.name === "VEVENT";
  if (end !== null) {
    const endMs = instantOf(end, UTC);
    return String(isDay && endMs === start.localMs ? endMs + DAY_MS : endMs); // An end on the day means that day.
  }
  const text = textOf(component, "DURATION");
  const duration = parseDuration(text);
  if (start === null) return text;
  if (duration === null) return isDay ? String(start.localMs + DAY_MS) : "";
  const zone = zoneFor(start, UTC);
  return String(addDuration(start.localMs, duration, (localMs) => zone.toEpochMs(localMs)));
}

function rhythmIn(revision: Revision): string {
  const rules = [...rulesIn(revision, "RRULE"), "", ...rulesIn(revision, "EXRULE")];
  return JSON.stringify([rules, datesIn(revision, "RDATE"), datesIn(revision, "EXDATE")]);
}

/** Rules in one spelling: the order of parts and of the values in a list says nothing. */
function rulesIn({ component }: Revision, name: string): string[] {
  return propertiesOf(component, name)
    .map((line) => [...partsOfRule(line)].map(([part, value]) => `${part}=${value}`).join(";"))
    .sort();
}

function partsOfRule(line: Property): Map<string, string> {
  const parts = rawValue(line)
    .trim()
    .toUpperCase()
    .split(";")
    .filter((part) => part !== "" && part !== "INTERVAL=1");
  parts.sort();
  return new Map(
    parts.map((part) => {
      const [name, value = ""] = part.split("=", 2);
      return [name!, value.split(",").sort().join(",")];
    }),
  );
}

/** Whether the new rule gives no occurrence that the old one did not: the same but for an earlier end. */
function isSameOrShorter(old: Property, now: Property): boolean {
  const [before, after] = [partsOfRule(old), partsOfRule(now)];
  const ends = (parts: Map<string, string>) => [parts.get("COUNT"), parts.get("UNTIL")] as const;
  const [[countBefore, untilBefore], [countAfter, untilAfter]] = [ends(before), ends(after)];
  for (const parts of [before, after]) for (const end of ["COUNT", "UNTIL"]) parts.delete(end);
  if (JSON.stringify([...before]) !== JSON.stringify([...after])) return false;
  if (countBefore === countAfter && untilBefore === untilAfter) return true;
  if (countBefore === undefined && untilBefore === undefined) return true;
  if (countBefore !== undefined && countAfter !== undefined) return Number(countAfter) <= Number(countBefore);
  if (untilBefore !== undefined && untilAfter !== undefined) return untilAfter <= untilBefore;
  return false;
}

function datesIn({ component, zones }: Revision, name: string): string[] {
  const dates = propertiesOf(component, name).flatMap((line) => {
    const { values, texts } = timesOf(line, zones);
    return values.map(({ start }, i) => {
      const length = texts[i]!.split("/")[1] ?? "";
      return `${start.form === "date" ? "date" : "time"} ${instantOf(start, UTC)} ${length}`;
    });
  });
  return [...new Set(dates)].sort();
}

function isWithin(few: readonly string[], many: readonly string[]): boolean {
  return new Set(few).isSubsetOf(new Set(many));
}

/** CONFIRMED and NEEDS-ACTION are what a missing STATUS means to everybody. */
function status({ component }: Revision): string {
  const given = textOf(component, "STATUS").toUpperCase();
  return given === "CONFIRMED" || given === "NEEDS-ACTION" ? "" : given;
}

/** Stamps of a revision, and what is each reader's own. */
const NOT_CONTENT = new Set(["DTSTAMP", "CREATED", "LAST-MODIFIED", "REQUEST-STATUS"]);
const ANSWER = { PARTSTAT: null, RSVP: null, "DELEGATED-TO": null, "DELEGATED-FROM": null } as const;

/** What each has that the other has not, of all that others are sent: most lines of an invitation stay as they were. */
function differingLines(before: Component, after: Component): [Node[], Node[]] {
  const was = contentOf(before);
  const is = contentOf(after);
  for (const [text, nodes] of was) {
    const others = is.get(text) ?? [];
    const common = Math.min(nodes.length, others.length);
    nodes.splice(0, common);
    others.splice(0, common);
  }
  return [[...was.values()].flat(), [...is.values()].flat()];
}

/** Lines and components by their printed text. */
function contentOf({ children }: Component): Map<string, Node[]> {
  const content = new Map<string, Node[]>();
  for (const child of children) {
    if (child.kind === "junk" || (child.kind === "component" ? child.name === "VALARM" : NOT_CONTENT.has(child.name))) {
      continue;
    }
    const text = decode(print([child]));
    const alike = content.get(text);
    if (alike === undefined) content.set(text, [child]);
    else alike.push(child);
  }
  return content;
}

/** These lines as others are sent them, in one order; answers only when asked for. */
function spelled(nodes: readonly Node[], hasAnswers: boolean): string {
  const texts = nodes.map((node) => {
    if (node.kind !== "property" || !isPartyLine(node)) return decode(print([node]));
    const sent = sentLine(node);
    return decode(print([hasAnswers ? sent : withParameters(sent, ANSWER)]));
  });
  return texts.sort().join("");
}

/** Whether a component has a time at all. */
export function hasTime({ component, zones }: Revision): boolean {
  return propertyOf(component, "DTSTART") !== null && timeIn(component, "DTSTART", zones) !== null;
}
