import { parseInstant, wallClockOf, wallMs } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";

const DAY_MS = 86_400_000;

/** An instant, and a day without its zone, as people of the organisation read them. */
export function useTimes(zone: string) {
  const { words, format } = useLanguage();
  return {
    instant: (text: string): string => {
      const ms = parseInstant(text)!;
      const day = Math.floor(wallMs(wallClockOf(zone, Number(text.slice(0, 4))), ms) / DAY_MS);
      return words.drag.timed(format.dayShort(day), format.time(ms));
    },
    day: (text: string): string =>
      format.dayShort(Temporal.PlainDate.from(text).since("1970-01-01", { largestUnit: "day" }).days),
  };
}
