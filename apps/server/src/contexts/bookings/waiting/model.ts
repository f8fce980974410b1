import type { Booked } from "../model.ts";

/** What is waited for, by the calendar and the clock on the wall of the service's zone. */
export type Wanted = {
  readonly firstDay: string;
  readonly lastDay: string;
  /** 1 for Monday; none: any. */
  readonly weekdays: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly minutes: number;
  readonly choose: readonly string[];
  readonly places: number;
};

export type WishState = "waiting" | "offered" | "booked" | "withdrawn" | "over";

/** Somebody who waits for a time of a service. */
export type Wish = {
  readonly id: string;
  readonly serviceId: string;
  readonly customerId: string;
  /** Encrypted, who waits as it was said with the wish; null where it is as the customer is known. */
  readonly given: Buffer | null;
  readonly state: WishState;
  readonly wanted: Wanted;
  /** The customer's. */
  readonly zone: string;
  readonly language: Booked["language"];
  readonly madeMs: number;
  readonly endsMs: number;
  /** Starts of offers that they let pass: none of them is offered to them again. */
  readonly passed: readonly number[];
  /** The hold of the last offer, which is the booking where it was taken. */
  readonly holdId: string | null;
  /** The offer that stands. */
  readonly offered: { readonly startMs: number; readonly untilMs: number } | null;
  readonly version: number;
};

/** What the log of changes calls them. */
export const WISH = "wish";
