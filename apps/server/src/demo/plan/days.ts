import { assert } from "@hourwright/std";
import { dayNumber, startOfWeek, weekdayOf } from "@hourwright/time";
import type { Holiday } from "../holidays.ts";
import type { Anchor, Season, Tables } from "./model.ts";

/** The year it is in a zone. */
export const yearIn = (nowMs: number, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).year;

/** Days on which the house is closed, without a gap: one bar of the year. */
export type Closure = { readonly day: number; readonly days: number; readonly title: string };

/** When the house is closed: on public holidays, from Good Friday to Easter Monday, and from 24 December to 1 January. */
export class ClosedDays {
  readonly #names = new Map<number, string>();

  constructor(holidays: readonly Holiday[], fromYear: number, toYear: number) {
    for (const { day, name } of holidays) this.#names.set(day, name);
    for (let year = fromYear; year <= toYear; year++) {
      const easter = easterSunday(holidays, year);
      for (let day = easter - 2; day <= easter + 1; day++) this.#add(day, "Easter");
      for (let day = dayNumber(year, 12, 24); day <= dayNumber(year + 1, 1, 1); day++) this.#add(day, "Winter closure");
    }
  }

  /** A day that is a holiday by itself keeps its name. */
  #add(day: number, name: string): void {
    if (!this.#names.has(day)) this.#names.set(day, name);
  }

  has(day: number): boolean {
    return this.#names.has(day);
  }

  /** Every closed day with its name, in order. */
  all(): Holiday[] {
    return [...this.#names].map(([day, name]) => ({ day, name })).sort((a, b) => a.day - b.day);
  }

  /** The closures that touch `[fromDay, toDay)`, whole. */
  closures(fromDay: number, toDay: number, shortNames: Tables["shortNames"]): Closure[] {
    const closures: Closure[] = [];
    for (const { day, name } of this.all()) {
      const last = closures.at(-1);
      if (last !== undefined && last.day + last.days === day)
        closures[closures.length - 1] = { ...last, days: last.days + 1 };
      else closures.push({ day, days: 1, title: `Closed · ${shortNames[name] ?? name}` });
    }
    return closures.filter(({ day, days }) => day < toDay && day + days > fromDay);
  }
}

function easterSunday(holidays: readonly Holiday[], year: number): number {
  const monday = holidays.find(({ day, name }) => name === "Easter Monday" && day > dayNumber(year, 1, 1));
  assert(monday !== undefined && monday.day < dayNumber(year + 1, 1, 1), `no Easter Monday is known for ${year}`);
  return monday.day - 1;
}

/** The days of one year as a plan speaks of them. */
export class YearDays {
  readonly year: number;
  readonly firstDay: number;
  readonly endDay: number;
  readonly closed: ClosedDays;
  readonly #easter: number;
  readonly #tables: Pick<Tables, "seasons" | "breakWeeks">;

  constructor(
    year: number,
    holidays: readonly Holiday[],
    closed: ClosedDays,
    tables: Pick<Tables, "seasons" | "breakWeeks">,
  ) {
    this.year = year;
    this.firstDay = dayNumber(year, 1, 1);
    this.endDay = dayNumber(year + 1, 1, 1);
    this.closed = closed;
    this.#easter = easterSunday(holidays, year);
    this.#tables = tables;
  }

  /** The day that an anchor means; near New Year it may lie in the year before or after. */
  dayOf(on: Anchor): number {
    return "easter" in on ? this.#easter + on.easter : this.#mondayOf(on.week) + on.weekday - 1;
  }

  /** First day and end of a season, within the year. */
  season(season: Season): { fromDay: number; toDay: number } {
    if (season === "year") return { fromDay: this.firstDay, toDay: this.endDay };
    const { fromWeek, toWeek } = this.#tables.seasons[season];
    return {
      fromDay: Math.max(this.firstDay, this.#mondayOf(fromWeek)),
      toDay: Math.min(this.endDay, this.#mondayOf(toWeek + 1)),
    };
  }

  /** Weeks without lessons. */
  isBreak(day: number): boolean {
    const monday = startOfWeek(day, 1);
    return (
      monday === startOfWeek(this.#easter, 1) || this.#tables.breakWeeks.some((week) => monday === this.#mondayOf(week))
    );
  }

  isOpen(day: number): boolean {
    return day >= this.firstDay && day < this.endDay && !this.closed.has(day);
  }

  isWorkingDay(day: number): boolean {
    return this.isOpen(day) && weekdayOf(day) <= 5;
  }

  /** The longest stretch of open days within some days, the first of equal ones; null when all are closed. */
  longestOpen(day: number, days: number): { day: number; days: number } | null {
    let best: { day: number; days: number } | null = null;
    for (let from = day; from < day + days; from++) {
      let length = 0;
      while (from + length < day + days && this.isOpen(from + length)) length++;
      if (length > (best?.days ?? 0)) best = { day: from, days: length };
    }
    return best;
  }

  /** Every day of the year, in order. */
  *days(): Generator<number> {
    for (let day = this.firstDay; day < this.endDay; day++) yield day;
  }

  #mondayOf(week: number): number {
    // 4 January always lies in week 1 (ISO 8601).
    return startOfWeek(dayNumber(this.year, 1, 4), 1) + (week - 1) * 7;
  }
}
