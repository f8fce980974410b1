import { larkfield } from "../larkfield/larkfield.ts";
import { OWN } from "../plan/bookings.ts";
import type { Booking, HastyBooking, Span, Tables } from "../plan/model.ts";
import { branches, type Branch } from "./people.ts";

const WORKDAYS = [1, 2, 3, 4, 5];
const DAYTIME = { opens: "07:30", closes: "16:30", weekdays: WORKDAYS };
const AFTERNOON = { opens: "11:00", closes: "20:00", weekdays: WORKDAYS };

/** For how many weeks something is booked at once: about eleven dates each. */
const TERM = [10, 12, 14] as const;
const LONG = [14, 16, 18] as const;

const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);

/** What is booked in one branch. People come out of one half or the other, so that two of them are never the same. */
function bookingsOf({ team, rooms, cars }: Branch): readonly Booking[] {
  const staff = names(team.members);
  const [one, other] = [staff.filter((_, i) => i % 2 === 0), staff.filter((_, i) => i % 2 === 1)];
  const kind = (
    weight: number,
    title: string,
    calendar: string,
    hours: typeof DAYTIME,
    rest: Pick<Booking, "minutes" | "people" | "things" | "weeks">,
  ): Booking => ({ weight, title, calendar, ...hours, ...rest });
  return [
    kind(5, "Lesson · {learner}", "Bookings", DAYTIME, {
      minutes: [60, 90],
      people: [staff],
      things: [names(cars)],
      weeks: TERM,
    }),
    kind(5, "Course · {course}", "Programmes", AFTERNOON, {
      minutes: [60, 90],
      people: [staff],
      things: [names(rooms)],
      weeks: LONG,
    }),
    kind(4, "Coaching · {learner}", OWN, DAYTIME, { minutes: [45, 60], people: [staff], things: [], weeks: TERM }),
    kind(3, "Handover", OWN, DAYTIME, { minutes: [30], people: [one, other], things: [], weeks: LONG }),
    kind(2, "Check · {goods}", "Facilities", DAYTIME, { minutes: [30, 60], people: [staff], things: [], weeks: TERM }),
    kind(2, "Call · {partner}", "Board & admin", DAYTIME, {
      minutes: [30, 45],
      people: [staff],
      things: [],
      weeks: [1, 4, 8],
    }),
  ];
}

/** Made without a look into the diary. */
const hastyOf = ({ team, rooms }: Branch): readonly HastyBooking[] => [
  {
    title: "Call back · {learner}",
    calendar: OWN,
    minutes: [45, 60],
    taken: names(team.members),
    things: [],
    weight: 2,
  },
  { title: "Extra · {course}", calendar: "Programmes", minutes: [60], taken: names(rooms), things: [], weight: 1 },
];

/** Two weeks off in summer for everybody, not all at once. */
const leave: readonly Span[] = branches.flatMap(({ team }) =>
  team.members.map(({ name }, i) => ({
    title: `Away · ${name.split(" ")[0]!}`,
    calendar: "Leave",
    on: { week: 26 + (i % 10), weekday: 1 },
    days: 12,
    people: [name],
    isLeave: true as const,
  })),
);

/**
 * The branches that make Larkfield large: with Larkfield Centre three hundred people, ten thousand events and more than a
 * hundred thousand dates in the year it is filled in. Planned for one year only, and stored in the same organisation.
 */
export const network: Tables = {
  ...larkfield,
  domain: "branches.larkfield.example",
  teams: branches.map(({ team }) => team),
  things: branches.flatMap(({ rooms, cars }) => [...rooms, ...cars]),
  calendars: [],
  closuresIn: null,
  spans: leave,
  rhythms: [],
  bookings: branches.flatMap(bookingsOf),
  hasty: branches.flatMap(hastyOf),
  perWeekday: [372, 372, 372, 372, 372, 0, 0],
  workingDayAtLeast: 100,
  loadPerMonth: [0.9, 1, 1.05, 1, 1.05, 1, 0.9, 0.85, 1, 1.05, 1, 0.85],
  hastyPerMonth: [18, 20, 24, 20, 24, 22, 10, 8, 20, 22, 20, 12],
};

/** Larkfield with its branches, as one organisation: everybody and everything that events of both plans name. */
export const larkfieldWithBranches: Tables = {
  ...larkfield,
  teams: [...larkfield.teams, ...network.teams],
  things: [...larkfield.things, ...network.things],
};
