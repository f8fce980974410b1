import type { Formats } from "../../messages/format.ts";

/** Why a service cannot be booked at a time, and what would make it possible. */
export const en = (format: Formats) => {
  const bookings = (count: number) => format.plural(count, { one: "# booking", other: "# bookings" });
  const every = (minutes: number) => format.plural(minutes, { one: "every minute", other: "every # min" });
  const taker = (what: string | null) => (what === null ? "something else" : `“${what}”`);
  return {
    title: "Why is there no slot?",
    intro: "For any day and time: what stands against it, and what would make it possible.",
    service: "Service",
    day: "Day",
    time: "Time",
    ask: "Ask",
    offered: "It can be booked at this time.",
    reasons: "What stands against it",
    relaxation: "It could be booked with all of this",
    none: "Nothing would make it possible.",
    calendars: "Calendars elsewhere",
    zone: (zone: string) => `Times by the clocks of ${zone}.`,
    moment: (day: string, time: string) => `${day}, ${time}`,
    span: (from: string, to: string) => `${from} to ${to}`,
    days: (count: number) => format.plural(count, { one: "# day", other: "# days" }),
    gone: "Somebody who is gone",
    start: {
      midnight: (minutes: number) => `${every(minutes)}, counted from midnight`,
      opening: (minutes: number) => `${every(minutes)}, counted from opening`,
    },
    reason: {
      past: "It is past.",
      notice: (notice: string, earliest: string) => `It takes ${notice} of notice: from ${earliest} on.`,
      window: (end: string) => `It can be booked before ${end} only.`,
      raster: (start: string) => `It begins ${start}; this lies between.`,
      closed: "The service is closed for a part of that time.",
      limit: {
        day: (max: number) => `There may be ${bookings(max)} a day, and there are.`,
        week: (max: number) => `There may be ${bookings(max)} a week, and there are.`,
        customer: (max: number) => `A customer may have ${bookings(max)} in these days, and has.`,
      },
      subjects: (roles: readonly string[], needed: number, able: number) =>
        `${format.list(roles)}: ${format.number(needed)} needed, ${format.number(able)} can.`,
      of: (who: string, reasons: readonly string[]) => `${who}: ${reasons.join("; ")}.`,
    },
    subject: {
      closed: "not open for all of that time",
      closedFor: (why: string) => `not open for all of that time – ${why}`,
      taken: (what: string | null) => `taken by ${taker(what)}`,
      buffer: (what: string | null, missing: string) => `${missing} too little beside ${taker(what)}`,
      way: (what: string | null, missing: string) => `${missing} too little for the way beside ${taker(what)}`,
      calendar: (calendar: string, age: string, most: string) =>
        `the calendar “${calendar}” is ${age} old, and may be ${most} old`,
      unread: (calendar: string) => `the calendar “${calendar}” was never read yet`,
    },
    change: {
      notice: (notice: string) => `${notice} of notice`,
      days: (days: string) => `bookings ${days} ahead`,
      until: (end: string) => `bookings until ${end}`,
      ever: "bookings without an end",
      raster: (start: string) => `a start ${start}`,
      hours: (span: string) => `the service open ${span}`,
      limit: {
        day: (max: number) => `${bookings(max)} a day`,
        week: (max: number) => `${bookings(max)} a week`,
        customer: (max: number) => `${bookings(max)} of a customer in these days`,
      },
      buffer: (before: string, after: string) => `buffers of ${before} before and ${after} after`,
      open: (who: string, span: string) => `${who} open ${span}`,
      guard: (who: string, what: string | null) => `${who}: no buffer of ${taker(what)}`,
      free: (who: string, what: string | null) => `${who} free of ${taker(what)}`,
      rule: (who: string, rule: string, ways: readonly string[]) =>
        ways.length === 0
          ? `${who} without the rule “${rule}”`
          : `${who}: the rule “${rule}” with ${format.either(ways)}`,
      calendar: (who: string, calendar: string, most: string) =>
        `${who}: “${calendar}” read again, or calendars that may be ${most} old`,
      unread: (who: string, calendar: string) => `${who}: “${calendar}” read`,
    },
    age: (whose: string, calendar: string, age: string) => `${whose}: “${calendar}” was last read ${age} ago.`,
    neverRead: (whose: string, calendar: string) => `${whose}: “${calendar}” was never read yet.`,
  };
};

export type WhyWords = ReturnType<typeof en>;
