import { dateOf, dayNumber, weekdayOf } from "@hourwright/time";
import { oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";

import type { Calendar, Subject } from "../data/api.ts";

/** A made-up sports centre for the double: one year of events whose clashes are real. Not the demo of the server. */

export const ZONE = "Europe/Prague";

/** Minutes are wall time; days are epoch days. */
export type Planned = {
  readonly id: string;
  readonly calendarId: string;
  title: string;
  startMinute: number;
  endMinute: number;
  day: number;
  readonly allDays: number | null;
  readonly subjectIds: readonly string[];
  readonly location: string | null;
  version: number;
};

const ids = new Map<string, number>();

/** `evt_` and 26 of Crockford's letters, counted up: the shape of real ids. */
export function nextId(prefix: string): string {
  const count = (ids.get(prefix) ?? 0) + 1;
  ids.set(prefix, count);
  return `${prefix}_${String(count).padStart(26, "0")}`;
}

type Kind = NonNullable<Calendar["category"]>;
const KINDS: readonly [Kind, string, number][] = [
  ["programme", "Programmes", 250],
  ["fixture", "Fixtures", 165],
  ["booking", "Bookings", 75],
  ["leave", "Leave", 325],
  ["admin", "Board & admin", 295],
  ["facility", "Facilities", 215],
];

const NAMES = [
  "Mara Okafor",
  "Ines Duarte",
  "Tomas Brandt",
  "Priya Nair",
  "Jonas Lind",
  "Dario Vega",
  "Greta Holm",
  "Ana Horak",
  "Bela Kiss",
  "Chidi Mbeki",
];
const THINGS: readonly [string, Subject["kind"]][] = [
  ["Hall A", "room"],
  ["Hall B", "room"],
  ["Pool", "room"],
  ["Studio", "room"],
  ["Car 1", "vehicle"],
];

/** Month, day, length in days, title, kind. */
const SPANS: readonly [number, number, number, string, Kind][] = [
  [1, 4, 5, "Winter sports week", "programme"],
  [1, 11, 5, "Leave · Ines", "leave"],
  [1, 18, 3, "Pool service", "facility"],
  [1, 20, 3, "First-aid refresh", "programme"],
  [1, 25, 2, "Safeguarding audit", "admin"],
  [1, 30, 2, "Futsal cup", "fixture"],
  [2, 1, 3, "Instructor intake", "booking"],
  [2, 8, 4, "Hall B floor", "facility"],
  [2, 15, 5, "Half-term camp", "programme"],
  [2, 17, 3, "Leave · Tomas", "leave"],
  [2, 20, 2, "Swim gala", "fixture"],
  [2, 25, 2, "Budget workshop", "admin"],
  [3, 1, 5, "Spring term starts", "programme"],
  [3, 8, 3, "Licence renewals", "admin"],
  [3, 15, 5, "Leave · Ines", "leave"],
  [3, 17, 3, "Finals training", "fixture"],
  [3, 20, 2, "Regional finals", "fixture"],
  [3, 22, 4, "Theory test week", "booking"],
  [3, 24, 3, "Board retreat", "admin"],
  [3, 25, 2, "Lift inspection", "facility"],
  [3, 29, 12, "Easter camp", "programme"],
  [4, 12, 4, "Pool retile", "facility"],
  [4, 19, 5, "Leave · Mara", "leave"],
  [4, 26, 4, "Coach certification", "programme"],
  [5, 3, 3, "Summer enrolment", "booking"],
  [5, 8, 2, "Youth league R2", "fixture"],
  [5, 10, 5, "Auditors on site", "admin"],
  [5, 12, 3, "Ventilation works", "facility"],
  [5, 17, 5, "Leave · Priya", "leave"],
  [5, 20, 4, "Road-test block", "booking"],
  [5, 24, 5, "Late spring camp", "programme"],
  [6, 1, 4, "Volunteer training", "programme"],
  [6, 7, 5, "Strategy fortnight", "admin"],
  [6, 12, 2, "Triathlon", "fixture"],
  [6, 16, 3, "Booking cutover", "booking"],
  [6, 21, 5, "Leave · Tomas", "leave"],
  [6, 26, 2, "League final", "fixture"],
  [7, 5, 5, "Summer school 1", "programme"],
  [7, 12, 5, "Summer school 2", "programme"],
  [7, 14, 8, "Leave · Ines", "leave"],
  [7, 19, 5, "Summer school 3", "programme"],
  [7, 24, 2, "Beach volley", "fixture"],
  [8, 2, 10, "Leave · Mara", "leave"],
  [8, 2, 5, "Summer school 4", "programme"],
  [8, 16, 9, "Roof works · Hall B", "facility"],
  [8, 23, 4, "Autumn rota build", "admin"],
  [9, 1, 3, "Autumn term starts", "programme"],
  [9, 6, 4, "Learner intake", "booking"],
  [9, 13, 5, "Inspection window", "admin"],
  [9, 20, 5, "Leave · Tomas", "leave"],
  [9, 27, 4, "Fire safety works", "facility"],
  [10, 4, 4, "Budget round 1", "admin"],
  [10, 11, 5, "Community open week", "programme"],
  [10, 16, 2, "League R4", "fixture"],
  [10, 20, 3, "Leave · Ines", "leave"],
  [10, 25, 5, "Half-term camp", "programme"],
  [11, 1, 3, "Budget round 2", "admin"],
  [11, 8, 5, "Leave · Priya", "leave"],
  [11, 15, 4, "Pool deep clean", "facility"],
  [11, 17, 3, "Theory test week", "booking"],
  [11, 22, 3, "Winter rota build", "admin"],
  [12, 1, 3, "Board review", "admin"],
  [12, 6, 5, "Winter fair", "programme"],
  [12, 11, 2, "League final", "fixture"],
  [12, 20, 5, "Closure · holidays", "leave"],
  [12, 27, 8, "Closure · holidays", "leave"],
];

const TIMED: readonly [string, Kind, number, string | null][] = [
  ["Morning briefing", "admin", 45, null],
  ["Instructor one-to-one", "admin", 45, null],
  ["Lesson block", "booking", 120, "Car park"],
  ["Hall allocation", "facility", 60, "Hall A"],
  ["Programme review", "programme", 90, null],
  ["Supplier call", "facility", 45, "Hall B"],
  ["Fixture planning", "fixture", 60, null],
  ["Parent bookings", "booking", 90, null],
  ["Coach clinic", "programme", 120, "Studio"],
  ["Finance check-in", "admin", 60, null],
  ["Site walk", "facility", 60, null],
  ["Road-test slots", "booking", 150, "Car park, Bay 2"],
];

export type World = {
  readonly year: number;
  readonly calendars: Calendar[];
  readonly people: Subject[];
  readonly resources: Subject[];
  readonly events: Map<string, Planned>;
};

/** The whole small world for the years around `year`, always the same for the same arguments. */
export function makeWorld(year: number, eventsMin: number): World {
  ids.clear();
  const random = seededRandom(year);
  const people = NAMES.map((name) => subject("per", name, "person"));
  const resources = THINGS.map(([name, kind]) => subject("res", name, kind));
  const calendars = KINDS.map(([category, name, colour]) => calendar(name, colour, category));
  const world: World = { year, calendars, people, resources, events: new Map() };
  for (const [month, day, length, title, kind] of SPANS)
    add(world, { title, calendarId: idOf(world, kind), day: dayNumber(year, month, day), allDays: length });
  for (let day = dayNumber(year, 1, 1); day < dayNumber(year + 1, 1, 1); day++) fillDay(world, day, random);
  for (let extra = 0; world.events.size < eventsMin; extra++) {
    const day = dayNumber(year, 1, 1) + (extra % 365);
    const startMinute = wholeBetween(random, 28, 70) * 15;
    const [title, kind, minutes, location] = oneOf(random, TIMED);
    // Each gets a person of its own, so that volume brings no clash.
    add(world, { title, calendarId: idOf(world, kind), day, startMinute, minutes, location, subjectIds: [] });
  }
  return world;
}

function fillDay(world: World, day: number, random: Random): void {
  const weekday = weekdayOf(day);
  if (weekday >= 6 && random() > 0.3) return;
  const { month } = dateOf(day);
  const busyMinutes = (weekday >= 6 ? 120 : 480) * (month === 8 ? 0.3 : 0.45 + random() * 0.55);
  let minute = 480 + wholeBetween(random, 0, 3) * 30;
  let busy = 0;
  while (busy < busyMinutes && minute < 1080) {
    const [title, kind, minutes, location] = oneOf(random, TIMED);
    const person = oneOf(random, world.people);
    add(world, {
      title,
      calendarId: idOf(world, kind),
      day,
      startMinute: minute,
      minutes,
      location,
      subjectIds: [person.id],
    });
    busy += minutes;
    if (random() < 0.06) {
      // The same person again, before the first is over.
      add(world, {
        title: "Road-test slots",
        calendarId: idOf(world, "booking"),
        day,
        startMinute: minute + minutes - 15,
        minutes: 60,
        location: "Car park, Bay 2",
        subjectIds: [person.id],
      });
    }
    minute += minutes + oneOf(random, [0, 0, 15, 30, 60, 120]);
  }
}

type New = Partial<Pick<Planned, "startMinute" | "allDays" | "subjectIds" | "location">> &
  Pick<Planned, "title" | "calendarId" | "day"> & { readonly minutes?: number };

export function add(world: World, { minutes = 60, startMinute = 0, ...rest }: New): Planned {
  const event: Planned = {
    id: nextId("evt"),
    subjectIds: [],
    location: null,
    allDays: null,
    ...rest,
    startMinute,
    endMinute: startMinute + minutes,
    version: 1,
  };
  world.events.set(event.id, event);
  return event;
}

function idOf(world: World, kind: Kind): string {
  return world.calendars.find(({ category }) => category === kind)!.id;
}

export function calendar(name: string, colour: number, category: Calendar["category"]): Calendar {
  return {
    id: nextId("cal"),
    name,
    colour,
    category,
    ownerSubjectId: null,
    ownerName: null,
    zone: ZONE,
    policy: "warn",
    sharing: "write",
    access: "write",
    version: 1,
  };
}

function subject(prefix: string, name: string, kind: Subject["kind"]): Subject {
  return {
    id: nextId(prefix),
    name,
    kind,
    email: kind === "person" ? `${name.split(" ")[0]!.toLowerCase()}@larkfield.example` : null,
    zone: ZONE,
    policy: kind === "person" ? "warn" : "forbid",
    capacity: null,
    site: null,
    teams: [],
    version: 1,
  };
}
