import { dutiesOf, unify } from "@hourwright/schedule";
import { dateOf, dayNumber, printWallTime } from "@hourwright/time";
import type { Commitment, Stretch } from "../../claims/pure.ts";
import { dayText } from "../contracts/terms.ts";
import type { Scene } from "../schedules/scenes.ts";

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

const monthText = (month: Month): string => dayText(firstDayOf(month)).slice(0, 7);

/** What is claimed of a month: the duties that belong to one of its days. Linear in days and shifts. */
export function commitmentOf(scene: Scene, month: Month): Commitment {
  const [fromDay, toDay] = [firstDayOf(month), firstDayOf(month + 1)];
  const isNear = scene.contracts.some((each) => each.fromDay < toDay && (each.toDay ?? Infinity) > fromDay);
  // A night of the last day reaches into the next month, and clocks that are put back a day further.
  const duties = isNear ? dutiesOf(unify({ ...scene, fromDay, toDay: toDay + 3 })) : [];
  const own = duties.filter(({ stretches }) => fromDay <= stretches[0]!.day && stretches[0]!.day < toDay);
  return {
    source: "workforce",
    id: `${scene.personId} ${monthText(month)}`,
    batch: null,
    stretches: own.map(({ startMs, endMs, stretches }): Stretch => {
      const { shift } = stretches[0]!;
      const wallStart = printWallTime(scene.zone.toLocalMs(startMs), "local");
      return {
        subjectId: scene.personId,
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
        wallStart,
        zone: scene.zone.id,
        expiresAtMs: null,
      };
    }),
  };
}
