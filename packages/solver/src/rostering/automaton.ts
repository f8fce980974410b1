import { assert } from "@hourwright/std";

/**
 * What a row's order of values costs, as a table: from a state and the value of a day to the next state, with a toll. Whatever two
 * rows have in common after the day at which their states meet costs them the same, so that a change is weighed in a few days.
 */
export type Automaton = {
  readonly states: number;
  /** (weekday × states + state) × kinds + value → state. */
  readonly next: Uint16Array;
  /** The same place → toll; 0 is none. */
  readonly toll: Uint16Array;
  readonly tolls: readonly Toll[];
  /** Of each state after the last day. */
  readonly end: readonly Toll[];
};

/** What a step adds: soft points, units of hard rules broken, and weekends that begin to be worked. */
export type Toll = { soft: number; hard: number; weekends: number };

/** One rule about the order of a row; its states are whole numbers below `states`. Adds what a step costs to `toll`. */
export type Part = {
  readonly states: number;
  step(state: number, weekday: number, value: number, toll: Toll): number;
  end(state: number, toll: Toll): void;
};

const WEEKDAYS = 7;
/** States are numbers of sixteen bits. */
const STATES_MAX = 65_535;

/**
 * The product of parts, as far as it is reached from `starts` (one state of each part, before the first day). `startStates` are the
 * states of the starts, in their order. Null when it has more than `STATES_MAX` states.
 */
export function productOf(
  parts: readonly Part[],
  starts: readonly (readonly number[])[],
  kinds: number,
  firstWeekday: number,
): { readonly automaton: Automaton; readonly startStates: readonly number[] } | null {
  const reached = openStates(parts);
  const steps: Step[] = [];
  const startStates = starts.map((start) => reached.idOf(start));
  const queue = [...new Set(startStates)].map((state) => state * WEEKDAYS + firstWeekday);
  const seen = new Set(queue);
  for (let at = 0; at < queue.length; at++) {
    const [state, weekday] = [Math.floor(queue[at]! / WEEKDAYS), queue[at]! % WEEKDAYS];
    for (let value = 0; value < kinds; value++) {
      const toll: Toll = { soft: 0, hard: 0, weekends: 0 };
      const tuple = parts.map((part, i) => part.step(reached.tuples[state]![i]!, weekday, value, toll));
      const next = reached.idOf(tuple);
      if (next > STATES_MAX) return null;
      steps.push({ state, weekday, value, next, toll });
      const then = next * WEEKDAYS + ((weekday + 1) % WEEKDAYS);
      if (!seen.has(then)) {
        seen.add(then);
        queue.push(then);
      }
    }
  }
  const end = reached.tuples.map((tuple) => {
    const toll: Toll = { soft: 0, hard: 0, weekends: 0 };
    for (const [i, part] of parts.entries()) part.end(tuple[i]!, toll);
    return toll;
  });
  return { automaton: { ...tablesOf(steps, reached.tuples.length, kinds), end }, startStates };
}

type Step = {
  readonly state: number;
  readonly weekday: number;
  readonly value: number;
  readonly next: number;
  readonly toll: Toll;
};

function tablesOf(steps: readonly Step[], states: number, kinds: number): Omit<Automaton, "end"> {
  const next = new Uint16Array(WEEKDAYS * states * kinds);
  const toll = new Uint16Array(next.length);
  const tolls: Toll[] = [{ soft: 0, hard: 0, weekends: 0 }];
  const ids = new Map([["0 0 0", 0]]);
  for (const step of steps) {
    const at = (step.weekday * states + step.state) * kinds + step.value;
    const name = `${step.toll.soft} ${step.toll.hard} ${step.toll.weekends}`;
    const id = ids.get(name) ?? tolls.push(step.toll) - 1;
    ids.set(name, id);
    next[at] = step.next;
    toll[at] = id;
  }
  return { states, next, toll, tolls };
}

/** Numbers for tuples of states, given in the order in which they are met. */
function openStates(parts: readonly Part[]) {
  const tuples: (readonly number[])[] = [];
  const ids = new Map<number, number>();
  return {
    tuples,
    idOf(tuple: readonly number[]): number {
      let key = 0;
      for (const [i, part] of parts.entries()) {
        assert(tuple[i]! < part.states, `part ${i} has ${part.states} states, not ${tuple[i]}`);
        key = key * part.states + tuple[i]!;
      }
      assert(key <= Number.MAX_SAFE_INTEGER, "the parts have too many states");
      const known = ids.get(key);
      if (known !== undefined) return known;
      ids.set(key, tuples.length);
      return tuples.push(tuple) - 1;
    },
  };
}
