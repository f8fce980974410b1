import { MINUTE_MS } from "@hourwright/time";
import { needsOf, setsOf, sharingRoles } from "./coverage.ts";
import { limitsOf, type LimitBreach } from "./limits.ts";
import { checkQuestion, type RasterRule, type Role, type SlotQuestion, type TakenTime } from "./question.ts";
import { isOnRaster } from "./raster.ts";
import { hasSession } from "./slots.ts";
import { earliestMs, latestEndMs, waysAround } from "./starts.ts";

/** Why one subject cannot. `taken` is the index in what is taken of it; `missingMinutes` what the gap is short of, rounded up. */
export type SubjectReason =
  | { readonly kind: "closed" }
  | { readonly kind: "taken"; readonly taken: number }
  | { readonly kind: "buffer"; readonly taken: number; readonly missingMinutes: number }
  | { readonly kind: "way"; readonly taken: number; readonly missingMinutes: number }
  | {
      readonly kind: "rule";
      readonly ruleId: string;
      readonly sentence: string;
      readonly relaxation: string | null;
    };

/** Why a start is not offered: facts only, `reasonSentence` says them. */
export type Reason =
  | { readonly kind: "past"; readonly nowMs: number }
  | { readonly kind: "notice"; readonly noticeMinutes: number; readonly earliestMs: number }
  | { readonly kind: "window"; readonly endMs: number }
  | ({ readonly kind: "raster" } & RasterRule)
  | { readonly kind: "closed" }
  | ({ readonly kind: "limit" } & LimitBreach)
  | {
      /** Roles (by index) that together need more subjects than can: one role, or several that share subjects. */
      readonly kind: "subjects";
      readonly roles: readonly number[];
      readonly needed: number;
      readonly able: readonly number[];
      readonly unable: readonly { readonly subject: number; readonly why: readonly SubjectReason[] }[];
    };

/**
 * Every reason why a start is not offered; empty exactly when `slotsIn` offers it [SL16]. Where a session can be joined
 * then, only what keeps from joining it. O(subjects × what is taken of them).
 */
export function whyNot(question: SlotQuestion, startMs: number): Reason[] {
  checkQuestion(question);
  const general = [...timeReasons(question, startMs), ...limitReasons(question, startMs)];
  if (hasSession(question, startMs))
    return general.filter((reason) => reason.kind !== "limit" || reason.per === "customer");
  const { rules } = question;
  const reasons: Reason[] = [...general];
  if (!isOnRaster(question, startMs)) reasons.push({ kind: "raster", ...rules.raster });
  if (rules.hours !== null && !isOpen(rules.hours, startMs, endOf(question, startMs))) reasons.push({ kind: "closed" });
  return [...reasons, ...roleReasons(question, startMs)];
}

/** Past, too soon, too late: what holds for sessions as well. */
function timeReasons(question: SlotQuestion, startMs: number): Reason[] {
  const { nowMs, rules } = question;
  const reasons: Reason[] = [];
  if (startMs < nowMs) reasons.push({ kind: "past", nowMs });
  else if (startMs < earliestMs(question)) {
    reasons.push({ kind: "notice", noticeMinutes: rules.noticeMinutes, earliestMs: earliestMs(question) });
  }
  const endMs = latestEndMs(question);
  if (startMs >= endMs) reasons.push({ kind: "window", endMs });
  return reasons;
}

function limitReasons(question: SlotQuestion, startMs: number): Reason[] {
  return limitsOf(question)(startMs).map((breach) => ({ kind: "limit", ...breach }));
}

/** The smallest sets of roles that together need more than can. */
function roleReasons(question: SlotQuestion, startMs: number): Reason[] {
  const whys = new Map<number, readonly SubjectReason[]>();
  for (const subject of setsOf(question.rules.roles).keys())
    whys.set(subject, whyNotSubject(question, subject, startMs));
  return sharingRoles(question.rules.roles).flatMap((group) => groupReasons(question.rules.roles, group, whys));
}

