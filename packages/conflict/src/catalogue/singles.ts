import { DAY_MS, HOUR_MS, MINUTE_MS, subtract, type Interval, type Zone } from "@hourwright/time";
import { within } from "../open-time.ts";
import { dayText } from "../words.ts";
import type { Breach, Constraint, Parameter } from "./constraint.ts";
import { constraint, parameter, sentence } from "./define.ts";

import { beginningIn, dayOf, minutesOf, type Line, type Skill, type Taken } from "./line.ts";

// What each thing has to keep by itself, wherever the others are.

const each = (
  { taken }: Line,
  part: Interval,
  judge: (taking: Taken) => (Pick<Breach, "units" | "others"> & Partial<Pick<Breach, "facts">>) | null,
  report: Parameters<Constraint["find"]>[4],
): void => {
  for (const taking of beginningIn(taken, part)) {
    const judged = judge(taking);
    if (judged === null) continue;
    const { occurrence, startMs, endMs } = taking;
    report({ occurrences: [occurrence], startMs, endMs, facts: {}, ...judged });
  }
};

const timeText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const hours: Readonly<Record<"from" | "to", Parameter>> = {
  from: parameter("time of day", [0, 1_440], 480, "The earliest beginning"),
  to: parameter("time of day", [0, 1_440], 1_080, "The latest end"),
};

/** Minutes of a taking outside two times of the day on which it begins. */
function minutesOutside({ startMs, endMs }: Taken, zone: Zone, from: number, to: number): number {
  const dayMs = dayOf(startMs, zone) * DAY_MS;
  const inside = { startMs: zone.toEpochMs(dayMs + from * MINUTE_MS), endMs: zone.toEpochMs(dayMs + to * MINUTE_MS) };
  return Math.ceil(minutesOf(subtract([{ startMs, endMs }], inside.startMs < inside.endMs ? [inside] : [])));
}

/** Whatever lies outside two times of the day, whether they are allowed or preferred. */
const outsideHours: Constraint<"from" | "to">["find"] = (line, part, { from, to }, { zone }, report) =>
  each(
    line,
    part,
    (taking) => {
      const outside = minutesOutside(taking, zone, from, to);
      return outside === 0 ? null : { units: outside, facts: { from, to } };
    },
    report,
  );

