import type { Formats } from "../format.ts";

/** Week and Day. */
export const week = (format: Formats) => ({
  week: {
    label: "Week",
    dayLabel: "Day",
    views: "View",
    grid: (period: string) =>
      `${period}. Arrow keys move by day and quarter of an hour, Enter makes an event there, brackets walk through the day's events.`,
    number: (year: number, week: number) => `${year} · week ${week}`,
    before: "Week before",
    after: "Week after",
    dayBefore: "Day before",
    dayAfter: "Day after",
    allDay: "all day",
    yours: "yours",
    /** How far a zone is ahead, where there is little room: +1 h, −5 h, +5:30 h. */
    ahead: (minutes: number) => {
      if (minutes === 0) return "same";
      const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
      return `${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`} h`;
    },
    aheadOf: (city: string, minutes: number) =>
      minutes === 0
        ? `${city} has the same time`
        : `${city} is ${format.duration(Math.abs(minutes))} ${minutes < 0 ? "behind" : "ahead"}`,
    untilThen: (city: string, before: number, date: string, after: number) => {
      const now =
        before === 0
          ? `${city} has the same time`
          : `${city} is ${format.duration(Math.abs(before))} ${before < 0 ? "behind" : "ahead"}`;
      const then =
        after === 0
          ? "then the same time"
          : before !== 0 && Math.sign(before) === Math.sign(after)
            ? `then ${format.duration(Math.abs(after))}`
            : `then ${format.duration(Math.abs(after))} ${after < 0 ? "behind" : "ahead"}`;
      return `${now} until ${date}, ${then}.`;
    },
    clocksForward: (date: string, minutes: number) => `Clocks go forward ${format.duration(minutes)} on ${date}.`,
    clocksBack: (date: string, minutes: number) => `Clocks go back ${format.duration(minutes)} on ${date}.`,
    closed: "no such time on this day",
    dayName: (parts: {
      date: string;
      isToday: boolean;
      events: number;
      conflicts: readonly string[];
      load: number | null;
      zones: readonly string[];
    }) =>
      [
        parts.date,
        parts.isToday ? "today" : null,
        parts.events === 0 ? "nothing planned" : format.plural(parts.events, { one: "# event", other: "# events" }),
        ...parts.conflicts,
        parts.load === null ? null : `${format.percent(parts.load)} of capacity`,
        ...parts.zones,
      ]
        .filter((part) => part !== null)
        .join(", "),
    cellAt: (date: string, time: string, at: string) => `${date}, ${time}, ${at}`,
    cellAllDay: (date: string, at: string) => `${date}, all day, ${at}`,
    free: "free",
    during: (titles: readonly string[]) => format.list(titles),
    block: (parts: {
      title: string;
      when: string;
      location: string | null;
      people: readonly string[];
      isRecurring: boolean;
      isTentative: boolean;
      isPast: boolean;
      conflict: string | null;
      isReadOnly: boolean;
      isLocked: boolean;
    }) =>
      [
        parts.title,
        parts.when,
        parts.location,
        parts.people.length === 0 ? null : `with ${format.list(parts.people)}`,
        parts.isRecurring ? "repeats" : null,
        parts.isTentative ? "tentative" : null,
        parts.conflict,
        parts.isPast ? "over" : null,
        parts.isReadOnly ? "read only" : null,
        parts.isLocked ? "locked" : null,
      ]
        .filter((part) => part !== null && part !== "")
        .join(", "),
    whole: (first: string, last: string) => (first === last ? `${first}, all day` : `${first} to ${last}, all day`),
    timed: (day: string, times: string) => `${day}, ${times}`,
    more: (count: number) => `+${format.number(count)}`,
    moreOn: (count: number, date: string) =>
      format.plural(count, { one: `# more event on ${date}`, other: `# more events on ${date}` }),
    was: (when: string) => `was ${when}`,
    accept: "Accept",
    dismiss: "Dismiss",
    proposal: (title: string, when: string) => `Proposal: ${title}, ${when}`,
    new: "New event",
    now: (time: string) => `Now, ${time}`,
    people: "Whose day fills the column",
    besideBusy: (name: string, times: readonly string[]) =>
      times.length === 0 ? `${name} is not taken` : `${name} is taken ${format.list(times)}`,
    everyoneFree: (times: readonly string[]) => `Everyone is free ${format.list(times)}`,
    span: (from: string, to: string) => `${from} to ${to}`,
    legend: {
      proposal: "proposal",
      conflict: "conflict",
      everyoneFree: "everyone free",
      events: "events",
      allKeys: "all keys",
    },
    freeThisWeek: "Free this week",
    freeToday: "Free this day",
    ofOpen: (free: string, open: string) => `${free} of ${open}`,
    longest: "longest",
    longestOn: (day: string, duration: string) => `${day}, ${duration}`,
    together: "everyone",
    zones: {
      button: "Time zones",
      add: "Find a zone",
      none: "No zone of that name",
      full: "Four zones are shown.",
      remove: (city: string) => `Remove ${city}`,
      earlier: (city: string) => `Move ${city} before the one in front`,
      later: (city: string) => `Move ${city} behind the next`,
      shown: "Shown beside",
      column: (city: string, ahead: string) => `${city}, ${ahead}. Time zones`,
      moved: (city: string, place: number) => `${city} is column ${format.number(place)}`,
    },
    empty: "Nothing planned these days.",
  },
});
