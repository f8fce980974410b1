import { exactly } from "@hourwright/availability";
import { overlaps, startOfWeek, type Interval } from "@hourwright/time";
import type { Adjustment, Deviation, ShiftKey } from "./adjustment.ts";
import { shiftByClocksOf, type CandidateFact, type ShiftOnDay } from "./candidates.ts";
import { checkRules } from "./check.ts";
import { contractOn } from "./contract.ts";
import { decideAdjustment, type Before } from "./decide.ts";
import { objectionText, type ObjectionFacts } from "./objection.ts";
import { unify, type Stretch } from "./unify.ts";

/** Somebody who may swap, with all that their schedule is made of. */
export type Swapper = { readonly id: string; readonly name: string; readonly before: Before };

/** A shift that one gives to another. */
export type Leg = { readonly from: string; readonly of: ShiftKey; readonly to: string };

/** One person's part of a swap: what is given before what comes. */
export type SwapHalf = { readonly personId: string; readonly what: Deviation };

export type SwapObjection = { readonly personId: string } & CandidateFact;

/** `halves`: none where a shift is not there. `broken`: rules that hold now and would not [SW2]. */
export type SwapVerdict = {
  readonly halves: readonly SwapHalf[];
  readonly objections: readonly SwapObjection[];
  readonly broken: readonly SwapObjection[];
};

/** People of one swap. */
export const SWAP_LEGS_MAX = 3;

/** Everything that speaks against a swap, of each who takes part [SW1], [SW2]. `byId`: at least those named. Ids stand where deviations name people. */
export function checkSwap(byId: ReadonlyMap<string, Swapper>, legs: readonly Leg[]): SwapVerdict {
  const placed = legs.map((leg) => ({ leg, found: shiftAt(byId.get(leg.from), leg.of) }));
  const missing = placed.flatMap(({ leg, found }): SwapObjection[] =>
    found === null ? [told(leg.from, "no-such-shift", { kind: "shift-gone" })] : [],
  );
  if (missing.length > 0) return { halves: [], objections: missing, broken: [] };
  const halves = [...new Set(legs.flatMap(({ from, to }) => [from, to]))].flatMap((personId): SwapHalf[] => [
    ...legs
      .filter(({ from }) => from === personId)
      .map(({ of, to }) => ({ personId, what: { kind: "given", of, to } as const })),
    ...placed
      .filter(({ leg }) => leg.to === personId)
      .map(({ leg, found }) => ({ personId, what: takenOf(byId, leg, found!) })),
  ]);
  const verdicts = [...Map.groupBy(halves, ({ personId }) => personId)].map(([id, own]) =>
    verdictOf(byId.get(id), own),
  );
  return {
    halves: [
      ...halves.filter(({ what }) => what.kind === "given"),
      ...halves.filter(({ what }) => what.kind !== "given"),
    ],
    objections: verdicts.flatMap(({ objections }) => objections),
    broken: verdicts.flatMap(({ broken }) => broken),
  };
}

const told = (personId: string, code: string, facts: ObjectionFacts): SwapObjection => ({
  personId,
  code,
  facts,
  sentence: objectionText(facts),
});

function takenOf(byId: ReadonlyMap<string, Swapper>, { from, to }: Leg, found: ShiftOnDay): Deviation {
  const [giver, taker] = [byId.get(from)!, byId.get(to)];
  const theirs = taker === undefined ? found : shiftByClocksOf(found, giver.before.zone, taker.before.zone);
  return { kind: "taken", ...theirs, from, interrupts: false };
}

/** The shift that begins then, where some of it stands. */
function shiftAt(person: Swapper | undefined, { day, fromMinute }: ShiftKey): ShiftOnDay | null {
  if (person === undefined || person.before.contracts.length === 0) return null;
  const { stretches } = unify({ ...person.before, fromDay: day, toDay: day + 2 });
  const found = stretches.find(
    ({ why, shift }) => why.kind === "shift" && shift!.day === day && shift!.shift.fromMinute === fromMinute,
  );
  return found === undefined ? null : { day, shift: found.shift!.shift };
}

const WEEKS_BEFORE = 4;

