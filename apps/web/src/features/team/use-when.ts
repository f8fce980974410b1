import { DAY_MS } from "@hourwright/time";
import { parseInstant, wallClockOf, wallMs } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";

/** Instants as people of the organisation read them. */
export function useWhen(zone: string) {
  const { words, format } = useLanguage();
  return {
    instant: (text: string): string => {
      const ms = parseInstant(text);
      if (ms === null) return text;
      const day = Math.floor(wallMs(wallClockOf(zone, Number(text.slice(0, 4))), ms) / DAY_MS);
      return words.drag.timed(format.dayShort(day), format.time(ms));
    },
  };
}
