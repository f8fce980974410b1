import type { Adjustment } from "./adjustment.ts";
import {
  absenceText,
  absenceTold,
  approvalText,
  approvalTold,
  isoDay,
  onDayText,
  placedTold,
  placedToldText,
  shiftTold,
  type AbsenceTold,
  type ApprovalTold,
  type PlacedTold,
  type ShiftTold,
} from "./objection.ts";
import { isoDayText, minuteText } from "./text.ts";
import { stretchAt, type PlacedShift, type Stretch, type Unified } from "./unify.ts";

/** `shift`: what was there before. */
type Gone = { readonly shift: PlacedTold; readonly approval: ApprovalTold };
type Replaces = { readonly replaces: PlacedTold | null };

/**
 * Why somebody does what they do, by what its sentence is made of, in any language: days as 2027-03-01, times of the day in minutes.
 * `moved`: from when a shift was. As JSON has it.
 */
export type StretchFacts =
  | { readonly kind: "off-no-contract" | "off-free" | "off-away" }
  | ({ readonly kind: "off-holiday"; readonly holiday: string } & Replaces)
  | ({ readonly kind: "off-absence"; readonly absence: AbsenceTold | null } & Replaces)
  | ({ readonly kind: "off-left-out" | "off-taken-away" } & Gone)
  | ({ readonly kind: "off-given"; readonly to: string } & Gone)
  | ({ readonly kind: "off-moved"; readonly to: { readonly shift: ShiftTold; readonly day: string } } & Gone)
  | { readonly kind: "called-in"; readonly approval: ApprovalTold; readonly during: PlacedTold }
  | {
      readonly kind: "at-work";
      readonly state: "work" | "on-call" | "paid-break" | "unpaid-break";
      readonly shift: PlacedTold;
      readonly moved: { readonly fromMinute: number; readonly day: string } | null;
      /** Also null where the shift is of the contract. */
      readonly approval: ApprovalTold;
    };

/** Why a moment is as it is. `sentence`: in English. */
export type MinuteExplanation = { readonly stretch: Stretch; readonly sentence: string };

/** What somebody does at a moment, and why; null outside of the window. O(log stretches). */
export function explainMinute(unified: Unified, atMs: number): MinuteExplanation | null {
  const stretch = stretchAt(unified, atMs);
  return stretch === null ? null : { stretch, sentence: stretchText(stretchFacts(stretch)) };
}

/** Of what the sentence of a stretch is made. */
export function stretchFacts({ kind, isPaid, why, shift }: Stretch): StretchFacts {
  switch (why.kind) {
    case "no-contract":
      return { kind: "off-no-contract" };
    case "free":
      return { kind: "off-free" };
    case "holiday":
      return { kind: "off-holiday", holiday: why.holiday.name, replaces: replacedBy(shift) };
    case "absence":
      return { kind: "off-absence", absence: absenceTold(why.adjustment), replaces: replacedBy(shift) };
    case "removed":
      return removalFacts(shift!, why.adjustment);
    case "activated":
      return { kind: "called-in", approval: approvalTold(why.adjustment.approval), during: placedTold(shift!) };
    case "shift":
      return { kind: "at-work", state: stateOf(kind, isPaid), shift: placedTold(shift!), ...detailsOf(shift!) };
  }
}

const replacedBy = (shift: PlacedShift | null): PlacedTold | null => shift && placedTold(shift);

function stateOf(kind: Stretch["kind"], isPaid: boolean) {
  if (kind === "break") return isPaid ? "paid-break" : "unpaid-break";
  return kind === "on-call" ? "on-call" : "work";
}

function detailsOf({ adjustment }: PlacedShift) {
  if (adjustment === null) return { moved: null, approval: null };
  const { what, approval } = adjustment;
  const moved = what.kind === "change" ? { fromMinute: what.of.fromMinute, day: isoDay(what.of.day) } : null;
  return { moved, approval: approvalTold(approval) };
}

function removalFacts(shift: PlacedShift, { what, approval }: Adjustment): StretchFacts {
  const gone = { shift: placedTold(shift), approval: approvalTold(approval) };
  switch (what.kind) {
    case "cancelled":
      return { kind: "off-left-out", ...gone };
    case "given":
      return { kind: "off-given", to: what.to, ...gone };
    case "change":
      return { kind: "off-moved", to: { shift: shiftTold(what.shift), day: isoDay(what.day) }, ...gone };
    default:
      return { kind: "off-taken-away", ...gone };
  }
}

/** "Off: leave approved by Ana Ruiz on 3 March 2027, replaces early shift (06:00–14:00) of the contract." */
export function stretchText(facts: StretchFacts): string {
  switch (facts.kind) {
    case "off-no-contract":
      return "Off: no contract holds on this day.";
    case "off-free":
      return "Off: the contract has no shift then.";
    case "off-away":
      return "Off: away.";
    case "off-holiday":
      return `Off: public holiday (${facts.holiday})${replacing(facts)}.`;
    case "off-absence":
      return `Off: ${facts.absence === null ? "absence" : absenceText(facts.absence)}${replacing(facts)}.`;
    case "off-left-out":
      return `Off: ${placedToldText(facts.shift)} is left out of the roster ${publishedText(facts.approval)}.`;
    case "off-given":
      return `Off: ${placedToldText(facts.shift)} was given to ${facts.to}, ${approvalText(facts.approval)}.`;
    case "off-moved":
      return `Off: ${placedToldText(facts.shift)} was moved to ${onDayText(facts.to)}, ${approvalText(facts.approval)}.`;
    case "off-taken-away":
      return `Off: ${placedToldText(facts.shift)} was taken away, ${approvalText(facts.approval)}.`;
    case "called-in":
      return `Work: called in while on call, ${approvalText(facts.approval)}, during ${placedToldText(facts.during)}.`;
    case "at-work":
      return `${HEADS[facts.state]}: ${placedToldText(facts.shift)}${detailsText(facts)}.`;
  }
}

const HEADS = {
  work: "Work",
  "on-call": "On call",
  "paid-break": "Break (paid)",
  "unpaid-break": "Break (unpaid)",
} as const;

const replacing = ({ replaces }: Replaces): string =>
  replaces === null ? "" : `, replaces ${placedToldText(replaces)}`;

function detailsText({ shift: { how }, moved, approval }: StretchFacts & { readonly kind: "at-work" }): string {
  if (how === "contract") return "";
  if (how === "rostered") return ` ${publishedText(approval)}`;
  const from = moved === null ? "" : ` from ${minuteText(moved.fromMinute)} on ${isoDayText(moved.day)}`;
  return `${from}, ${approvalText(approval)}`;
}

/** "published by Ana Ruiz on 3 March 2027" */
const publishedText = (approval: ApprovalTold): string =>
  approval === null ? "asked for, not published" : `published by ${approval.by} on ${isoDayText(approval.onDay)}`;