function verdictOf(person: Swapper | undefined, halves: readonly SwapHalf[]): Omit<SwapVerdict, "halves"> {
  const { personId } = halves[0]!;
  if (person === undefined)
    return { objections: [told(personId, "no-contract", { kind: "nothing-to-swap" })], broken: [] };
  let now: Before = {
    ...person.before,
    adjustments: person.before.adjustments.filter(({ approval }) => approval !== null),
  };
  const objections: SwapObjection[] = [];
  for (const [i, { what }] of halves.entries()) {
    const asked: Adjustment = { id: `swap ${i}`, approval: null, what };
    objections.push(...decideAdjustment(now, asked).map((each) => ({ personId, ...each })));
    now = { ...now, adjustments: [...now.adjustments, { ...asked, approval: { by: "", onDay: 0 } }] };
  }
  if (objections.length > 0) return { objections, broken: [] };
  return { objections, broken: brokenBy(person.before, now, halves).map((each) => ({ personId, ...each })) };
}

function brokenBy(was: Before, will: Before, halves: readonly SwapHalf[]): CandidateFact[] {
  const days = halves.map(({ what }) => ("of" in what ? what.of.day : "day" in what ? what.day : 0));
  const fromDay = startOfWeek(Math.min(...days), 1) - 7 * WEEKS_BEFORE;
  const toDay = startOfWeek(Math.max(...days), 1) + 14;
  const rules = contractOn(was.contracts, days[0]!)?.rules ?? [];
  const approved = was.adjustments.filter(({ approval }) => approval !== null);
  const known = new Set(
    checkRules(unify({ ...was, adjustments: approved, fromDay, toDay }), rules).map(({ sentence }) => sentence),
  );
  const after = checkRules(unify({ ...will, fromDay, toDay }), rules);
  return after.flatMap(({ facts, sentence }) => (known.has(sentence) ? [] : [{ code: "rule", facts, sentence }]));
}

export type SwapQuestion = {
  readonly giver: string;
  readonly of: ShiftKey;
  readonly people: readonly Swapper[];
  /** Shifts that may be given for it begin in this window, and after the instant. */
  readonly fromDay: number;
  readonly toDay: number;
  readonly afterMs: number;
};

/** `legs` of two people, or of three in a ring: the asked shift first. */
export type SwapMatches = {
  readonly pairs: readonly (readonly Leg[])[];
  readonly rings: readonly (readonly Leg[])[];
  /** Whether everything was looked at; else some more may be possible. */
  readonly isComplete: boolean;
};

export const PAIRS_MAX = 30;
export const RINGS_MAX = 10;
/** Swaps that are judged by all rules: about 1 ms each. */
const JUDGED_MAX = 200;
/** Pairs of shifts that are compared for rings. */
const COMPARED_MAX = 200_000;

/** A shift that stands wholly, and somebody might give. */
type Giveable = Interval & { readonly owner: Prepared; readonly key: ShiftKey; readonly placed: ShiftOnDay };

type Prepared = {
  readonly person: Swapper;
  readonly standing: readonly Stretch[];
  readonly shifts: readonly Giveable[];
};

/**
 * Who could take a shift for which of theirs, and rings of three: those nearest in time first. What is answered holds by all rules for
 * everybody who takes part [SW3], [SW4].
 */
export function swapMatches(question: SwapQuestion): SwapMatches {
  const all = question.people.map((person) => preparedOf(person, question));
  const giver = all.find(({ person }) => person.id === question.giver);
  const own = giver?.shifts.find(({ key }) => isSame(key, question.of));
  if (giver === undefined || own === undefined) return { pairs: [], rings: [], isComplete: true };
  const byId = new Map(question.people.map((person) => [person.id, person]));
  const others = all
    .filter((each) => each !== giver)
    .flatMap(({ shifts }) => shifts)
    .toSorted((one, other) => distance(one, own) - distance(other, own) || compareIds(one, other));
  // Who could take the shift when they give one of theirs, and which of all shifts the giver could take for it.
  const takers = others.filter((theirs) => fits(theirs.owner, own, theirs.key));
  const back = others.filter((theirs) => fits(giver, theirs, own.key));
  const holds = (legs: readonly Leg[]): boolean => {
    const { objections, broken } = checkSwap(byId, legs);
    return objections.length === 0 && broken.length === 0;
  };
  const pairs = pairsOf(own, takers, new Set(back), holds);
  const rings = ringsOf(own, takers, back, holds);
  return { pairs: pairs.found, rings: rings.found, isComplete: pairs.isComplete && rings.isComplete };
}

