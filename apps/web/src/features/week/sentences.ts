import { useMemo } from "react";
import { msOfMinute, wallMs, type MinuteRange, type WeekTimes } from "@hourwright/timeline";
import type { Entry } from "../../data/entries.ts";
import { useLanguage } from "../../messages/index.tsx";
import type { WeekPicture } from "./picture.ts";
import { cityOf, offsetChanges } from "./zones.ts";

const DAY_MS = 86_400_000;
const CURSOR_MS = 900_000;

/** A short sign on a day's head, and what it means. */
export type Mark = { readonly text: string; readonly title: string };

/** What a week says of itself. */
export function useSentences(picture: WeekPicture) {
  const { words, format } = useLanguage();
  return useMemo(() => {
    const { axis, span, columns, contents } = picture;
    const { clock } = axis;
    const dayOf = (ms: number) => Math.floor(wallMs(clock, ms) / DAY_MS);

    const during = (day: number, minute: number | null): string => {
      const ms = minute === null ? 0 : msOfMinute(axis, day - span.firstDay, minute);
      const here =
        minute === null
          ? contents.whole.filter(({ fromDay, toDay }) => fromDay <= day && toDay > day)
          : contents.timed.filter(({ startMs, endMs }) => startMs < ms + CURSOR_MS && endMs > ms);
      const titles = here.map(({ id }) => contents.entryOf.get(id)!.event.title);
      return titles.length === 0 ? words.week.free : words.week.during(titles);
    };

    const changes = columns.slice(1).flatMap((column) => offsetChanges(axis, column));
    const own = axis.change;
    const ownNote =
      own === null
        ? null
        : (own.kind === "skips" ? words.week.clocksForward : words.week.clocksBack)(
            format.day(span.firstDay + own.day),
            own.toMinute - own.fromMinute,
          );

    return {
      /** Where the keyboard stands: the day, the minute or the whole of it, and what is there. */
      cell: (day: number, minute: number | null): string =>
        minute === null
          ? words.week.cellAllDay(format.day(day), during(day, null))
          : words.week.cellAt(
              format.day(day),
              format.time(msOfMinute(axis, day - span.firstDay, minute)),
              during(day, minute),
            ),
      /** Where something was that would be elsewhere: its day only when that is another. */
      was: ({ event, fromDay, startMs, endMs }: Entry, times: WeekTimes): string => {
        if (event.allDay || times.allDay) return format.dayShort(fromDay);
        return dayOf(times.startMs) === fromDay
          ? format.timeRange(startMs, endMs)
          : words.week.timed(format.dayShort(fromDay), format.time(startMs));
      },
      /** Minutes of a day as times, from … to … . */
      spans: (ranges: readonly MinuteRange[], day: number): string[] =>
        ranges.map(({ fromMinute, toMinute }) =>
          words.week.span(format.time(msOfMinute(axis, day, fromMinute)), format.time(msOfMinute(axis, day, toMinute))),
        ),
      /** Which clocks change: those of the axis in its days, those of other zones within a fortnight. */
      notes: [
        ...changes.map(({ zone, day, before, after }) =>
          words.week.untilThen(cityOf(zone), before, format.day(day), after),
        ),
        ...(ownNote === null ? [] : [ownNote]),
      ],
      marks: (day: number): Mark[] => {
        const others = changes
          .filter((change) => change.day === span.firstDay + day)
          .map(({ zone, after }) => ({
            text: words.week.ahead(after),
            title: words.week.aheadOf(cityOf(zone), after),
          }));
        if (own === null || own.day !== day) return others;
        const by = (own.kind === "skips" ? 1 : -1) * (own.toMinute - own.fromMinute);
        return [{ text: words.week.ahead(by), title: ownNote! }, ...others];
      },
      dayOf,
    };
  }, [picture, words, format]);
}

export type Sentences = ReturnType<typeof useSentences>;
