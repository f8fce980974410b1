import { dateOf, dayNumber, daysInMonth } from "@hourwright/time";
import { printDate, wallMs, type WallClock } from "@hourwright/timeline";

export { instantOfWall, wallMs } from "@hourwright/timeline";

const DAY_MS = 86_400_000;
const PROBE_MS = 7 * DAY_MS; // No zone has two changes within a week that cancel out, but for Ramadan in Morocco: five.
const CLOCKS_MAX = 24;

const clocks = new Map<string, WallClock>();

/** How a zone's clocks run from a month before the year until a month after it. Found through `Intl`, so no tables are shipped. */
export function wallClockOf(zone: string, year: number): WallClock {
  const key = `${zone} ${year}`;
  let clock = clocks.get(key);
  if (clock === undefined) {
    if (clocks.size >= CLOCKS_MAX) clocks.clear();
    clock = readWallClock(zone, dayNumber(year - 1, 12, 1) * DAY_MS, dayNumber(year + 1, 2, 1) * DAY_MS);
    clocks.set(key, clock);
  }
  return clock;
}

/** The day of a zone in which an instant lies, an epoch day; null for what is no instant. */
export function dayOfInstant(text: string, zone: string): number | null {
  const ms = parseInstant(text);
  if (ms === null) return null;
  return Math.floor(wallMs(wallClockOf(zone, Number(text.slice(0, 4))), ms) / DAY_MS);
}

/** `2027-03-25T14:30:00Z`, to the second. */
export function printInstant(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const seconds = Math.floor(ms / 1_000) - day * 86_400;
  const two = (value: number) => String(value).padStart(2, "0");
  const time = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${printDate(dateOf(day))}T${time}Z`;
}

const [PLUS, DASH, DOT, COLON, T, Z] = [0x2b, 0x2d, 0x2e, 0x3a, 0x54, 0x5a] as const;

/** Of a year: its days and what lies around them, and the quarters of a day in a zone or two, with some odd ones. */
const PARTS_MAX = 4_000;
const days = new Map<string, number | null>();
const times = new Map<string, number | null>();

/**
 * Epoch ms of an RFC 3339 instant; null for anything else. A year of 10,000 events has 20,000 of them, of 400 days and 100
 * times, and they are read before anything can be drawn, by code that no compiler has warmed to: each half is read once.
 */
export function parseInstant(text: string): number | null {
  const day = known(days, text.slice(0, DATE_CHARACTERS), parseDay);
  const time = known(times, text.slice(DATE_CHARACTERS), parseTime);
  return day === null || time === null ? null : day + time;
}

const DATE_CHARACTERS = 10;

function known(parts: Map<string, number | null>, text: string, parse: (text: string) => number | null): number | null {
  let value = parts.get(text);
  if (value !== undefined) return value;
  value = parse(text);
  if (parts.size >= PARTS_MAX) parts.clear();
  parts.set(text, value);
  return value;
}

/** `2027-03-25` as the epoch ms in which it begins in UTC. By character codes: an expression is three times as slow. */
function parseDay(text: string): number | null {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return null; // Also when one is NaN.
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null;
  if (day > 28 && day > daysInMonth(year, month)) return null;
  return dayNumber(year, month, day) * DAY_MS;
}

/** `T14:30:00Z` or with an offset, as ms after the day began in UTC: below 0 or beyond a day where the offset makes it so. */
function parseTime(text: string): number | null {
  const minutes = twoDigits(text, 1) * 60 + twoDigits(text, 4);
  if (text.charCodeAt(0) !== T || text.charCodeAt(3) !== COLON || !(minutes < 24 * 60)) return null;
  const hasSeconds = text.charCodeAt(6) === COLON;
  const seconds = hasSeconds ? twoDigits(text, 7) : 0;
  let end = hasSeconds ? 9 : 6;
  let ms = seconds * 1000;
  if (text.charCodeAt(end) === DOT && hasSeconds) {
    const from = end + 1;
    end = endOfDigits(text, from);
    if (end === from) return null;
    ms += Math.trunc(Number(text.slice(from, Math.min(end, from + 3)).padEnd(3, "0"))); // Parts of a ms are dropped.
  }
  const offsetMinutes = offsetAt(text, end);
  if (!(seconds <= 60) || offsetMinutes === null) return null;
  return (minutes - offsetMinutes) * 60_000 + ms;
}

/** Minutes east of UTC that end the text: `Z`, `+01:00`. */
function offsetAt(text: string, from: number): number | null {
  const sign = text.charCodeAt(from);
  if (sign === Z) return text.length === from + 1 ? 0 : null;
  const minutes = twoDigits(text, from + 1) * 60 + twoDigits(text, from + 4);
  if (!(minutes >= 0) || text.charCodeAt(from + 3) !== COLON || text.length !== from + 6) return null;
  if (sign === PLUS) return minutes;
  return sign === DASH ? -minutes : null;
}

/** A number of two decimal digits; NaN where something else stands, also past the end. */
function twoDigits(text: string, from: number): number {
  const tens = text.charCodeAt(from) - 48;
  const ones = text.charCodeAt(from + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return end;
}

function readWallClock(zone: string, fromMs: number, toMs: number): WallClock {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  const offsetMsAt = (ms: number) =>
    offsetOf(format.formatToParts(ms).find(({ type }) => type === "timeZoneName")!.value);
  const changes = [{ ms: fromMs, offset: offsetMsAt(fromMs) }];
  for (let probe = fromMs + PROBE_MS; probe <= toMs; probe += PROBE_MS) {
    const offset = offsetMsAt(probe);
    if (offset !== changes.at(-1)!.offset)
      changes.push({ ms: changeBetween(probe - PROBE_MS, probe, offsetMsAt), offset });
  }
  return { fromMs: changes.map(({ ms }) => ms), offsetMs: changes.map(({ offset }) => offset) };
}

/** The first ms of the later offset, by halving: offsets change on whole minutes. */
function changeBetween(fromMs: number, toMs: number, offsetMsAt: (ms: number) => number): number {
  const after = offsetMsAt(toMs);
  let [low, high] = [Math.floor(fromMs / 60_000), Math.ceil(toMs / 60_000)];
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMsAt(middle * 60_000) === after) high = middle;
    else low = middle;
  }
  return high * 60_000;
}

/** `GMT+05:30` → ms. */
function offsetOf(text: string): number {
  const found = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text);
  if (found === null) return 0; // Plain "GMT".
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return (found[1] === "-" ? -1 : 1) * seconds * 1000;
}
