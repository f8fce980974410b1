import { dateOf } from "@hourwright/time";
import { ABSENCES, type AbsenceKind, type Adjustment } from "./adjustment.ts";
import { shiftText, type Shift } from "./contract.ts";
import { ruleText, type Rule } from "./rule.ts";
import { countText, isoDayText, minuteText, minutesText, quoted, weekdayText } from "./text.ts";
import type { PlacedShift } from "./unify.ts";

/** By whom and on which day it was approved; null while it is asked for. */
export type ApprovalTold = { readonly by: string; readonly onDay: string } | null;

export type AbsenceTold = { readonly type: AbsenceKind; readonly approval: ApprovalTold };

/** A shift by its name and by the wall, in minutes after midnight. */
export type ShiftTold = Pick<Shift, "name" | "fromMinute" | "toMinute">;

/** `how`: what stands behind a shift; `from`: whose it was, where that is known. */
export type PlacedTold = {
  readonly shift: ShiftTold;
  readonly how: "contract" | "change" | "extra" | "overtime" | "taken" | "cover" | "rostered" | "other";
  readonly from: string | null;
};

type OnDay = { readonly shift: ShiftTold; readonly day: string };
type Begins = { readonly fromMinute: number; readonly day: string };
type Name = { readonly name: string };
type Minutes = { readonly minutes: number };

/**
 * What is said for or against a schedule, by what its sentence is made of, in any language: days as 2027-03-01, times of the day and
 * lengths in minutes. As JSON has it.
 */
export type ObjectionFacts =
  | { readonly kind: "adjustments-max"; readonly most: number }
  | { readonly kind: "approved-already"; readonly id: string }
  | { readonly kind: "absence-span" | "call-span" | "not-on-call" | "shift-gone" | "nothing-to-swap" }
  | {
      readonly kind:
        | "nothing-to-change"
        | "no-contract-ever"
        | "no-roster"
        | "left"
        | "left-yourself"
        | "barred"
        | "free-day"
        | "too-many";
    }
  | { readonly kind: "absence-days"; readonly most: number }
  | { readonly kind: "no-contract"; readonly day: string | null }
  | { readonly kind: "absences-overlap"; readonly type: AbsenceKind; readonly other: AbsenceTold }
  | { readonly kind: "shift-fault"; readonly about: "shift" | "break"; readonly sentence: string }
  | ({ readonly kind: "clocks-skip" } & OnDay)
  | ({ readonly kind: "no-such-shift" } & Begins)
  | ({ readonly kind: "shift-away"; readonly absence: AbsenceTold | null } & Begins)
  | ({ readonly kind: "shifts-overlap"; readonly other: PlacedTold } & OnDay)
  | ({ readonly kind: "in-absence"; readonly absence: AbsenceTold; readonly mayInterrupt: boolean } & OnDay)
  | ({ readonly kind: "their-shift-missing" } & Name & Begins)
  | ({ readonly kind: "their-contract-missing"; readonly day: string } & Name)
  | ({ readonly kind: "their-shifts-overlap"; readonly other: OnDay & { readonly isOfContract: boolean } } & Name &
      OnDay)
  | ({ readonly kind: "their-absence"; readonly absence: AbsenceTold } & Name & OnDay)
  | ({ readonly kind: "their-skill-missing"; readonly skill: string; readonly day: string } & Name)
  | ({ readonly kind: "their-time-off" } & Name)
  | { readonly kind: "lacks"; readonly what: string }
  | ({ readonly kind: "below-hours" | "over-hours" | "rest" } & Minutes)
  | { readonly kind: "covered"; readonly count: number; readonly days: number }
  | { readonly kind: "site"; readonly site: string }
  /** What could be done instead, and what speaks for it. */
  | { readonly kind: "start-instead"; readonly fromMinute: number }
  | ({ readonly kind: "keeps-rules" } & OnDay)
  | ({ readonly kind: "give-to" } & Name)
  | { readonly kind: "hours-planned"; readonly minutes: number; readonly of: number; readonly skill: string | null }
  | { readonly kind: "leave-open" | "can-ask" }
  /** `measured`: minutes, or days, nights and weekends where the rule counts them; `untilDay`: the last day. */
  | {
      readonly kind: "rule";
      readonly rule: Rule;
      readonly measured: number;
      readonly fromDay: string;
      readonly untilDay: string;
    };

