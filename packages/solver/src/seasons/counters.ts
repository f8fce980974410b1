import type { Ids, Kind, Range, Season, SeasonConstraint, Venue } from "./season.ts";

/** Lists of numbers behind one another: of `place` they stand from `from[place]` to `from[place + 1]`. */
export type Lists = { readonly from: Int32Array; readonly of: Int32Array };

/**
 * Constraints that count matches or breaks, and want the number within a range: one counter for each team, window of slots or
 * slot that is judged by itself.
 */
export type Counters = {
  readonly count: number;
  readonly min: Int32Array;
  /** How far above its minimum each may be. */
  readonly span: Int32Array;
  readonly penalty: Int32Array;
  readonly isHard: Uint8Array;
  /** Of the constraint that each counts for. */
  readonly kind: readonly Kind[];
  /** Counters that a match counts in, by `(slot × teams + home) × teams + away`. */
  readonly ofMatch: Lists;
  /** Counters that count a team at a venue, whomever it meets, by `(slot × teams + team) × 2 + (at home ? 1 : 0)`. */
  readonly ofVenue: Lists;
  /** What a turn from away to home changes, by `slot × teams + team`: a counter twice, and 1 where it is one less. */
  readonly turns: Lists;
  /** Counters (twice each) that a break counts in, by `(slot × teams + team) × 2 + (at home ? 1 : 0)`. */
  readonly ofBreak: Lists;
  /** What two teams cost for the distance of their matches, by `(a × teams + b) × slots + distance`: hard and soft. */
  readonly apart: { readonly hard: Int32Array; readonly soft: Int32Array } | null;
  readonly fair: readonly Fair[];
};

/** How far the numbers of home matches of two teams may be from each other after each of some slots (FA2). */
export type Fair = {
  readonly teams: Ids;
  readonly slots: Ids;
  readonly most: number;
  readonly penalty: number;
  readonly isHard: boolean;
};

/** Turns the constraints of a season into counters. Cost: one entry for each match and break that a constraint counts. */
export function countersOf({ teams, slots, constraints }: Season): Counters {
  const [n, length] = [teams.length, slots.length];
  const counters: { min: number; max: number; penalty: number; isHard: boolean; kind: Kind }[] = [];
  const matches: number[][] = Array.from({ length: length * n * n }, () => []);
  const venues: number[][] = Array.from({ length: length * n * 2 }, () => []);
  const breaks: number[][] = Array.from({ length: length * n * 2 }, () => []);
  const everybody = teams.map((_, team) => team);
  const apart = { hard: new Int32Array(n * n * length), soft: new Int32Array(n * n * length) };
  const fair: Fair[] = [];

  const open = ({ min, max }: Range, { penalty, isHard, kind }: SeasonConstraint) =>
    counters.push({ min, max, penalty, isHard, kind }) - 1;
  const countMatches = (counter: number, team: number, others: Ids, window: Ids, venue: Venue) => {
    const isAnybody = others.length === n || (others.length === n - 1 && !others.includes(team));
    for (const slot of window) {
      if (isAnybody) {
        if (venue !== "A") venues[(slot * n + team) * 2 + 1]!.push(counter);
        if (venue !== "H") venues[(slot * n + team) * 2]!.push(counter);
        continue;
      }
      for (const other of others) {
        if (other === team) continue;
        if (venue !== "A") matches[(slot * n + team) * n + other]!.push(counter);
        if (venue !== "H") matches[(slot * n + other) * n + team]!.push(counter);
      }
    }
  };
  const countBreaks = (counter: number, team: number, window: Ids, venue: Venue) => {
    for (const slot of window) {
      if (slot === 0) continue;
      if (venue !== "A") breaks[(slot * n + team) * 2 + 1]!.push(counter);
      if (venue !== "H") breaks[(slot * n + team) * 2]!.push(counter);
    }
  };

  for (const each of constraints) {
    switch (each.kind) {
      case "CA1":
        for (const team of each.teams) countMatches(open(each.range, each), team, everybody, each.slots, each.venue);
        break;
      case "CA2":
        for (const team of each.teams) countMatches(open(each.range, each), team, each.others, each.slots, each.venue);
        break;
      case "CA3":
        for (const team of each.teams) {
          for (let from = 0; from + each.inRow <= length; from++) {
            const window = Array.from({ length: each.inRow }, (_, step) => from + step);
            countMatches(open(each.range, each), team, each.others, window, each.venue);
          }
        }
        break;
      case "CA4":
        for (const window of each.isEach ? each.slots.map((slot) => [slot]) : [each.slots]) {
          const counter = open(each.range, each);
          for (const team of each.teams) countMatches(counter, team, each.others, window, each.venue);
        }
        break;
      case "GA1": {
        const counter = open(each.range, each);
        const pairs = new Set(each.meetings.map(({ home, away }) => home * n + away));
        for (const slot of each.slots) for (const pair of pairs) matches[slot * n * n + pair]!.push(counter);
        break;
      }
      case "BR1":
        for (const team of each.teams)
          countBreaks(open({ min: 0, max: each.most }, each), team, each.slots, each.venue);
        break;
      case "BR2": {
        const counter = open({ min: 0, max: each.most }, each);
        for (const team of each.teams) countBreaks(counter, team, each.slots, each.venue);
        break;
      }
      case "FA2":
        fair.push(each);
        break;
      case "SE1": {
        const costs = each.isHard ? apart.hard : apart.soft;
        for (const a of each.teams) {
          for (const b of each.teams) {
            for (let distance = 0; a !== b && distance < length; distance++)
              costs[(a * n + b) * length + distance]! += each.penalty * Math.max(0, each.least - (distance - 1));
          }
        }
        break;
      }
    }
  }
  return {
    count: counters.length,
    min: Int32Array.from(counters, ({ min }) => min),
    span: Int32Array.from(counters, ({ min, max }) => max - min),
    penalty: Int32Array.from(counters, ({ penalty }) => penalty),
    isHard: Uint8Array.from(counters, ({ isHard }) => (isHard ? 1 : 0)),
    kind: counters.map(({ kind }) => kind),
    ofMatch: listsOf(matches),
    ofVenue: listsOf(venues),
    turns: listsOf(turnsOf(venues)),
    ofBreak: listsOf(breaks.map((list) => list.map((counter) => counter * 2))),
    apart: constraints.some(({ kind }) => kind === "SE1") ? apart : null,
    fair,
  };
}

/** What counts at either venue does not change when a team turns. */
function turnsOf(venues: readonly (readonly number[])[]): number[][] {
  return Array.from({ length: venues.length / 2 }, (_, cell) => {
    const [away, home] = [venues[cell * 2]!, venues[cell * 2 + 1]!];
    return [
      ...home.filter((counter) => !away.includes(counter)).map((counter) => counter * 2),
      ...away.filter((counter) => !home.includes(counter)).map((counter) => counter * 2 + 1),
    ];
  });
}

function listsOf(lists: readonly (readonly number[])[]): Lists {
  const from = new Int32Array(lists.length + 1);
  lists.forEach((list, place) => (from[place + 1] = from[place]! + list.length));
  return { from, of: Int32Array.from(lists.flat()) };
}
