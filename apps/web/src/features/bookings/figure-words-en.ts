import type { Formats } from "../../messages/format.ts";

/** The words of figures; they come with them. */
export const en = (format: Formats) => {
  const bookings = (count: number) => format.plural(count, { one: "# booking", other: "# bookings" });
  const answers = (count: number) => format.plural(count, { one: "# answer", other: "# answers" });
  return {
    title: "Figures",
    intro: "How full it was, what became of bookings, and what customers said.",
    period: "Period",
    periods: { week: "Week", month: "Month", quarter: "Quarter", own: "Own period" },
    before: "The period before",
    after: "The period after",
    now: "Today",
    first: "First day",
    last: "Last day",
    wrongPeriod: "The last day is on or after the first, at most 400 days later.",
    service: "Service",
    allServices: "All services",
    print: "Print",
    download: "Download CSV",
    empty: "Nothing was booked in this period.",
    emptyMore: "Choose another period, or another service.",
    span: (from: string, to: string) => `${from} – ${to}`,
    found: (percent: string, booked: string, open: string) =>
      `${percent} of the open time is booked: ${booked} of ${open}.`,
    foundUntimed: (booked: string) => `${booked} are booked. Nobody has hours, so it is not known of how much.`,
    missed: (count: number, of: number) =>
      count === 0
        ? "Nobody stayed away."
        : `${format.plural(count, { one: "# customer of", other: "# customers of" })} ${format.number(of)} stayed away.`,
    tiles: {
      utilisation: "Utilisation",
      ofOpen: (booked: string, open: string) => `${booked} of ${open}`,
      noHours: "no hours known",
      bookings: "Bookings",
      moved: (count: number) => `${format.number(count)} moved`,
      noShows: "No-shows",
      ofOver: (count: number, of: number) =>
        `${format.number(count)} of ${format.plural(of, { one: "# visit", other: "# visits" })}`,
      noneOver: "no visit is over",
      lead: "Booked ahead",
      median: "half of them earlier, half later",
      days: (days: number) => format.plural(days, { one: "# day", other: "# days" }),
      customers: "Customers",
      newOnes: (count: number) => `${format.number(count)} for the first time`,
      holds: "Held, then booked",
      ofHeld: (booked: number, held: number) =>
        `${format.number(booked)} of ${format.plural(held, { one: "# hold", other: "# holds" })}`,
      since: (day: string) => `counted since ${day}`,
      notCounted: "nothing was held in this period",
      rating: "After the visit",
      ofFive: (mean: string) => `${mean} of 5`,
      answers,
      noAnswers: "nobody has answered",
    },
    outcomes: {
      title: "What became of them",
      sentence: (count: number) => bookings(count),
      names: {
        completed: "took place",
        confirmed: "confirmed",
        requested: "asks for a yes",
        noShow: "did not come",
        cancelledByCustomer: "cancelled by the customer",
        cancelledByOrganisation: "cancelled by us",
        cancelledByNobodyKnown: "cancelled",
        declined: "declined",
      },
      late: (count: number) =>
        format.plural(count, {
          one: "# of them was cancelled later than customers may.",
          other: "# of them were cancelled later than customers may.",
        }),
    },
    byService: "By service",
    bySubject: "By person and thing",
    columns: {
      name: "Name",
      utilisation: "Utilisation",
      booked: "Booked",
      open: "Open",
      bookings: "Bookings",
      noShows: "No-shows",
      cancelled: "Cancelled",
      lead: "Ahead",
      rating: "Answers",
    },
    sortBy: (column: string) => `Sort by ${column}`,
    outOf: (count: number, of: number) => `${format.number(count)} of ${format.number(of)}`,
    ratingOf: (mean: string, count: number) => `${mean} (${format.number(count)})`,
    unknown: "–",
    fairness: {
      title: "Fair shares",
      intro: "What everybody was owed of the bookings that they could have had, and what they got.",
      of: (service: string, role: string) => `${service}: ${role}`,
      owed: "Owed",
      got: "Got",
      offBy: "Off by",
      weight: "Weight",
      balance: "Owed now",
      away: "away",
      even: (most: string) => `Nobody is off by more than ${most}.`,
    },
    answers: {
      title: "After the visit",
      mean: (mean: string, count: number) => `${mean} of 5 on average, from ${answers(count)}.`,
      none: "Nobody has answered yet. Whether and what is asked stands with each service.",
      of: (score: number, count: number) => `${format.number(score)} of 5: ${answers(count)}`,
    },
  };
};

export type FigureWords = ReturnType<typeof en>;
