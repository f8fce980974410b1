import type { Random } from "@hourwright/std";
import { put } from "../move.ts";
import type { Neighbour } from "../problem.ts";
import type { Counts } from "./counts.ts";
import { ALONE } from "./counts.ts";
import { startMsOf, type Layout, type Movable } from "./layout.ts";
import type { CalendarModel } from "./model.ts";

/** How often a time is looked for that is free and allowed before the last one is proposed as it is. */
const TRIES = 8;
/** What a proposal that is not free is worth trying: others may give way later. */
const CROWDED_SHARE = 0.1;
/** Nearby is within so many quarters of an hour. */
const NEAR = 8;

const any = (random: Random, count: number): number => Math.floor(random() * count);

export function calendarNeighbours(layout: Layout, counts: Counts): Neighbour<CalendarModel>[] {
  const { variables, start } = layout;
  const isAllowed = allowed(layout, counts);
  const others = othersOf(layout);

  /** Proposes one of several values that `draw` gives: one that is allowed, and free if there is. */
  const another =
    (draw: (movable: Movable, variable: number, model: CalendarModel, random: Random) => number): Propose =>
    (model, random, move) => {
      const variable = any(random, variables.length);
      const movable = variables[variable]!;
      for (let i = 0; i < TRIES; i++) {
        const value = draw(movable, variable, model, random);
        if (value < 0 || value === model.values[variable] || !isAllowed(variable, value)) continue;
        if (model.meets(variable, value) && random() >= CROWDED_SHARE) continue;
        put(move, variable, value);
        return;
      }
    };

  return [
    { name: "to any time", share: 3, propose: another(({ values }, _variable, _model, random) => any(random, values)) },
    {
      name: "to a time nearby",
      share: 2,
      propose: another(({ values, choices }, variable, model, random) => {
        const value = model.values[variable]! + choices * (any(random, 2 * NEAR + 1) - NEAR);
        return value < values ? value : -1;
      }),
    },
    {
      name: "beside something else",
      share: 3,
      propose: another((movable, variable, model, random) => {
        const beside = others(variable, model, random);
        if (beside === null) return -1;
        const at = indexOf(movable.startsMs, random() < 0.5 ? beside.endMs : beside.startMs - movable.lengthMs);
        return at < 0 ? -1 : at * movable.choices + any(random, movable.choices);
      }),
    },
    {
      name: "another choice",
      share: variables.some(({ choices }) => choices > 1) ? 1 : 0.01,
      propose: another(
        ({ choices }, variable, model, random) =>
          Math.floor(model.values[variable]! / choices) * choices + any(random, choices),
      ),
    },
    {
      name: "when it was",
      share: 0.5,
      propose: another(({ choices }, variable, _model, random) => {
        const value = start[variable]!;
        return random() < 0.5 ? value : value - (value % choices) + any(random, choices);
      }),
    },
    {
      name: "exchange two",
      share: 0.5,
      propose({ values }, random, move) {
        const [first, second] = [any(random, variables.length), any(random, variables.length)];
        const [one, other] = [variables[first]!, variables[second]!];
        const toFirst = indexOf(one.startsMs, startMsOf(other, values[second]!)) * one.choices;
        const toSecond = indexOf(other.startsMs, startMsOf(one, values[first]!)) * other.choices;
        if (first === second || toFirst < 0 || toSecond < 0 || one.startsMs.length === 1) return;
        const [a, b] = [toFirst + (values[first]! % one.choices), toSecond + (values[second]! % other.choices)];
        if (a === values[first] || !isAllowed(first, a) || !isAllowed(second, b)) return;
        put(move, first, a);
        put(move, second, b);
      },
    },
  ];
}

type Propose = Neighbour<CalendarModel>["propose"];

/** Whether a value breaks no hard rule that judges things by themselves more than what stands does. */
function allowed({ start }: Layout, counts: Counts): (variable: number, value: number) => boolean {
  const hard = counts.settings.alone.flatMap(({ isHard }, i) => (isHard ? [ALONE.settings + i] : []));
  return (variable, value) => {
    if (hard.length === 0) return true;
    const [units, now] = [counts.aloneAt(variable, value), counts.aloneAt(variable, start[variable]!)];
    return hard.every((at) => units[at]! <= now[at]!);
  };
}

/** Something else on a timeline that a variable takes: what it may be put beside. */
function othersOf({
  variables,
  fixed,
  plan,
}: Layout): (
  variable: number,
  model: CalendarModel,
  random: Random,
) => { readonly startMs: number; readonly endMs: number } | null {
  const bySubject: number[][] = plan.subjects.map(() => []);
  for (const [variable, { takes }] of variables.entries())
    for (const subject of new Set(takes.flat().map((take) => take.subject))) bySubject[subject]!.push(variable);
  return (variable, { values }, random) => {
    const { takes, choices } = variables[variable]!;
    const own = takes[values[variable]! % choices]!;
    if (own.length === 0) return null;
    const { subject } = own[any(random, own.length)]!;
    const [stay, move] = [fixed[subject]!, bySubject[subject]!];
    const at = any(random, stay.length + move.length);
    if (at < stay.length) return stay[at]!;
    const other = move[at - stay.length]!;
    const startMs = startMsOf(variables[other]!, values[other]!);
    return other === variable ? null : { startMs, endMs: startMs + variables[other]!.lengthMs };
  };
}

/** Where a start stands in a list of them; -1 when it does not. */
function indexOf(startsMs: Float64Array, ms: number): number {
  let [low, high] = [0, startsMs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startsMs[middle]! < ms) low = middle + 1;
    else high = middle;
  }
  return startsMs[low] === ms ? low : -1;
}
