import { DAY_MINUTES } from "./durations.ts";
import type { Choice, Match, Value } from "./scan.ts";

/** A match with the one of its choices that is taken. */
export type Chosen = { readonly match: Match; readonly choice: Choice };

type Role = "when" | "time" | "length" | "repeat" | "place" | "person";

/** A plan has one of each role but people. */
export function roleOf({ kind }: Value): Role {
  if (kind === "day" || kind === "range") return "when";
  return kind === "duration" ? "length" : kind;
}

/**
 * One match for each role: the first with a connecting word, else the first [LG6]. A match that loses may still serve as
 * what else it can mean; else its words are title. A length beside a time with an end
 * says nothing new, unless it is how long a repeat goes on.
 */
export function chooseFrom(matches: readonly Match[]): Chosen[] {
  const taken = new Map<Role, Match>();
  for (const match of matches) {
    const role = roleOf(match.choices[0]!.value);
    const rival = taken.get(role);
    if (role !== "person" && (rival === undefined || (match.isLed && !rival.isLed))) taken.set(role, match);
  }
  const chosen: Chosen[] = [];
  for (const match of matches) {
    const role = roleOf(match.choices[0]!.value);
    if (role === "person" || taken.get(role) === match) {
      chosen.push({ match, choice: match.choices[0]! });
      continue;
    }
    const choice = match.choices.find(({ value, previous }) => previous === null && !taken.has(roleOf(value)));
    if (choice === undefined) continue;
    taken.set(roleOf(choice.value), match);
    chosen.push({ match, choice });
  }
  const hasEnd = chosen.some(({ choice: { value } }) => value.kind === "time" && value.minutes !== null);
  const isSpare = ({ choice: { value } }: Chosen) =>
    value.kind === "duration" && !(taken.has("repeat") && value.minutes % DAY_MINUTES === 0);
  return hasEnd ? chosen.filter((one) => !isSpare(one)) : chosen;
}

/** What is chosen when one match means something else; null when another match has that role. */
export function exchanged(chosen: readonly Chosen[], index: number, choice: Choice): Chosen[] | null {
  const others = chosen.filter(({ match }, i) => i !== index && match !== choice.previous);
  const role = roleOf(choice.value);
  if (role !== "person" && others.some((other) => roleOf(other.choice.value) === role)) return null;
  return chosen.flatMap((one, i) => (i === index ? [{ match: one.match, choice }] : others.includes(one) ? [one] : []));
}
