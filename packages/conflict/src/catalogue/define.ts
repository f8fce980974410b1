import type { Interval } from "@hourwright/time";
import { dayAndSpanText, lengthText } from "../words.ts";
import type { Breach, Constraint, Parameter, Telling, Unit } from "./constraint.ts";
import type { Taken } from "./line.ts";

/** A constraint as it is written; the names of its parameters are checked in its functions. */
export const constraint = <const Name extends string>(definition: Constraint<Name>): Constraint => definition;

export const parameter = (
  unit: Unit,
  [from, to]: readonly [number, number],
  preset: number,
  says: string,
): Parameter => ({
  unit,
  from,
  to,
  preset,
  says,
});

/** A sentence about a breach, with how times and things are named in it. */
export const sentence =
  (say: (told: Told, facts: Breach["facts"]) => string): Constraint["explain"] =>
  (breach, telling) =>
    begun(say(toldOf(breach, telling), breach.facts));

/** Names stay as they are written. */
const begun = (text: string): string => text.replace(/^something else/, "Something else");

type Told = {
  readonly who: string;
  /** What takes part, in quotes: “A”, “A” and “B”, “A” and 3 more. */
  readonly what: string;
  /** The others that it names: Ben, Ben and Cleo, Ben and 2 others. */
  readonly others: string;
  /** When it lies. */
  readonly when: string;
  readonly minutes: (count: number) => string;
};

function toldOf({ occurrences, startMs, endMs, others = [] }: Breach, telling: Telling): Told {
  const { subject, titleOf, zone, nameOf = () => "somebody else" } = telling;
  const titles = occurrences.map(titleOf).map((title) => (title === null ? "something else" : `“${title}”`));
  return {
    who: subject,
    what: titles.length <= 2 ? titles.join(" and ") : `${titles[0]!} and ${titles.length - 1} more`,
    others: listText(others.map(nameOf)),
    when: dayAndSpanText(startMs, endMs, zone),
    minutes: (count) => lengthText(count * 60_000),
  };
}

const listText = (names: readonly string[]): string =>
  names.length <= 2 ? names.join(" and ") : `${names[0]!} and ${names.length - 1} others`;

export const hoursText = (hours: number): string => `${Math.round(hours * 10) / 10} h`;

/** “Mon 1 Mar 2027” of “Mon 1 Mar 2027 00:00 – …”. */
export const dayOfWhen = (when: string): string => when.split(/,| \d\d:/)[0]!;

/** Each taking that begins in `part`, with all that began before it and when the last of that ends; -Infinity for the first. */
export function* following(
  taken: readonly Taken[],
  { startMs, endMs }: Interval,
): Generator<{ readonly taking: Taken; readonly last: Taken | null }> {
  let last: Taken | null = null;
  for (const taking of taken) {
    if (taking.startMs >= endMs) return;
    if (taking.startMs >= startMs) yield { taking, last };
    if (last === null || taking.endMs > last.endMs) last = taking;
  }
}