/** What is said, in English: one sentence. */
export function objectionText(facts: ObjectionFacts): string {
  switch (facts.kind) {
    case "adjustments-max":
      return `There may be ${facts.most} adjustments of one person.`;
    case "too-many":
      return "There are too many adjustments of this person.";
    case "approved-already":
      return `Adjustment ${quoted(facts.id)} is approved already.`;
    case "absence-span":
      return "An absence ends after it begins, on whole days or minutes.";
    case "absence-days":
      return `An absence has at most ${countText(facts.most, "day")}.`;
    case "call-span":
      return "Somebody is called in for more than nothing and at most a day.";
    case "not-on-call":
      return "Not all of that time is on call.";
    case "no-contract":
      return `No contract holds on ${facts.day === null ? "no day" : isoDayText(facts.day)}.`;
    case "absences-overlap":
      return `The ${ABSENCES[facts.type].text} overlaps ${absenceText(facts.other)}.`;
    case "shift-fault":
      return facts.sentence;
    case "clocks-skip":
      return `The clocks skip ${onDayText(facts)}.`;
    case "no-such-shift":
      return `No shift begins ${beginsText(facts)}.`;
    case "shift-away":
      return `The shift ${beginsText(facts)} is away in part: ${facts.absence === null ? "absence" : absenceText(facts.absence)}.`;
    case "shifts-overlap":
      return `${onDayText(facts)} overlaps ${placedToldText(facts.other)}.`;
    case "in-absence": {
      const hint = facts.mayInterrupt ? " It can be agreed on as an interruption." : "";
      return `${onDayText(facts)} lies in ${absenceText(facts.absence)}.${hint}`;
    }
    case "their-shift-missing":
      return `${facts.name} has no shift ${beginsText(facts)}.`;
    case "their-contract-missing":
      return `${facts.name} has no contract on ${isoDayText(facts.day)}.`;
    case "their-shifts-overlap": {
      const { shift, day, isOfContract } = facts.other;
      const met = `${shiftText(shift)}${isOfContract ? " of the contract" : ""} on ${isoDayText(day)}`;
      return `${onDayText(facts)} overlaps ${met} of ${facts.name}.`;
    }
    case "their-absence":
      return `${facts.name} is away then: ${onDayText(facts)} lies in ${absenceText(facts.absence)}.`;
    case "their-skill-missing":
      return `${facts.name} does not have ${facts.skill} on ${isoDayText(facts.day)}.`;
    case "their-time-off":
      return `${facts.name} is away then.`;
    case "shift-gone":
      return "There is no such shift any more.";
    case "nothing-to-swap":
      return "They have no contract, and so nothing to swap.";
    case "nothing-to-change":
      return "They have no contract, and so nothing to differ from.";
    case "no-contract-ever":
      return "They have no contract.";
    case "no-roster":
      return "They have no contract, and so no roster.";
    case "left":
      return "They are not here any more.";
    case "left-yourself":
      return "You are not here any more.";
    case "barred":
      return "They cannot.";
    case "lacks":
      return `They lack ${facts.what}.`;
    case "free-day":
      return "No shift on that day.";
    case "below-hours":
      return `${minutesText(facts.minutes)} below the hours of the contract that week.`;
    case "over-hours":
      return `${minutesText(facts.minutes)} over the hours of the contract that week.`;
    case "rest":
      return `At least ${minutesText(facts.minutes)} to the nearest shift.`;
    case "covered":
      return `Has covered ${facts.count === 0 ? "nobody" : countText(facts.count, "time")} in ${facts.days} days.`;
    case "site":
      return `Works at ${facts.site}.`;
    case "start-instead":
      return `Start at ${minuteText(facts.fromMinute)} instead`;
    case "keeps-rules":
      return `${shiftText(facts.shift)} on ${weekdayText(facts.day)} keeps all rules.`;
    case "give-to":
      return `Give it to ${facts.name}`;
    case "hours-planned": {
      const skill = facts.skill === null ? "" : `; has ${facts.skill}`;
      return `${minutesText(facts.minutes)} of ${minutesText(facts.of)} planned${skill}.`;
    }
    case "leave-open":
      return "Leave it open";
    case "can-ask":
      return "People can ask for it once it is published.";
    case "rule":
      return brokenText(facts);
  }
}

