import type { Role } from "../../platform/operations/context.ts";
import type { OverlapPolicy } from "../claims/pure.ts";

export type { Role };
export type SubjectKind = "person" | "room" | "vehicle" | "equipment" | "outside";

/** Who or what time is taken from. */
export type Subject = {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly name: string;
  /** Lower case; null for things and for people without one. */
  readonly email: string | null;
  readonly zone: string;
  readonly policy: OverlapPolicy;
  readonly capacity: number | null;
  readonly site: string | null;
  /** The pool it is one of; null for what stands for itself. */
  readonly poolId: string | null;
  /** Kept for its history: takes nothing new. */
  readonly retired: boolean;
  readonly version: number;
};

export type Organisation = {
  readonly name: string;
  readonly zone: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly firstWeekday: number;
  readonly demo: boolean;
  /** From which part of the open time a day counts as steady, full, over. */
  readonly thresholds: { readonly steady: number; readonly full: number; readonly over: number };
  readonly focusMinutes: number;
  readonly version: number;
};

export const isThingKind = (kind: SubjectKind): boolean => kind !== "person" && kind !== "outside";

/** People are asked before their time is taken twice; things cannot be in two places. */
export const defaultPolicy = (kind: SubjectKind): OverlapPolicy =>
  kind === "person" || kind === "outside" ? "warn" : "forbid";
