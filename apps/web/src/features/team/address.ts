import { dateOf, dayNumber, daysInMonth, weekdayOf } from "@hourwright/time";
import { dayOfText, textOfDay, type RosterWindow } from "../../data/roster.ts";

/** How many days are shown: weeks, the month, or the hours of one day. */
export const SPANS = ["day", "1", "2", "3", "4", "5", "6", "month"] as const;
export type TeamSpan = (typeof SPANS)[number];

/** What the address of Team holds: it can be shared, bookmarked and printed. */
export type TeamAddress = {
  /** The first day shown, an epoch day. */
  readonly day: number;
  readonly span: TeamSpan;
  readonly site: string | null;
  readonly skill: string | null;
  readonly team: string | null;
  readonly name: string;
  readonly draft: string | null;
  /** Another draft, beside which this one is looked at. */
  readonly compare: string | null;
  /** The grid or one's own page; null: one's own page on a phone, the grid where there is room. */
  readonly view: "grid" | "own" | null;
};

const VIEWS = ["grid", "own"] as const;
const WEEK_DAYS = 7;
const TEXT_MAX = 200;
const SPAN_DEFAULT: TeamSpan = "4";
const DAY_MIN = dayNumber(1970, 1, 5);
const DAY_MAX = dayNumber(2199, 11, 1);

/** Reads `/team/2027-03-15?weeks=4`; what it does not say, or says wrongly, is today with everybody. */
export function parseTeam(path: string, today: number, firstWeekday: number): TeamAddress {
  const url = new URL(path, "http://localhost");
  const wanted = url.searchParams.get("weeks");
  const span = SPANS.find((each) => each === wanted) ?? SPAN_DEFAULT;
  const text = (name: string) => url.searchParams.get(name)?.slice(0, TEXT_MAX) || null;
  const day = dayOfText(url.pathname.split("/")[2] ?? "") ?? today;
  return {
    day: firstDayOf(span, Math.min(DAY_MAX, Math.max(DAY_MIN, day)), firstWeekday),
    span,
    site: text("site"),
    skill: text("skill"),
    team: text("team"),
    name: text("name") ?? "",
    draft: text("draft"),
    compare: text("compare"),
    view: VIEWS.find((each) => each === url.searchParams.get("view")) ?? null,
  };
}

export function printTeam({ day, span, site, skill, team, name, draft, compare, view }: TeamAddress): string {
  const query = new URLSearchParams();
  if (span !== SPAN_DEFAULT) query.set("weeks", span);
  for (const [key, value] of Object.entries({ site, skill, team, name, draft, compare, view }))
    if (value !== null && value !== "") query.set(key, value);
  const text = query.toString();
  return `/team/${textOfDay(day)}${text === "" ? "" : `?${text}`}`;
}

/** The first day shown where a day is looked at: that of its week or month. */
export function firstDayOf(span: TeamSpan, day: number, firstWeekday: number): number {
  if (span === "day") return day;
  if (span === "month") return day - dateOf(day).day + 1;
  return day - ((weekdayOf(day) - firstWeekday + WEEK_DAYS) % WEEK_DAYS);
}

export function windowOf({ day, span }: Pick<TeamAddress, "day" | "span">): RosterWindow {
  if (span === "day") return { fromDay: day, days: 1 };
  if (span !== "month") return { fromDay: day, days: Number(span) * WEEK_DAYS };
  const { year, month } = dateOf(day);
  return { fromDay: day, days: daysInMonth(year, month) };
}

/** The first day after turning the page: by a day, a month, or the weeks shown. */
export function turned({ day, span }: TeamAddress, by: 1 | -1): number {
  if (span === "day") return day + by;
  if (span !== "month") return day + by * Number(span) * WEEK_DAYS;
  const { year, month } = dateOf(day);
  const next = month + by;
  return dayNumber(year + (next === 0 ? -1 : next === 13 ? 1 : 0), next === 0 ? 12 : next === 13 ? 1 : next, 1);
}
