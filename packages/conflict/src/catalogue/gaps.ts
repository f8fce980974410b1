import { HOUR_MS, MINUTE_MS } from "@hourwright/time";
import type { Constraint } from "./constraint.ts";
import { constraint, following, parameter, sentence } from "./define.ts";
import { dayOf, type Taken } from "./line.ts";
import { SPEED_KMH } from "./ways.ts";

// What has to lie between one thing and the next. Things at once are no matter of these: they overlap.

const minutesBetween = (last: Taken, next: Taken): number => (next.startMs - last.endMs) / MINUTE_MS;

export const gaps: readonly Constraint[] = [
  constraint({
    id: "travel",
    title: "Time for the way",
    rule: "there is time for the way from one place to the next",
    isHard: false,
    weight: 20,
    severity: "should",
    concerns: ["people"],
    scopes: ["organisation", "team", "person"],
    parameters: {
      speed: parameter(
        "km/h",
        [3, 130],
        SPEED_KMH,
        "How fast one gets there: 5 on foot, 15 by bicycle, 40 by car in town",
      ),
      slack: parameter("minutes", [0, 120], 5, "Minutes beside the way itself"),
      longest: parameter("hours", [1, 24], 12, "The longest way that is looked at"),
    },
    judges: "plan",
    reach: ({ longest }) => ({ afterMs: longest * HOUR_MS }),
    find: ({ taken }, part, { speed, slack, longest }, world, report) => {
      // What happens nowhere moves nobody, and what goes on is in the way of nothing.
      for (const { taking, last } of following(
        taken.filter(({ traits }) => traits.site !== null),
        part,
      )) {
        if (last === null || last.endMs > taking.startMs) continue;
        const [from, to] = [last.traits.site!, taking.traits.site!];
        const way = from === to ? 0 : Math.min(world.travelMs(from, to, speed) / MINUTE_MS + slack, longest * 60);
        const there = minutesBetween(last, taking);
        if (there >= way) continue;
        report({
          occurrences: [last.occurrence, taking.occurrence].sort((a, b) => a - b),
          startMs: taking.startMs,
          endMs: taking.endMs,
          units: Math.ceil(way - there),
          facts: { way: Math.ceil(way), there },
        });
      }
    },
    explain: sentence(
      ({ who, what, when, minutes }, { way, there }) =>
        `${who} needs ${minutes(way!)} between ${what} and has ${there === 0 ? "none" : minutes(there!)} before ${when}: they are in different places.`,
    ),
    examples: [
      {
        says: "An hour for a way of half an hour.",
        there: [{ from: 540, to: 600, site: 1 }],
        wish: { from: 660, to: 720, site: 2 },
      },
      {
        says: "Ten minutes for a way of half an hour.",
        there: [{ from: 540, to: 600, site: 1 }],
        wish: { from: 610, to: 670, site: 2 },
      },
    ],
  }),
  constraint({
    id: "buffer",
    title: "A pause between two things",
    rule: "a pause lies between two things",
    isHard: false,
    weight: 5,
    severity: "look",
    concerns: ["people", "things"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: { pause: parameter("minutes", [1, 240], 10, "Minutes from one thing to the next") },
    judges: "plan",
    reach: ({ pause }) => ({ afterMs: pause * MINUTE_MS }),
    find: ({ taken }, part, { pause }, _world, report) => {
      for (const { taking, last } of following(taken, part)) {
        if (last === null || last.endMs > taking.startMs || last.event === taking.event) continue;
        const there = minutesBetween(last, taking);
        if (there >= pause) continue;
        report({
          occurrences: [last.occurrence, taking.occurrence].sort((a, b) => a - b),
          startMs: taking.startMs,
          endMs: taking.endMs,
          units: pause - there,
          facts: { pause, there },
        });
      }
    },
    explain: sentence(
      ({ who, what, when, minutes }, { pause, there }) =>
        `${who} has ${there === 0 ? "no pause" : `a pause of ${minutes(there!)}`} between ${what} before ${when}, and is to have ${minutes(pause!)}.`,
    ),
    examples: [
      { says: "A quarter of an hour between the two.", there: [{ from: 540, to: 600 }], wish: { from: 615, to: 660 } },
      { says: "One begins when the other ends.", there: [{ from: 540, to: 600 }], wish: { from: 600, to: 660 } },
    ],
  }),
  constraint({
    id: "rest",
    title: "Rest between two days",
    rule: "a night's rest lies between two days of work",
    isHard: true,
    weight: 50,
    severity: "should",
    concerns: ["people"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: { rest: parameter("hours", [1, 24], 11, "Hours from the end of a day's work to the next day's") },
    judges: "plan",
    reach: ({ rest }) => ({ afterMs: rest * HOUR_MS }),
    find: ({ taken }, part, { rest }, { zone }, report) => {
      for (const { taking, last } of following(taken, part)) {
        if (last === null || last.endMs > taking.startMs) continue;
        if (dayOf(last.endMs - 1, zone) === dayOf(taking.startMs, zone)) continue;
        const there = minutesBetween(last, taking);
        if (there >= rest * 60) continue;
        report({
          occurrences: [last.occurrence, taking.occurrence].sort((a, b) => a - b),
          startMs: taking.startMs,
          endMs: taking.endMs,
          units: rest * 60 - there,
          facts: { rest: rest * 60, there },
        });
      }
    },
    explain: sentence(
      ({ who, what, when, minutes }, { rest, there }) =>
        `${who} rests ${minutes(there!)} between ${what} before ${when}, and is to rest ${minutes(rest!)}.`,
    ),
    examples: [
      {
        says: "From eight in the evening to eight in the morning.",
        there: [{ from: 1_140, to: 1_200 }],
        wish: { from: 1_920, to: 1_980 },
      },
      {
        says: "From eleven in the evening to seven in the morning.",
        there: [{ from: 1_320, to: 1_380 }],
        wish: { from: 1_860, to: 1_920 },
      },
    ],
  }),
];
