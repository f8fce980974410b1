// Pure: the stretches of days that figures are asked for, and the order of their rows.

export type PeriodKind = "week" | "month" | "quarter" | "own";
export const PERIOD_KINDS: readonly PeriodKind[] = ["week", "month", "quarter", "own"];

/** Half-open, in days. */
export type Period = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };

/** As long as one question may be. */
export const PERIOD_DAYS_MAX = 400;

const QUARTER_MONTHS = 3;

/** The week, month or quarter that a day lies in; weeks begin on `firstWeekday`, 1 is Monday. */
export function periodAround(kind: Exclude<PeriodKind, "own">, day: Temporal.PlainDate, firstWeekday: number): Period {
  if (kind === "week") {
    const from = day.subtract({ days: (day.dayOfWeek - firstWeekday + 7) % 7 });
    return { from, to: from.add({ days: 7 }) };
  }
  const first = day.with({ day: 1 });
  if (kind === "month") return { from: first, to: first.add({ months: 1 }) };
  const from = first.subtract({ months: (day.month - 1) % QUARTER_MONTHS });
  return { from, to: from.add({ months: QUARTER_MONTHS }) };
}

/** A period that somebody has typed by its first and last day; null where it is none, or too long. */
export function ownPeriod(first: string, last: string): Period | null {
  try {
    const [from, to] = [Temporal.PlainDate.from(first), Temporal.PlainDate.from(last).add({ days: 1 })];
    const { days } = from.until(to, { largestUnit: "days" });
    return days >= 1 && days <= PERIOD_DAYS_MAX ? { from, to } : null;
  } catch {
    return null;
  }
}

/** How rows of a table are put in order. */
export type Order<Column extends string> = { readonly by: Column; readonly isDown: boolean };

/** The order after a heading was pressed: the same again turns it round; numbers begin with the most. */
export const pressed = <Column extends string>(
  { by, isDown }: Order<Column>,
  column: Column,
  isText: boolean,
): Order<Column> => (by === column ? { by, isDown: !isDown } : { by: column, isDown: !isText });

/** In order; what has no value comes last, whichever way. */
export function ordered<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => number | string | null,
  isDown: boolean,
): readonly Row[] {
  return rows.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const less = typeof a === "string" ? a.localeCompare(String(b)) : a - Number(b);
    return isDown ? -less : less;
  });
}
