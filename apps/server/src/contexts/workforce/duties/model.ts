import { dutiesOf, unify, type Duty, type ScheduleQuestion } from "@hourwright/schedule";
import { dateOf, dayNumber, printWallTime } from "@hourwright/time";
import type { Commitment, Stretch } from "../../claims/pure.ts";
import { dayText } from "../contracts/terms.ts";

// Pure: the time that shifts of kind duty take, and who is called in: one commitment for each person and month.

/** Months of a year counted on: 12 × year + month − 1. */
export type Month = number;

/** Duties are claimed so many months ahead, as all that recurs. */
export const MONTHS_AHEAD = 24;

/** What was is history: what changes there takes nobody's time. The month before the current one is still corrected. */
export const firstMonth = (today: number): Month => monthOf(today) - 1;

export function monthOf(day: number): Month {
  const { year, month } = dateOf(day);
  return year * 12 + month - 1;
}

const firstDayOf = (month: Month): number => dayNumber(Math.floor(month / 12), (month % 12) + 1, 1);

/** The months that some days lie in, of those that are claimed as of a day. */
export function monthsOf(days: { readonly firstDay: number; readonly lastDay: number }, today: number): Month[] {
  const first = Math.max(monthOf(days.firstDay), firstMonth(today));
  const last = Math.min(monthOf(days.lastDay), monthOf(today) + MONTHS_AHEAD);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** All months that are claimed as of a day. */
export const allMonths = (today: number): Month[] =>
  Array.from({ length: MONTHS_AHEAD + 2 }, (_, i) => firstMonth(today) + i);

/** The days that count for what is claimed of some months, half-open: a night reaches into the next one, and clocks that are put back a day further. */
export const daysOfMonths = (months: readonly Month[]): { readonly fromDay: number; readonly toDay: number } => ({
  fromDay: firstDayOf(months[0]!),
  toDay: firstDayOf(months.at(-1)! + 1) + 3,
});

const monthText = (month: Month): string => dayText(firstDayOf(month)).slice(0, 7);

/** Whose duties are claimed, with all that their schedule is made of around the months. */
export type OnDuty = Omit<ScheduleQuestion, "fromDay" | "toDay"> & { readonly personId: string; readonly name: string };

/** What is claimed of months that follow each other: in each the duties that belong to one of its days. Linear in days and shifts. */
export function commitmentsOf(person: OnDuty, months: readonly Month[]): Commitment[] {
  const isNear = (month: Month) =>
    person.contracts.some(
      (each) => each.fromDay < firstDayOf(month + 1) && (each.toDay ?? Infinity) > firstDayOf(month),
    );
  const near = new Set(months.filter(isNear));
  const duties = near.size === 0 ? [] : dutiesOf(unify({ ...person, ...daysOfMonths(months) }));
  const byMonth = Map.groupBy(duties, ({ stretches }) => monthOf(stretches[0]!.day));
  return months.map((month) => ({
    source: "workforce",
    id: `${person.personId} ${monthText(month)}`,
    batch: null,
    stretches: near.has(month) ? (byMonth.get(month) ?? []).map((duty) => stretchOf(person, duty)) : [],
  }));
}

function stretchOf({ personId, zone }: OnDuty, { startMs, endMs, stretches }: Duty): Stretch {
  const { shift } = stretches[0]!;
  return {
    subjectId: personId,
    startMs,
    endMs,
    bufferBeforeMs: 0,
    bufferAfterMs: 0,
    policy: "forbid",
    role: "owner",
    attends: false,
    occurrence: Temporal.Instant.fromEpochMilliseconds(startMs).toString(),
    label: shift?.shift.name === undefined || shift.shift.name === "" ? "Duty" : shift.shift.name,
    places: 1,
    site: shift?.shift.site ?? shift?.contract?.site ?? null,
    wallStart: printWallTime(zone.toLocalMs(startMs), "local"),
    zone: zone.id,
    expiresAtMs: null,
  };
}
