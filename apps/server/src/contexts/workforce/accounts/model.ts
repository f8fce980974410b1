import type { Catalogue, OperationInput } from "@hourwright/contract";
import type { Interval } from "@hourwright/time";

/** The rules by which hours and leave are counted. */
export type AccountRules = OperationInput<Catalogue["timeAccountRules.put"]>["body"];

/** Until somebody says otherwise: what was planned was worked, nothing is lost, four weeks of leave that may be taken until the end of March. */
export const USUAL_RULES: AccountRules = {
  counts: "planned",
  rounding: { toMinutes: 1, how: "nearest" },
  overtime: { dailyMinutes: null, weeklyMinutes: null },
  carry: { max: null, expireAfterMonths: null },
  leave: { fullYear: 2_000, roundUpTo: 50, carryMax: null, carryUntil: { month: 3, day: 31 } },
};

/** Somebody came, and went (null: is still in). */
export type Pair = {
  readonly id: string;
  readonly personId: string;
  readonly startMs: number;
  readonly endMs: number | null;
};

/** What is to be corrected of a coming and going, or (`of` null) is added; without time it did not happen. */
export type StoredCorrection = {
  readonly id: string;
  readonly personId: string;
  readonly of: string | null;
  readonly day: number;
  readonly time: Interval | null;
  readonly state: "requested" | "approved" | "declined" | "withdrawn";
  readonly note: string;
  readonly askedName: string;
  readonly askedMs: number;
  readonly decidedName: string | null;
  readonly decidedMs: number | null;
  readonly answer: string;
  readonly version: number;
};

/** What the log of changes calls them; their collection is the person. */
export const CLOCKED = "clocked";
export const CORRECTION = "timeCorrection";
export const ACCOUNT_RULES = "timeAccountRules";
