import { oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  UTC,
  WEEKDAY_NAMES,
  expand,
  findZone,
  parseRule,
  parseWallTime,
  printBasicTime,
  type Rule,
  type Zone,
} from "@hourwright/time";

/** One recurring thing as text: what a calendar file says, in the form that every library reads. */
export type SeriesText = {
  readonly zoneId: string;
  readonly startLocalMs: number;
  readonly rule: string;
  /** Wall times in the zone; an override is its old time excluded and its new one added. */
  readonly excluded: readonly number[];
  readonly added: readonly number[];
};

/**
 * A thousand series as people have them: every BY part, every frequency, starts at all 24 hours, 12 zones, COUNT and
 * UNTIL, dates excluded, added and moved. Each begins on a day that its rule names, up to two years before the window.
 *
 * What counts elapsed time in one library and wall time in another (SPEC RC2) stays out of zones that change their
 * clocks: rules by the hour, minute or second are there for office hours only, or for zones that do not.
 */
export function mixedSeries(count: number, seed: number): SeriesText[] {
  const random = seededRandom(seed);
  const list: SeriesText[] = [];
  while (list.length < count) {
    const given = oneSeries(random, list.length);
    if (given !== null) list.push(given);
  }
  return list;
}

/** By the hour elapsed and wall time agree outside the night of a change, if the change is one of whole hours. */
const HOURS = [
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/Los_Angeles",
  "America/Santiago",
  "Australia/Sydney",
  "Asia/Jerusalem",
];
const STEADY = ["UTC", "Asia/Tokyo", "Asia/Kolkata", "America/Phoenix"];
const ZONES = [...HOURS, ...STEADY, "Australia/Lord_Howe"];
const FIRST_MS = parseWallTime("2024-01-01")!.localMs;
const DAYS_BEFORE = 730;

/** Null where the rule names nothing near the day that chance chose. */
function oneSeries(random: Random, index: number): SeriesText | null {
  const { make, zones = ZONES } = shapeAt(random);
  const zoneId = oneOf(random, zones);
  const zone = findZone(zoneId)!;
  const dayMs = FIRST_MS + wholeBetween(random, 0, DAYS_BEFORE) * DAY_MS;
  const seedLocalMs = dayMs + (index % 24) * HOUR_MS + oneOf(random, [0, 15, 30, 45]) * MINUTE_MS;
  const text = make(random);
  const first = firstOf(parseRule(text).rule!, seedLocalMs, zone);
  if (first === null) return null;

  const ending = random();
  const rule =
    ending < 0.1
      ? `${text};COUNT=${wholeBetween(random, 5, 400)}`
      : ending < 0.25
        ? `${text};UNTIL=${printBasicTime(zone.toEpochMs(dayMs + 900 * DAY_MS), "utc")}`
        : text;
  return { zoneId, startLocalMs: first, rule, ...exceptions(random, rule, first, zone) };
}

function firstOf(rule: Rule, seedLocalMs: number, zone: Zone): number | null {
  const plain = { startLocalMs: seedLocalMs, zone, rrules: [rule] };
  const { localMs, epochMs } = expand(plain, { kind: "from", fromMs: -Infinity, limit: 1 });
  // A start that the clocks skip would itself be disputed.
  const isReal = localMs.length === 1 && zone.toLocalMs(epochMs[0]!) === localMs[0];
  return isReal && localMs[0]! < FIRST_MS + (DAYS_BEFORE + 400) * DAY_MS ? localMs[0]! : null;
}

/** Every fourth series has a few dates excluded, added or moved. */
function exceptions(random: Random, rule: string, startLocalMs: number, zone: Zone) {
  const excluded: number[] = [];
  const added: number[] = [];
  if (random() < 0.25) {
    const fromMs = zone.toEpochMs(FIRST_MS + 2 * 366 * DAY_MS);
    const series = { startLocalMs, zone, rrules: [parseRule(rule).rule!] };
    const { localMs } = expand(series, { kind: "from", fromMs, limit: 20 });
    for (const ms of localMs) {
      const chance = random();
      if (chance < 0.2) excluded.push(ms);
      if (chance < 0.1) added.push(ms + 11 * HOUR_MS + 5 * MINUTE_MS); // Moved: out of the night, if it was there.
      if (chance > 0.95) added.push(ms + 10 * HOUR_MS + 20 * MINUTE_MS);
    }
  }
  const isReal = (ms: number) => zone.toLocalMs(zone.toEpochMs(ms)) === ms;
  return { excluded: excluded.filter(isReal), added: added.filter(isReal) };
}

type Shape = {
  readonly weight: number;
  readonly make: (random: Random) => string;
  /** Which zones it may lie in; all when not given. */
  readonly zones?: readonly string[];
};

const weekday = (random: Random) => oneOf(random, WEEKDAY_NAMES);
const some = (random: Random, from: number, to: number, most: number) =>
  [...new Set(Array.from({ length: wholeBetween(random, 1, most) }, () => wholeBetween(random, from, to)))]
    .sort((one, other) => one - other)
    .join(",");
const weekdays = (random: Random) => WEEKDAY_NAMES.filter(() => random() < 0.4).join(",") || "WE";
const WORKDAYS = "BYDAY=MO,TU,WE,TH,FR";
const OFFICE = "BYHOUR=9,10,11,13,14,15,16";

