import { assert } from "@hourwright/std";
import { dateOf, dayNumber, daysInMonth, daysInYear } from "@hourwright/time";
import type { Contract } from "./contract.ts";
import { minutesOf, type Unified } from "./unify.ts";

/**
 * Leave in hundredths of days. `fullYear`: of full time and a whole year. `roundUpTo`: 50 for half days. `carryMax`: what may be
 * taken into the next year, null for all; `carryUntil`: the last day there on which it may be taken, null for any.
 */
export type LeaveRule = {
  readonly fullYear: number;
  readonly roundUpTo: number;
  readonly carryMax: number | null;
  readonly carryUntil: { readonly month: number; readonly day: number } | null;
};

/** Leave taken on a day, in hundredths of days. */
export type LeaveTaken = { readonly day: number; readonly hundredths: number };

/** One year: `left` is `carried + entitled - taken - expired`; of it `forfeited` does not go into the next. */
export type LeaveYear = {
  readonly year: number;
  readonly carried: number;
  readonly entitled: number;
  readonly taken: number;
  readonly expired: number;
  readonly left: number;
  readonly forfeited: number;
};

export const LEAVE_YEARS_MAX = 100;

/** Leave that a year gives: by days of each version and part of full time, rounded up once [TA7]. O(versions). */
export function entitlementOf(
  contracts: readonly Contract[],
  year: number,
  { fullYear, roundUpTo }: LeaveRule,
): number {
  const [first, end] = [dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1)];
  const weighted = contracts.reduce((sum, { fromDay, toDay, partPermille }) => {
    const days = Math.min(toDay ?? end, end) - Math.max(fromDay, first);
    return sum + Math.max(0, days) * partPermille;
  }, 0);
  const whole = 1_000 * daysInYear(year) * roundUpTo;
  return Math.ceil((fullYear * weighted) / whole) * roundUpTo;
}

/** Years of leave one after the other [TA8]; what was carried is taken first. O(years × versions + taken). */
export function leaveOf(
  contracts: readonly Contract[],
  taken: readonly LeaveTaken[],
  rule: LeaveRule,
  years: { readonly first: number; readonly last: number },
): LeaveYear[] {
  assert(
    years.last - years.first < LEAVE_YEARS_MAX,
    `at most ${LEAVE_YEARS_MAX} years: ${years.first} to ${years.last}`,
  );
  let carried = 0;
  return Array.from({ length: Math.max(0, years.last - years.first + 1) }, (_, i) => {
    const year = years.first + i;
    const entitled = entitlementOf(contracts, year, rule);
    const inYear = taken.filter(({ day }) => dateOf(day).year === year);
    const used = sum(inYear);
    const untilDay = lastDayOf(rule.carryUntil, year);
    const inTime = sum(inYear.filter(({ day }) => day <= untilDay));
    const expired = rule.carryUntil === null ? 0 : Math.max(0, carried - inTime);
    const left = carried + entitled - used - expired;
    const forfeited = rule.carryMax === null ? 0 : Math.max(0, left - rule.carryMax);
    const line = { year, carried, entitled, taken: used, expired, left, forfeited };
    carried = left - forfeited;
    return line;
  });
}

const sum = (taken: readonly LeaveTaken[]): number => taken.reduce((all, { hundredths }) => all + hundredths, 0);

function lastDayOf(until: LeaveRule["carryUntil"], year: number): number {
  if (until === null) return Infinity;
  return dayNumber(year, until.month, Math.min(until.day, daysInMonth(year, until.month)));
}

/**
 * The leave that a schedule takes [TA9]: of each day the part of its shifts that leave replaced, in hundredths. Days without
 * a shift, public holidays and illness take none. Linear.
 */
export function leaveTakenIn({ stretches }: Unified): LeaveTaken[] {
  const days = new Map<number, { leave: number; all: number }>();
  for (const stretch of stretches) {
    const { shift, why, day } = stretch;
    if (shift === null || shift.shift.kind === "on-call" || why.kind === "removed") continue;
    const before = days.get(day) ?? { leave: 0, all: 0 };
    const isLeave =
      why.kind === "absence" && why.adjustment.what.kind === "absence" && why.adjustment.what.type === "leave";
    const minutes = minutesOf(stretch);
    days.set(day, { leave: before.leave + (isLeave ? minutes : 0), all: before.all + minutes });
  }
  return [...days].flatMap(([day, { leave, all }]) =>
    leave === 0 ? [] : [{ day, hundredths: Math.floor((leave * 100) / all + 0.5) }],
  );
}
