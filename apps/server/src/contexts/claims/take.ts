import { assert } from "@hourwright/std";
import { refuseClaim, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { DAY_MS } from "@hourwright/time";
import { clashesOf, difference, guardOf, isBarred, lineChangeOf, meetsItself } from "./decide.ts";
import {
  BUFFER_MS_MAX,
  STRETCHES_MAX,
  type Beside,
  type Broken,
  type Clash,
  type Commitment,
  type Judge,
  type StandingClaim,
  type Stretch,
} from "./model.ts";
import {
  claimsInWindow,
  claimsOfCommitments,
  contestedIn,
  deleteClaims,
  insertClaims,
  insertContested,
  insertFreeClaims,
  lockForTaking,
  retakeContested,
  subjectsOfCommitments,
  type NewClaim,
} from "./store.ts";

/** Standing claims read for one check; a subject with more in the window is checked by the constraint alone. */
const STANDING_READ_MAX = 100_000;

export type TakeOptions = {
  /**
   * What to do where time is taken. `refuse`: nothing is stored and the clashes come back. `insist`: only what the
   * constraint forbids is refused. `report`: take what is free, keep the rest as contested.
   */
  readonly onTaken: "refuse" | "insist" | "report";
  /**
   * Dates that may meet those of others whatever the policy says: what meets them is kept as contested. Undo puts back beside
   * others what stood beside them before; beside another date of the same it did not stand.
   */
  readonly beside?: readonly Beside[];
  /** The commitments have just been named: nothing is looked up of what they have taken before. */
  readonly isFirst?: boolean;
  /** Says what rules would break: what is hard is refused, whoever insists. Left out where nobody is asked. */
  readonly judge?: Judge | null;
};

export type Taken = {
  readonly contested: readonly Stretch[];
  /**
   * Beside whom the time stood that a commitment gave back: who barred it, and whom it barred. At most `BESIDE_MAX`; what is
   * left out is not put back beside anybody.
   */
  readonly beside: readonly (Beside & { readonly commitment: string })[];
  /** Soft rules that do not hold any more. */
  readonly broken: readonly Broken[];
};

/** The dates of two series of two years that meet each working day. */
const BESIDE_MAX = 1_000;

/**
 * What bars a write, as a value: which stretches met whom, and which rules speak against it; of these also the soft ones, which
 * bar nothing. The caller says it in the words of its own things.
 */
export type TimeTaken = { readonly clashes: readonly Clash[]; readonly broken: readonly Broken[] };

/**
 * Brings what commitments have taken to what they want: the one function by which time is taken or given back.
 *
 * Steps: refuse what meets itself → lock the timelines, sorted, and delete holds that ran out → compare → judge by rules →
 * check → give back → take in one sorted statement → take contested claims that became free. Runs inside the caller's unit, as
 * its first write; a refusal rolls the unit back. O(stretches + claims in their window).
 */
export async function take(
  unit: Unit,
  commitments: readonly Commitment[],
  { onTaken, beside = [], isFirst = false, judge = null }: TakeOptions,
): Promise<Taken | TimeTaken | Refused<"claims/meets-itself" | "claims/too-many-stretches">> {
  const wrong = wrongInput(commitments, onTaken);
  if (wrong !== null) return wrong;
  const source = commitments[0]?.source;
  if (source === undefined) return { contested: [], beside: [], broken: [] };
  assert(
    commitments.every((commitment) => commitment.source === source),
    "one context takes its own time only",
  );

  const ids = commitments.map((commitment) => commitment.id);
  const before = isFirst ? [] : await subjectsOfCommitments(unit, source, ids);
  const subjects = new Set([
    ...before,
    ...commitments.flatMap((each) => each.stretches.map((stretch) => stretch.subjectId)),
  ]);
  // Who gives nothing back and is not judged by what is far away minds nobody whose time is on other days.
  const days = isFirst && judge === null && onTaken === "refuse" ? daysOf(commitments) : null;
  if (!unit.isTrial) await unit.exclusively([...subjects], days);
  // The lock is asked for first, and what is read under it with it, in one message: a session answers in the order of asking.
  const locked = unit.isTrial ? [] : lockForTaking(unit, [...subjects]); // Who only asks keeps nobody waiting.
  const stood = isFirst ? [] : (await Promise.all([locked, claimsOfCommitments(unit, source, ids)]))[1];
  const standing = Map.groupBy(stood, (claim) => claim.commitment);
  const give: StandingClaim[] = [];
  const wanted: NewClaim[] = [];
  for (const { stretches, batch, ...key } of commitments) {
    const changed = difference(standing.get(key.id) ?? [], stretches);
    give.push(...changed.give);
    wanted.push(...changed.take.map((stretch) => ({ key, batch, stretch })));
  }
  const besideBefore = new Set(beside.map(keyOf));
  const isMetAnyway = ({ wanted: { subjectId, occurrence }, standing }: Clash): boolean =>
    besideBefore.has(
      keyOf({ subjectId, occurrence, source: standing.source, id: standing.commitment, theirs: standing.occurrence }),
    );
  const barred = async (claims: readonly NewClaim[], insists: boolean) =>
    (await barredBy(unit, claims, commitments, insists)).filter((clash) => !isMetAnyway(clash));
  // What gets another name and keeps its time is taken anew and meets nobody anew.
  const had = new Set(give.map((claim) => timeOf(claim.commitment, claim, claim.guardStartMs, claim.guardEndMs)));
  const isNew = ({ key, stretch }: NewClaim): boolean => {
    const { startMs, endMs } = guardOf(stretch);
    return !had.has(timeOf(key.id, stretch, startMs, endMs));
  };
  const [timelines, broken, clashes, waiting] = await Promise.all([
    locked,
    judge === null ? [] : judge(lineChangeOf(commitments, standing)),
    onTaken === "report" ? [] : barred(wanted.filter(isNew), onTaken === "insist"),
    contestedIn(unit, give),
  ]);
  if (clashes.length > 0 || broken.some(({ isHard }) => isHard)) return { clashes, broken };
  if (unit.isTrial) return { contested: [], beside: [], broken };
  const trackBySubject = new Map(timelines.map((timeline) => [timeline.subjectId, timeline.track]));
  const trackOf = (subjectId: string): number => {
    const track = trackBySubject.get(subjectId);
    assert(track !== undefined, `${subjectId} has no timeline`);
    return track;
  };
  // Where nothing may be taken twice it was seen to be free, and the constraint need only agree.
  const isSeen = onTaken !== "report" && beside.length === 0 && !unit.isShared && !unit.isAgain;
  const stoodBeside = await besideWhom(unit, give, waiting.length > 0);
  // Nothing is touched before it is clear that nothing bars it: who is refused may try another time in the same unit.
  const gone = give.map((claim) => claim.id);
  const insert = isSeen ? insertFreeClaims : insertClaims;
  const [, lost] = await Promise.all([deleteClaims(unit, gone), insert(unit, wanted, trackOf)]);
  const lostNew = lost.map((position) => wanted[position]!).filter(isNew);
  if (lostNew.length > 0 && onTaken !== "report") {
    // The check saw nothing and the constraint did: somebody committed in between. Read afresh who it was.
    const clashes = await barred(lostNew, true);
    if (clashes.length > 0 || beside.length === 0) return { clashes, broken };
  }
  const contested = lost.map((position) => wanted[position]!);
  await insertContested(unit, contested, trackOf);
  await retakeContested(unit, waiting);
  return { contested: contested.map(({ stretch }) => stretch), beside: stoodBeside, broken };
}

/** More are as good as all. */
const DAYS_MAX = 32;

/** The days in UTC, by number, on which a guard lies: two that meet share one. Null for too many. */
function daysOf(commitments: readonly Commitment[]): readonly number[] | null {
  const days = new Set<number>();
  for (const { startMs, endMs } of commitments.flatMap(({ stretches }) => stretches.map(guardOf)))
    for (let day = Math.floor(startMs / DAY_MS); day * DAY_MS < endMs; day++) {
      days.add(day);
      if (days.size > DAYS_MAX) return null;
    }
  return [...days];
}

/** One date's time on one timeline, whatever it is called. */
const timeOf = (
  commitment: string,
  { subjectId, occurrence }: Pick<Stretch, "subjectId" | "occurrence">,
  startMs: number,
  endMs: number,
): string => JSON.stringify([commitment, subjectId, occurrence, startMs, endMs]);

/** Gives back everything that commitments have taken. */
export const giveBack = (unit: Unit, source: Commitment["source"], ids: readonly string[]) =>
  take(
    unit,
    ids.map((id) => ({ source, id, stretches: [], batch: null })),
    { onTaken: "report" },
  );

function wrongInput(commitments: readonly Commitment[], onTaken: TakeOptions["onTaken"]) {
  for (const { stretches } of commitments) {
    if (stretches.length > STRETCHES_MAX) {
      return refuseClaim("too-many-stretches", "most", { count: stretches.length, most: STRETCHES_MAX });
    }
    const met = onTaken === "report" ? null : meetsItself(stretches);
    if (met !== null)
      return refuseClaim("meets-itself", "dates", { first: textOf(met.first), second: textOf(met.second) });
  }
  return null;
}

const textOf = (stretch: Stretch): string =>
  stretch.wallStart ?? Temporal.Instant.fromEpochMilliseconds(stretch.startMs).toString();

async function barredBy(
  unit: Unit,
  wanted: readonly NewClaim[],
  commitments: readonly Commitment[],
  insists: boolean,
): Promise<Clash[]> {
  const asking = wanted.filter(({ stretch: { policy } }) =>
    insists ? policy === "forbid" : policy !== "allow" && policy !== "observe",
  );
  if (asking.length === 0) return [];
  const guards = asking.map(({ stretch }) => guardOf(stretch));
  // Buffers of others reach into the window as well; a day more on each side covers every buffer there can be.
  const fromMs = Math.min(...guards.map((guard) => guard.startMs)) - BUFFER_MS_MAX;
  const toMs = Math.max(...guards.map((guard) => guard.endMs)) + BUFFER_MS_MAX;
  const subjects = [...new Set(asking.map(({ stretch }) => stretch.subjectId))];
  const standing = await claimsInWindow(unit, subjects, fromMs, toMs, { withPending: true, limit: STANDING_READ_MAX });
  const own = new Set(commitments.map(keyText));
  const others = standing.filter((claim) => !own.has(keyText({ source: claim.source, id: claim.commitment })));
  // What is taken together stands where it will be, for each of the others.
  const together = commitments.length === 1 ? [] : commitments.flatMap((each) => each.stretches.map(standingAs(each)));
  const ownerOf = new Map(asking.map(({ key, stretch }) => [stretch, key.id]));
  return clashesOf(
    asking.map(({ stretch }) => stretch),
    [...others, ...together],
  ).filter((clash) => ownerOf.get(clash.wanted) !== clash.standing.commitment && isBarred(clash, insists));
}

const keyText = ({ source, id }: Pick<Commitment, "source" | "id">): string => `${source} ${id}`;

/** A stretch as it will stand. */
const standingAs =
  ({ source, id }: Commitment) =>
  (stretch: Stretch): StandingClaim => {
    const { startMs: guardStartMs, endMs: guardEndMs } = guardOf(stretch);
    return { ...stretch, id: 0, track: 0, guardStartMs, guardEndMs, status: "confirmed", source, commitment: id };
  };

/** Who stood where claims stand, if any of these is contested or somebody waits for their time: else nobody can. */
async function besideWhom(unit: Unit, give: readonly StandingClaim[], isWaitedFor: boolean): Promise<Taken["beside"]> {
  if (!isWaitedFor && give.every(({ status }) => status !== "contested")) return [];
  const own = new Set(give.map(({ commitment }) => commitment));
  const subjects = [...new Set(give.map(({ subjectId }) => subjectId))];
  const fromMs = Math.min(...give.map(({ guardStartMs }) => guardStartMs)) - BUFFER_MS_MAX;
  const toMs = Math.max(...give.map(({ guardEndMs }) => guardEndMs)) + BUFFER_MS_MAX;
  const standing = await claimsInWindow(unit, subjects, fromMs, toMs, { withPending: true, limit: STANDING_READ_MAX });
  const others = standing.filter(({ policy, commitment }) => policy === "forbid" && !own.has(commitment));
  const claims = new Map(give.filter(({ policy }) => policy === "forbid").map((claim) => [stretchOf(claim), claim]));
  return clashesOf([...claims.keys()], others)
    .slice(0, BESIDE_MAX)
    .map(({ wanted, standing: { source, commitment: id, occurrence: theirs } }) => {
      const { commitment, subjectId, occurrence } = claims.get(wanted)!;
      return { commitment, subjectId, occurrence, source, id, theirs };
    });
}

const keyOf = ({ subjectId, occurrence, source, id, theirs }: Beside): string =>
  JSON.stringify([subjectId, occurrence, source, id, theirs]);

/** The stretch that a claim keeps, buffers and all. */
const stretchOf = ({ guardStartMs: startMs, guardEndMs: endMs, ...claim }: StandingClaim): Stretch => ({
  ...claim,
  startMs,
  endMs,
  bufferBeforeMs: 0,
  bufferAfterMs: 0,
  places: 1,
  site: null,
  wallStart: null,
  zone: null,
  expiresAtMs: null,
});
