import type { Role } from "./question.ts";

/** Who plays which role: the subjects of each, so far. */
export type Seating = readonly number[][];

/**
 * Seats subjects in the order given until every role has its `count`, each in one role; who is seated stays, though
 * perhaps in another role. Whoever comes first sits if any seating of all before them allows: with the cheapest first it
 * is the cheapest seating there is (sets that can be seated are a matroid). Null when there are too few. Asks for no
 * subject more than it needs. O(subjects × roles × seats).
 */
export function seat(roles: readonly Role[], order: Iterable<number>): Seating | null {
  const seating: number[][] = roles.map(() => []);
  let left = roles.reduce((sum, { count }) => sum + count, 0);
  if (left === 0) return seating;
  const rolesOf = rolesBySubject(roles);
  for (const subject of order) {
    if (!sits(roles, rolesOf, seating, subject, new Set())) continue;
    if (--left === 0) return seating;
  }
  return null;
}

/**
 * Per role the subjects that can play it while the others play all the rest; none anywhere when not all roles can be
 * played. O(seats × roles²) beyond one seating.
 */
export function everyone(roles: readonly Role[], able: ReadonlySet<number>): number[][] {
  const seating = seat(roles, able);
  if (seating === null) return roles.map(() => []);
  const seatOf = new Map(seating.flatMap((subjects, role) => subjects.map((subject) => [subject, role] as const)));
  return roles.map(({ anyOf, count }, role) => {
    if (count === 0) return [];
    const own = [...new Set(anyOf)].filter((subject) => able.has(subject));
    return own.filter((subject) => canTake(subject, role)).toSorted((a, b) => a - b);
  });

  /** Whoever has no seat takes one from somebody who has; who has another has to be replaced there. */
  function canTake(subject: number, role: number): boolean {
    const own = seatOf.get(subject);
    return own === undefined || own === role || canSpare(own, role, subject);
  }

  /** Whether `from` finds somebody else for `leaving`, who takes a seat of `to`: along whoever may change roles. */
  function canSpare(from: number, to: number, leaving: number): boolean {
    const reached = new Set([from]);
    for (const role of reached) {
      for (const subject of roles[role]!.anyOf) {
        if (subject === leaving || !able.has(subject)) continue;
        const own = seatOf.get(subject);
        if (own === undefined || own === to) return true;
        reached.add(own);
      }
    }
    return false;
  }
}

/** Seats one more, moving others from role to role where that makes room. */
function sits(
  roles: readonly Role[],
  rolesOf: ReadonlyMap<number, readonly number[]>,
  seating: number[][],
  subject: number,
  tried: Set<number>,
): boolean {
  for (const role of rolesOf.get(subject) ?? []) {
    if (tried.has(role)) continue;
    tried.add(role);
    const seated = seating[role]!;
    if (seated.length < roles[role]!.count) {
      seated.push(subject);
      return true;
    }
    for (let i = 0; i < seated.length; i++) {
      const other = seated[i]!;
      if (sits(roles, rolesOf, seating, other, tried)) {
        seated[i] = subject;
        return true;
      }
    }
  }
  return false;
}

function rolesBySubject(roles: readonly Role[]): Map<number, number[]> {
  const rolesOf = new Map<number, number[]>();
  roles.forEach(({ anyOf }, role) => {
    for (const subject of new Set(anyOf)) {
      const own = rolesOf.get(subject);
      if (own === undefined) rolesOf.set(subject, [role]);
      else own.push(role);
    }
  });
  return rolesOf;
}
