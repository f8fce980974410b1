import type { Interval } from "@hourwright/time";
import type { Shift } from "./contract.ts";

/** Which absences there are, and whether the shifts they replace are paid. */
export const ABSENCES = {
  leave: { isPaid: true, text: "leave" },
  sick: { isPaid: true, text: "sick leave" },
  training: { isPaid: true, text: "training" },
  compensation: { isPaid: true, text: "time off in lieu" },
  unpaid: { isPaid: false, text: "unpaid leave" },
  parental: { isPaid: false, text: "parental leave" },
} as const;

export type AbsenceKind = keyof typeof ABSENCES;

/** Whole days, half-open, or exact time. */
export type AbsenceSpan = { readonly fromDay: number; readonly toDay: number } | Interval;

/** A shift by the day it belongs to and the minute at which it begins: no two of a person share both. */
export type ShiftKey = { readonly day: number; readonly fromMinute: number };

/**
 * A deviation from the contract. `change`: a shift is at another time. `given` and `taken` are the two halves of a swap.
 * `cancelled`: a shift that a published roster leaves out; `rostered`: one that it adds. `activation`: called to work while
 * on call. `interrupts`: agreed on although it lies in an absence, illness excepted.
 */
export type Deviation =
  | { readonly kind: "absence"; readonly type: AbsenceKind; readonly span: AbsenceSpan }
  | { readonly kind: "change"; readonly of: ShiftKey; readonly day: number; readonly shift: Shift }
  | { readonly kind: "given"; readonly of: ShiftKey; readonly to: string }
  | { readonly kind: "cancelled"; readonly of: ShiftKey }
  | {
      readonly kind: "extra" | "overtime" | "taken" | "cover" | "rostered";
      readonly day: number;
      readonly shift: Shift;
      /** Whose shift it was; null where it was nobody's. */
      readonly from: string | null;
      readonly interrupts: boolean;
    }
  | { readonly kind: "activation"; readonly time: Interval };

/** `approval`: by whom and on which day; null while it is asked for. */
export type Adjustment = {
  readonly id: string;
  readonly approval: { readonly by: string; readonly onDay: number } | null;
  readonly what: Deviation;
};

export const ADJUSTMENTS_MAX = 20_000;
export const ABSENCE_DAYS_MAX = 3 * 366;
