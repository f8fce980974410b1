import { productOf, type Part } from "../automaton.ts";
import { FREE, UNBOUNDED, type Cost, type Line, type RosterInstance } from "../instance.ts";
import { internedPart, runPart, startOfRun, type RunRule } from "../parts.ts";
import type { Bound, Inrc1Contract, Inrc1Pattern, Inrc1Person, Inrc1Roster } from "./model.ts";
import { incompleteUnits, isEntry, mixedUnits } from "./score.ts";

/** The roster for the fast search; null when a contract has more states than a table holds. */
export function inrc1Instance(roster: Inrc1Roster): RosterInstance | null {
  const { days, shifts, people, contracts, firstWeekday } = roster;
  const kinds = shifts.length + 1;
  const automata = contracts.map((contract) => automatonOf(roster, contract));
  const lines: Line[] = [];
  for (const [place, person] of people.entries()) {
    const product = automata[person.contract]!;
    if (product === null) return null;
    const { MinNumAssignments: least, MaxNumAssignments: most } = contracts[person.contract]!.bounds;
    lines.push({
      automaton: product.automaton,
      start: product.startStates[0]!,
      may: new Uint8Array(days * kinds).fill(1),
      dayCost: dayCostOf(roster, person, place),
      loadOf: Int32Array.from({ length: kinds }, (_, value) => (value === 0 ? 0 : 1)),
      load: {
        least: least?.value ?? 0,
        most: most?.value ?? days,
        unit: 1,
        under: softOf(least),
        over: softOf(most),
      },
      mostOf: new Int32Array(kinds).fill(days),
      weekends: UNBOUNDED,
    });
  }
  return { days, kinds, firstWeekday, lines, cover: coverOf(roster) };
}

const softOf = (bound: Bound): Cost => (bound === null ? FREE : { soft: bound.weight, hard: 0 });

function automatonOf(roster: Inrc1Roster, contract: Inrc1Contract) {
  const { bounds } = contract;
  const rule = (least: Bound, most: Bound, isIn: (value: number) => boolean): RunRule => ({
    isIn,
    least: least?.value ?? 0,
    most: most?.value ?? Infinity,
    under: softOf(least),
    over: softOf(most),
    isFirstFree: false,
    isLastFree: false,
  });
  const work = rule(bounds.MinConsecutiveWorkingDays, bounds.MaxConsecutiveWorkingDays, (value) => value > 0);
  const free = rule(bounds.MinConsecutiveFreeDays, bounds.MaxConsecutiveFreeDays, (value) => value === 0);
  const weekends = rule(
    bounds.MinConsecutiveWorkingWeekends,
    bounds.MaxConsecutiveWorkingWeekends,
    (value) => value > 0,
  );
  const parts = [
    runPart(work),
    runPart(free),
    patternPart(contract.patterns.map((at) => roster.patterns[at]!)),
    weekendCostPart(contract),
    weekendRunPart(contract, weekends),
  ];
  const start = [startOfRun(work, 0), startOfRun(free, 0), 0, 0, 0];
  return productOf(parts, [start], roster.shifts.length + 1, roster.firstWeekday);
}

/** Every pattern that has begun, with how far it is. */
function patternPart(patterns: readonly Inrc1Pattern[]): Part {
  const wanted = patterns.filter(({ weight }) => weight > 0);
  type Begun = readonly (readonly [pattern: number, entries: number])[];
  return internedPart<Begun>([], {
    step(begun, weekday, value, toll) {
      const fresh = [...wanted.keys()].filter((at) => wanted[at]!.weekday === null || wanted[at]!.weekday === weekday);
      const now = [...begun, ...fresh.map((at) => [at, 0] as const)].filter(([at, entries]) =>
        isEntry(wanted[at]!.entries[entries]!, value),
      );
      const isWhole = ([at, entries]: Begun[number]) => entries + 1 === wanted[at]!.entries.length;
      for (const each of now) if (isWhole(each)) toll.soft += wanted[each[0]]!.weight;
      return now.filter((each) => !isWhole(each)).map(([at, entries]) => [at, entries + 1] as const);
    },
    end() {},
  });
}

/** The values of a weekend so far, null outside; what it costs when it is over. A mixed one is told by its shifts only while it is worked whole. */
function weekendCostPart({ weekendStart, weekendDays, completeWeekends, identicalWeekends }: Inrc1Contract): Part {
  type Weekend = readonly number[] | null;
  const costOf = (weekend: readonly number[]) =>
    completeWeekends * incompleteUnits(weekend) + identicalWeekends * mixedUnits(weekend);
  return internedPart<Weekend>(null, {
    step(before, weekday, value, toll) {
      const weekend = weekday === weekendStart ? [value] : before === null ? null : [...before, value];
      if (weekend === null) return null;
      if (weekend.length === weekendDays) {
        toll.soft += costOf(weekend);
        return null;
      }
      const isPlain = identicalWeekends === 0 || weekend.includes(0);
      return isPlain ? weekend.map((each) => Math.min(1, each)) : weekend;
    },
    end(weekend, toll) {
      if (weekend !== null) toll.soft += costOf(weekend);
    },
  });
}

/** Weekends in a row: how many were worked before, and within a weekend which day it is and whether it is worked. */
function weekendRunPart({ weekendStart, weekendDays }: Inrc1Contract, rule: RunRule): Part {
  const run = runPart(rule);
  type State = { readonly run: number; readonly days: number; readonly isWorked: boolean };
  return internedPart<State>(
    { run: 0, days: 0, isWorked: false },
    {
      step(state, weekday, value, toll) {
        const isInside = weekday === weekendStart || state.days > 0;
        if (!isInside) return state;
        const isWorked = state.isWorked || value > 0;
        if (state.days + 1 < weekendDays) return { run: state.run, days: state.days + 1, isWorked };
        return { run: run.step(state.run, weekday, isWorked ? 1 : 0, toll), days: 0, isWorked: false };
      },
      end(state, toll) {
        const last = state.days > 0 ? run.step(state.run, 0, state.isWorked ? 1 : 0, toll) : state.run;
        run.end(last, toll);
      },
    },
  );
}

function dayCostOf(roster: Inrc1Roster, person: Inrc1Person, place: number): Int32Array {
  const { days, shifts, contracts, requests } = roster;
  const kinds = shifts.length + 1;
  const costs = new Int32Array(days * kinds);
  const { alternativeSkill } = contracts[person.contract]!;
  for (const [i, { skills }] of shifts.entries()) {
    if (skills.every((skill) => person.skills.includes(skill))) continue;
    for (let day = 0; day < days; day++) costs[day * kinds + i + 1]! += alternativeSkill;
  }
  for (const { isOn, person: who, day, shift, weight } of requests) {
    if (who !== place) continue;
    for (let value = 0; value < kinds; value++) {
      const holds = shift === null ? value > 0 : value === shift + 1;
      if (holds !== isOn) costs[day * kinds + value]! += weight;
    }
  }
  return costs;
}

/** Exactly as many as are wanted. */
function coverOf({ days, shifts, people, demand }: Inrc1Roster): RosterInstance["cover"] {
  const kinds = shifts.length + 1;
  const counts = people.length + 1;
  const hard = new Int32Array(days * kinds * counts);
  for (let day = 0; day < days; day++) {
    for (let shift = 0; shift < shifts.length; shift++) {
      for (let count = 0; count < counts; count++)
        hard[(day * kinds + shift + 1) * counts + count] = Math.abs(count - demand[day * shifts.length + shift]!);
    }
  }
  return { soft: new Int32Array(hard.length), hard };
}
