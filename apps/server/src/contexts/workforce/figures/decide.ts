import {
  ABSENCES,
  contractOn,
  correctedOf,
  leaveTakenIn,
  minutesOf,
  nominalMinutes,
  type AbsenceKind,
  type Contract,
  type Unified,
} from "@hourwright/schedule";
import { DAY_MS, dayNumber, startOfWeek } from "@hourwright/time";
import { daysOf } from "../accounts/decide.ts";
import type { AccountRules, Pair, StoredCorrection } from "../accounts/model.ts";
import { unifiedParts, type Agreed } from "../schedules/agreed.ts";
import type { DayWindow } from "../schedules/scenes.ts";

// Pure: hours, overtime, absence, leave and cost of a person by month, and what they add up to.

export type Month = { readonly name: string; readonly fromDay: number; readonly toDay: number };

/** Minutes, hundredths of days of leave, and smallest units of each currency (not yet rounded). */
export type Figures = {
  readonly nominal: number;
  readonly planned: number;
  readonly worked: number;
  readonly credited: number;
  readonly overtime: number;
  readonly absence: Readonly<Record<AbsenceKind, number>>;
  readonly leaveHundredths: number;
  readonly cost: ReadonlyMap<string, number>;
};

const ABSENCE_KINDS = Object.keys(ABSENCES) as readonly AbsenceKind[];
const absencesBy = (minutes: (kind: AbsenceKind) => number): Figures["absence"] =>
  Object.fromEntries(ABSENCE_KINDS.map((kind) => [kind, minutes(kind)])) as Figures["absence"];

/** The months from one to another, both of them. */
export function monthsBetween(from: string, to: string): Month[] {
  const [first, last] = [numberOf(from), numberOf(to)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const [year, month] = [Math.floor((first + i) / 12), ((first + i) % 12) + 1];
    const toDay = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
    return { name: `${year}-${String(month).padStart(2, "0")}`, fromDay: dayNumber(year, month, 1), toDay };
  });
}

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

/**
 * Days of whole weeks around months: a week's overtime is the week's, and stands in the month of its last day of work. One week more
 * on each side: nights of the last day end in the next month, and the clocks of people are not those of their sites.
 */
export const daysAround = (months: readonly Month[]): DayWindow => ({
  fromDay: startOfWeek(months[0]!.fromDay, 1) - 7,
  toDay: startOfWeek(months.at(-1)!.toDay + 6, 1) + 7,
});

/** The schedule of these days. */
export function scheduleAround(agreed: Agreed, months: readonly Month[]): readonly Unified[] {
  const { fromDay, toDay } = daysAround(months);
  return [...unifiedParts(agreed, fromDay, toDay)];
}

/** One person's months, as of a day; null for those without a contract in it. `parts`: of `scheduleAround`. Linear in days, stretches and pairs. */
export function figuresOf(
  agreed: Agreed,
  parts: readonly Unified[],
  clocked: { readonly pairs: readonly Pair[]; readonly corrections: readonly StoredCorrection[] },
  rules: AccountRules,
  months: readonly Month[],
  today: number,
): (Figures | null)[] {
  const { zone, contracts } = agreed;
  const dayOfMs = (ms: number) => Math.floor(zone.toLocalMs(ms) / DAY_MS);
  const corrections = clocked.corrections.filter(({ state }) => state === "approved");
  const { worked } = correctedOf(clocked.pairs, corrections, dayOfMs);
  const days = parts.flatMap((unified) => daysOf(unified, worked, rules, today));
  const leave = parts.flatMap(leaveTakenIn);
  const absences = parts.flatMap(absencesIn);
  return months.map((month) => {
    if (!contracts.some(({ fromDay, toDay }) => fromDay < month.toDay && (toDay ?? Infinity) > month.fromDay))
      return null;
    const isIn = ({ day }: { readonly day: number }) => month.fromDay <= day && day < month.toDay;
    const own = days.filter(isIn);
    const sum = (key: "planned" | "worked" | "credited" | "overtime") => own.reduce((all, day) => all + day[key], 0);
    return {
      nominal: nominalMinutes(contracts, month.fromDay, month.toDay),
      planned: sum("planned"),
      worked: sum("worked"),
      credited: sum("credited"),
      overtime: sum("overtime"),
      absence: absencesBy((kind) =>
        absences.reduce((all, each) => (each.kind === kind && isIn(each) ? all + each.minutes : all), 0),
      ),
      leaveHundredths: leave.filter(isIn).reduce((all, { hundredths }) => all + hundredths, 0),
      cost: costOf(own, contracts, today),
    };
  });
}

type Absent = { readonly day: number; readonly kind: AbsenceKind; readonly minutes: number };

/** Minutes of shifts that an absence took, by the day of the shift; being on call is none. */
function absencesIn({ stretches }: Unified): Absent[] {
  return stretches.flatMap(({ why, shift, day, startMs, endMs }) => {
    if (shift === null || shift.shift.kind === "on-call" || why.kind !== "absence") return [];
    const { what } = why.adjustment;
    return what.kind === "absence" ? [{ day, kind: what.type, minutes: minutesOf({ startMs, endMs }) }] : [];
  });
}

/** What paid time costs by the version of the contract that holds on the day: worked until today, planned from then on. */
function costOf(
  days: readonly {
    readonly day: number;
    readonly planned: number;
    readonly worked: number;
    readonly credited: number;
  }[],
  contracts: readonly Contract[],
  today: number,
): ReadonlyMap<string, number> {
  const money = new Map<string, number>();
  for (const { day, planned, worked, credited } of days) {
    const minutes = credited + (day < today ? worked : planned);
    const cost = minutes === 0 ? null : (contractOn(contracts, day)?.cost ?? null);
    if (cost !== null) money.set(cost.currency, (money.get(cost.currency) ?? 0) + (cost.minorUnits * minutes) / 60);
  }
  return money;
}

/** What some people's figures are together. */
export function sumOf(all: readonly Figures[]): Figures {
  const sum = (value: (figures: Figures) => number) => all.reduce((total, each) => total + value(each), 0);
  const currencies = new Set(all.flatMap(({ cost }) => [...cost.keys()]));
  return {
    nominal: sum(({ nominal }) => nominal),
    planned: sum(({ planned }) => planned),
    worked: sum(({ worked }) => worked),
    credited: sum(({ credited }) => credited),
    overtime: sum(({ overtime }) => overtime),
    absence: absencesBy((kind) => sum(({ absence }) => absence[kind])),
    leaveHundredths: sum(({ leaveHundredths }) => leaveHundredths),
    cost: new Map([...currencies].toSorted().map((each) => [each, sum(({ cost }) => cost.get(each) ?? 0)])),
  };
}

/** The day it is where somebody is, counted from 1970. */
export const todayOf = ({ zone }: Pick<Agreed, "zone">, nowMs: number): number =>
  Math.floor(zone.toLocalMs(nowMs) / DAY_MS);
