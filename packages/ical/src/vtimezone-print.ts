import { printOffset } from "./vtimezone.ts";
import {
  DAY_MS,
  PLAIN_RULE,
  dateOf,
  dayNumber,
  daysInMonth,
  printBasicTime,
  printRule,
  weekdayOf,
  type Zone,
} from "@hourwright/time";
import { newProperty } from "./content-line.ts";
import { newComponent, type Component, type Property } from "./tree.ts";

/** How far ahead irregular clocks are written out one by one: no rule of this form holds for Morocco's Ramadan. */
const IRREGULAR_YEARS_MAX = 30;
const YEAR_MS = 366 * DAY_MS;

/**
 * A minimal VTIMEZONE that agrees with `zone` from `fromMs` on: plain yearly rules where the clocks have them (all
 * that Outlook reads), and single observances for what was different before. Irregular clocks are exact for 30 years.
 */
export function vtimezoneOf(zone: Zone, tzid: string, fromMs: number): Component {
  const lastYear = yearOf(fromMs) + IRREGULAR_YEARS_MAX;
  const untilMs = dayNumber(lastYear + 1, 1, 1) * DAY_MS; // Whole years, so that each holds all its changes.
  const sinceMs = fromMs - YEAR_MS; // The year before shows the rule that is already in force.
  const changes = changesOf(zone, sinceMs, untilMs);
  const yearly = yearlyRules(changes, lastYear);
  const observances: Component[] = [];
  if (changes[0] === undefined || changes[0].wallMs - changes[0].fromMs > fromMs) {
    const offsetMs = zone.offsetMsAt(sinceMs);
    const wallMs = Math.min(0, Math.floor(sinceMs / DAY_MS) * DAY_MS);
    observances.push(observance({ wallMs, fromMs: offsetMs, offsetMs, isSummer: false }, null));
  }
  for (const change of changes) {
    const rule = yearly.find(({ changes }) => changes.includes(change));
    if (rule === undefined) observances.push(observance(change, null));
    else if (rule.changes[0] === change) observances.push(observance(change, rule.text));
  }
  return newComponent("VTIMEZONE", [newProperty("TZID", [], tzid), ...observances]);
}

/** One change of the clocks: the wall time at which it happens, as the old offset shows it. */
type Change = {
  readonly wallMs: number;
  readonly fromMs: number;
  readonly offsetMs: number;
  readonly isSummer: boolean;
};

function changesOf(zone: Zone, fromMs: number, untilMs: number): Change[] {
  let before = zone.offsetMsAt(fromMs);
  return zone.transitionsBetween(fromMs + 1, untilMs).map(({ atMs, offsetMs }) => {
    const change = { wallMs: atMs + before, fromMs: before, offsetMs, isSummer: offsetMs > before };
    before = offsetMs;
    return change;
  });
}

type YearlyRule = { readonly text: string; readonly changes: readonly Change[] };

/** The rules by which the clocks change at the end of the stretch, each with the changes it accounts for. */
function yearlyRules(changes: readonly Change[], lastYear: number): YearlyRule[] {
  const rules: YearlyRule[] = [];
  for (const last of changes.filter(({ wallMs }) => yearOf(wallMs) === lastYear)) {
    const alike: Change[] = [];
    for (let year = lastYear; ; year--) {
      const inYear = changes.filter((change) => yearOf(change.wallMs) === year && isAlike(change, last));
      if (inYear.length !== 1) break;
      const text = ruleFor([inYear[0]!, ...alike]);
      if (text === null) break;
      alike.unshift(inYear[0]!);
    }
    const text = alike.length < 4 ? null : ruleFor(alike); // Fewer may agree by chance.
    if (text !== null) rules.push({ text, changes: alike });
  }
  return rules;
}

function yearOf(wallMs: number): number {
  return dateOf(Math.floor(wallMs / DAY_MS)).year;
}

function isAlike(one: Change, other: Change): boolean {
  const timeOf = ({ wallMs }: Change) => wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS;
  return one.fromMs === other.fromMs && one.offsetMs === other.offsetMs && timeOf(one) === timeOf(other);
}

/** The yearly RRULE on which all these days lie, or null. */
function ruleFor(changes: readonly Change[]): string | null {
  const days = changes.map(({ wallMs }) => {
    const day = Math.floor(wallMs / DAY_MS);
    const date = dateOf(day);
    return { ...date, weekday: weekdayOf(day), left: daysInMonth(date.year, date.month) - date.day };
  });
  const [{ month, weekday, day: first }] = days as [(typeof days)[0]];
  if (days.some((date) => date.month !== month)) return null;
  const rule = { ...PLAIN_RULE, frequency: "YEARLY" as const, byMonth: [month] };
  if (days.every(({ day }) => day === first)) return printRule({ ...rule, byMonthDay: [first] });
  if (days.some((date) => date.weekday !== weekday)) return null;
  const nth = Math.ceil(first / 7);
  if (days.every(({ left }) => left < 7)) return printRule({ ...rule, byDay: [{ weekday, ordinal: -1 }] });
  if (days.every(({ day }) => Math.ceil(day / 7) === nth)) {
    return printRule({ ...rule, byDay: [{ weekday, ordinal: nth }] });
  }
  const low = Math.min(...days.map(({ day }) => day));
  if (days.some(({ day }) => day > low + 6)) return null;
  const span = Array.from({ length: 7 }, (_, i) => low + i);
  return printRule({ ...rule, byMonthDay: span, byDay: [{ weekday, ordinal: 0 }] });
}

function observance({ wallMs, fromMs, offsetMs, isSummer }: Change, rule: string | null): Component {
  const properties: Property[] = [
    newProperty("DTSTART", [], printBasicTime(wallMs, "local")),
    newProperty("TZOFFSETFROM", [], printOffset(fromMs)),
    newProperty("TZOFFSETTO", [], printOffset(offsetMs)),
  ];
  if (rule !== null) properties.push(newProperty("RRULE", [], rule));
  return newComponent(isSummer ? "DAYLIGHT" : "STANDARD", properties);
}