const SHAPES: readonly Shape[] = [
  { weight: 16, make: (random) => `FREQ=WEEKLY;BYDAY=${weekdays(random)}` },
  { weight: 10, make: () => "FREQ=WEEKLY" },
  { weight: 6, make: (random) => `FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=${weekdays(random)}` },
  { weight: 3, make: (random) => `FREQ=WEEKLY;BYDAY=${weekdays(random)};BYMONTH=${some(random, 1, 12, 6)}` },
  { weight: 2, make: (random) => `FREQ=WEEKLY;${WORKDAYS};BYSETPOS=${oneOf(random, [1, 2, -1])}` },
  { weight: 8, make: () => `FREQ=DAILY;${WORKDAYS}` },
  { weight: 6, make: (random) => `FREQ=DAILY;INTERVAL=${wholeBetween(random, 1, 9)}` },
  { weight: 3, make: (random) => `FREQ=DAILY;BYMONTH=${some(random, 1, 12, 4)};BYDAY=${weekdays(random)}` },
  { weight: 2, make: (random) => `FREQ=DAILY;BYMONTHDAY=${some(random, 1, 31, 4)},-1` },
  { weight: 2, make: () => "FREQ=DAILY;BYHOUR=9,12,15;BYMINUTE=0,30" },
  { weight: 1, make: () => "FREQ=DAILY;BYHOUR=8,20;BYSECOND=0,30" },
  { weight: 6, make: (random) => `FREQ=MONTHLY;BYMONTHDAY=${some(random, 1, 31, 3)}` },
  { weight: 2, make: (random) => `FREQ=MONTHLY;BYMONTHDAY=-${wholeBetween(random, 1, 5)}` },
  { weight: 7, make: (random) => `FREQ=MONTHLY;BYDAY=${oneOf(random, [1, 2, 3, 4, -1])}${weekday(random)}` },
  { weight: 3, make: (random) => `FREQ=MONTHLY;${WORKDAYS};BYSETPOS=${oneOf(random, [1, -1, 3])}` },
  { weight: 1, make: () => "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13" },
  { weight: 2, make: (random) => `FREQ=MONTHLY;INTERVAL=3;BYDAY=2${weekday(random)},-1${weekday(random)}` },
  { weight: 5, make: () => "FREQ=YEARLY" },
  { weight: 2, make: (random) => `FREQ=YEARLY;BYMONTH=${some(random, 1, 12, 3)};BYDAY=${weekdays(random)}` },
  { weight: 2, make: (random) => `FREQ=YEARLY;BYMONTH=${some(random, 1, 12, 2)};BYDAY=-1${weekday(random)}` },
  { weight: 2, make: (random) => `FREQ=YEARLY;BYYEARDAY=${some(random, 1, 366, 5)},-${wholeBetween(random, 1, 90)}` },
  { weight: 2, make: (random) => `FREQ=YEARLY;BYWEEKNO=${some(random, 1, 52, 5)};BYDAY=${weekdays(random)}` },
  { weight: 1, make: (random) => `FREQ=YEARLY;BYDAY=${wholeBetween(random, 1, 50)}${weekday(random)}` },
  { weight: 1, make: (random) => `FREQ=YEARLY;BYMONTH=${some(random, 1, 12, 3)};BYMONTHDAY=1,15,-1;BYSETPOS=2,-2` },
  { weight: 1, make: () => `FREQ=HOURLY;${OFFICE};${WORKDAYS}`, zones: HOURS },
  { weight: 0.5, make: () => `FREQ=MINUTELY;INTERVAL=30;${OFFICE};BYDAY=TU,TH`, zones: HOURS },
  {
    weight: 0.5,
    make: (random) => `FREQ=HOURLY;BYMINUTE=0,20,40;BYHOUR=10,15;BYMONTHDAY=${some(random, 1, 28, 3)}`,
    zones: HOURS,
  },
  { weight: 0.5, make: () => "FREQ=HOURLY;INTERVAL=6", zones: STEADY },
  { weight: 0.5, make: () => "FREQ=MINUTELY;INTERVAL=720", zones: STEADY },
  { weight: 0.5, make: () => "FREQ=SECONDLY;INTERVAL=43200", zones: STEADY },
];
const WEIGHT = SHAPES.reduce((sum, { weight }) => sum + weight, 0);

function shapeAt(random: Random): Shape {
  let left = random() * WEIGHT;
  for (const shape of SHAPES) {
    left -= shape.weight;
    if (left < 0) return shape;
  }
  return SHAPES[0]!;
}

/** The series as lines of iCalendar, as the peers read them. */
export function printSeries({ zoneId, startLocalMs, rule, excluded, added }: SeriesText): string {
  const zone = findZone(zoneId)!;
  const time = (ms: number) => printBasicTime(ms, zone === UTC ? "utc" : "local");
  const tzid = zone === UTC ? "" : `;TZID=${zoneId}`;
  const lines = [`DTSTART${tzid}:${time(startLocalMs)}`, `RRULE:${rule}`];
  if (excluded.length > 0) lines.push(`EXDATE${tzid}:${excluded.map(time).join(",")}`);
  if (added.length > 0) lines.push(`RDATE${tzid}:${added.map(time).join(",")}`);
  return lines.join("\n");
}