function brokenText({ rule, measured, fromDay, untilDay }: ObjectionFacts & { readonly kind: "rule" }): string {
  const [first, last] = [isoDayText(fromDay), isoDayText(untilDay)];
  const where = fromDay === untilDay ? `on ${first}` : `from ${first} to ${last}`;
  const rules = `The rule is ${ruleText(rule)}.`;
  switch (rule.kind) {
    case "rest":
    case "week-rest":
      return `${minutesText(measured)} of rest ${where}. ${rules}`;
    case "days":
      return `Work on ${countText(measured, "day")} in a row ${where}. ${rules}`;
    case "nights":
      return `${countText(measured, "night")} in a row ${where}. ${rules}`;
    case "weekends":
      return `${countText(measured, "free weekend")} ${where}. ${rules}`;
    case "curfew":
      return `${minutesText(measured)} of work at a time when there may be none ${where}. ${rules}`;
    default:
      return `${minutesText(measured)} of work ${where}. ${rules}`;
  }
}

export const onDayText = ({ shift, day }: OnDay): string => `${shiftText(shift)} on ${isoDayText(day)}`;

const beginsText = ({ fromMinute, day }: Begins): string => `at ${minuteText(fromMinute)} on ${isoDayText(day)}`;

export const absenceText = ({ type, approval }: AbsenceTold): string =>
  `${ABSENCES[type].text} ${approvalText(approval)}`;

/** "approved by Ana Ruiz on 3 March 2027" */
export const approvalText = (approval: ApprovalTold): string =>
  approval === null ? "asked for, not approved" : `approved by ${approval.by} on ${isoDayText(approval.onDay)}`;

/** "early shift (06:00–14:00) of the contract" */
export function placedToldText({ shift, how, from }: PlacedTold): string {
  const named = shiftText(shift);
  switch (how) {
    case "contract":
      return `${named} of the contract`;
    case "change":
      return `${named}, moved`;
    case "overtime":
      return `overtime ${named}`;
    case "extra":
      return `extra ${named}`;
    case "rostered":
      return `${named} of the roster`;
    case "taken":
      return `${named}, taken over${from === null ? "" : ` from ${from}`} in a swap`;
    case "cover":
      return `${named}, covering${from === null ? "" : ` ${from}`}`;
    case "other":
      return named;
  }
}

export function placedTold({ shift, adjustment }: PlacedShift): PlacedTold {
  const told = { shift: shiftTold(shift), from: null };
  if (adjustment === null) return { ...told, how: "contract" };
  const { what } = adjustment;
  switch (what.kind) {
    case "change":
      return { ...told, how: "change" };
    case "overtime":
    case "extra":
    case "rostered":
    case "taken":
    case "cover":
      return { ...told, how: what.kind, from: what.from };
    default:
      return { ...told, how: "other" };
  }
}

export const shiftTold = ({ name, fromMinute, toMinute }: ShiftTold): ShiftTold => ({ name, fromMinute, toMinute });

/** An absence as it is told; null where an adjustment is none. */
export function absenceTold({ what, approval }: Adjustment): AbsenceTold | null {
  return what.kind === "absence" ? { type: what.type, approval: approvalTold(approval) } : null;
}

export const approvalTold = (approval: Adjustment["approval"]): ApprovalTold =>
  approval === null ? null : { by: approval.by, onDay: isoDay(approval.onDay) };

/** 2027-03-01 */
export function isoDay(dayNumber: number): string {
  const { year, month, day } = dateOf(dayNumber);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
