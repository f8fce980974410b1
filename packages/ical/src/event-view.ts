import { DAY_MS, parseRule, type Rule } from "@hourwright/time";
import { parametersOf, rawValue, readText, readTexts } from "./content-line.ts";
import { parseDuration, type Duration } from "./duration.ts";
import type { ProblemLog } from "./problem.ts";
import { dateOnly, timeOf, timesOf, type PeriodValue, type TimeValue } from "./time-value.ts";
import type { Component, Property } from "./tree.ts";
import type { Zones } from "./zones.ts";

/** ORGANIZER or ATTENDEE. `address` is a mail address in lower case, else the address as it stands. */
export type Person = {
  readonly address: string;
  readonly name: string | null;
  readonly participation: string;
  readonly role: string;
  readonly kind: string;
};

/**
 * How long an event lasts: until a stated end, a nominal number of days and an exact rest, or not at all. A stated
 * end gives every occurrence of a series the elapsed length of the first (RFC 5545 §3.8.5.3).
 */
export type Span = { readonly kind: "until"; readonly end: TimeValue } | ({ readonly kind: "lasting" } & Duration);

/** A VEVENT as values. What is missing has its default of RFC 5545; what was wrong was reported when it was read. */
export type EventView = {
  readonly component: Component;
  readonly uid: string | null;
  /** Which occurrence this overrides; null for a master. */
  readonly recurrenceId: TimeValue | null;
  /** RANGE=THISANDFUTURE: the later occurrences follow this one. */
  readonly thisAndFuture: boolean;
  readonly start: TimeValue;
  readonly span: Span;
  readonly allDay: boolean;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly url: string | null;
  /** A CSS3 colour name or value (RFC 7986 §5.9). */
  readonly colour: string | null;
  readonly categories: readonly string[];
  readonly status: "CONFIRMED" | "TENTATIVE" | "CANCELLED" | null;
  readonly transparency: "OPAQUE" | "TRANSPARENT";
  readonly classification: string;
  /** 1 is highest, 9 lowest, 0 undefined. */
  readonly priority: number;
  readonly sequence: number;
  readonly organizer: Person | null;
  readonly attendees: readonly Person[];
  readonly alarms: number;
  readonly rrules: readonly Rule[];
  readonly exrules: readonly Rule[];
  readonly rdates: readonly PeriodValue[];
  readonly exdates: readonly TimeValue[];
};

/** Whether the event has more than its one start by itself. */
export function isRecurring({ rrules, rdates }: EventView): boolean {
  return rrules.length > 0 || rdates.length > 0;
}

type Draft = { -readonly [Key in keyof EventView]: EventView[Key] } & {
  attendees: Person[];
  categories: string[];
  rrules: Rule[];
  exrules: Rule[];
  rdates: PeriodValue[];
  exdates: TimeValue[];
};

/**
 * Reads a VEVENT: one pass over its properties, about 5 µs. Null when it has no usable DTSTART and so no place in a
 * calendar. What is wrong is reported with its line, and read as the report says.
 */
export function eventView(component: Component, zones: Zones, log: ProblemLog | null = null): EventView | null {
  const reader = new EventReader(component, zones, log);
  for (const child of component.children) {
    if (child.kind === "property") reader.read(child);
    else if (child.kind === "component" && child.name === "VALARM") reader.event.alarms++;
  }
  return reader.finish();
}

class EventReader {
  readonly event: Draft;
  readonly #zones: Zones;
  readonly #log: ProblemLog | null;
  #start: Property | null = null;
  #end: Property | null = null;
  #duration: Property | null = null;
  readonly #exdates: PeriodValue[] = [];

  constructor(component: Component, zones: Zones, log: ProblemLog | null) {
    this.#zones = zones;
    this.#log = log;
    this.event = {
      component,
      uid: null,
      recurrenceId: null,
      thisAndFuture: false,
      start: NO_TIME,
      span: NO_SPAN,
      allDay: false,
      summary: "",
      description: "",
      location: "",
      url: null,
      colour: null,
      categories: [],
      status: null,
      transparency: "OPAQUE",
      classification: "PUBLIC",
      priority: 0,
      sequence: 0,
      organizer: null,
      attendees: [],
      alarms: 0,
      rrules: [],
      exrules: [],
      rdates: [],
      exdates: [],
    };
  }

