import { epochDay, parseDate, type WallClock } from "@hourwright/timeline";

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
    clock = readWallClock(zone, epochDay(year - 1, 12, 1) * DAY_MS, epochDay(year + 1, 2, 1) * DAY_MS);
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

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** Epoch ms of an RFC 3339 instant as the server writes them; null for anything else. */
export function parseInstant(text: string): number | null {
  const found = INSTANT.exec(text);
  const date = found === null ? null : parseDate(found[1]!);
  if (found === null || date === null) return null;
  const [hours, minutes, seconds] = [Number(found[2]), Number(found[3]), Number(found[4] ?? 0)];
  const sign = found[6] === "-" ? -1 : 1;
  const offsetMinutes = sign * (Number(found[7] ?? 0) * 60 + Number(found[8] ?? 0));
  const days = epochDay(date.year, date.month, date.day);
  return (
    days * DAY_MS +
    ((hours * 60 + minutes - offsetMinutes) * 60 + seconds) * 1000 +
    Math.round(Number(found[5] ?? 0) * 1000)
  );
}

function readWallClock(zone: string, fromMs: number, toMs: number): WallClock {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  const offsetAt = (ms: number) =>
    offsetOf(format.formatToParts(ms).find(({ type }) => type === "timeZoneName")!.value);
  const changes = [{ ms: fromMs, offset: offsetAt(fromMs) }];
  for (let probe = fromMs + PROBE_MS; probe <= toMs; probe += PROBE_MS) {
    const offset = offsetAt(probe);
    if (offset !== changes.at(-1)!.offset)
      changes.push({ ms: changeBetween(probe - PROBE_MS, probe, offsetAt), offset });
  }
  return { fromMs: changes.map(({ ms }) => ms), offsetMs: changes.map(({ offset }) => offset) };
}

/** The first ms of the later offset, by halving: offsets change on whole minutes. */
function changeBetween(fromMs: number, toMs: number, offsetAt: (ms: number) => number): number {
  const after = offsetAt(toMs);
  let [low, high] = [Math.floor(fromMs / 60_000), Math.ceil(toMs / 60_000)];
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 60_000) === after) high = middle;
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
