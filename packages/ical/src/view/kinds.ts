// What every kind of component is made of, as fields: RFC 5545 §3.6, 7953, 7986 and 9073. VEVENT has a view of its own,
// `eventView`, which reports what is wrong line by line; what RFC 7986 and 9073 add to it is `DETAILS`.

import { DAY_MS, UTC, printBasicTime } from "@hourwright/time";
import { newProperty, parameterOf, rawValue, readText } from "../content-line.ts";
import { parseDuration, printDuration, type Duration } from "../duration.ts";
import { instantOf, timesOf } from "../time-value.ts";
import type { Property } from "../tree.ts";
import {
  described,
  duration,
  instant,
  many,
  othersOf,
  people,
  person,
  rules,
  text,
  textLines,
  texts,
  time,
  times,
  uri,
  whole,
  word,
  type Field,
} from "./field.ts";

const REVISION_MAX = 2_147_483_647;

/** What components with a UID say about themselves. */
const IDENTITY = {
  uid: text("UID"),
  stampMs: instant("DTSTAMP"),
  createdMs: instant("CREATED"),
  lastModifiedMs: instant("LAST-MODIFIED"),
  sequence: whole("SEQUENCE", { min: 0, max: REVISION_MAX }, 0),
} as const;

/** What RFC 7986 and 9073 add to events, tasks and journals. */
export const DETAILS = {
  colour: text("COLOR"),
  images: described("IMAGE", "uri"),
  conferences: described("CONFERENCE", "uri"),
  styledDescriptions: described("STYLED-DESCRIPTION", "text"),
  structuredData: described("STRUCTURED-DATA", "text"),
  attachments: described("ATTACH", "uri"),
  related: described("RELATED-TO", "text"),
} as const;

const RECURRING = {
  recurrenceId: time("RECURRENCE-ID"),
  rrules: rules("RRULE"),
  rdates: times("RDATE"),
  exdates: times("EXDATE"),
} as const;

const SCHEDULED = {
  ...IDENTITY,
  ...RECURRING,
  ...DETAILS,
  start: time("DTSTART"),
  summary: text("SUMMARY"),
  url: uri("URL"),
  categories: texts("CATEGORIES"),
  contacts: textLines("CONTACT"),
  comments: textLines("COMMENT"),
  classification: word("CLASS", ["PUBLIC", "PRIVATE", "CONFIDENTIAL"], "PUBLIC"),
  organizer: person("ORGANIZER"),
  attendees: people("ATTENDEE"),
} as const;

const PRIORITY = whole("PRIORITY", { min: 0, max: 9 }, 0);

/** VTODO. */
export const TASK = {
  ...SCHEDULED,
  description: text("DESCRIPTION"),
  location: text("LOCATION"),
  resources: texts("RESOURCES"),
  priority: PRIORITY,
  due: time("DUE"),
  duration: duration("DURATION"),
  completedMs: instant("COMPLETED"),
  percentComplete: whole("PERCENT-COMPLETE", { min: 0, max: 100 }, null),
  status: word("STATUS", ["NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"], null),
} as const;

/** VJOURNAL: it may have several descriptions. */
export const JOURNAL = {
  ...SCHEDULED,
  descriptions: textLines("DESCRIPTION"),
  status: word("STATUS", ["DRAFT", "FINAL", "CANCELLED"], null),
} as const;

/** A stretch of VFREEBUSY, half-open. */
export type BusyPeriod = { readonly startMs: number; readonly endMs: number; readonly kind: BusyKind };
export type BusyKind = (typeof BUSY_KINDS)[number];
const BUSY_KINDS = ["FREE", "BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE"] as const;

/** VFREEBUSY. What FBTYPE nobody knows means busy (RFC 5545 §3.2.9). */
export const FREE_BUSY = {
  ...IDENTITY,
  start: time("DTSTART"),
  end: time("DTEND"),
  url: uri("URL"),
  comments: textLines("COMMENT"),
  organizer: person("ORGANIZER"),
  attendees: people("ATTENDEE"),
  busy: busyPeriods(),
} as const;

function busyPeriods(): Field<readonly BusyPeriod[]> {
  const kindOf = (line: Property): BusyKind => {
    const given = parameterOf(line, "FBTYPE")?.toUpperCase() ?? "BUSY";
    return BUSY_KINDS.find((kind) => kind === given) ?? "BUSY";
  };
  const utc = (ms: number) => printBasicTime(ms, "utc");
  const text = (values: readonly BusyPeriod[]) =>
    values.map(({ startMs, endMs }) => `${utc(startMs)}/${utc(endMs)}`).join(",");
  return many("FREEBUSY", {
    readLine(line, zones) {
      const periods = timesOf(line, zones).values.map(({ start, end }) => {
        const startMs = instantOf(start, UTC);
        if (end === null) return { startMs, endMs: startMs, kind: kindOf(line) };
        const endMs = "days" in end ? startMs + end.days * DAY_MS + end.ms : instantOf(end, UTC);
        return { startMs, endMs, kind: kindOf(line) };
      });
      return periods.filter(({ startMs, endMs }) => startMs < endMs);
    },
    key: ({ startMs, endMs, kind }) => `${startMs} ${endMs} ${kind}`,
    text,
    lines: (values) =>
      BUSY_KINDS.flatMap((kind) => {
        const own = values.filter((value) => value.kind === kind);
        const parameters = kind === "BUSY" ? [] : [{ name: "FBTYPE", values: [kind] }];
        return own.length === 0 ? [] : [newProperty("FREEBUSY", parameters, text(own))];
      }),
  });
}