type Found = { readonly found: readonly (readonly Leg[])[]; readonly isComplete: boolean };
type Holds = (legs: readonly Leg[]) => boolean;

const legOf = (shift: Giveable, to: Giveable): Leg => ({
  from: shift.owner.person.id,
  of: shift.key,
  to: to.owner.person.id,
});

function pairsOf(own: Giveable, takers: readonly Giveable[], back: ReadonlySet<Giveable>, holds: Holds): Found {
  const found: (readonly Leg[])[] = [];
  let left = JUDGED_MAX;
  for (const theirs of takers) {
    if (!back.has(theirs)) continue;
    if (found.length >= PAIRS_MAX || left-- <= 0) return { found, isComplete: false };
    const legs = [legOf(own, theirs), legOf(theirs, own)];
    if (holds(legs)) found.push(legs);
  }
  return { found, isComplete: true };
}

/** Rings in which nobody could do with two: the giver cannot take what the second gives [SW4]. */
function ringsOf(own: Giveable, takers: readonly Giveable[], back: readonly Giveable[], holds: Holds): Found {
  const found: (readonly Leg[])[] = [];
  const direct = new Set(back);
  let [judged, compared] = [0, 0];
  for (const second of takers) {
    if (direct.has(second)) continue;
    for (const third of back) {
      if (third.owner === second.owner) continue;
      if (found.length >= RINGS_MAX || judged >= JUDGED_MAX || compared++ >= COMPARED_MAX)
        return { found, isComplete: false };
      if (!fits(third.owner, second, third.key)) continue;
      judged++;
      const legs = [legOf(own, second), legOf(second, third), legOf(third, own)];
      if (holds(legs)) found.push(legs);
    }
  }
  return { found, isComplete: true };
}

const isSame = (one: ShiftKey, other: ShiftKey): boolean =>
  one.day === other.day && one.fromMinute === other.fromMinute;

const distance = (one: Interval, other: Interval): number => Math.abs(one.startMs - other.startMs);
const compareIds = (one: Giveable, other: Giveable): number =>
  one.owner.person.id < other.owner.person.id ? -1 : Number(one.owner.person.id > other.owner.person.id);

function preparedOf(person: Swapper, { fromDay, toDay, afterMs }: SwapQuestion): Prepared {
  const shifts: Giveable[] = [];
  const approved = person.before.adjustments.filter(({ approval }) => approval !== null);
  // A day on either side: shifts of others may reach there, and by other clocks lie a day apart.
  const { stretches } = unify({ ...person.before, adjustments: approved, fromDay: fromDay - 2, toDay: toDay + 3 });
  const standing = stretches.filter(({ why }) => why.kind === "shift" || why.kind === "activated");
  const prepared: Prepared = { person, standing, shifts };
  const ofShifts = Map.groupBy(
    stretches.filter(({ shift }) => shift !== null),
    ({ shift }) => shift!,
  );
  for (const [shift, parts] of ofShifts) {
    const isWhole = parts.every(({ why }) => why.kind === "shift");
    if (!isWhole || shift.day < fromDay || shift.day >= toDay || shift.startMs <= afterMs) continue;
    shifts.push({
      owner: prepared,
      key: { day: shift.day, fromMinute: shift.shift.fromMinute },
      placed: { day: shift.day, shift: shift.shift },
      startMs: shift.startMs,
      endMs: shift.endMs,
    });
  }
  return prepared;
}

/** Whether somebody has the time of a shift once they have given one of theirs: what is left to judge are rules and absences of exact time. */
function fits(to: Prepared, shift: Giveable, without: ShiftKey): boolean {
  const { zone, contracts, adjustments } = to.person.before;
  const { day, shift: theirs } = shiftByClocksOf(shift.placed, shift.owner.person.before.zone, zone);
  if (contractOn(contracts, day) === null) return false;
  const exact = exactly(theirs, day, zone);
  if (exact === null) return false;
  for (const { what, approval } of adjustments) {
    if (approval === null || what.kind !== "absence") continue;
    const { span } = what;
    if ("fromDay" in span ? span.fromDay <= day && day < span.toDay : overlaps(span, exact)) return false;
  }
  return to.standing.every(
    (each) =>
      !overlaps(each, exact) ||
      (each.shift!.day === without.day && each.shift!.shift.fromMinute === without.fromMinute),
  );
}
