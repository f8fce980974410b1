import { dateOf, dayNumber } from "@hourwright/time";
import { parseDate, printDate } from "@hourwright/timeline";
import type { Answer } from "../data/api.ts";

// Pure: skills as they are typed, and what a person's skill is today.

export type Skill = Answer<"skills.list">["items"][number];
export type Held = Answer<"personSkills.list">["items"][number];

export const LEVELS_MAX = 5;
/** So long before its end a skill is told to end soon. */
const SOON_DAYS = 60;

/** Levels as they are typed, with commas between them; null where they are too many, or two are called alike. */
export function levelsOf(text: string): string[] | null {
  const levels = text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  const names = new Set(levels.map((each) => each.toLowerCase()));
  return levels.length <= LEVELS_MAX && names.size === levels.length ? levels : null;
}

/** How a skill stands on a day: it is over, it ends soon, it has not begun, or nothing of the kind. */
export function stateOf(
  { from, until }: Pick<Held, "from" | "until">,
  today: string,
): "ended" | "soon" | "later" | null {
  if (until !== null && until < today) return "ended";
  if (from > today) return "later";
  return until !== null && until < dayAfter(today, SOON_DAYS) ? "soon" : null;
}

function dayAfter(day: string, days: number): string {
  const { year, month, day: ofMonth } = parseDate(day)!;
  return printDate(dateOf(dayNumber(year, month, ofMonth) + days));
}

/** What is wrong with the days of a skill; null where nothing is. */
export function faultOfDays(from: string, until: string): "needsDay" | "endsFirst" | null {
  if (!isDay(from) || (until !== "" && !isDay(until))) return "needsDay";
  return until !== "" && until < from ? "endsFirst" : null;
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