/** VAVAILABILITY (RFC 7953): when somebody can be asked, in the stretches of its AVAILABLE components. */
export const AVAILABILITY = {
  ...IDENTITY,
  start: time("DTSTART"),
  end: time("DTEND"),
  duration: duration("DURATION"),
  busyType: word("BUSYTYPE", ["BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE"], "BUSY-UNAVAILABLE"),
  /** 1 counts before 9, and 9 before 0, which is none. */
  priority: PRIORITY,
  summary: text("SUMMARY"),
  description: text("DESCRIPTION"),
  location: text("LOCATION"),
  url: uri("URL"),
  categories: texts("CATEGORIES"),
  organizer: person("ORGANIZER"),
} as const;

/** AVAILABLE, within a VAVAILABILITY. */
export const AVAILABLE = {
  ...IDENTITY,
  ...RECURRING,
  start: time("DTSTART"),
  end: time("DTEND"),
  duration: duration("DURATION"),
  summary: text("SUMMARY"),
  description: text("DESCRIPTION"),
  location: text("LOCATION"),
  categories: texts("CATEGORIES"),
} as const;

/** When an alarm rings: so long after the start (or end) of what it belongs to, negative before; or at an instant. */
export type Trigger = { readonly after: Duration; readonly related: "START" | "END" } | { readonly atMs: number };

/** VALARM (RFC 5545 §3.6.6, RFC 9074). */
export const ALARM = {
  uid: text("UID"),
  action: text("ACTION"),
  trigger: trigger(),
  summary: text("SUMMARY"),
  description: text("DESCRIPTION"),
  attendees: people("ATTENDEE"),
  attachments: described("ATTACH", "uri"),
  duration: duration("DURATION"),
  repeat: whole("REPEAT", { min: 0, max: REVISION_MAX }, 0),
  acknowledgedMs: instant("ACKNOWLEDGED"),
  proximity: word("PROXIMITY", ["ARRIVE", "DEPART", "CONNECT", "DISCONNECT"], null),
  related: described("RELATED-TO", "text"),
} as const;

function trigger(): Field<Trigger | null> {
  const at = instant("TRIGGER");
  return {
    name: "TRIGGER",
    read(lines, zones) {
      const [line] = lines;
      if (line === undefined) return null;
      const after = parseDuration(rawValue(line).trim());
      const related = parameterOf(line, "RELATED")?.toUpperCase() === "END" ? "END" : "START";
      if (after !== null) return { after, related };
      const atMs = at.read(lines, zones);
      return atMs === null ? null : { atMs };
    },
    write(value, [line]) {
      if (value === null) return [];
      const others = othersOf(line, "RELATED", "VALUE");
      if ("after" in value) {
        const related = value.related === "END" ? [{ name: "RELATED", values: ["END"] }] : [];
        return [newProperty("TRIGGER", [...related, ...others], printDuration(value.after))];
      }
      const type = { name: "VALUE", values: ["DATE-TIME"] };
      return [newProperty("TRIGGER", [type, ...others], printBasicTime(value.atMs, "utc"))];
    },
  };
}

/** VCALENDAR, with what RFC 7986 lets it say about itself. */
export const CALENDAR = {
  version: text("VERSION"),
  productId: text("PRODID"),
  scale: text("CALSCALE"),
  method: text("METHOD"),
  uid: text("UID"),
  lastModifiedMs: instant("LAST-MODIFIED"),
  names: textLines("NAME"),
  descriptions: textLines("DESCRIPTION"),
  categories: texts("CATEGORIES"),
  colour: text("COLOR"),
  images: described("IMAGE", "uri"),
  url: uri("URL"),
  source: uri("SOURCE"),
  refreshInterval: duration("REFRESH-INTERVAL"),
} as const;

/** VTIMEZONE as a name; its clocks are those of `zonesOf` (SPEC VZ3). */
export const TIME_ZONE = {
  tzid: text("TZID"),
  aliases: textLines("TZID-ALIAS-OF"),
  lastModifiedMs: instant("LAST-MODIFIED"),
  url: uri("TZURL"),
  untilMs: instant("TZUNTIL"),
} as const;

/** The degrees of GEO: north and east are positive. */
export type Position = { readonly latitude: number; readonly longitude: number };

const PLACE = {
  uid: text("UID"),
  name: text("NAME"),
  description: text("DESCRIPTION"),
  position: position(),
  url: uri("URL"),
  structuredData: described("STRUCTURED-DATA", "text"),
} as const;

function position(): Field<Position | null> {
  return {
    name: "GEO",
    read([line]) {
      const parts = line === undefined ? [] : readText(rawValue(line)).split(/[;,]/); // Old programs write a comma.
      const [latitude, longitude] = parts.map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
      const isPlace = parts.length === 2 && Math.abs(latitude!) <= 90 && Math.abs(longitude!) <= 180;
      return isPlace ? { latitude: latitude!, longitude: longitude! } : null;
    },
    write: (value) =>
      value === null ? [] : [newProperty("GEO", [], `${degrees(value.latitude)};${degrees(value.longitude)}`)],
  };
}

/** Nine digits are a tenth of a millimetre; a FLOAT has no exponent (RFC 5545 §3.3.7). */
function degrees(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, "");
}

/** VLOCATION (RFC 9073 §7.2). */
export const LOCATION = { ...PLACE, types: texts("LOCATION-TYPE") } as const;

/** VRESOURCE (RFC 9073 §7.3). */
export const RESOURCE = { ...PLACE, type: text("RESOURCE-TYPE") } as const;

/** PARTICIPANT (RFC 9073 §7.1). */
export const PARTICIPANT = {
  ...PLACE,
  type: text("PARTICIPANT-TYPE"),
  address: uri("CALENDAR-ADDRESS"),
  summary: text("SUMMARY"),
  priority: PRIORITY,
  comments: textLines("COMMENT"),
  contacts: textLines("CONTACT"),
  related: described("RELATED-TO", "text"),
} as const;
