import { DAY_MS, intersect, MINUTE_MS, subtract, type Interval } from "@hourwright/time";
import type { Constraint, Report } from "./constraint.ts";
import { constraint, dayOfWhen, hoursText, parameter, sentence } from "./define.ts";
import { longestOf, meeting, minutesOf, occurrencesOf, takenIn, type Stretch } from "./line.ts";

// How much a day or a week holds. Each day and each week is judged as a whole; its beginning is where a breach lies.

/** A limit on what is taken of each stretch. */
function tooMuch(stretches: readonly Stretch[], hours: number, report: Report): void {
  for (const { taken, merged, startMs, endMs } of stretches) {
    const minutes = minutesOf(merged);
    if (minutes <= hours * 60) continue;
    report({
      occurrences: occurrencesOf(taken),
      startMs,
      endMs,
      units: Math.ceil(minutes - hours * 60),
      facts: { taken: minutes / 60, hours },
    });
  }
}

/** A limit on how many things begin in each stretch. */
function tooMany(stretches: readonly Stretch[], times: number, report: Report): void {
  for (const { taken, startMs, endMs } of stretches) {
    const begun = occurrencesOf(taken.filter((each) => each.startMs >= startMs));
    if (begun.length <= times) continue;
    report({ occurrences: begun, startMs, endMs, units: begun.length - times, facts: { begun: begun.length, times } });
  }
}

const six = (minutes: number): { from: number; to: number }[] =>
  Array.from({ length: 6 }, (_, i) => ({ from: 480 + i * 90, to: 480 + i * 90 + minutes }));

