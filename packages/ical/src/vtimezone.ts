import { Lru } from "@hourwright/std";
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

/** Most objects of an organisation bring along one of few zones, written out the same: each is worked out once. */
const clocksKnown = new Lru<string, { readonly clocks: Clocks | null }>(200);
/** Longer ones, with a history of each year, are worked out each time. */
const KNOWN_TEXT_MAX = 2_000;

/**
 * The clocks that a VTIMEZONE describes (RFC 5545 §3.6.5), or null when it describes none. About 1 ms the first time. They are
 * described without end when a rule has none or they never change, else until shortly after the last change that is listed.
 */
export function clocksOfVtimezone(vtimezone: Component, id: string): Clocks | null {
  const text = textOfClocks(vtimezone, id);
  if (text.length > KNOWN_TEXT_MAX) return readClocks(vtimezone, id);
  const known = clocksKnown.get(text);
  if (known !== undefined) return known.clocks;
  const clocks = readClocks(vtimezone, id);
  clocksKnown.set(text, { clocks });
  return clocks;
}

/** Everything that `readClocks` reads: two of the same text have the same clocks. */
function textOfClocks(vtimezone: Component, id: string): string {
  const parts = observancesOf(vtimezone).flatMap((observance) => [
    "observance",
    ...READ.flatMap((name) => [name, ...propertiesOf(observance, name).map(rawValue)]),
  ]);
  return [id, ...parts].join("\n");
}

const READ = ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RDATE", "RRULE"];

function readClocks(vtimezone: Component, id: string): Clocks | null {
  const onsets: Onset[] = [];
  let first: Onset | null = null;
  let ruled = 0;
  const observances = observancesOf(vtimezone).slice(0, OBSERVANCES_MAX);
  for (const observance of observances) {
    if (propertyOf(observance, "RRULE") !== null && ++ruled > RULED_MAX) continue;
    const found = onsetsOf(observance, observances);
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

function observancesOf(vtimezone: Component): Component[] {
  return componentsOf(vtimezone).filter(({ name }) => name === "STANDARD" || name === "DAYLIGHT");
}

export type VtimezoneFault = {
  readonly line: number;
  /** An offset that is missing before a change can be told from the rest; without anything else there are no clocks. */
  readonly code: "zone-malformed" | "zone-offset-missing";
};

/** The first line of a VTIMEZONE that is not what RFC 5545 §3.6.5 asks for; null when all of it can be read. */
export function vtimezoneFault(vtimezone: Component): VtimezoneFault | null {
  const observances = observancesOf(vtimezone);
  if (propertyOf(vtimezone, "TZID") === null || observances.length === 0) {
    return { line: vtimezone.line, code: "zone-malformed" };
  }
  const faults = PARTS.flatMap(([name, isRead, code]) =>
    observances.map((observance) => {
      const property = propertyOf(observance, name);
      if (property !== null && isRead(rawValue(property).trim())) return null;
      return { line: property === null ? observance.line : property.line, code };
    }),
  );
  return faults.find((fault) => fault !== null) ?? null;
}

const PARTS: readonly (readonly [name: string, isRead: (text: string) => boolean, code: VtimezoneFault["code"]])[] = [
  ["DTSTART", (text) => parseBasicTime(text) !== null, "zone-malformed"],
  ["TZOFFSETTO", (text) => parseOffset(text) !== null, "zone-malformed"],
  ["TZOFFSETFROM", (text) => parseOffset(text) !== null, "zone-offset-missing"],
];

type Onset = Transition & { readonly fromMs: number; readonly isRuled: boolean };

function onsetsOf(observance: Component, all: readonly Component[]): Onset[] | null {
  const start = parseBasicTime(textIn(observance, "DTSTART"));
  const offsetMs = parseOffset(textIn(observance, "TZOFFSETTO"));
  if (start === null || offsetMs === null) return null;
  const fromMs = parseOffset(textIn(observance, "TZOFFSETFROM")) ?? offsetOfOther(observance, all) ?? offsetMs;

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

/** Of two observances each holds before the other. */
function offsetOfOther(observance: Component, all: readonly Component[]): number | null {
  const [other, ...more] = all.filter((each) => each !== observance);
  return other === undefined || more.length > 0 ? null : parseOffset(textIn(other, "TZOFFSETTO"));
}

function textIn(observance: Component, name: string): string {
  const property = propertyOf(observance, name);
  return property === null ? "" : rawValue(property).trim();
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

/** RFC 5545 §3.3.14; seconds only where local mean time needs them. */
export function printOffset(offsetMs: number): string {
  const total = Math.round(Math.abs(offsetMs) / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const seconds = total % 60 === 0 ? "" : two(total % 60);
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(total / 3600))}${two(Math.floor(total / 60) % 60)}${seconds}`;
}
