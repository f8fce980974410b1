import type { Answer, Client } from "@hourwright/client";

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
    const create = (title: string, from: string, to: string, fields: { readonly rrule?: string } = {}) =>
      coordinator("events.create", {
        body: {
          title,
          calendarId: calendar.id,
          start: `${day}T${from}:00Z`,
          end: `${day}T${to}:00Z`,
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
