import { productOf } from "../automaton.ts";
import { FREE, type Cost, type Line, type RosterInstance } from "../instance.ts";
import { followPart, runPart, startOfRun, weekendPart, type RunRule } from "../parts.ts";
import type { CurtoisPerson, CurtoisRoster } from "./model.ts";

const HARD: Cost = { soft: 0, hard: 1 };
const MONDAY = 0;

/** The roster for the fast search; null when a person's rules have more states than a table holds. */
export function curtoisInstance(roster: CurtoisRoster): RosterInstance | null {
  const { days, shifts, staff } = roster;
  const kinds = shifts.length + 1;
  const automata = new Map<string, ReturnType<typeof automatonOf>>();
  const lines: Line[] = [];
  for (const [place, person] of staff.entries()) {
    const name = `${person.inRowMost} ${person.inRowLeast} ${person.offInRowLeast}`;
    const product = automata.get(name) ?? automatonOf(roster, person);
    automata.set(name, product);
    if (product === null) return null;
    const most = Int32Array.from({ length: kinds }, (_, value) => (value === 0 ? days : mostOf(person, value - 1)));
    lines.push({
      automaton: product.automaton,
      start: product.startStates[0]!,
      may: mayOf(roster, person, most),
      dayCost: dayCostOf(roster, place),
      loadOf: Int32Array.of(0, ...shifts.map(({ minutes }) => minutes)),
      load: {
        least: person.minutesLeast,
        most: person.minutesMost,
        unit: Math.min(...shifts.map(({ minutes }) => minutes)),
        under: HARD,
        over: HARD,
      },
      mostOf: most,
      weekends: { least: 0, most: person.weekendsMost, unit: 1, under: FREE, over: HARD },
    });
  }
  return { days, kinds, firstWeekday: MONDAY, lines, cover: coverOf(roster) };
}

const mostOf = (person: CurtoisPerson, shift: number): number => person.shiftsMost[shift] ?? 0;

function automatonOf({ shifts }: CurtoisRoster, person: CurtoisPerson) {
  const kinds = shifts.length + 1;
  const edges = { under: HARD, over: HARD, isFirstFree: true, isLastFree: true };
  const work: RunRule = { isIn: (value) => value > 0, least: person.inRowLeast, most: person.inRowMost, ...edges };
  const off: RunRule = { isIn: (value) => value === 0, least: person.offInRowLeast, most: Infinity, ...edges };
  const follow = followPart(
    kinds,
    (before, value) => before > 0 && value > 0 && shifts[before - 1]!.notBefore.includes(value - 1),
    HARD,
  );
  const start = [startOfRun(work, null), startOfRun(off, null), follow.classOf[0]!, 0];
  return productOf([runPart(work), runPart(off), follow, weekendPart], [start], kinds, MONDAY);
}

function mayOf({ days, shifts }: CurtoisRoster, person: CurtoisPerson, most: Int32Array): Uint8Array {
  const kinds = shifts.length + 1;
  const may = Uint8Array.from({ length: days * kinds }, (_, at) => (most[at % kinds]! > 0 ? 1 : 0));
  for (const day of person.daysOff) may.fill(0, day * kinds + 1, (day + 1) * kinds);
  return may;
}

/** A wish for a shift costs unless it is worked; one against it costs when it is. */
function dayCostOf({ days, shifts, onRequests, offRequests }: CurtoisRoster, place: number): Int32Array {
  const kinds = shifts.length + 1;
  const costs = new Int32Array(days * kinds);
  for (const { person, day, shift, weight } of onRequests) {
    if (person !== place) continue;
    for (let value = 0; value < kinds; value++) if (value !== shift + 1) costs[day * kinds + value]! += weight;
  }
  for (const { person, day, shift, weight } of offRequests)
    if (person === place) costs[day * kinds + shift + 1]! += weight;
  return costs;
}

function coverOf({ days, shifts, staff, cover }: CurtoisRoster): RosterInstance["cover"] {
  const kinds = shifts.length + 1;
  const counts = staff.length + 1;
  const soft = new Int32Array(days * kinds * counts);
  for (const { day, shift, need, underWeight, overWeight } of cover) {
    for (let count = 0; count < counts; count++) {
      const cost = Math.max(0, need - count) * underWeight + Math.max(0, count - need) * overWeight;
      soft[(day * kinds + shift + 1) * counts + count]! += cost;
    }
  }
  return { soft, hard: new Int32Array(soft.length) };
}
