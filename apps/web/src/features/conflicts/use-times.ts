import { dayOfInstant, parseInstant } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";

export type Span = { readonly start: string; readonly end: string };

/** Times of an event before and after a change: when it begins, and until when where its length is another. */
export function useTimes(zone: string) {
  const { format } = useLanguage();
  const timeOf = ({ start, end }: Span, withEnd: boolean): string => {
    const [startMs, endMs] = [parseInstant(start), parseInstant(end)];
    if (startMs === null || endMs === null) return "";
    return withEnd ? format.timeRange(startMs, endMs) : format.time(startMs);
  };
  const dayOf = ({ start }: Span): string => format.dayShort(dayOfInstant(start, zone) ?? 0);
  const lengthOf = ({ start, end }: Span): number => (parseInstant(end) ?? 0) - (parseInstant(start) ?? 0);
  return {
    /** "Thu 25 Mar 16:00", with its end where that of `beside` is as far away no more. */
    moment: (span: Span, beside: Span): string => `${dayOf(span)} ${timeOf(span, lengthOf(span) !== lengthOf(beside))}`,
    /** "10:00" beside a time of the same day, else with its day. */
    brief: (span: Span, beside: Span): string =>
      dayOf(span) === dayOf(beside) ? timeOf(span, false) : `${dayOf(span)} ${timeOf(span, false)}`,
  };
}