export const singles: readonly Constraint[] = [
  constraint({
    id: "outside",
    title: "Within one's hours",
    rule: "nobody and nothing is taken outside their hours",
    isHard: true,
    weight: 100,
    severity: "should",
    concerns: ["people", "things"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: {},
    judges: "plan",
    reach: () => "spot",
    find: (line, part, _values, _world, report) => {
      const { open } = line.subject;
      if (open === null) return;
      each(
        line,
        part,
        ({ startMs, endMs }) => {
          const outside = minutesOf(subtract([{ startMs, endMs }], [...within(open, { startMs, endMs })]));
          return outside === 0 ? null : { units: Math.ceil(outside), facts: { outside } };
        },
        report,
      );
    },
    explain: sentence(
      ({ who, what, when, minutes }, { outside }) =>
        `${what} on ${when} takes ${minutes(outside!)} outside ${who}'s hours.`,
    ),
    examples: [
      { says: "In the afternoon.", there: [], wish: { from: 900, to: 960 } },
      { says: "Until an hour after closing.", there: [], wish: { from: 960, to: 1_080 } },
    ],
  }),
  constraint({
    id: "holiday",
    title: "Holidays",
    rule: "nobody works on a holiday",
    isHard: true,
    weight: 100,
    severity: "should",
    concerns: ["people"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: {},
    judges: "plan",
    reach: () => "spot",
    find: (line, part, _values, { holidays, zone }, report) =>
      each(
        line,
        part,
        ({ startMs, endMs }) => {
          for (let day = dayOf(startMs, zone); day <= dayOf(endMs - 1, zone); day++)
            if (holidays.has(day)) return { units: 1 };
          return null;
        },
        report,
      ),
    explain: sentence(({ who, what, when }) => `${what} takes ${who} on ${when}, which is a holiday.`),
    examples: [
      { says: "A Monday like any other.", there: [], wish: { from: 600, to: 660 } },
      { says: "The Monday is a holiday.", there: [], wish: { from: 600, to: 660 }, isHoliday: true },
    ],
  }),
  constraint({
    id: "hours",
    title: "Allowed hours",
    rule: "nothing lies outside the allowed hours",
    isHard: true,
    weight: 50,
    severity: "should",
    concerns: ["people", "things"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: hours,
    judges: "plan",
    reach: () => "spot",
    find: outsideHours,
    explain: sentence(
      ({ what, when }, { from, to }) => `${what} on ${when} lies outside ${timeText(from!)}–${timeText(to!)}.`,
    ),
    examples: [
      { says: "From nine to ten.", there: [], wish: { from: 540, to: 600 } },
      { says: "From seven to half past eight.", there: [], wish: { from: 420, to: 510 } },
    ],
  }),
  constraint({
    id: "preferred-hours",
    title: "Preferred hours",
    rule: "things lie in the hours that one prefers",
    isHard: false,
    weight: 1,
    severity: "look",
    concerns: ["people"],
    scopes: ["person"],
    parameters: hours,
    judges: "plan",
    reach: () => "spot",
    find: outsideHours,
    explain: sentence(
      ({ who, what, when }, { from, to }) =>
        `${who} prefers ${timeText(from!)}–${timeText(to!)}, and ${what} on ${when} lies outside.`,
    ),
    examples: [
      { says: "In the preferred morning.", there: [], wish: { from: 540, to: 600 }, values: { from: 480, to: 720 } },
      { says: "In the afternoon instead.", there: [], wish: { from: 840, to: 900 }, values: { from: 480, to: 720 } },
    ],
  }),
  constraint({
    id: "notice",
    title: "Minimum notice",
    rule: "nothing is planned at too short notice",
    isHard: true,
    weight: 100,
    severity: "should",
    concerns: ["people", "things"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: { notice: parameter("hours", [0, 2_160], 4, "Hours from now to the earliest beginning") },
    judges: "wish",
    reach: () => "spot",
    find: (line, part, { notice }, { nowMs }, report) =>
      each(
        line,
        part,
        ({ startMs }) => {
          const missing = (nowMs + notice * HOUR_MS - startMs) / MINUTE_MS;
          return missing <= 0 ? null : { units: Math.ceil(missing), facts: { notice } };
        },
        report,
      ),
    explain: sentence(
      ({ what, when, minutes }, { notice }) => `${what} on ${when} comes at less than ${minutes(notice! * 60)} notice.`,
    ),
    examples: [
      { says: "Five hours from now.", there: [], wish: { from: 780, to: 840 }, now: 480 },
      { says: "One hour from now.", there: [], wish: { from: 540, to: 600 }, now: 480 },
    ],
  }),
  constraint({
    id: "window",
    title: "Booking window",
    rule: "nothing is planned too far ahead",
    isHard: true,
    weight: 100,
    severity: "should",
    concerns: ["people", "things"],
    scopes: ["organisation", "calendar", "service"],
    parameters: { days: parameter("days", [1, 1_095], 365, "Days from now to the latest beginning") },
    judges: "wish",
    reach: () => "spot",
    find: (line, part, { days }, { nowMs, zone }, report) =>
      each(
        line,
        part,
        ({ startMs }) => {
          const ahead = dayOf(startMs, zone) - dayOf(nowMs, zone);
          return ahead <= days ? null : { units: ahead - days, facts: { ahead, days } };
        },
        report,
      ),
    explain: sentence(
      ({ what, when }, { ahead, days }) => `${what} on ${when} is ${ahead!} days ahead, and the limit is ${days!}.`,
    ),
    examples: [
      { says: "Later today.", there: [], wish: { from: 780, to: 840 }, now: 480, values: { days: 1 } },
      { says: "Two days ahead of one.", there: [], wish: { from: 780, to: 840 }, now: -2_000, values: { days: 1 } },
    ],
  }),
  constraint({
    id: "capacity",
    title: "Places",
    rule: "there is a place for everybody",
    isHard: true,
    weight: 100,
    severity: "must",
    concerns: ["things"],
    scopes: ["organisation", "calendar", "service"],
    parameters: {},
    judges: "plan",
    reach: () => "spot",
    find: (line, part, _values, _world, report) => {
      const { places } = line.subject;
      if (places === null) return;
      each(
        line,
        part,
        ({ traits: { guests } }) => (guests <= places ? null : { units: guests - places, facts: { guests, places } }),
        report,
      );
    },
    explain: sentence(
      ({ who, what, when }, { guests, places }) =>
        `${who} has ${places!} places, and ${what} on ${when} brings ${guests!} people.`,
    ),
    examples: [
      { says: "Ten people in a room for twelve.", there: [], wish: { from: 600, to: 660, guests: 10 } },
      { says: "Twenty people in a room for twelve.", there: [], wish: { from: 600, to: 660, guests: 20 } },
    ],
  }),
  constraint({
    id: "apart",
    title: "Kept apart",
    rule: "some people are in nothing together",
    isHard: true,
    weight: 100,
    severity: "must",
    concerns: ["people"],
    scopes: ["team", "person"],
    parameters: {},
    names: { of: "people", says: "From whom" },
    judges: "plan",
    reach: () => "spot",
    find: (line, part, _values, _world, report, named) =>
      each(
        line,
        part,
        ({ traits: { people } }) => {
          const others = people.filter((person) => named.has(person));
          return others.length === 0 ? null : { units: others.length, others };
        },
        report,
      ),
    explain: sentence(
      ({ who, what, when, others }) => `${what} on ${when} brings ${who} together with ${others}: they are kept apart.`,
    ),
    examples: [
      { says: "With somebody else.", there: [], wish: { from: 600, to: 660, people: [0, 2] }, named: [1] },
      {
        says: "With whom one is kept apart from.",
        there: [],
        wish: { from: 600, to: 660, people: [0, 1] },
        named: [1],
      },
    ],
  }),
  constraint({
    id: "together",
    title: "Not without somebody",
    rule: "some people and things are taken only together with others",
    isHard: true,
    weight: 100,
    severity: "must",
    concerns: ["people", "things"],
    scopes: ["team", "person"],
    parameters: {},
    names: { of: "people", says: "One of these is there" },
    judges: "plan",
    reach: () => "spot",
    find: (line, part, _values, _world, report, named) =>
      each(
        line,
        part,
        ({ traits: { people } }) =>
          people.some((person) => named.has(person)) ? null : { units: 1, others: [...named] },
        report,
      ),
    explain: sentence(
      ({ who, what, when, others }) =>
        `${what} on ${when} takes ${who} without ${others}, and one of them has to be there.`,
    ),
    examples: [
      { says: "A learner with an instructor.", there: [], wish: { from: 600, to: 660, people: [0, 1] }, named: [1, 2] },
      { says: "A learner alone.", there: [], wish: { from: 600, to: 660, people: [0] }, named: [1, 2] },
    ],
  }),
  constraint({
    id: "rooms",
    title: "Allowed rooms and things",
    rule: "only some rooms and things are used",
    isHard: true,
    weight: 100,
    severity: "should",
    concerns: ["people"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: {},
    names: { of: "things", says: "Which" },
    judges: "plan",
    reach: () => "spot",
    find: (line, part, _values, _world, report, named) =>
      each(
        line,
        part,
        ({ traits: { things } }) => {
          const others = things.filter((thing) => !named.has(thing));
          return others.length === 0 ? null : { units: others.length, others };
        },
        report,
      ),
    explain: sentence(({ who, what, when, others }) => `${what} on ${when} needs ${others}, which ${who} may not use.`),
    examples: [
      { says: "In a room that is allowed.", there: [], wish: { from: 600, to: 660, things: [1] }, named: [1, 2] },
      { says: "In another room.", there: [], wish: { from: 600, to: 660, things: [3] }, named: [1, 2] },
    ],
  }),
  constraint({
    id: "skills",
    title: "Skills",
    rule: "whoever does something is able to",
    isHard: true,
    weight: 100,
    severity: "must",
    concerns: ["people"],
    scopes: ["organisation", "team", "calendar", "service"],
    parameters: { level: parameter("level", [1, 5], 1, "The least level") },
    names: { of: "skills", says: "Which skill", most: 1 },
    judges: "plan",
    reach: () => "spot",
    find: (line, part, { level }, { zone }, report, named) => {
      const [wanted] = named;
      if (wanted === undefined) return;
      const held = line.subject.skills.find(({ skill }) => skill === wanted) ?? null;
      each(
        line,
        part,
        (taking) => {
          const has = held !== null && held.fromMs <= taking.startMs && held.untilMs >= taking.endMs ? held.level : 0;
          if (has >= level) return null;
          return { units: level - has, others: [wanted], facts: { level, has, ...missedBy(held, taking, zone) } };
        },
        report,
      );
    },
    explain: sentence(({ who, what, when, others }, { level, has, ended, begins }) => {
      const needs = `and ${what} on ${when} needs ${level === 1 ? "it" : `level ${level!}`}.`;
      if (ended !== undefined) return `${who}'s “${others}” ended on ${dateText(ended)}, ${needs}`;
      if (begins !== undefined) return `${who} has “${others}” only from ${dateText(begins)} on, ${needs}`;
      return has === 0 ? `${who} has no “${others}”, ${needs}` : `${who} has “${others}” at level ${has!}, ${needs}`;
    }),
    examples: [
      {
        says: "Whoever does it has the skill at the level that is needed.",
        there: [],
        wish: { from: 600, to: 660 },
        named: [1],
        values: { level: 2 },
      },
      { says: "Whoever does it has another skill.", there: [], wish: { from: 600, to: 660 }, named: [2] },
    ],
  }),
];

/** Since or until when somebody has a skill that they have not for the whole of a taking, as epoch days; nothing of one they never had. */
function missedBy(held: Skill | null, { startMs, endMs }: Taken, zone: Zone): Breach["facts"] {
  if (held === null) return {};
  if (held.untilMs < endMs) return { ended: dayOf(held.untilMs - 1, zone) };
  return held.fromMs > startMs ? { begins: dayOf(held.fromMs, zone) } : {};
}

const dateText = (day: number): string =>
  dayText(Temporal.Instant.fromEpochMilliseconds(day * DAY_MS).toZonedDateTimeISO("UTC"));
