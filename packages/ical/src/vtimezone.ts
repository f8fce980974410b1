import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  dayNumber,
  expand,
  fixedZone,
  parseBasicTime,
  parseRule,
  zoneFromTransitions,
  type Rule,
  type Transition,
} from "@hourwright/time";
import { rawValue } from "./content-line.ts";
import { componentsOf, propertiesOf, propertyOf, type Component } from "./tree.ts";
import type { Clocks } from "./zone-match.ts";

/** Observances read of one VTIMEZONE; the longest history published has under 200. */
const OBSERVANCES_MAX = 500;
/** Onsets of all observances together: 2 a year over 600 years, and to spare. */
const ONSETS_MAX = 2000;
/** Observances with a rule; the most that are published have under 20. */
const RULED_MAX = 20;
/** Onsets of one rule, and what may be spent on finding them: clocks change once a year by a rule, or it is none. */
const ONSETS_OF_RULE_MAX = 700;
const ONSET_STEPS_MAX = 5_000;
/** Rules from 1601 are how Outlook says "always"; nobody's appointments are older than this. */
const ONSETS_FROM_MS = dayNumber(1900, 1, 1) * DAY_MS;
/** From here on the rules repeat every 400 years, so that onsets are computed for one cycle only. */
const CYCLE_FROM_MS = dayNumber(2100, 1, 1) * DAY_MS;
/** Clocks that were last changed before were left alone since; those that are listed until later may go on changing. */
const HISTORY_END_MS = dayNumber(1990, 1, 1) * DAY_MS;
/** A list that ends with a change says that much of what comes after it. */
const LAST_CHANGE_MS = 30 * DAY_MS;
const ONSETS_END_MS = dayNumber(2500, 1, 3) * DAY_MS;

/**
 * The clocks that a VTIMEZONE describes (RFC 5545 §3.6.5), or null when it describes none. About 1 ms. They are
 * described without end when a rule has none or they never change, else until shortly after the last change that is listed.
 */
export function clocksOfVtimezone(vtimezone: Component, id: string): Clocks | null {
  const onsets: Onset[] = [];
  let first: Onset | null = null;
  let ruled = 0;
  for (const observance of componentsOf(vtimezone).slice(0, OBSERVANCES_MAX)) {
    if (observance.name !== "STANDARD" && observance.name !== "DAYLIGHT") continue;
    if (propertyOf(observance, "RRULE") !== null && ++ruled > RULED_MAX) continue;
    const found = onsetsOf(observance);
    if (found === null) continue;
    for (const onset of found.slice(0, ONSETS_MAX - onsets.length)) onsets.push(onset);
    const earliest = found[0];
    if (earliest !== undefined && (first === null || earliest.atMs < first.atMs)) first = earliest;
  }
  if (first === null) return null;
  onsets.sort((one, other) => one.atMs - other.atMs);
  const transitions: Transition[] = [];
  for (const { atMs, offsetMs } of onsets) {
    if (transitions.at(-1)?.atMs === atMs) transitions.pop(); // The later of two observances at once wins.
    transitions.push({ atMs, offsetMs });
  }
  const isEndless = onsets.at(-1)!.atMs > CYCLE_FROM_MS;
  const zone = zoneFromTransitions(id, first.fromMs, transitions, isEndless ? CYCLE_FROM_MS : Infinity);
  const isWhole = onsets.every(({ fromMs }, i) => i === 0 || fromMs === onsets[i - 1]!.offsetMs);
  return { zone, isWhole, ...describedStretch(onsets, isEndless) };
}

function describedStretch(onsets: readonly Onset[], isEndless: boolean): Pick<Clocks, "fromMs" | "toMs"> {
  const [first, last] = [onsets[0]!, onsets.at(-1)!];
  const isFixed = onsets.every(({ fromMs, offsetMs }) => fromMs === offsetMs);
  if (isFixed || last.atMs < HISTORY_END_MS) return { fromMs: isFixed ? -Infinity : last.atMs, toMs: Infinity };
  const isEnded = isEndless || last.isRuled; // A rule that was given an end says what holds from then on.
  return { fromMs: first.atMs, toMs: isEnded ? Infinity : last.atMs + LAST_CHANGE_MS };
}

/** The first line of a VTIMEZONE that is not what RFC 5545 §3.6.5 asks for; null when all of it can be read. */
export function badLineOf(vtimezone: Component): number | null {
  if (propertyOf(vtimezone, "TZID") === null) return vtimezone.line;
  const observances = componentsOf(vtimezone).filter(({ name }) => name === "STANDARD" || name === "DAYLIGHT");
  if (observances.length === 0) return vtimezone.line;
  for (const observance of observances) {
    for (const [name, isRead] of PARTS) {
      const property = propertyOf(observance, name);
      if (property === null) return observance.line;
      if (!isRead(rawValue(property).trim())) return property.line;
    }
  }
  return null;
}

const PARTS: readonly (readonly [name: string, isRead: (text: string) => boolean])[] = [
  ["DTSTART", (text) => parseBasicTime(text) !== null],
  ["TZOFFSETFROM", (text) => parseOffset(text) !== null],
  ["TZOFFSETTO", (text) => parseOffset(text) !== null],
];

type Onset = Transition & { readonly fromMs: number; readonly isRuled: boolean };

function onsetsOf(observance: Component): Onset[] | null {
  const text = (name: string) => {
    const property = propertyOf(observance, name);
    return property === null ? null : rawValue(property).trim();
  };
  const start = parseBasicTime(text("DTSTART") ?? "");
  const fromMs = parseOffset(text("TZOFFSETFROM") ?? "");
  const offsetMs = parseOffset(text("TZOFFSETTO") ?? "");
  if (start === null || fromMs === null || offsetMs === null) return null;

  const rdates = propertiesOf(observance, "RDATE")
    .flatMap((property) => rawValue(property).split(","))
    .map((value) => parseBasicTime(value.split("/")[0]!.trim()))
    .filter((value) => value !== null)
    .map(({ localMs }) => localMs - fromMs);
  const rrules: Rule[] = propertiesOf(observance, "RRULE")
    .map((property) => parseRule(rawValue(property)).rule)
    .filter((rule) => rule !== undefined);
  const zone = fixedZone("onset", fromMs);
  const series = { startLocalMs: start.localMs, zone, includesStart: true, rrules, rdatesMs: rdates };
  const sinceMs = rrules.length === 0 ? -Infinity : ONSETS_FROM_MS;
  const window = { kind: "between", fromMs: sinceMs, toMs: ONSETS_END_MS, limit: ONSETS_OF_RULE_MAX } as const;
  const { epochMs } = expand(series, window, ONSET_STEPS_MAX);
  return epochMs.map((atMs) => ({ atMs, offsetMs, fromMs, isRuled: rrules.length > 0 }));
}

/** RFC 5545 §3.3.14: `+0100`, `-053000`; null when it is none or a day or more. */
export function parseOffset(text: string): number | null {
  const match = /^([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(text);
  if (match === null) return null;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const ms = hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
  return match[1] === "-" ? 0 - ms : ms;
}
