import type { Answer } from "../../data/api.ts";

// Pure: figures of months as rows, each with what its months add up to.

export type Figures = Answer<"staffFigures.read">;
export type Month = Figures["total"][number];
export type Money = NonNullable<Month["cost"]>;

export const METRICS = ["planned", "worked", "overtime", "coverage", "absence", "leave", "cost"] as const;
export type Metric = (typeof METRICS)[number];

export type FigureRow = {
  /** Empty: those who are in none. */
  readonly key: string;
  readonly name: string;
  readonly months: readonly Month[];
};

export const MONTHS_MAX = 24;

/** Groups in the order in which the server tells them, with their months from the first one on. */
export function rowsOf(items: Figures["items"]): readonly FigureRow[] {
  return Array.from(
    Map.groupBy(items, ({ id, name }) => id ?? name),
    ([key, months]) => ({ key, name: months[0]!.name, months }),
  );
}

export const absenceOf = ({ absence }: Month): number =>
  Object.values(absence).reduce((sum, minutes) => sum + minutes, 0);

/** What is told of a month by a number: minutes (of coverage those that are missing), days, or of money the smallest units of all currencies, for a bar alone. */
export function valueOf(month: Month, metric: Metric): number {
  switch (metric) {
    case "planned":
      return month.plannedMinutes;
    case "worked":
      return month.workedMinutes;
    case "overtime":
      return month.overtimeMinutes;
    case "coverage":
      return month.coverage?.shortMinutes ?? 0;
    case "absence":
      return absenceOf(month);
    case "leave":
      return month.leaveDays;
    case "cost":
      return (month.cost ?? []).reduce((sum, { minorUnits }) => sum + minorUnits, 0);
  }
}

export const sumOf = (months: readonly Month[], metric: Metric): number =>
  months.reduce((sum, month) => sum + valueOf(month, metric), 0);

/** What months cost, by currency; null for who may not know. */
export function costOf(months: readonly Month[]): Money | null {
  if (months.some(({ cost }) => cost === null)) return null;
  const byCurrency = new Map<string, number>();
  for (const { minorUnits, currency } of months.flatMap(({ cost }) => cost ?? []))
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + minorUnits);
  return Array.from(byCurrency, ([currency, minorUnits]) => ({ minorUnits, currency }));
}

/** How much of what months need is covered, and the minutes that are missing; null where nobody is needed. Whole only where nothing is missing. */
export function coverageOf(months: readonly Month[]): { readonly part: number; readonly shortMinutes: number } | null {
  const asked = months.flatMap(({ coverage }) => coverage ?? []);
  const needed = asked.reduce((sum, { neededMinutes }) => sum + neededMinutes, 0);
  if (needed === 0) return null;
  const shortMinutes = asked.reduce((sum, each) => sum + each.shortMinutes, 0);
  return { part: Math.floor(((needed - shortMinutes) * 100) / needed) / 100, shortMinutes };
}

/** The month so many months from one; months are written 2027-03. */
export function monthAfter(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** Whether two months are a window that the server answers: in order, and not too far apart. */
export function isWindow(from: string, to: string): boolean {
  const isMonth = (text: string) => /^(19[7-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])$/.test(text);
  return isMonth(from) && isMonth(to) && from <= to && to < monthAfter(from, MONTHS_MAX);
}
