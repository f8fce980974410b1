import { intersect, type Interval } from "@hourwright/time";
import type { Role } from "./question.ts";

/**
 * The starts at which all roles can be played at once, one subject playing one role [SL10]. Roles that share nobody are
 * looked at apart; of those that do, Hall's theorem: it is possible exactly when for each set of them there are as many
 * who could play any as are needed together. So two numbers are kept for each set while one line is swept, and nobody is
 * matched with anything. O(stretches × log stretches), times 2^roles where roles share subjects.
 */
export function coveredStarts(
  roles: readonly Role[],
  startsOf: (subject: number) => readonly Interval[],
  within: readonly Interval[],
): readonly Interval[] {
  let covered = within;
  for (const group of sharingRoles(roles)) {
    if (covered.length === 0) return covered;
    covered = intersect(covered, sweep(group, startsOf));
  }
  return covered;
}

/** Roles by who hangs together with whom through shared subjects. */
export function sharingRoles(roles: readonly Role[]): Role[][] {
  const groups: { readonly roles: Role[]; readonly subjects: Set<number> }[] = [];
  for (const role of roles) {
    const touching = groups.filter(({ subjects }) => role.anyOf.some((subject) => subjects.has(subject)));
    const subjects = new Set(role.anyOf);
    for (const group of touching) {
      for (const subject of group.subjects) subjects.add(subject);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push({ roles: [...touching.flatMap((group) => group.roles), role], subjects });
  }
  return groups.map((group) => group.roles);
}

/** The subjects of some roles, each with the set of roles it could play: bit `i` is role `i`. */
export function setsOf(roles: readonly Role[]): Map<number, number> {
  const sets = new Map<number, number>();
  roles.forEach(({ anyOf }, i) => {
    for (const subject of anyOf) sets.set(subject, (sets.get(subject) ?? 0) | (1 << i));
  });
  return sets;
}

/** How many subjects each set of roles needs. */
export function needsOf(roles: readonly Role[]): number[] {
  return Array.from({ length: 1 << roles.length }, (_, set) =>
    roles.reduce((sum, { count }, i) => sum + ((set >> i) & 1) * count, 0),
  );
}

function sweep(roles: readonly Role[], startsOf: (subject: number) => readonly Interval[]): Interval[] {
  const edges = edgesOf(roles, startsOf);
  const needs = needsOf(roles);
  const able = new Int32Array(needs.length);
  let lacking = needs.filter((need) => need > 0).length;
  const covered: Interval[] = [];
  let sinceMs: number | null = null;
  for (let ms = nextMs(edges); ms < Infinity; ms = nextMs(edges)) {
    for (const edge of edges) {
      for (; edge.ms[edge.next] === ms; edge.next++) {
        for (let set = 1; set < needs.length; set++) {
          if ((set & edge.set) === 0) continue;
          if (able[set]! >= needs[set]!) lacking++;
          able[set]! += edge.step;
          if (able[set]! >= needs[set]!) lacking--;
        }
      }
    }
    if (lacking === 0) sinceMs ??= ms;
    else if (sinceMs !== null) {
      covered.push({ startMs: sinceMs, endMs: ms });
      sinceMs = null;
    }
  }
  return covered;
}

/** Where stretches of the subjects of one set begin (`step` 1) or end (-1), in order. */
type Edges = { readonly set: number; readonly step: 1 | -1; readonly ms: Float64Array; next: number };

function edgesOf(roles: readonly Role[], startsOf: (subject: number) => readonly Interval[]): Edges[] {
  const bySet = Map.groupBy(setsOf(roles), ([, set]) => set);
  return [...bySet].flatMap(([set, subjects]): Edges[] => {
    const stretches = subjects.flatMap(([subject]) => startsOf(subject));
    return [
      { set, step: 1, ms: Float64Array.from(stretches, ({ startMs }) => startMs).sort(), next: 0 },
      { set, step: -1, ms: Float64Array.from(stretches, ({ endMs }) => endMs).sort(), next: 0 },
    ];
  });
}

function nextMs(edges: readonly Edges[]): number {
  let least = Infinity;
  for (const { ms, next } of edges) if (next < ms.length && ms[next]! < least) least = ms[next]!;
  return least;
}
