import { assert } from "@hourwright/std";

/** What happens to hours at the end of a month: `max` may be kept, and each hour is lost after so many months; null for never. */
export type CarryRule = { readonly max: number | null; readonly expireAfterMonths: number | null };

/** One month in minutes: `closing` is `opening + change - expired - capped`. */
export type BalanceMonth = {
  readonly opening: number;
  readonly change: number;
  readonly expired: number;
  readonly capped: number;
  readonly closing: number;
};

export const BALANCE_MONTHS_MAX = 1_200;

type Lot = { readonly month: number; minutes: number };

/**
 * Balances month by month [TA6]: minutes of a month first pay what is owed; what is taken is the oldest first; at the end of
 * a month the oldest expire, then what is above the most is lost, the oldest first. O(months).
 */
export function balancesOf(opening: number, changes: readonly number[], rule: CarryRule): BalanceMonth[] {
  assert(changes.length <= BALANCE_MONTHS_MAX, `at most ${BALANCE_MONTHS_MAX} months: ${changes.length}`);
  const lots: Lot[] = opening > 0 ? [{ month: -1, minutes: opening }] : [];
  let owed = Math.max(0, -opening);
  let first = 0;
  const take = (minutes: number): number => {
    let left = minutes;
    while (left > 0 && first < lots.length) {
      const lot = lots[first]!;
      const taken = Math.min(left, lot.minutes);
      lot.minutes -= taken;
      left -= taken;
      if (lot.minutes === 0) first++;
    }
    return left;
  };
  let balance = opening;
  return changes.map((change, month) => {
    const before = balance;
    if (change < 0) owed += take(-change);
    else {
      const paid = Math.min(owed, change);
      owed -= paid;
      if (change > paid) lots.push({ month, minutes: change - paid });
    }
    let [expired, kept] = [0, before + change];
    const { expireAfterMonths, max } = rule;
    while (expireAfterMonths !== null && first < lots.length && month - lots[first]!.month >= expireAfterMonths) {
      expired += lots[first]!.minutes;
      first++;
    }
    kept -= expired;
    const capped = max === null ? 0 : Math.max(0, kept - max);
    take(capped);
    balance = kept - capped;
    return { opening: before, change, expired, capped, closing: balance };
  });
}
