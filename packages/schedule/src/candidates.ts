import { DAY_MS, MINUTE_MS, startOfWeek, type Interval, type Zone } from "@hourwright/time";
import { exactly } from "@hourwright/availability";
import type { Adjustment, Deviation } from "./adjustment.ts";
import { checkRules } from "./check.ts";
import { contractOn, type HourlyCost, type Shift } from "./contract.ts";
import { decideAdjustment, type Before } from "./decide.ts";
import { nominalMinutes } from "./nominal.ts";
import { objectionText, type ObjectionFacts } from "./objection.ts";
import { minutesOf, unify, type Unified } from "./unify.ts";

/** A shift on a day of somebody's clocks. */
export type ShiftOnDay = { readonly day: number; readonly shift: Shift };

/** Somebody who might work a shift that is nobody's, or that somebody cannot work. */
export type Candidate = {
  readonly id: string;
  readonly isHere: boolean;
  /** What their schedule is made of; null where they never had a contract. */
  readonly before: Before | null;
  /** What they lack of what is asked: "first aid"; null where they lack nothing. */
  readonly lacks: string | null;
  /** How often they have covered lately, and when last. */
  readonly covers: number;
  readonly lastCoverMs: number | null;
};

export type CandidateQuestion = {
  readonly wanted: ShiftOnDay;
  /** Whose clocks the shift is told by. */
  readonly zone: Zone;
  readonly people: readonly Candidate[];
  /** How far back covers are counted, for the sentence. */
  readonly coverDays: number;
};

export type CandidateFact = { readonly code: string; readonly facts: ObjectionFacts; readonly sentence: string };

/**
 * `may`: they can be asked; they could, and a rule of theirs would not hold; they cannot. `placed`: the shift by their own clocks.
 * Minutes are of the week of the shift, beyond what the contract asks, less than nothing below it. `restMinutes`: the shorter of the times
 * to the shift before and after; null where there is none within two weeks.
 */
export type RankedCandidate = {
  readonly id: string;
  readonly may: "ask" | "rules" | "no";
  readonly placed: ShiftOnDay;
  readonly reasons: readonly CandidateFact[];
  readonly against: readonly CandidateFact[];
  /** Rules that would not hold. */
  readonly broken: readonly CandidateFact[];
  readonly overMinutes: number;
  readonly restMinutes: number | null;
  readonly covers: number;
  readonly lastCoverMs: number | null;
  readonly cost: HourlyCost | null;
};

/** Rules look back into the weeks that they count. */
const WEEKS_BEFORE = 4;
const WEEKS_AFTER = 2;
/** Rest that is longer says nothing more. */
const REST_TOLD_MINUTES_MAX = 14 * 1_440;

/** Who could work a shift, whoever is asked first before the others [SC1] to [SC7]. Some six weeks of each are merged twice: about 1 ms each. */
export function rankCandidates(question: CandidateQuestion): readonly RankedCandidate[] {
  const exact = exactly(question.wanted.shift, question.wanted.day, question.zone);
  if (exact === null) return [];
  return question.people.map((person) => judged(question, person, exact)).toSorted(inOrder);
}

/** The order in which people are asked [SC5]; no two are equal. */
export function inOrder(one: RankedCandidate, other: RankedCandidate): number {
  return (
    GROUPS[one.may] - GROUPS[other.may] ||
    one.broken.length - other.broken.length ||
    Number(one.overMinutes > 0) - Number(other.overMinutes > 0) ||
    one.covers - other.covers ||
    one.overMinutes - other.overMinutes ||
    (other.restMinutes ?? REST_TOLD_MINUTES_MAX) - (one.restMinutes ?? REST_TOLD_MINUTES_MAX) ||
    (one.lastCoverMs ?? 0) - (other.lastCoverMs ?? 0) ||
    (one.id < other.id ? -1 : Number(one.id > other.id))
  );
}

const GROUPS: Readonly<Record<RankedCandidate["may"], number>> = { ask: 0, rules: 1, no: 2 };

/** The same time by other clocks [SC1]. Breaks keep their distance from the beginning. */
export function shiftByClocksOf({ day, shift }: ShiftOnDay, from: Zone, to: Zone): ShiftOnDay {
  if (from.id === to.id) return { day, shift };
  const exact = exactly(shift, day, from);
  if (exact === null) return { day, shift };
  const startsMs = to.toLocalMs(exact.startMs);
  const theirDay = Math.floor(startsMs / DAY_MS);
  const fromMinute = (startsMs - theirDay * DAY_MS) / MINUTE_MS;
  const ahead = fromMinute - shift.fromMinute;
  const toMinute = (to.toLocalMs(exact.endMs) - theirDay * DAY_MS) / MINUTE_MS;
  const breaks = shift.breaks
    .map((each) => ({ ...each, fromMinute: each.fromMinute + ahead, toMinute: each.toMinute + ahead }))
    .filter((each) => each.toMinute <= toMinute);
  return { day: theirDay, shift: { ...shift, fromMinute, toMinute, breaks } };
}

type Hours = Pick<RankedCandidate, "overMinutes" | "restMinutes" | "broken" | "cost"> & { readonly isFreeDay: boolean };

const NOTHING: Hours = { overMinutes: 0, restMinutes: null, broken: [], cost: null, isFreeDay: true };

