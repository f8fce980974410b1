import { weeksOf } from "./group.ts";
import { minutesOf, occurrencesOf, takenIn } from "./line.ts";
import type { Comparison, Constraint, Example, Parameter } from "./constraint.ts";
import { constraint, hoursText, parameter, sentence, dayOfWhen } from "./define.ts";

// What a group has to keep as one: how evenly its people share what there is.

const weeks: Parameter = parameter("weeks", [1, 4], 1, "Weeks over which shares are compared");

type Shared = "above" | "weeks";

/** One of these constraints: they differ in what they count. */
const shared = (
  what: Pick<Constraint<Shared>, "id" | "title" | "rule" | "weight" | "examples"> & {
    readonly above: Parameter;
    readonly scale: number;
    readonly shareOf: Comparison["shareOf"];
    readonly text: (count: number) => string;
  },
): Constraint => {
  const { above, scale, shareOf, text, ...entry } = what;
  return constraint({
    ...entry,
    isHard: false,
    severity: "look",
    concerns: ["people"],
    scopes: ["organisation", "team", "calendar", "service"],
    names: { of: "people", says: "Who is compared", optionalFor: ["calendar", "service"] },
    parameters: { above, weeks },
    judges: "plan",
    reach: (values) => ({ weeks: weeksOf({ values }) }),
    compares: { scale, shareOf },
    find: () => {},
    explain: sentence(({ who, when, others }, { own, mean, above: most, least, people, weeks: count }) => {
      const beside = others === "" ? "" : `, and ${others} has the least, ${text(least!)}`;
      const stretch = count === 1 ? "the week of" : `the ${count!} weeks from`;
      return `${who} has ${text(own!)} in ${stretch} ${dayOfWhen(when)}, where the average of ${people!} is ${text(mean!)}${beside}: no more than ${text(most!)} above the average is wanted.`;
    }),
  });
};

/** So many hours at a stretch, of the subject and of others. */
const there = (own: number, ...others: readonly number[]): Example["there"] =>
  [own, ...others].map((hours, of) => ({ from: 480, to: 480 + hours * 60, of }));

/** So many things of half an hour each. */
const times = (own: number, ...others: readonly number[]): Example["there"] =>
  [own, ...others].flatMap((count, of) =>
    Array.from({ length: count }, (_, i) => ({ from: 480 + i * 60, to: 510 + i * 60, of })),
  );

export const shares: readonly Constraint[] = [
  shared({
    id: "fairness",
    title: "Hours shared evenly",
    rule: "hours are shared evenly",
    weight: 2,
    above: parameter("hours", [0.5, 100], 2, "Hours that somebody may have above the average of all"),
    scale: 60,
    shareOf: (taken, { startMs, endMs }) => ({
      amount: minutesOf(takenIn(taken, startMs, endMs)),
      occurrences: occurrencesOf(taken),
    }),
    text: hoursText,
    examples: [
      { says: "An hour more where all have four.", there: there(4, 4, 4), wish: { from: 780, to: 840 } },
      { says: "Two hours more where others have two, and one.", there: there(4, 2, 1), wish: { from: 780, to: 900 } },
    ],
  }),
  shared({
    id: "fairness-times",
    title: "Things shared evenly",
    rule: "things are shared evenly, whatever their length",
    weight: 30,
    above: parameter("times", [1, 500], 2, "How many things somebody may have above the average of all"),
    scale: 1,
    shareOf: (taken, { startMs }) => {
      const occurrences = occurrencesOf(taken.filter((each) => each.startMs >= startMs));
      return { amount: occurrences.length, occurrences };
    },
    text: (count) => `${Math.round(count * 10) / 10} ${count === 1 ? "thing" : "things"}`,
    examples: [
      { says: "A third where all have two.", there: times(2, 2, 2), wish: { from: 900, to: 930 } },
      { says: "A fifth where others have one.", there: times(4, 1, 1), wish: { from: 900, to: 930 } },
    ],
  }),
];
