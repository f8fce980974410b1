import type { Diary } from "./diary.ts";
import type { YearDays } from "./days.ts";
import type { PlannedEvent, Span } from "./model.ts";
import type { Uids } from "./uids.ts";

/** What closures shorten by more than this does not take place at all. */
const KEPT_SHARE_MIN = 0.6;

/**
 * The bars of a year. A camp lasts as long as the doors are open; somebody who is away is away on closed days as well.
 */
export function planSpans(spans: readonly Span[], days: YearDays, diary: Diary, uids: Uids): PlannedEvent[] {
  return spans.flatMap((span) => {
    const day = days.dayOf(span.on);
    const kept = span.isLeave === true ? { day, days: span.days } : days.longestOpen(day, span.days);
    if (kept === null || kept.days < span.days * KEPT_SHARE_MIN) return [];
    for (let day = kept.day; day < kept.day + kept.days; day++) {
      if (span.isLeave === true) diary.markAway(span.people ?? [], day);
      diary.markAway(span.closes ?? [], day);
    }
    return [spanEvent(span, kept, uids)];
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