export const amounts: readonly Constraint[] = [
  constraint({
    id: "day-hours",
    title: "Hours a day",
    rule: "a day holds so many hours",
    isHard: false,
    weight: 2,
    severity: "should",
    concerns: ["people"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: { hours: parameter("hours", [0.5, 24], 8, "Hours that may be taken on one day") },
    judges: "plan",
    reach: () => "day",
    find: (line, part, { hours }, _world, report) => tooMuch(line.days(part), hours, report),
    explain: sentence(
      ({ who, when }, { taken, hours }) =>
        `${who} has ${hoursText(taken!)} on ${dayOfWhen(when)}, and at most ${hoursText(hours!)} are wanted.`,
    ),
    examples: [
      { says: "An hour beside six.", there: [{ from: 480, to: 840 }], wish: { from: 900, to: 960 } },
      { says: "Three hours beside six.", there: [{ from: 480, to: 840 }], wish: { from: 840, to: 1_020 } },
    ],
  }),
  constraint({
    id: "day-share",
    title: "Share of the day",
    rule: "part of the working day stays free",
    isHard: false,
    weight: 1,
    severity: "look",
    concerns: ["people"],
    scopes: ["organisation", "team", "person"],
    parameters: { share: parameter("share", [0.05, 1], 0.95, "How much of one's hours may be taken") },
    judges: "plan",
    reach: () => "day",
    find: (line, part, { share }, _world, report) => {
      for (const { taken, merged, open, startMs, endMs } of line.days(part)) {
        if (open === null) continue;
        const [all, filled] = [minutesOf(open), minutesOf(intersect(open, merged))];
        if (all === 0 || filled <= share * all) continue;
        report({
          occurrences: occurrencesOf(taken),
          startMs,
          endMs,
          units: Math.ceil(filled - share * all),
          facts: { part: filled / all, share },
        });
      }
    },
    explain: sentence(
      ({ who, when }, { part, share }) =>
        `${Math.round(part! * 100)} % of ${who}'s hours on ${dayOfWhen(when)} are taken, and at most ${Math.round(share! * 100)} % are wanted.`,
    ),
    examples: [
      { says: "An hour of nine beside seven.", there: [{ from: 480, to: 900 }], wish: { from: 900, to: 960 } },
      { says: "The last two hours of nine.", there: [{ from: 480, to: 900 }], wish: { from: 900, to: 1_020 } },
    ],
  }),
  constraint({
    id: "day-times",
    title: "Things a day",
    rule: "a day holds so many things",
    isHard: false,
    weight: 30,
    severity: "look",
    concerns: ["people"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: { times: parameter("times", [1, 200], 6, "How many may begin on one day") },
    judges: "plan",
    reach: () => "day",
    find: (line, part, { times }, _world, report) => tooMany(line.days(part), times, report),
    explain: sentence(
      ({ who, when }, { begun, times }) =>
        `${who} has ${begun!} things on ${dayOfWhen(when)}, and at most ${times!} are wanted.`,
    ),
    examples: [
      { says: "A sixth beside five.", there: six(30).slice(0, 5), wish: { from: 960, to: 990 } },
      { says: "A seventh beside six.", there: six(30), wish: { from: 990, to: 1_020 } },
    ],
  }),
  constraint({
    id: "in-a-row",
    title: "Meetings in a row",
    rule: "after so long without a pause there is one",
    isHard: false,
    weight: 3,
    severity: "look",
    concerns: ["people"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: {
      longest: parameter("minutes", [15, 720], 180, "Minutes without a pause"),
      pause: parameter("minutes", [1, 120], 10, "What counts as a pause"),
    },
    judges: "plan",
    reach: () => "day",
    find: (line, part, { longest, pause }, _world, report) => {
      for (const { taken, merged } of line.days(part)) {
        for (const row of joined(merged, pause * MINUTE_MS)) {
          const minutes = (row.endMs - row.startMs) / MINUTE_MS;
          if (minutes <= longest) continue;
          report({
            occurrences: occurrencesOf(meeting(taken, row)),
            ...row,
            units: Math.ceil(minutes - longest),
            facts: { minutes, longest },
          });
        }
      }
    },
    explain: sentence(
      ({ who, when, minutes }, { minutes: there, longest }) =>
        `${who} has no pause for ${minutes(there!)} on ${when}, and is to have one after ${minutes(longest!)}.`,
    ),
    examples: [
      { says: "Two hours, then one more.", there: [{ from: 540, to: 660 }], wish: { from: 660, to: 720 } },
      { says: "Three hours, then one more at once.", there: [{ from: 540, to: 720 }], wish: { from: 720, to: 780 } },
    ],
  }),
  constraint({
    id: "focus",
    title: "Focus time",
    rule: "a long stretch of each day stays free",
    isHard: false,
    weight: 2,
    severity: "look",
    concerns: ["people"],
    scopes: ["organisation", "team", "person"],
    parameters: { stretch: parameter("minutes", [15, 480], 120, "Minutes at a stretch that stay free") },
    judges: "plan",
    reach: () => "day",
    find: (line, part, { stretch }, _world, report) => {
      for (const { taken, open, startMs, endMs } of line.days(part)) {
        if (open === null || longestOf(open) < stretch) continue;
        // What is kept free for focus is no meeting: it may stand in the stretch.
        const meetings = taken.filter(({ traits }) => !traits.isFocus);
        if (meetings.length === 0) continue;
        const longest = longestOf(subtract(open, takenIn(meetings, startMs, endMs)));
        if (longest >= stretch) continue;
        report({
          occurrences: occurrencesOf(meetings),
          startMs,
          endMs,
          units: Math.ceil(stretch - longest),
          facts: { longest, stretch },
        });
      }
    },
    explain: sentence(
      ({ who, when, minutes }, { longest, stretch }) =>
        `${who} has ${longest === 0 ? "no time" : `at most ${minutes(longest!)}`} at a stretch left on ${dayOfWhen(when)}, and ${minutes(stretch!)} are wanted.`,
    ),
    examples: [
      {
        says: "The morning is taken, the afternoon is not.",
        there: [{ from: 480, to: 600 }],
        wish: { from: 600, to: 660 },
      },
      {
        says: "What is left falls into pieces.",
        there: [
          { from: 540, to: 600 },
          { from: 660, to: 780 },
        ],
        wish: { from: 840, to: 960 },
      },
    ],
  }),
  constraint({
    id: "lunch",
    title: "Lunch",
    rule: "there is time for lunch",
    isHard: false,
    weight: 10,
    severity: "should",
    concerns: ["people"],
    scopes: ["organisation", "team", "person"],
    parameters: {
      from: parameter("time of day", [0, 1_440], 690, "When lunch begins at the earliest"),
      to: parameter("time of day", [0, 1_440], 840, "When it ends at the latest"),
      minutes: parameter("minutes", [10, 120], 30, "How long it is"),
    },
    judges: "plan",
    reach: () => "day",
    find: (line, part, { from, to, minutes }, { zone }, report) => {
      for (const { day, taken } of line.days(part)) {
        const noon = {
          startMs: zone.toEpochMs(day * DAY_MS + from * MINUTE_MS),
          endMs: zone.toEpochMs(day * DAY_MS + to * MINUTE_MS),
        };
        if ((noon.endMs - noon.startMs) / MINUTE_MS < minutes) continue;
        const longest = longestOf(subtract([noon], takenIn(taken, noon.startMs, noon.endMs)));
        if (longest >= minutes) continue;
        report({
          occurrences: occurrencesOf(meeting(taken, noon)),
          ...noon,
          units: Math.ceil(minutes - longest),
          facts: { longest, minutes },
        });
      }
    },
    explain: sentence(
      ({ who, when, minutes }, { longest, minutes: wanted }) =>
        `${who} has ${longest === 0 ? "no time" : `only ${minutes(longest!)}`} for lunch on ${when}, and ${minutes(wanted!)} are wanted.`,
    ),
    examples: [
      { says: "Half an hour at noon stays free.", there: [{ from: 660, to: 720 }], wish: { from: 750, to: 840 } },
      { says: "A quarter of an hour is left.", there: [{ from: 660, to: 720 }], wish: { from: 735, to: 840 } },
    ],
  }),
  constraint({
    id: "week-hours",
    title: "Hours a week",
    rule: "a week holds so many hours",
    isHard: false,
    weight: 2,
    severity: "should",
    concerns: ["people"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: { hours: parameter("hours", [1, 168], 40, "Hours that may be taken in one week") },
    judges: "plan",
    reach: () => "week",
    find: (line, part, { hours }, _world, report) => tooMuch(line.weeks(part), hours, report),
    explain: sentence(
      ({ who, when }, { taken, hours }) =>
        `${who} has ${hoursText(taken!)} in the week of ${dayOfWhen(when)}, and at most ${hoursText(hours!)} are wanted.`,
    ),
    examples: [
      {
        says: "Eight hours of ten.",
        there: [{ from: 480, to: 900 }],
        wish: { from: 900, to: 960 },
        values: { hours: 10 },
      },
      {
        says: "Twelve hours of ten.",
        there: [{ from: 480, to: 1_020 }],
        wish: { from: 1_920, to: 2_100 },
        values: { hours: 10 },
      },
    ],
  }),
  constraint({
    id: "week-times",
    title: "Things a week",
    rule: "a week holds so many things",
    isHard: false,
    weight: 30,
    severity: "look",
    concerns: ["people"],
    scopes: ["organisation", "team", "person", "calendar", "service"],
    parameters: { times: parameter("times", [1, 1_000], 30, "How many may begin in one week") },
    judges: "plan",
    reach: () => "week",
    find: (line, part, { times }, _world, report) => tooMany(line.weeks(part), times, report),
    explain: sentence(
      ({ who, when }, { begun, times }) =>
        `${who} has ${begun!} things in the week of ${dayOfWhen(when)}, and at most ${times!} are wanted.`,
    ),
    examples: [
      { says: "A second of two.", there: [{ from: 540, to: 570 }], wish: { from: 600, to: 630 }, values: { times: 2 } },
      { says: "A second of one.", there: [{ from: 540, to: 570 }], wish: { from: 600, to: 630 }, values: { times: 1 } },
    ],
  }),
];

/** Stretches with those made one that lie less than a pause apart. */
function joined(stretches: readonly Interval[], pauseMs: number): Interval[] {
  const rows: Interval[] = [];
  for (const stretch of stretches) {
    const last = rows.at(-1);
    if (last !== undefined && stretch.startMs - last.endMs < pauseMs)
      rows[rows.length - 1] = { ...last, endMs: stretch.endMs };
    else rows.push(stretch);
  }
  return rows;
}
