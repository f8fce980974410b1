import { dateOf, dayNumber } from "@hourwright/time";
import type { Objective } from "../../data/optimise.ts";
import { instantOfWall, wallClockOf } from "../../data/wall-clock.ts";

const DAY_MS = 86_400_000;
const MONTHS = 12;

/** What an objective weighs beside the others; 0 leaves it out. */
export const WEIGHTS = { off: 0, little: 1, normal: 3, much: 9 } as const;
export type Weight = keyof typeof WEIGHTS;

export const OBJECTIVES = [
  "conflicts",
  "focus",
  "fragmentation",
  "travel",
  "balance",
  "preferences",
] as const satisfies readonly Objective[];

export const SECONDS = [2, 5, 20] as const;
export const WINDOWS = ["week", "month", "next"] as const;

/** What somebody has chosen in the form. */
export type Choices = {
  readonly who: "me" | "shown";
  readonly window: (typeof WINDOWS)[number];
  readonly weights: Readonly<Record<Objective, Weight>>;
  readonly seconds: (typeof SECONDS)[number];
};

export const FIRST: Choices = {
  who: "shown",
  window: "month",
  weights: {
    conflicts: "much",
    focus: "normal",
    fragmentation: "normal",
    travel: "off",
    balance: "off",
    preferences: "off",
  },
  seconds: 2,
};

/** The days of a window around a day, half-open epoch days: its week, its month, or the month after. */
export function daysOf(
  window: Choices["window"],
  day: number,
  firstWeekday: number,
): { readonly fromDay: number; readonly toDay: number } {
  if (window === "week") {
    const fromDay = day - ((weekdayOf(day) - firstWeekday + 7) % 7);
    return { fromDay, toDay: fromDay + 7 };
  }
  const { year, month } = dateOf(day);
  const first = (after: number) => {
    const months = year * MONTHS + month - 1 + after;
    return dayNumber(Math.floor(months / MONTHS), (months % MONTHS) + 1, 1);
  };
  const after = window === "next" ? 1 : 0;
  return { fromDay: first(after), toDay: first(after + 1) };
}

/** The midnight of a zone with which an epoch day begins, epoch ms. */
export function midnight(day: number, zone: string): number {
  return instantOfWall(wallClockOf(zone, dateOf(day).year), day * DAY_MS);
}

/** 1 is Monday: 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
