import type { Formats } from "../format.ts";

/** The year and its days. */
export const year = (format: Formats) => ({
  year: {
    grid: (year: number) => `Year ${year}. Arrow keys move by day and month, Enter opens the day.`,
    month: "Month",
    week: (week: number) => `wk ${week}`,
    conflicts: (count: number) => format.plural(count, { one: "# conflict", other: "# conflicts" }),
    events: (count: number) => format.plural(count, { one: "# event", other: "# events" }),
    eventsWord: (count: number) => format.plural(count, { one: "event", other: "events" }),
    today: "today",
    loading: (year: number) => `Loading ${year} …`,
    empty: "Nothing planned this year. Press N, or drop an .ics file here.",
    nobody: "Nothing of the people and calendars shown. Choose others above, or show everyone.",
    failed: "The year could not be loaded.",
    sources: { time: "time", travel: "travel", resource: "room", load: "load" },
    legend: {
      dayRange: "07 to 19, what is taken",
      focusFrom: "an hour free",
      teamFrom: "half an hour that all have free",
    },
    capacity: "Capacity",
    layers: { events: "Events", conflicts: "Conflicts", capacity: "Capacity", focus: "Focus", team: "Everyone" },
    layersShown: "Layers of the year",
    level: (percent: string, level: "open" | "steady" | "full" | "over") => `${percent} ${LEVEL_WORDS[level]}`,
    levelFrom: (level: "open" | "steady" | "full" | "over") => LEVEL_WORDS[level],
    measured: "measured",
    bookedSoFar: "booked so far",
    cellNothing: "Nothing planned.",
    focusTime: (stretches: readonly string[]) => `Focus ${format.list(stretches)}`,
    moreOn: (count: number, date: string) =>
      format.plural(count, { one: `# more event on ${date}`, other: `# more events on ${date}` }),
    dayLoad: "Day load",
    relief: (minutes: string, day: string | null) =>
      day === null ? `Over the limit by ${minutes}.` : `Over the limit by ${minutes}. ${day} has room.`,
    longestFocus: "Longest focus stretch",
    noFocus: "none",
    nextConflict: "next conflict",
    allKeys: "all keys",
    cell: (parts: {
      date: string;
      isToday: boolean;
      events: number | null;
      conflicts: readonly string[];
      load: number | null;
      focus: readonly (readonly [fromMs: number, toMs: number])[];
    }) =>
      [
        parts.date,
        parts.isToday ? "today" : null,
        parts.events === 0 ? "nothing planned" : null,
        parts.events ? format.plural(parts.events, { one: "# event", other: "# events" }) : null,
        ...parts.conflicts,
        parts.load === null ? null : `${format.percent(parts.load)} of capacity`,
        parts.focus.length === 0
          ? null
          : `focus time ${format.list(parts.focus.map(([from, to]) => `${format.time(from)} to ${format.time(to)}`))}`,
      ]
        .filter((part) => part !== null)
        .join(", "),
  },
  day: {
    nothing: "Nothing planned. Press N to add something.",
    loading: "Loading …",
    unknown: "What is planned could not be loaded.",
    allDay: "all day",
    more: (count: number) => format.plural(count, { one: "# more event", other: "# more events" }),
    band: (from: string, to: string) => `The day from ${from} to ${to}`,
    until: (date: string) => `until ${date}`,
    open: (title: string) => `Open ${title}`,
  },
});

const LEVEL_WORDS = { open: "open", steady: "steady", full: "full", over: "over" };
