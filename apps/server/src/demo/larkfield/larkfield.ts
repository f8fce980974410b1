import type { Tables } from "../plan/model.ts";
import { bookings, hastyBookings, words } from "./bookings.ts";
import { duties, SHOWN_FIRST } from "./duties.ts";
import { OFFICE_HOURS, teams } from "./people.ts";
import { calendars, things } from "./places.ts";
import { rhythms } from "./rhythms.ts";
import { spans } from "./spans.ts";

/** Larkfield Centre: sports, courses and a driving school in Prague. */
export const larkfield: Tables = {
  slug: "larkfield",
  name: "Larkfield Centre",
  zone: "Europe/Prague",
  domain: "larkfield.example",
  teams,
  shownFirst: SHOWN_FIRST,
  things,
  calendars,
  week: OFFICE_HOURS,
  closuresIn: "Leave",
  shortNames: {
    "New Year's Day": "New Year",
    "Winter closure": "holidays",
    "Christmas Eve": "holidays",
    "Good Friday": "Easter",
    "Saints Cyril and Methodius Day": "Cyril & Methodius",
    "Jan Hus Day": "Jan Hus",
    "St. Wenceslas Day (Czech Statehood Day)": "St Wenceslas",
    "Independent Czechoslovak State Day": "Statehood",
    "Struggle for Freedom and Democracy Day": "Freedom Day",
  },
  seasons: {
    spring: { fromWeek: 2, toWeek: 25 },
    summer: { fromWeek: 27, toWeek: 31 },
    autumn: { fromWeek: 36, toWeek: 50 },
  },
  breakWeeks: [7, 43],
  spans,
  rhythms: [...rhythms, ...duties],
  bookings,
  hasty: hastyBookings,
  words,
  perWeekday: [3.8, 3, 3.1, 3.2, 2.1, 0.8, 0.35],
  workingDayAtLeast: 2,
  loadPerMonth: [0.75, 0.85, 1.05, 0.85, 1.1, 1.1, 0.7, 0.5, 1, 1, 0.95, 0.75],
  hastyPerMonth: [1.4, 3, 4.4, 3, 4.4, 4.3, 0.6, 0.2, 3, 3, 2.2, 1.5],
};
