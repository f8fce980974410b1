import { dayNumber, daysInMonth } from "@hourwright/time";
import { type WallClock } from "@hourwright/timeline";

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

/** The wall time of an instant, as ms since 1970-01-01T00:00 on that wall. */
export function wallMs({ fromMs, offsetMs }: WallClock, ms: number): number {
  let change = fromMs.length - 1;
  while (change > 0 && fromMs[change]! > ms) change--;
  return ms + offsetMs[change]!;
}

/** The instant of a wall time: the first of two, and in a gap by the offset before it (RFC 5545 §3.3.5). */
export function instantOfWall({ fromMs, offsetMs }: WallClock, wall: number): number {
  for (let change = 0; change < fromMs.length; change++) {
    const ms = wall - offsetMs[change]!;
    const nextMs = fromMs[change + 1] ?? Number.POSITIVE_INFINITY;
    const nextOffset = offsetMs[change + 1] ?? 0;
    const isInGap = ms >= nextMs && wall - nextOffset < nextMs;
    if (ms < nextMs || isInGap) return ms;
  }
  return wall;
}

/**
 * Epoch ms of an RFC 3339 instant; null for anything else. Read by character, without an expression: a year of 10,000
 * events has 20,000 of them, and they are read before anything can be drawn.
 */
export function parseInstant(text: string): number | null {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  const [hour, minute] = [digits(text, 11, 2), digits(text, 14, 2)];
  if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0) return null;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":") return null;
  if (month > 12 || hour > 23 || minute > 59 || (day > 28 && day > daysInMonth(year, month))) return null;
  const seconds = text[16] === ":" ? secondsAt(text, 17) : { ms: 0, end: 16 };
  if (seconds === null) return null;
  const offsetMinutes = offsetAt(text, seconds.end);
  if (offsetMinutes === null) return null;
  return dayNumber(year, month, day) * DAY_MS + (hour * 60 + minute - offsetMinutes) * 60_000 + seconds.ms;
}

/** `:07.250` from its digits on. Parts of a millisecond are dropped. */
function secondsAt(text: string, from: number): { ms: number; end: number } | null {
  const whole = digits(text, from, 2);
  if (whole < 0 || whole > 60) return null;
  let end = from + 2;
  if (text[end] !== ".") return { ms: whole * 1000, end };
  let fraction = 0;
  let unit = 100;
  for (end++; digits(text, end, 1) >= 0; end++) {
    fraction += Math.trunc(digits(text, end, 1) * unit);
    unit = Math.trunc(unit / 10);
  }
  return text[end - 1] === "." ? null : { ms: whole * 1000 + fraction, end };
}

/** Minutes east of UTC that end the text: `Z`, `+01:00`. */
function offsetAt(text: string, from: number): number | null {
  if (text[from] === "Z") return text.length === from + 1 ? 0 : null;
  const [hours, minutes] = [digits(text, from + 1, 2), digits(text, from + 4, 2)];
  if (hours < 0 || minutes < 0 || text[from + 3] !== ":" || text.length !== from + 6) return null;
  if (text[from] === "+") return hours * 60 + minutes;
  return text[from] === "-" ? -(hours * 60 + minutes) : null;
}

/** A number of `count` decimal digits, or -1 where something else stands. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1; // Also past the end, where the code is NaN.
    value = value * 10 + digit;
  }
  return value;
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
