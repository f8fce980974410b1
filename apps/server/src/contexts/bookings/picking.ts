import { seededRandom } from "@hourwright/std";
import { MINUTE_MS } from "@hourwright/time";
import type { Picked, Role } from "./model.ts";

/** What somebody who can be a role is owed, in bookings: by which they are behind their fair share. */
export type Owed = { readonly role: number; readonly subjectId: string; readonly owed: number };

export type PickFrom = {
  readonly roles: readonly Role[];
  /** Role by role, who can. */
  readonly candidates: Picked;
  readonly owed: readonly Owed[];
  /** Minutes taken in the week of the slot. */
  readonly busyMinutes: ReadonlyMap<string, number>;
  readonly lastTime: Picked | null;
  /** Whose turn it is of those who are alike otherwise: 0 to 1 of the way along the list. */
  readonly turn: number;
  /** Of a series, role by role: who is asked first for each of its dates (`fewestOf`), before everything else. */
  readonly first?: Picked;
};

/**
 * Whose turn it is at a time: by chance, and the same whenever it is asked. Were it always the first, all who hold at once would
 * wait for the timeline of one person.
 */
export const turnAt = (startMs: number): number => seededRandom(Math.floor(startMs / MINUTE_MS))();

/** Tries before it is given up to give everybody the one they would rather have: roles seldom share anybody. */
const STEPS_MAX = 10_000;

/**
 * Who takes part, role by role: of each role who should rather, as it assigns; nobody is two at once. The candidates are such
 * that there is a way. O(roles × candidates), unless roles share subjects.
 */
export function pick(from: PickFrom): Picked {
  const orders = from.roles.map((role, index) => inOrder(from.first?.[index] ?? [], preferred(from, role, index)));
  const seats = from.roles.flatMap(({ count }, role) => Array.from({ length: count }, () => role));
  const taken = new Set<string>();
  const chosen: string[] = [];
  let steps = STEPS_MAX;
  const fill = (seat: number): boolean => {
    if (seat === seats.length) return true;
    for (const id of orders[seats[seat]!]!) {
      if (taken.has(id) || steps-- <= 0) continue;
      taken.add(id);
      chosen[seat] = id;
      if (fill(seat + 1)) return true;
      taken.delete(id);
    }
    return false;
  };
  fill(0);
  return from.roles.map((_, role) => seats.flatMap((of, seat) => (of === role ? [chosen[seat]!] : [])));
}

/** Who should rather take one seat of a role, of some who could. They are here, and none of them has another seat. */
export const pickOne = (
  role: Role,
  index: number,
  from: Pick<PickFrom, "owed" | "busyMinutes" | "lastTime" | "turn"> & { readonly could: readonly string[] },
): string | null => {
  const candidates = Array.from({ length: index + 1 }, (_, at) => (at === index ? from.could : []));
  return preferred({ ...from, roles: [], candidates }, role, index)[0] ?? null;
};

/** Some before the others, as far as they are here. */
function inOrder(first: readonly string[], rest: readonly string[]): readonly string[] {
  const here = new Set(rest);
  const before = first.filter((id) => here.has(id));
  return before.length === 0 ? rest : [...new Set([...before, ...rest])];
}

/**
 * Who is asked first for the dates of a series, role by role, so that the same come to as many dates as can be: who can most of
 * the dates, then who can most of those that are left, and so on; of those alike who should rather come to the first of them.
 * O(people × dates) for each who is named.
 */
export function fewestOf(dates: readonly PickFrom[]): Picked {
  const roles = dates[0]?.roles ?? [];
  return roles.map((role, index) => {
    const left = dates.map((date) => ({ order: preferred(date, role, index), wanted: role.count }));
    const asked: string[] = [];
    for (;;) {
      const open = left.filter(({ wanted, order }) => wanted > 0 && order.some((id) => !asked.includes(id)));
      const next = most(open.map(({ order }) => order.filter((id) => !asked.includes(id))));
      if (next === null) return asked;
      asked.push(next);
      for (const date of open) if (date.order.includes(next)) date.wanted--;
    }
  });
}

/** Who is in most of the lists; of those alike who comes first in them. */
function most(lists: readonly (readonly string[])[]): string | null {
  const times = new Map<string, number>();
  for (const list of lists) for (const id of list) times.set(id, (times.get(id) ?? 0) + 1);
  let best: string | null = null;
  for (const [id, count] of times) if (best === null || count > times.get(best)!) best = id;
  return best;
}

/** Who can be a role, those first who should rather be it; ties in the order in which the service names them, from whose turn it is on. */
function preferred(
  { candidates, owed, busyMinutes, lastTime, turn }: PickFrom,
  role: Role,
  index: number,
): readonly string[] {
  const owedTo = new Map(owed.flatMap((each) => (each.role === index ? [[each.subjectId, each.owed] as const] : [])));
  const first = Math.floor(turn * candidates[index]!.length);
  const could = [...candidates[index]!.slice(first), ...candidates[index]!.slice(0, first)];
  const all = could.reduce((sum, id) => sum + weightOf(role, id), 0);
  // With their part of this very booking: of those who are owed alike it is whose share is largest.
  const due = (id: string): number => (owedTo.get(id) ?? 0) + weightOf(role, id) / all;
  const fair = could.toSorted((a, b) => (Math.abs(due(b) - due(a)) < SAME ? 0 : due(b) - due(a)));
  if (role.assign === "least-busy")
    return could.toSorted((a, b) => (busyMinutes.get(a) ?? 0) - (busyMinutes.get(b) ?? 0));
  if (role.assign !== "same" || lastTime === null) return fair;
  const before = new Set(lastTime[index] ?? []);
  return [...fair.filter((id) => before.has(id)), ...fair.filter((id) => !before.has(id))];
}

/** What is owed are sums of fractions: closer than this is the same. */
const SAME = 1e-9;

/**
 * What it changes in what they are owed that others are picked for a booking instead. Who has joined others was never charged: nobody
 * could have been picked for them.
 */
export function owedInstead(
  { picked, candidates }: { readonly picked: Picked; readonly candidates: Picked },
  instead: Picked,
): readonly Owed[] {
  if (candidates.flat().length === 0) return [];
  return picked.flatMap((was, role) => {
    const will = instead[role] ?? [];
    const gone = was.filter((id) => !will.includes(id)).map((subjectId) => ({ role, subjectId, owed: 1 }));
    const come = will.filter((id) => !was.includes(id)).map((subjectId) => ({ role, subjectId, owed: -1 }));
    return [...gone, ...come];
  });
}

const weightOf = ({ weights }: Role, id: string): number => weights[id] ?? 1;

/**
 * What a booking changes in what they are owed: everybody who could have been a role earns their part of the booking, and who is
 * it pays for it. Who was away earns nothing; newcomers begin with nothing, so nobody makes up for years.
 */
export function owedAfter(roles: readonly Role[], candidates: Picked, picked: Picked): readonly Owed[] {
  return roles.flatMap((of, role) => {
    const could = candidates[role] ?? [];
    const all = could.reduce((sum, id) => sum + weightOf(of, id), 0);
    const is = new Set(picked[role]);
    return could.map((subjectId) => ({
      role,
      subjectId,
      owed: (of.count * weightOf(of, subjectId)) / all - (is.has(subjectId) ? 1 : 0),
    }));
  });
}