  read(property: Property): void {
    const { event } = this;
    switch (property.name) {
      case "UID":
        event.uid ??= readText(rawValue(property)).trim();
        return;
      case "DTSTART":
        this.#start = this.#once(this.#start, property);
        return;
      case "DTEND":
        this.#end = this.#once(this.#end, property);
        return;
      case "DURATION":
        this.#duration = this.#once(this.#duration, property);
        return;
      case "RECURRENCE-ID":
        this.#readRecurrenceId(property);
        return;
      case "RRULE":
        this.#readRule(property, event.rrules);
        return;
      case "EXRULE":
        this.#readRule(property, event.exrules);
        return;
      case "RDATE":
        this.#readTimes(property, event.rdates);
        return;
      case "EXDATE":
        this.#readTimes(property, this.#exdates);
        return;
      case "ORGANIZER":
        event.organizer ??= readPerson(property);
        return;
      case "ATTENDEE":
        event.attendees.push(readPerson(property));
        return;
      case "SUMMARY":
        event.summary = readText(rawValue(property));
        return;
      case "DESCRIPTION":
        event.description = readText(rawValue(property));
        return;
      case "LOCATION":
        event.location = readText(rawValue(property));
        return;
      case "CATEGORIES":
        for (const text of readTexts(rawValue(property))) if (text !== "") event.categories.push(text);
        return;
      case "URL":
        event.url = readText(rawValue(property)).trim();
        return;
      case "COLOR":
        event.colour = readText(rawValue(property)).trim().toLowerCase();
        return;
      case "STATUS":
        event.status = STATUSES.get(rawValue(property).trim().toUpperCase()) ?? null;
        return;
      case "TRANSP":
        event.transparency = rawValue(property).trim().toUpperCase() === "TRANSPARENT" ? "TRANSPARENT" : "OPAQUE";
        return;
      case "CLASS":
        event.classification = rawValue(property).trim().toUpperCase();
        return;
      case "PRIORITY":
        event.priority = wholeUpTo(rawValue(property), 9);
        return;
      case "SEQUENCE":
        event.sequence = wholeUpTo(rawValue(property), SEQUENCE_MAX);
        return;
      default:
    }
  }

  finish(): EventView | null {
    const { event } = this;
    if (this.#start === null) {
      this.#log?.report(event.component.line, "event-without-start", "The event has no DTSTART and was left out.");
      return null;
    }
    const start = timeOf(this.#start, this.#zones);
    if (start === null) {
      this.#log?.report(this.#start.line, "start-malformed", "DTSTART is no date or time; the event was left out.");
      return null;
    }
    this.#reportZone(this.#start, start);
    event.start = start;
    event.allDay = start.form === "date";
    event.exdates = this.#exdates.map((period) => period.start);
    event.span = this.#spanFrom(start);
    return event;
  }

  #spanFrom(start: TimeValue): Span {
    const none: Span = { kind: "lasting", days: start.form === "date" ? 1 : 0, ms: 0 };
    if (this.#end !== null) {
      if (this.#duration !== null) {
        this.#log?.report(this.#duration.line, "end-and-duration", "DURATION stands beside DTEND and was ignored.");
      }
      return this.#spanUntil(this.#end, start) ?? none;
    }
    if (this.#duration === null) return none;
    const duration = parseDuration(rawValue(this.#duration).trim());
    if (duration === null) {
      this.#log?.report(this.#duration.line, "duration-malformed", "DURATION is no duration and was ignored.");
      return none;
    }
    if (duration.days * DAY_MS + duration.ms < 0) {
      this.#reportBackwards(this.#duration);
      return none;
    }
    if (start.form !== "date") return { kind: "lasting", ...duration };
    return { kind: "lasting", days: Math.max(1, duration.days + Math.floor(duration.ms / DAY_MS)), ms: 0 };
  }

  #spanUntil(property: Property, start: TimeValue): Span | null {
    const end = timeOf(property, this.#zones);
    if (end === null) {
      this.#log?.report(property.line, "end-malformed", "DTEND is no date or time and was ignored.");
      return null;
    }
    this.#reportZone(property, end);
    if (start.form === "date") {
      if (end.form !== "date") this.#log?.report(property.line, "end-of-other-kind", "DTEND was read as a date.");
      const days = Math.round((dateOnly(end).localMs - start.localMs) / DAY_MS);
      if (days < 0) this.#reportBackwards(property);
      return { kind: "lasting", days: Math.max(1, days), ms: 0 }; // An end on the day itself means that day.
    }
    if (end.form !== "date") return { kind: "until", end };
    this.#log?.report(property.line, "end-of-other-kind", "DTEND was read as the beginning of that day.");
    return { kind: "until", end: { ...start, form: start.form, localMs: end.localMs } };
  }

  #readRecurrenceId(property: Property): void {
    const time = timeOf(property, this.#zones);
    if (time === null) {
      this.#log?.report(property.line, "recurrence-id-malformed", "RECURRENCE-ID is no date or time and was ignored.");
      return;
    }
    this.#reportZone(property, time);
    this.event.recurrenceId = time;
    this.event.thisAndFuture = parametersOf(property).some(
      ({ name, values }) => name === "RANGE" && values[0]?.toUpperCase() === "THISANDFUTURE",
    );
  }

  #readRule(property: Property, rules: Rule[]): void {
    const { rule, remarks, refused } = parseRuleValue(rawValue(property));
    if (refused !== undefined) {
      this.#log?.error(property.line, refused.code, `${refused.message} The rule was ignored.`);
      return;
    }
    for (const { code, message } of remarks) this.#log?.warn(property.line, code, message);
    rules.push(rule);
  }

  #readTimes(property: Property, times: PeriodValue[]): void {
    const { values, bad } = timesOf(property, this.#zones);
    if (bad > 0) {
      const message = `${property.name} holds ${bad} that are no date or time; they were ignored.`;
      this.#log?.report(property.line, "date-malformed", message);
    }
    if (values[0] !== undefined) this.#reportZone(property, values[0].start);
    if (times.length + values.length > DATES_MAX) {
      const message = `An event has at most ${DATES_MAX} dates in ${property.name}; the line was ignored.`;
      this.#log?.report(property.line, "too-many-dates", message);
      return;
    }
    for (const value of values) times.push(value);
  }

  #once(before: Property | null, property: Property): Property {
    if (before === null) return property;
    this.#log?.report(property.line, "property-twice", `${property.name} is given twice; the first one counts.`);
    return before;
  }

  #reportZone({ line, name }: Property, { tzid }: TimeValue): void {
    if (tzid === null || this.#log === null) return;
    const remark = this.#zones.remark(tzid);
    if (remark === null) return;
    this.#log.report(line, remark.code, `${name} names the time zone "${tzid.slice(0, 60)}", ${remark.message}`);
  }

  #reportBackwards({ line }: Property): void {
    this.#log?.report(line, "end-before-start", "The event ends before it starts; it was read as having no length.");
  }
}

