import type { Ids, Kind, Match, Range, Season, SeasonConstraint, Venue } from "./season.ts";
import { KINDS } from "./season.ts";

/** What a timetable costs by the rules of the competition. */
export type Verdict = {
  /** Deviations of hard constraints times their penalty, and of the halves of a phased season. */
  readonly infeasibility: number;
  readonly objective: number;
  /** Penalties of the soft constraints by kind, and of the hard ones that are broken. */
  readonly byKind: Readonly<Record<string, number>>;
};

/**
 * Judges a timetable from the rules as they are written down, by lists and filters, without anything of the search. Every match
 * has to be there once (`readMatches`). A phased season counts a point for every two that meet twice in a half.
 */
export function judge(season: Season, matches: readonly Match[]): Verdict {
  const byKind: Record<string, number> = {};
  const add = (name: string, cost: number) => {
    if (cost > 0) byKind[name] = (byKind[name] ?? 0) + cost;
  };
  let [infeasibility, objective] = [0, 0];
  for (const constraint of season.constraints) {
    const cost = constraint.penalty * deviationOf(season, constraint, matches);
    if (constraint.isHard) infeasibility += cost;
    else objective += cost;
    add(`${constraint.kind}${constraint.isHard ? " hard" : ""}`, cost);
  }
  const together = season.isPhased ? meetTwiceInHalf(season, matches) : 0;
  add("phase hard", together);
  const order = [...KINDS, ...KINDS.map((kind: Kind) => `${kind} hard`), "phase hard"];
  const sorted = Object.fromEntries(order.flatMap((name) => (name in byKind ? [[name, byKind[name]!]] : [])));
  return { infeasibility: infeasibility + together, objective, byKind: sorted };
}

function meetTwiceInHalf({ teams, slots }: Season, matches: readonly Match[]): number {
  const half = slots.length / 2;
  return pairsOf(teams.map((_, team) => team)).filter(([a, b]) => {
    const [one, other] = meetingsOf(matches, a, b);
    return one! < half === other! < half;
  }).length;
}

function deviationOf({ teams, slots }: Season, constraint: SeasonConstraint, matches: readonly Match[]): number {
  switch (constraint.kind) {
    case "CA1": {
      const everybody = teams.map((_, team) => team);
      return sum(constraint.teams, (team) =>
        outside(constraint.range, count({ ...constraint, team, others: everybody }, matches)),
      );
    }
    case "CA2":
      return sum(constraint.teams, (team) => outside(constraint.range, count({ ...constraint, team }, matches)));
    case "CA3": {
      const { inRow, range } = constraint;
      const windows = slots.slice(inRow - 1).map((_, from) => slots.slice(0, inRow).map((__, step) => from + step));
      return sum(constraint.teams, (team) =>
        sum(windows, (window) => outside(range, count({ ...constraint, team, slots: window }, matches))),
      );
    }
    case "CA4": {
      const stretches = constraint.isEach ? constraint.slots.map((slot) => [slot]) : [constraint.slots];
      const all = (window: Ids) =>
        sum(constraint.teams, (team) => count({ ...constraint, team, slots: window }, matches));
      return sum(stretches, (window) => outside(constraint.range, all(window)));
    }
    case "GA1":
      return outside(
        constraint.range,
        matches.filter(
          ({ slot, home, away }) =>
            constraint.slots.includes(slot) &&
            constraint.meetings.some((each) => each.home === home && each.away === away),
        ).length,
      );
    case "BR1":
      return sum(constraint.teams, (team) => Math.max(0, breaks(constraint, team, matches) - constraint.most));
    case "BR2":
      return Math.max(0, sum(constraint.teams, (team) => breaks(constraint, team, matches)) - constraint.most);
    case "FA2":
      return sum(pairsOf(constraint.teams), ([a, b]) => {
        const gaps = constraint.slots.map((slot) => {
          const until = matches.filter((match) => match.slot <= slot);
          const homes = (team: number) => until.filter(({ home }) => home === team).length;
          return Math.abs(homes(a) - homes(b)) - constraint.most;
        });
        return Math.max(0, ...gaps);
      });
    case "SE1":
      return sum(pairsOf(constraint.teams), ([a, b]) => {
        const [one, other] = meetingsOf(matches, a, b);
        return Math.max(0, constraint.least - (Math.abs(one! - other!) - 1));
      });
  }
}

type Counted = { readonly team: number; readonly others: Ids; readonly slots: Ids; readonly venue: Venue };

const count = ({ team, others, slots, venue }: Counted, matches: readonly Match[]): number =>
  matches.filter(
    ({ slot, home, away }) =>
      slots.includes(slot) &&
      ((venue !== "A" && home === team && others.includes(away)) ||
        (venue !== "H" && away === team && others.includes(home))),
  ).length;

/** A break is a slot in which a team plays where it played in the slot before. */
function breaks(
  { slots, venue }: { readonly slots: Ids; readonly venue: Venue },
  team: number,
  matches: readonly Match[],
): number {
  const isHome = (slot: number) => matches.some((match) => match.slot === slot && match.home === team);
  return slots.filter(
    (slot) => slot > 0 && isHome(slot) === isHome(slot - 1) && (venue === "HA" || (venue === "H") === isHome(slot)),
  ).length;
}

const meetingsOf = (matches: readonly Match[], a: number, b: number): readonly number[] =>
  matches.filter(({ home, away }) => (home === a && away === b) || (home === b && away === a)).map(({ slot }) => slot);

const outside = ({ min, max }: Range, value: number): number => Math.max(0, value - max, min - value);

const sum = <T>(list: readonly T[], of: (each: T) => number): number =>
  list.reduce((total, each) => total + of(each), 0);

const pairsOf = (ids: Ids): (readonly [number, number])[] =>
  ids.flatMap((a, place) => ids.slice(place + 1).map((b) => [a, b] as const));
