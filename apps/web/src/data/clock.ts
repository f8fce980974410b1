import { dayNumber } from "@hourwright/time";
import { createStore } from "./store.ts";

/** So far the device's clock and the server's may be apart: an answer takes time, and its date has no parts of a second. */
const APART_MS_MAX = 60_000;

/** By how much the server's clock is ahead of this device's, where it matters. */
export const clockStore = createStore<{ readonly aheadMs: number }>({ aheadMs: 0 });

/** The present moment, epoch ms: the server's where this device's clock is wrong. */
export function nowMs(): number {
  return deviceMs() + clockStore.get().aheadMs;
}

/** Takes the date that an answer of the server carries (RFC 9110 §6.6.1); anything else is passed over. */
export function hearServerDate(date: string | null): void {
  const serverMs = parseHttpDate(date ?? "");
  if (serverMs === null) return;
  const aheadMs = serverMs - deviceMs();
  const before = clockStore.get().aheadMs;
  if (Math.abs(aheadMs - before) > APART_MS_MAX)
    clockStore.set({ aheadMs: Math.abs(aheadMs) > APART_MS_MAX ? aheadMs : 0 });
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Sat, 21 Nov 2026 13:40:07 GMT" (RFC 9110 §5.6.7) as epoch ms; null for what no server sends any more. */
export function parseHttpDate(text: string): number | null {
  const [, day, name, year, hour, minute, second] =
    /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name ?? "") + 1;
  if (month === 0) return null;
  const seconds = Number(hour) * 3_600 + Number(minute) * 60 + Number(second);
  return dayNumber(Number(year), month, Number(day)) * 86_400_000 + seconds * 1_000;
}

/** `Temporal` where the browser has it; else the page's own clock, counted from its load. */
function deviceMs(): number {
  if ("Temporal" in globalThis) return Temporal.Now.instant().epochMilliseconds;
  return Math.round(performance.timeOrigin + performance.now());
}

let zone: string | null = null;

/** The zone that this device is in; asked once. */
export function deviceZone(): string {
  zone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}