/** Dates of one kind in one event: every day of fifty years. */
export const DATES_MAX = 20_000;

const NO_TIME: TimeValue = { form: "local", localMs: 0, zone: null, tzid: null, unknownZone: false };
const NO_SPAN: Span = { kind: "lasting", days: 0, ms: 0 };
const STATUSES = new Map([
  ["CONFIRMED", "CONFIRMED" as const],
  ["TENTATIVE", "TENTATIVE" as const],
  ["CANCELLED", "CANCELLED" as const],
]);
const SEQUENCE_MAX = 2_147_483_647;

// Calendars repeat few rules in many events; the tail beyond this many distinct ones is parsed each time.
const RULES_REMEMBERED = 500;
const remembered = new Map<string, ReturnType<typeof parseRule>>();

function parseRuleValue(text: string): ReturnType<typeof parseRule> {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const parsed = parseRule(text);
  if (remembered.size < RULES_REMEMBERED) remembered.set(text, parsed);
  return parsed;
}

function wholeUpTo(text: string, max: number): number {
  const number = Number(text.trim());
  return Number.isInteger(number) && number >= 0 && number <= max ? number : 0;
}

/** The person that a line names. */
export function readPerson(property: Property): Person {
  let name: string | null = null;
  let participation = "NEEDS-ACTION";
  let role = "REQ-PARTICIPANT";
  let kind = "INDIVIDUAL";
  let mail: string | null = null;
  for (const parameter of parametersOf(property)) {
    const value = parameter.values[0] ?? "";
    if (parameter.name === "CN") name = readText(value).trim() || null;
    else if (parameter.name === "PARTSTAT") participation = value.toUpperCase();
    else if (parameter.name === "ROLE") role = value.toUpperCase();
    else if (parameter.name === "CUTYPE") kind = value.toUpperCase();
    else if (parameter.name === "EMAIL") mail = value;
  }
  return { address: addressOf(readText(rawValue(property)).trim(), mail), name, participation, role, kind };
}

/** "mailto:" in any case is taken off; where the address is no mail address, EMAIL (RFC 7986 §6.2) says it. */
export function addressOf(uri: string, mail: string | null): string {
  const scheme = /^mailto:/i.exec(uri);
  if (scheme !== null) return uri.slice(scheme[0].length).trim().toLowerCase();
  if (mail !== null && mail !== "") return mail.replace(/^mailto:/i, "").toLowerCase();
  return uri.includes("@") && !uri.includes(":") ? uri.toLowerCase() : uri;
}
