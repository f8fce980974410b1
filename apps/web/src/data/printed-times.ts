import { dateOf } from "@hourwright/time";
import type { WallClock } from "@hourwright/timeline";
import type { Messages } from "../messages/en.ts";
import type { Formats } from "../messages/format.ts";
import { deviceZone } from "./clock.ts";
import type { NewTimes } from "./edits.ts";
import { wallClockOf, wallMs } from "./wall-clock.ts";

const DAY_MS = 86_400_000;

type Language = { readonly words: Messages; readonly format: Formats };

/** Times in a few words: “Fri 26 Mar, 08:30–09:30”, or a day, or the first and the last of some. */
export function printTimes(times: NewTimes, clock: WallClock, { words, format }: Language): string {
  if (times.allDay) return printDays(times, { words, format });
  const day = format.dayShort(Math.floor(wallMs(clock, times.startMs) / DAY_MS));
  return words.drag.timed(day, format.timeRange(times.startMs, times.endMs));
}

/** Times by the clocks of any zone, named where this device has another: “Tue 14 May, 10:00–11:00, Europe/Prague time”. */
export function printTimesIn(times: NewTimes, zone: string, { words, format }: Language): string {
  if (times.allDay) return printDays(times, { words, format });
  const clock = wallClockOf(zone, dateOf(Math.floor(times.startMs / DAY_MS)).year);
  const [from, to] = [wallMs(clock, times.startMs), wallMs(clock, times.endMs)];
  const range = `${format.wallTime(from)}–${format.wallTime(to)}`;
  const when = words.drag.timed(format.dayShort(Math.floor(from / DAY_MS)), range);
  return zone === deviceZone() ? when : words.command.zone(when, zone.replaceAll("_", " "));
}

function printDays({ fromDay, toDay }: Extract<NewTimes, { allDay: true }>, { words, format }: Language): string {
  const [first, last] = [format.dayShort(fromDay), format.dayShort(toDay - 1)];
  return first === last ? first : words.drag.days(first, last);
}
