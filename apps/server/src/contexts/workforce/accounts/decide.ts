import { limits } from "@hourwright/contract";
import {
  accountOf,
  balancesOf,
  correctedOf,
  leaveOf,
  leaveTakenIn,
  nominalMinutes,
  REACH_DAYS,
  UNIFIED_DAYS_MAX,
  unify,
  type AccountDay,
  type BalanceMonth,
  type LeaveYear,
  type Unified,
} from "@hourwright/schedule";
import { DAY_MS, dateOf, dayNumber, startOfWeek, type Interval } from "@hourwright/time";
import { firstDayOf, type Agreed } from "../schedules/agreed.ts";
import type { DayWindow } from "../schedules/scenes.ts";
import type { AccountRules, Pair, StoredCorrection } from "./model.ts";

// Pure: what an account says, from a schedule, what was clocked, and rules [TA1] to [TA10].

export type Account = {
  readonly days: readonly AccountDay[];
  readonly nominal: number;
  readonly months: readonly (BalanceMonth & { readonly month: string })[];
  readonly leave: readonly LeaveYear[];
  readonly faults: readonly string[];
};

/** The days that an account reads, from a Monday on: the window asked, the months that balances go back, the years of leave, and into what their last nights reach. */
export function daysRead(agreed: Agreed, window: DayWindow, today: number): DayWindow {
  const begins = firstMonthDay(agreed, today);
  const { year } = dateOf(today);
  return {
    fromDay: startOfWeek(Math.min(window.fromDay, begins, dayNumber(dateOf(begins).year, 1, 1)), 1),
    toDay: Math.max(window.toDay, dayNumber(year + 1, 1, 1)) + REACH_DAYS,
  };
}

/** The first day of the month from which on balances are counted. */
function firstMonthDay(agreed: Agreed, today: number): number {
  const { year, month } = dateOf(today);
  const farthest = year * 12 + month - 1 - (limits.ACCOUNT_MONTHS_MAX - 1);
  const begins = dateOf(firstDayOf(agreed) ?? today);
  const first = Math.max(farthest, begins.year * 12 + begins.month - 1);
  return dayNumber(Math.floor(first / 12), (first % 12) + 1, 1);
}

/** An account as of a day: balances count what lies before it, leave what is approved ahead as well. Linear in days and pairs. */
export function decideAccount(
  agreed: Agreed,
  clocked: { readonly pairs: readonly Pair[]; readonly corrections: readonly StoredCorrection[] },
  rules: AccountRules,
  window: DayWindow,
  today: number,
): Account {
  const { zone, contracts } = agreed;
  const read = daysRead(agreed, window, today);
  const parts = [...partsOf(agreed, read)];
  const dayOfMs = (ms: number) => Math.floor(zone.toLocalMs(ms) / DAY_MS);
  const corrections = clocked.corrections.filter(({ state }) => state === "approved");
  const { worked, faults } = correctedOf(clocked.pairs, corrections, dayOfMs);
  const all = parts.flatMap(({ unified, isOwn }) => daysOf(unified, worked, rules, today).filter(isOwn));
  const days = all.filter(({ day }) => window.fromDay <= day && day < window.toDay);
  return {
    days,
    nominal: nominalMinutes(contracts, window.fromDay, window.toDay),
    months: monthsOf(agreed, all, rules, today),
    leave: leaveOf(
      contracts,
      parts.flatMap(({ unified, isOwn }) => leaveTakenIn(unified).filter(isOwn)),
      rules.leave,
      {
        first: dateOf(firstMonthDay(agreed, today)).year,
        last: dateOf(today).year,
      },
    ),
    faults,
  };
}

/** Whole weeks that are merged at once, with the days into which their last nights reach. */
const PART_DAYS = Math.floor((UNIFIED_DAYS_MAX - REACH_DAYS) / 7) * 7;

/** The schedule of some days from a Monday on, in parts: each has days of its own, whole with their nights, and no week is in two. */
function* partsOf(agreed: Agreed, { fromDay, toDay }: DayWindow) {
  for (let first = fromDay; first < toDay; first += PART_DAYS) {
    const next = Math.min(first + PART_DAYS, toDay);
    const unified = unify({ ...agreed, fromDay: first, toDay: Math.min(next + REACH_DAYS, toDay) });
    yield { unified, isOwn: ({ day }: { readonly day: number }) => first <= day && day < next };
  }
}

/** What was planned until today counts as worked, where nobody clocks. */
export function daysOf(
  unified: Unified,
  worked: readonly Interval[],
  rules: AccountRules,
  today: number,
): AccountDay[] {
  const isIn = ({ startMs }: Interval) => {
    const day = Math.floor(unified.zone.toLocalMs(startMs) / DAY_MS);
    return unified.fromDay <= day && day < unified.toDay;
  };
  const none = { dailyMinutes: null, weeklyMinutes: null };
  const isClocked = rules.counts === "clocked";
  const days = accountOf(
    unified,
    isClocked ? worked.filter(isIn) : [],
    rules.rounding,
    isClocked ? rules.overtime : none,
  );
  return isClocked ? days : days.map((each) => ({ ...each, worked: each.day < today ? each.planned : 0 }));
}

function monthsOf(agreed: Agreed, days: readonly AccountDay[], rules: AccountRules, today: number): Account["months"] {
  if (agreed.contracts.length === 0) return [];
  const first = firstMonthDay(agreed, today);
  const months: { month: string; change: number }[] = [];
  for (let from = first; from <= today;) {
    const { year, month } = dateOf(from);
    const next = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
    const until = Math.min(next, today);
    const had = days.reduce(
      (sum, { day, worked, credited }) => (from <= day && day < until ? sum + worked + credited : sum),
      0,
    );
    const asked = until > from ? nominalMinutes(agreed.contracts, from, until) : 0;
    months.push({ month: `${year}-${String(month).padStart(2, "0")}`, change: had - asked });
    from = next;
  }
  const balances = balancesOf(
    0,
    months.map(({ change }) => change),
    rules.carry,
  );
  return balances.map((balance, i) => ({ month: months[i]!.month, ...balance }));
}
