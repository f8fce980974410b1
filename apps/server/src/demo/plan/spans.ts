import type { Diary } from "./diary.ts";
import type { YearDays } from "./days.ts";
import type { PlannedEvent, Span } from "./model.ts";
import type { Uids } from "./uids.ts";

/** What closures shorten by more than this does not take place at all. */
const KEPT_SHARE_MIN = 0.6;

/** The bars of a year. Days on which the house is closed are left out: a camp lasts as long as the doors are open. */
export function planSpans(spans: readonly Span[], days: YearDays, diary: Diary, uids: Uids): PlannedEvent[] {
  return spans.flatMap((span) => {
    const open = days.longestOpen(days.dayOf(span.on), span.days);
    if (open === null || open.days < span.days * KEPT_SHARE_MIN) return [];
    for (let day = open.day; day < open.day + open.days; day++) {
      if (span.isLeave === true) diary.markAway(span.people ?? [], day);
      diary.markAway(span.closes ?? [], day);
    }
    return [spanEvent(span, open, uids)];
  });
}

function spanEvent(span: Span, when: { day: number; days: number }, uids: Uids): PlannedEvent {
  return {
    uid: uids.next(span.title),
    calendar: span.calendar,
    title: span.title,
    when,
    leader: null,
    people: span.people ?? [],
    things: span.closes ?? [],
    location: span.closes?.[0] ?? null,
    status: span.status ?? "CONFIRMED",
    series: null,
  };
}
