import { minuteOf } from "./plan/hours.ts";
import type { Tables } from "./plan/model.ts";

const OSKAR = "Oskar Lind";
const FREYA = "Freya Maddox";
const TADEÁŠ = "Tadeáš Beneš";
const wardens = [FREYA, TADEÁŠ, "Louise Garnier", "Kofi Mensah"];

const person = (name: string, email: string) => ({ name, email: `${email}@northgate.example` });

/** Northgate: a climbing hall of five people, so that anybody can see that one organisation knows nothing of another. */
export const northgate: Tables = {
  slug: "northgate",
  name: "Northgate",
  zone: "Europe/Prague",
  domain: "northgate.example",
  teams: [
    {
      name: "Northgate",
      parent: null,
      members: [
        person(OSKAR, "owner"),
        person(FREYA, "freya"),
        person(TADEÁŠ, "tadeas"),
        person("Louise Garnier", "louise"),
        person("Kofi Mensah", "kofi"),
      ],
    },
  ],
  things: [
    { name: "Main wall", kind: "room", capacity: 40, site: "Northgate" },
    { name: "Boulder room", kind: "room", capacity: 20, site: "Northgate" },
  ],
  calendars: [
    { name: "Climbing", colour: 165, category: "programme" },
    { name: "Away", colour: 325, category: "leave" },
  ],
  week: [2, 3, 4, 5, 6].map((weekday) => ({
    weekday,
    opensMinute: minuteOf("10:00"),
    closesMinute: minuteOf("18:00"),
  })),
  closuresIn: "Away",
  shortNames: { "Winter closure": "holidays", "Christmas Eve": "holidays", "Good Friday": "Easter" },
  seasons: {
    spring: { fromWeek: 6, toWeek: 22 },
    summer: { fromWeek: 28, toWeek: 31 },
    autumn: { fromWeek: 38, toWeek: 48 },
  },
  breakWeeks: [],
  spans: [
    { title: "Route setting", calendar: "Climbing", on: { week: 5, weekday: 2 }, days: 3, closes: ["Main wall"] },
    { title: "Away · Freya", calendar: "Away", on: { week: 20, weekday: 2 }, days: 5, people: [FREYA], isLeave: true },
    {
      title: "Kids’ week",
      calendar: "Climbing",
      on: { week: 29, weekday: 1 },
      days: 5,
      people: [FREYA, "Kofi Mensah"],
    },
    { title: "Away · Oskar", calendar: "Away", on: { week: 33, weekday: 1 }, days: 5, people: [OSKAR], isLeave: true },
    { title: "Northgate open", calendar: "Climbing", on: { week: 41, weekday: 6 }, days: 2 },
  ],
  rhythms: [
    {
      title: "Staff breakfast",
      calendar: "Climbing",
      rule: "FREQ=MONTHLY;BYDAY=1TU",
      at: "09:00",
      minutes: 60,
      seasons: ["year"],
      people: [OSKAR, ...wardens],
    },
    {
      title: "Beginners’ rope",
      calendar: "Climbing",
      rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
      at: "17:00",
      minutes: 120,
      seasons: ["spring", "autumn"],
      people: [FREYA],
      things: ["Main wall"],
      standIn: "Kofi Mensah",
      elsewhere: "Boulder room",
    },
    {
      title: "Youth bouldering",
      calendar: "Climbing",
      rule: "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA",
      at: "10:00",
      minutes: 90,
      seasons: ["spring", "autumn"],
      people: [TADEÁŠ],
      things: ["Boulder room"],
    },
  ],
  bookings: [
    {
      title: "Group · {group}",
      calendar: "Climbing",
      minutes: [90, 120],
      people: [wardens],
      things: [["Main wall", "Boulder room"]],
      opens: "10:00",
      closes: "20:00",
      weekdays: [2, 3, 4, 5, 6],
      weight: 1,
    },
  ],
  hasty: [
    {
      title: "Party · {group}",
      calendar: "Climbing",
      minutes: [90],
      taken: ["Main wall", "Boulder room"],
      things: [],
      weight: 1,
    },
    { title: "Rope check", calendar: "Climbing", minutes: [60], taken: wardens, things: [], weight: 1 },
  ],
  words: { group: ["scouts", "office", "birthday", "rescue team", "students"] },
  perWeekday: [0, 0.07, 0.07, 0.07, 0.07, 0.12, 0],
  loadPerMonth: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  workingDayAtLeast: 0,
  hastyPerMonth: [0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0],
};