function groupReasons(
  all: readonly Role[],
  group: readonly Role[],
  whys: ReadonlyMap<number, readonly SubjectReason[]>,
): Reason[] {
  const sets = [...setsOf(group)];
  const needs = needsOf(group);
  const ableOf = (set: number) => sets.filter(([subject, own]) => (own & set) !== 0 && whys.get(subject)!.length === 0);
  const lacking = needs.flatMap((need, set) => (ableOf(set).length < need ? [set] : []));
  const smallest = lacking.filter((set) => !lacking.some((other) => other !== set && (other & set) === other));
  return smallest.map((set) => ({
    kind: "subjects",
    roles: group.filter((_, i) => (set >> i) & 1).map((role) => all.indexOf(role)),
    needed: needs[set]!,
    able: ableOf(set).map(([subject]) => subject),
    unable: sets
      .filter(([subject, own]) => (own & set) !== 0 && whys.get(subject)!.length > 0)
      .map(([subject]) => ({ subject, why: whys.get(subject)! })),
  }));
}

/** Why one subject cannot at a start; the organisation's rules are asked only when nothing else is in the way. */
export function whyNotSubject(question: SlotQuestion, subject: number, startMs: number): SubjectReason[] {
  const reasons = ownReasons(question, subject, startMs);
  return reasons.length > 0 ? reasons : objectionsOf(question, subject, startMs);
}

/** Why one subject cannot, the rules of the organisation aside. */
export function ownReasons(question: SlotQuestion, subject: number, startMs: number): SubjectReason[] {
  const { open, taken } = question.subjects[subject]!;
  const endMs = endOf(question, startMs);
  const reasons: SubjectReason[] = [];
  if (open !== null && !isOpen(open, startMs, endMs)) reasons.push({ kind: "closed" });
  taken.forEach((each, i) => {
    const reason = reasonOf(question, each, i, startMs, endMs);
    if (reason !== null) reasons.push(reason);
  });
  return reasons;
}

export function objectionsOf({ rules, objections }: SlotQuestion, subject: number, startMs: number): SubjectReason[] {
  const told = objections?.(subject, startMs, startMs + rules.lengthMinutes * MINUTE_MS) ?? [];
  return told.map(({ ruleId, sentence, relaxation }) => ({ kind: "rule", ruleId, sentence, relaxation }));
}

/** What one taken stretch says: in the way itself, or too near for the buffers or the way, whichever asks for more. */
function reasonOf(
  question: SlotQuestion,
  taken: TakenTime,
  index: number,
  startMs: number,
  endMs: number,
): SubjectReason | null {
  if (taken.startMs < endMs && startMs < taken.endMs) return { kind: "taken", taken: index };
  const { gapMs, ownMs, guardMs, wayMs } = distanceOf(question, taken, startMs, endMs);
  const missingMs = Math.max(ownMs + guardMs, wayMs) - gapMs;
  if (missingMs <= 0) return null;
  const missingMinutes = Math.ceil(missingMs / MINUTE_MS);
  return { kind: wayMs > ownMs + guardMs ? "way" : "buffer", taken: index, missingMinutes };
}

/** How far something taken lies before or after a time that it does not overlap, and what asks for how much. */
export type Distance = {
  readonly isBefore: boolean;
  readonly gapMs: number;
  /** The buffer of the service on that side, and that of what is taken. */
  readonly ownMs: number;
  readonly guardMs: number;
  readonly wayMs: number;
};

export function distanceOf(question: SlotQuestion, taken: TakenTime, startMs: number, endMs: number): Distance {
  const { bufferBeforeMinutes, bufferAfterMinutes } = question.rules;
  const { from, to } = waysAround(question, taken);
  const isBefore = taken.endMs <= startMs;
  return {
    isBefore,
    gapMs: isBefore ? startMs - taken.endMs : taken.startMs - endMs,
    ownMs: (isBefore ? bufferBeforeMinutes : bufferAfterMinutes) * MINUTE_MS,
    guardMs: isBefore ? taken.guardEndMs - taken.endMs : taken.startMs - taken.guardStartMs,
    wayMs: (isBefore ? from : to) * MINUTE_MS,
  };
}

/** Whether the whole stretch lies within hours that may touch. */
export function isOpen(hours: readonly { startMs: number; endMs: number }[], startMs: number, endMs: number): boolean {
  let untilMs = startMs;
  for (const stretch of hours) if (stretch.startMs <= untilMs && stretch.endMs > untilMs) untilMs = stretch.endMs;
  return untilMs >= endMs;
}

export function endOf({ rules }: SlotQuestion, startMs: number): number {
  return startMs + rules.lengthMinutes * MINUTE_MS;
}
