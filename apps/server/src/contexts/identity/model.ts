import type { Role } from "../../platform/operations/context.ts";
import type { OverlapPolicy } from "../claims/public.ts";

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
};

export type Organisation = {
  readonly name: string;
  readonly zone: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly firstWeekday: number;
  readonly demo: boolean;
};

/** People are asked before their time is taken twice; things cannot be in two places. */
export const defaultPolicy = (kind: SubjectKind): OverlapPolicy =>
  kind === "person" || kind === "outside" ? "warn" : "forbid";
