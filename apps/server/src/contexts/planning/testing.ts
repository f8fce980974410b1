import type { Answer, Client } from "@hourwright/client";
import type { Interval } from "@hourwright/time";
import type { Measure, Strain } from "./effect.ts";

type Conflict = Answer<"ai.detectConflicts">["conflicts"][number];

/** What clashes for tests: each in a week and a hall of its own, far from everything the demo holds. */
export type Clashes = ReturnType<typeof clashesOf>;

export function clashesOf(coordinator: Client, from = "2033-02-07") {
  let week = 0;
  const newDay = (): string => Temporal.PlainDate.from(from).add({ weeks: week++ }).toString();

  /** A hall in which two things clash: the coordinator's first, in a calendar that everybody may write to. */
  async function clash(more: { readonly rrule?: string } = {}) {
    const day = newDay();
    const hall = await coordinator("resources.create", {
      body: { name: `Hall ${week} of ${from}`, kind: "room", policy: "warn" },
    });
    const calendar = await coordinator("calendars.create", {
      body: { name: `Hall ${week} of ${from}`, ownerSubjectId: null, sharing: "write" },
    });
    const create = (
      title: string,
      from: string,
      to: string,
      { day: on = day, ...fields }: { readonly rrule?: string; readonly day?: string } = {},
    ) =>
      coordinator("events.create", {
        body: {
          title,
          calendarId: calendar.id,
          start: `${on}T${from}:00Z`,
          end: `${on}T${to}:00Z`,
          resourceIds: [hall.id],
          preventConflicts: false,
          ...fields,
        },
      });
    const [yoga, judo] = [await create("Yoga", "10:00", "11:00", more), await create("Judo", "10:30", "11:30")];
    const until = Temporal.PlainDate.from(day).add({ days: 28 }).toString();
    const timeRange = { start: `${day}T00:00:00Z`, end: `${until}T00:00:00Z` };
    const detect = async (viewer = coordinator): Promise<Conflict[]> =>
      (await viewer("ai.detectConflicts", { body: { timeRange, subjects: [hall.id] } })).conflicts;
    const times = async (): Promise<string[]> => {
      const { events } = await coordinator("events.list", {
        query: { ...timeRange, calendars: [calendar.id], timeZone: "UTC" },
      });
      return events.map(({ title, start, end }) => `${title} ${start.slice(0, 16)}–${end.slice(11, 16)}`);
    };
    return { day, hall, calendar, yoga, judo, create, detect, times };
  }

  return { newDay, clash };
}

/**
 * Every minute of every month looked at for one person: the obvious count that judges `effectOf`. For times in whole minutes.
 */
export function strainByCounting(
  { open, taken }: { readonly open: readonly Interval[]; readonly taken: readonly Interval[] },
  { months, thresholds, focusMinutes }: Measure,
): Strain {
  const holds = (list: readonly Interval[], ms: number) =>
    list.some(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  let [overDays, focus] = [0, 0];
  for (const { startsMs } of months) {
    let free = 0;
    const endStretch = () => {
      if (free >= focusMinutes) focus += free;
      free = 0;
    };
    for (let day = 0; day + 1 < startsMs.length; day++) {
      let [openMinutes, takenMinutes] = [0, 0];
      for (let ms = startsMs[day]!; ms < startsMs[day + 1]!; ms += 60_000) {
        const [isOpen, isTaken] = [holds(open, ms), holds(taken, ms)];
        if (isOpen) openMinutes++;
        if (isOpen && isTaken) takenMinutes++;
        if (isOpen && !isTaken) free++;
        else endStretch();
      }
      if (openMinutes > 0 && takenMinutes / openMinutes >= thresholds.over) overDays++;
    }
    endStretch();
  }
  return { overDays, focusMinutes: focus };
}
