import type { Clash, Commitment, LineChange, Lying, StandingClaim, Stretch } from "./model.ts";

// Pure: what a taker may do with the time that is there. The same function says no and says why.

/** `[start, end)` with its buffers: what may not be met by another's guard. */
export const guardOf = (stretch: Stretch): { startMs: number; endMs: number } => ({
  startMs: stretch.startMs - stretch.bufferBeforeMs,
  endMs: stretch.endMs + stretch.bufferAfterMs,
});

/**
 * Every wanted stretch with the standing claims it meets on its timeline; sorted by time. O(n log n + clashes).
 * Half-open: what only touches does not meet. `standing` may hold claims of many subjects, in any order.
 */
export function clashesOf(wanted: readonly Stretch[], standing: readonly StandingClaim[]): Clash[] {
  const bySubject = Map.groupBy(standing, (claim) => claim.subjectId);
  for (const list of bySubject.values()) list.sort((a, b) => a.guardStartMs - b.guardStartMs);
  const clashes: Clash[] = [];
  for (const [subjectId, stretches] of Map.groupBy(wanted, (stretch) => stretch.subjectId)) {
    const claims = bySubject.get(subjectId) ?? [];
    let first = 0;
    // Claims that ended before this stretch cannot meet a later one, except long ones: those are kept aside.
    const running: StandingClaim[] = [];
    for (const stretch of stretches.toSorted((a, b) => guardOf(a).startMs - guardOf(b).startMs)) {
      const guard = guardOf(stretch);
      while (first < claims.length && claims[first]!.guardStartMs < guard.endMs) running.push(claims[first++]!);
      let kept = 0;
      for (const claim of running) {
        if (claim.guardEndMs <= guard.startMs) continue; // Over for all that follow, too.
        running[kept++] = claim;
        if (claim.guardStartMs < guard.endMs) clashes.push({ wanted: stretch, standing: claim });
      }
      running.length = kept;
    }
  }
  return clashes.sort((a, b) => a.wanted.startMs - b.wanted.startMs || a.standing.startMs - b.standing.startMs);
}

/**
 * Whether a clash bars the taker. `forbid` against `forbid` always does (the constraint says the same); everything else
 * only when the taker does not insist. What is allowed to overlap, or only observed by the taker, bars nobody.
 */
export function isBarred({ wanted, standing }: Clash, insists: boolean): boolean {
  if (wanted.policy === "allow" || wanted.policy === "observe" || standing.policy === "allow") return false;
  if (wanted.policy === "forbid" && standing.policy === "forbid" && standing.status !== "contested") return true;
  return !insists;
}

/** Whether two stretches of one commitment want the same subject at the same time: wrong input, not a conflict. */
export function meetsItself(stretches: readonly Stretch[]): { first: Stretch; second: Stretch } | null {
  for (const list of Map.groupBy(stretches, (stretch) => stretch.subjectId).values()) {
    const sorted = list.toSorted((a, b) => guardOf(a).startMs - guardOf(b).startMs);
    for (let i = 1; i < sorted.length; i++) {
      if (guardOf(sorted[i]!).startMs < guardOf(sorted[i - 1]!).endMs)
        return { first: sorted[i - 1]!, second: sorted[i]! };
    }
  }
  return null;
}

/** The difference between what stands and what is wanted: an edit touches only the stretches that differ. */
export function difference(
  standing: readonly (StandingClaim & { readonly expiresAtMs: number | null })[],
  wanted: readonly Stretch[],
): { readonly give: readonly StandingClaim[]; readonly take: readonly Stretch[] } {
  const left = new Map(standing.map((claim) => [keyOfStanding(claim), claim]));
  const take: Stretch[] = [];
  for (const stretch of wanted) {
    const key = keyOfWanted(stretch);
    if (left.has(key)) left.delete(key);
    else take.push(stretch);
  }
  return { give: [...left.values()], take };
}

/**
 * What commitments change on timelines, by whole dates: one that gets another name, and nothing else, is not in it.
 * `standing`: what each of them has taken, by its id. O(stretches).
 */
export function lineChangeOf(
  commitments: readonly Commitment[],
  standing: ReadonlyMap<string, readonly StandingClaim[]>,
): LineChange {
  const gone: StandingClaim[] = [];
  const come: LineChange["come"][number][] = [];
  // Of all that is written at once: the later part of a series that is divided has a name of its own, and takes nobody anew.
  const had = new Set([...standing.values()].flat().map(timeOf));
  const collections = new Map<string, Lying>();
  for (const { source, id, stretches, collections: lying } of commitments) {
    if (lying !== undefined) collections.set(id, lying);
    const isElsewhere = lying !== undefined && new Set(lying.was).symmetricDifference(new Set(lying.will)).size > 0;
    const before = Map.groupBy(standing.get(id) ?? [], dateOf);
    const after = Map.groupBy(stretches, dateOf);
    for (const date of new Set([...before.keys(), ...after.keys()])) {
      const [stood, wants] = [before.get(date) ?? [], after.get(date) ?? []];
      const takers = new Set(stood.map(takerOf));
      const isSame = stood.length === wants.length && wants.every((each) => takers.has(takerOf(each)));
      if (isSame && !isElsewhere) continue;
      gone.push(...stood);
      come.push(...wants.map((each) => ({ ...each, source, id, isNew: !had.has(timeOf(each)) })));
    }
  }
  return { gone, come, collections };
}

type Taking = Pick<StandingClaim, "subjectId" | "occurrence" | "startMs" | "endMs" | "role" | "attends">;
const dateOf = ({ occurrence, startMs, endMs }: Taking): string => `${occurrence} ${startMs} ${endMs}`;
const timeOf = ({ subjectId, startMs, endMs }: Taking): string => `${subjectId} ${startMs} ${endMs}`;
const takerOf = ({ subjectId, role, attends }: Taking): string => `${subjectId} ${role} ${attends}`;

const keyOfWanted = (stretch: Stretch): string => {
  const guard = guardOf(stretch);
  return keyOf(stretch, guard.startMs, guard.endMs);
};

const keyOfStanding = (claim: StandingClaim & { readonly expiresAtMs: number | null }): string =>
  keyOf(claim, claim.guardStartMs, claim.guardEndMs);

const keyOf = (
  part: Pick<
    StandingClaim,
    "subjectId" | "occurrence" | "startMs" | "endMs" | "policy" | "role" | "attends" | "label"
  > & {
    readonly expiresAtMs: number | null;
  },
  guardStartMs: number,
  guardEndMs: number,
): string =>
  [
    part.subjectId,
    part.occurrence,
    part.startMs,
    part.endMs,
    guardStartMs,
    guardEndMs,
    part.policy,
    part.role,
    part.attends,
    part.expiresAtMs,
    part.label,
  ].join("\n");
