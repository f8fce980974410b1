import type { Rhythm } from "../plan/model.ts";

const MONDAY_TO_THURSDAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH";
const MONDAY_TO_WEDNESDAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE";
/** The months in which everything comes at once. */
const FULL_MONTHS = "FREQ=WEEKLY;BYMONTH=3,5,6,9,10;BYDAY=MO,TH";

/** Someone's daily work by the clock: it gives way to whatever else is planned, and Fridays are left to it. */
type Duty = {
  readonly person: string;
  readonly calendar: string;
  readonly morning: readonly [title: string, at: string];
  readonly afternoon: readonly [title: string, at: string];
  readonly extra: readonly [title: string, at: string];
};

const DUTIES: readonly Duty[] = [
  {
    person: "Mara Okafor",
    calendar: "Board & admin",
    morning: ["Coordination desk", "09:15"],
    afternoon: ["Requests and approvals", "13:00"],
    extra: ["Season planning", "11:45"],
  },
  {
    person: "Tomas Brandt",
    calendar: "Bookings",
    morning: ["Driving school desk", "08:30"],
    afternoon: ["Supervision", "13:00"],
    extra: ["Road-test papers", "11:00"],
  },
  {
    person: "Ines Duarte",
    calendar: "Bookings",
    morning: ["Learners · morning", "08:30"],
    afternoon: ["Learners · afternoon", "13:00"],
    extra: ["Theory revision", "15:30"],
  },
  {
    person: "Priya Nair",
    calendar: "Bookings",
    morning: ["Learners · morning", "09:30"],
    afternoon: ["Learners · afternoon", "13:00"],
    extra: ["Theory revision", "08:30"],
  },
  {
    person: "Dario Veselý",
    calendar: "Bookings",
    morning: ["Learners · morning", "08:45"],
    afternoon: ["Learners · afternoon", "12:45"],
    extra: ["Night-driving briefing", "11:15"],
  },
  {
    person: "Jakub Sedlák",
    calendar: "Bookings",
    morning: ["Learners · morning", "09:15"],
    afternoon: ["Learners · afternoon", "13:00"],
    extra: ["Motorway briefing", "12:00"],
  },
];

/** Whose time the demo shows first. */
export const SHOWN_FIRST: readonly string[] = DUTIES.map(({ person }) => person);

/** What keeps the six people busy whose time the demo shows first. */
export const duties: readonly Rhythm[] = DUTIES.flatMap(({ person, calendar, morning, afternoon, extra }) => {
  const duty = ([title, at]: readonly [string, string], minutes: number, rule: string, seasons: Rhythm["seasons"]) => ({
    title,
    calendar,
    rule,
    at,
    minutes,
    seasons,
    people: [person],
  });
  return [
    duty(morning, 150, MONDAY_TO_THURSDAY, ["year"]),
    duty(afternoon, 150, MONDAY_TO_WEDNESDAY, ["spring", "autumn"]),
    duty(extra, 60, FULL_MONTHS, ["year"]),
  ];
});
