import type { Part, Toll } from "./automaton.ts";
import type { Cost } from "./instance.ts";

/** A rule about days in a row. */
export type RunRule = {
  /** Which days are part of a run. */
  readonly isIn: (value: number) => boolean;
  readonly least: number;
  readonly most: number;
  /** For each day missing, and for each day too many. */
  readonly under: Cost;
  readonly over: Cost;
  /** Whether a run that is cut by the first or the last day may be short. */
  readonly isFirstFree: boolean;
  readonly isLastFree: boolean;
};

/** The length of a run is told up to here; `startOfRun` says the state of a run that had begun before the first day. */
const lengthMax = ({ least, most }: RunRule): number => Math.max(1, least, most === Infinity ? 0 : most);

/** A state is 0 outside a run, else its length; a length that touches the first day and may be short comes after all others. */
export function runPart(rule: RunRule): Part {
  const cap = lengthMax(rule);
  const { isIn, least, most, under, over, isFirstFree, isLastFree } = rule;
  const FIRST = 2 * cap + 1;
  const lengthOf = (state: number): number => (state === FIRST ? 0 : state > cap ? state - cap : state);
  const close = (state: number, toll: Toll): void => {
    const length = lengthOf(state);
    if (state > 0 && state <= cap && length < least) charge(toll, under, least - length);
  };
  return {
    states: FIRST + 1,
    step(state, _weekday, value, toll) {
      if (!isIn(value)) {
        close(state, toll);
        return 0;
      }
      const length = lengthOf(state) + 1;
      if (length > most) charge(toll, over, 1);
      const shown = Math.min(cap, length);
      return state > cap && isFirstFree ? cap + shown : shown;
    },
    end: (state, toll) => (isLastFree ? undefined : close(state, toll)),
  };
}

/** The state before the first day: nothing is known before it, or a run of so many days ends there. */
export const startOfRun = (rule: RunRule, days: number | null): number =>
  days === null ? 2 * lengthMax(rule) + 1 : Math.min(lengthMax(rule), days);

/** What may not follow what: `cost` for each pair of days, by `isForbidden`. The state is what the day before was, as far as it matters. */
export function followPart(
  kinds: number,
  isForbidden: (before: number, value: number) => boolean,
  cost: Cost,
): Part & { readonly classOf: Int32Array } {
  const rows: string[] = [];
  const classOf = new Int32Array(kinds);
  for (let before = 0; before < kinds; before++) {
    const row = Array.from({ length: kinds }, (_, value) => (isForbidden(before, value) ? 1 : 0)).join("");
    const known = rows.indexOf(row);
    classOf[before] = known === -1 ? rows.push(row) - 1 : known;
  }
  return {
    classOf,
    states: rows.length,
    step(state, _weekday, value, toll) {
      if (rows[state]![value] === "1") charge(toll, cost, 1);
      return classOf[value]!;
    },
    end() {},
  };
}

const SATURDAY = 5;
const SUNDAY = 6;

/** Counts weekends of Saturday and Sunday of which a day is worked. */
export const weekendPart: Part = {
  states: 2,
  step(state, weekday, value, toll) {
    const isFirst = weekday === SATURDAY || (weekday === SUNDAY && state === 0);
    if (value !== 0 && isFirst) toll.weekends += 1;
    return weekday === SATURDAY && value !== 0 ? 1 : 0;
  },
  end() {},
};

export function charge(toll: Toll, cost: Cost, units: number): void {
  toll.soft += cost.soft * units;
  toll.hard += cost.hard * units;
}

/** More states than this no rule of a contract has. */
const INTERNED_MAX = 2_048;

/** A rule whose states are any values that JSON tells apart: they are numbered as they are met, the first is 0. */
export function internedPart<State>(
  first: State,
  rule: {
    step(state: State, weekday: number, value: number, toll: Toll): State;
    end(state: State, toll: Toll): void;
  },
): Part {
  const states: State[] = [];
  const ids = new Map<string, number>();
  const idOf = (state: State): number => {
    const name = JSON.stringify(state);
    const known = ids.get(name);
    if (known !== undefined) return known;
    ids.set(name, states.length);
    return states.push(state) - 1;
  };
  idOf(first);
  const known = new Map<number, { readonly next: number; readonly toll: Toll }>();
  return {
    states: INTERNED_MAX,
    step(state, weekday, value, toll) {
      const at = (state * 7 + weekday) * 256 + value;
      let step = known.get(at);
      if (step === undefined) {
        const own: Toll = { soft: 0, hard: 0, weekends: 0 };
        step = { next: idOf(rule.step(states[state]!, weekday, value, own)), toll: own };
        known.set(at, step);
      }
      toll.soft += step.toll.soft;
      toll.hard += step.toll.hard;
      toll.weekends += step.toll.weekends;
      return step.next;
    },
    end: (state, toll) => rule.end(states[state]!, toll),
  };
}
