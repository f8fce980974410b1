import { dateOf, dayNumber, daysInMonth, weekdayOf } from "@hourwright/time";
import type { Answer } from "../../data/api.ts";

// Pure: a year of somebody's schedule as days, each with what it is told by.

export const ABSENCES = ["leave", "sick", "training", "compensation", "unpaid", "parental", "away", "holiday"] as const;
export type Absence = (typeof ABSENCES)[number];

export type YearDay = {
  /** Epoch day. */
  readonly day: number;
  /** What fills the cell; null: nothing but work, or nothing at all. */
  readonly absence: Absence | null;
  /** What the day would be if all that waits were approved; null where that is the same. */
  readonly asked: Absence | null;
  /** The public holiday's name. */
  readonly holiday: string;
  readonly awayMinutes: number;
  readonly workMinutes: number;
};

type Schedules = Pick<Answer<"schedules.list">, "sources" | "items">;
const NUMBERS_OF_A_STRETCH = 4;
const DAY_MINUTES = 1_440;

/** Each day of a year from the row of one person, of which `from` was the first of January. */
export function yearOf(year: number, { sources, items }: Schedules): readonly YearDay[] {
  const first = dayNumber(year, 1, 1);
  const days = Array.from({ length: dayNumber(year + 1, 1, 1) - first }, (_, i) => ({ ...NOTHING, day: first + i }));
  const [row] = items;
  if (row === undefined) return days;
  for (const { at, minutes, source } of stretchesOf(row.stretches)) {
    const [day, from] = [days[at], sources[source]];
    if (day === undefined || from === undefined) continue;
    if (from.kind === "work") day.workMinutes += minutes;
    if (from.kind === "holiday") day.holiday = from.name;
    const absence = absenceOf(from);
    if (absence === null) continue;
    if (absence !== "holiday" || day.absence === null) day.absence = absence;
    // What lies between shifts counts as little as a night's sleep.
    if (absence !== "holiday" && from.isPaid !== false)
      day.awayMinutes = Math.min(DAY_MINUTES, day.awayMinutes + minutes);
  }
  for (const { at, source } of stretchesOf(row.pending)) {
    const [day, from] = [days[at], sources[source]];
    const absence = from === undefined ? null : absenceOf(from);
    if (day !== undefined && absence !== null && absence !== "holiday" && absence !== day.absence) day.asked = absence;
  }
  return days;
}

const NOTHING: Omit<Writable<YearDay>, "day"> = {
  absence: null,
  asked: null,
  holiday: "",
  awayMinutes: 0,
  workMinutes: 0,
};
type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

function* stretchesOf(numbers: readonly number[]) {
  for (let i = 0; i + NUMBERS_OF_A_STRETCH <= numbers.length; i += NUMBERS_OF_A_STRETCH)
    yield { at: numbers[i]!, minutes: numbers[i + 2]!, source: numbers[i + 3]! };
}

function absenceOf({ kind, what }: Schedules["sources"][number]): Absence | null {
  if (kind === "holiday") return "holiday";
  return kind === "absence" ? (ABSENCES.find((each) => each === what) ?? "away") : null;
}

/** How many days of each kind there are; of those that wait nothing. */
export function totalsOf(days: readonly YearDay[]): ReadonlyMap<Absence, number> {
  const totals = new Map<Absence, number>();
  for (const { absence } of days) if (absence !== null) totals.set(absence, (totals.get(absence) ?? 0) + 1);
  return totals;
}

export const COLUMNS = 37;

/** In which of the 37 columns a day stands: each month begins under its first weekday. */
export function columnOf(day: number, firstWeekday: number): number {
  const { year, month, day: ofMonth } = dateOf(day);
  return ((weekdayOf(dayNumber(year, month, 1)) - firstWeekday + 7) % 7) + ofMonth - 1;
}

/** Where an arrow leads, within the year: sideways by days, up and down to the same column of the next month. */
export function movedDay(day: number, key: string, firstWeekday: number): number | null {
  const { year, month, day: ofMonth } = dateOf(day);
  const [first, last] = [dayNumber(year, 1, 1), dayNumber(year, 12, 31)];
  const within = (to: number) => Math.min(last, Math.max(first, to));
  switch (key) {
    case "ArrowLeft":
      return within(day - 1);
    case "ArrowRight":
      return within(day + 1);
    case "Home":
      return dayNumber(year, month, 1);
    case "End":
      return dayNumber(year, month, daysInMonth(year, month));
    case "ArrowUp":
    case "ArrowDown": {
      const to = month + (key === "ArrowUp" ? -1 : 1);
      if (to < 1 || to > 12) return day;
      const offset = columnOf(day, firstWeekday) - columnOf(dayNumber(year, to, 1), firstWeekday);
      return dayNumber(year, to, Math.min(daysInMonth(year, to), Math.max(1, offset + 1)));
    }
    case "PageUp":
    case "PageDown": {
      const to = Math.min(12, Math.max(1, month + (key === "PageUp" ? -3 : 3)));
      return dayNumber(year, to, Math.min(daysInMonth(year, to), ofMonth));
    }
    default:
      return null;
  }
}
