import type { WallClock } from "@hourwright/timeline";
import type { Messages } from "../messages/en.ts";
import type { Formats } from "../messages/format.ts";
import type { NewTimes } from "./edits.ts";
import { wallMs } from "./wall-clock.ts";

const DAY_MS = 86_400_000;

/** Times in a few words: “Fri 26 Mar, 08:30–09:30”, or a day, or the first and the last of some. */
export function printTimes(
  times: NewTimes,
  clock: WallClock,
  { words, format }: { readonly words: Messages; readonly format: Formats },
): string {
  if (times.allDay) {
    const [first, last] = [format.dayShort(times.fromDay), format.dayShort(times.toDay - 1)];
    return first === last ? first : words.drag.days(first, last);
  }
  const day = format.dayShort(Math.floor(wallMs(clock, times.startMs) / DAY_MS));
  return words.drag.timed(day, format.timeRange(times.startMs, times.endMs));
}