function judged(question: CandidateQuestion, person: Candidate, exact: Interval): RankedCandidate {
  const { before } = person;
  const placed = before === null ? question.wanted : shiftByClocksOf(question.wanted, question.zone, before.zone);
  const asked = askedOf(placed);
  const hard: CandidateFact[] = [
    ...(person.isHere ? [] : [fact("left", { kind: "left" })]),
    ...(person.lacks === null ? [] : [fact("skill", { kind: "lacks", what: person.lacks })]),
    ...(before === null ? [fact("no-contract", { kind: "no-contract-ever" })] : decideAdjustment(before, asked)),
  ];
  const hours = before === null || hard.length > 0 ? NOTHING : hoursOf(before, asked, placed, exact);
  return {
    id: person.id,
    may: hard.length > 0 ? "no" : hours.broken.length > 0 ? "rules" : "ask",
    placed,
    reasons: hard.length > 0 ? [] : reasonsOf(question, person, placed, hours),
    against: [...hard, ...hours.broken, ...(hard.length > 0 ? [] : softOf(question, person, hours))],
    broken: hours.broken,
    overMinutes: hours.overMinutes,
    restMinutes: hours.restMinutes,
    covers: person.covers,
    lastCoverMs: person.lastCoverMs,
    cost: hours.cost,
  };
}

const fact = (code: string, facts: ObjectionFacts): CandidateFact => ({ code, facts, sentence: objectionText(facts) });

/** As it would be once they have said yes. */
function askedOf({ day, shift }: ShiftOnDay): Adjustment & { readonly what: Deviation } {
  const what = { kind: "cover", day, shift, from: null, interrupts: false } as const;
  return { id: "", approval: null, what };
}

function hoursOf(before: Before, asked: Adjustment, placed: ShiftOnDay, exact: Interval): Hours {
  const monday = startOfWeek(placed.day, 1);
  const window = { fromDay: monday - 7 * WEEKS_BEFORE, toDay: monday + 7 * WEEKS_AFTER };
  const approved = before.adjustments.filter(({ approval }) => approval !== null);
  const agreed = { ...asked, approval: { by: "", onDay: 0 } };
  const was = unify({ ...before, adjustments: approved, ...window });
  const will = unify({ ...before, adjustments: [...approved, agreed], ...window });
  const contract = contractOn(before.contracts, placed.day);
  const rules = contract?.rules ?? [];
  const known = new Set(checkRules(was, rules).map(({ sentence }) => sentence));
  const broken = checkRules(will, rules).flatMap(({ facts, sentence }) =>
    known.has(sentence) ? [] : [{ code: "rule", facts, sentence }],
  );
  const own = will.stretches.filter(({ shift }) => shift?.adjustment === agreed);
  const paid = own.filter(({ isPaid }) => isPaid).reduce((sum, stretch) => sum + minutesOf(stretch), 0);
  const asks = nominalMinutes(before.contracts, monday, monday + 7);
  return {
    overMinutes: paidIn(will, monday) - asks,
    restMinutes: restAround(was, exact),
    broken,
    cost: contract?.cost === null || contract === null ? null : costOf(contract.cost, paid),
    isFreeDay: was.stretches.every(({ why, day }) => why.kind !== "shift" || day !== placed.day),
  };
}

const costOf = ({ minorUnits, currency }: HourlyCost, minutes: number): HourlyCost => ({
  minorUnits: Math.round((minorUnits * minutes) / 60),
  currency,
});

/** What a week's contract is paid for: work, its breaks, and what replaces it. */
function paidIn({ stretches }: Unified, monday: number): number {
  const ofWeek = stretches.filter(({ isPaid, day }) => isPaid && day >= monday && day < monday + 7);
  return ofWeek.reduce((sum, stretch) => sum + minutesOf(stretch), 0);
}

/** Minutes from the shift to whatever comes before or after it, whichever is nearer. */
function restAround({ stretches }: Unified, { startMs, endMs }: Interval): number | null {
  let [before, after] = [-Infinity, Infinity];
  for (const each of stretches) {
    if (each.why.kind !== "shift" && each.why.kind !== "activated") continue;
    if (each.endMs <= startMs) before = Math.max(before, each.endMs);
    if (each.startMs >= endMs) after = Math.min(after, each.startMs);
  }
  const minutes = Math.min(startMs - before, after - endMs) / MINUTE_MS;
  return minutes > REST_TOLD_MINUTES_MAX ? null : minutes;
}

function reasonsOf(
  { coverDays }: CandidateQuestion,
  { before, covers }: Candidate,
  { day, shift }: ShiftOnDay,
  { overMinutes, restMinutes, isFreeDay }: Hours,
): CandidateFact[] {
  const site = contractOn(before!.contracts, day)?.site ?? null;
  return [
    ...(isFreeDay ? [fact("free", { kind: "free-day" })] : []),
    ...(overMinutes < 0 ? [fact("under", { kind: "below-hours", minutes: -overMinutes })] : []),
    ...(covers === 0 ? [fact("fair", { kind: "covered", count: 0, days: coverDays })] : []),
    ...(restMinutes === null ? [] : [fact("rest", { kind: "rest", minutes: Math.floor(restMinutes) })]),
    ...(site !== null && site === shift.site ? [fact("site", { kind: "site", site })] : []),
  ];
}

function softOf({ coverDays }: CandidateQuestion, { covers }: Candidate, { overMinutes }: Hours): CandidateFact[] {
  return [
    ...(overMinutes > 0 ? [fact("over", { kind: "over-hours", minutes: overMinutes })] : []),
    ...(covers > 0 ? [fact("covered", { kind: "covered", count: covers, days: coverDays })] : []),
  ];
}
