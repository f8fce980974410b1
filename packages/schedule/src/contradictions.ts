import { NIGHT } from "./check.ts";
import { ruleText, type Rule } from "./rule.ts";
import { minutesText } from "./text.ts";

/** A roster for ever: weeks of days that are worked or not, with equal shifts that begin at one time of the day. */
export type Rhythm = {
  readonly weeks: readonly (readonly boolean[])[];
  readonly fromMinute: number;
  readonly shiftMinutes: number;
};

/**
 * Why no rhythm can have the hours asked. `rules`: without any one of them there is one for all others; where several
 * things contradict each other at once, a smallest set of which each would have to go for the others of the set to agree.
 */
export type Contradiction = { readonly rules: readonly Rule[]; readonly isOnly: boolean; readonly sentence: string };

const DAY_MINUTES = 1_440;
const WEEK_KINDS = 128;
const WITHOUT_WEEKEND = 32;
const FRIDAY = 4;
const STARTS_EVERY_MINUTES = 30;

/**
 * Null when some rhythm keeps the rules and has the hours asked in each week on average [CT1] to [CT4]. At most 4,096 pairs of weeks are looked
 * at for each rule.
 */
export function contradictions(rules: readonly Rule[], weeklyMinutes: number): Contradiction | null {
  const isPossible = (some: readonly Rule[]) => rhythmFor(some, weeklyMinutes) !== null;
  if (isPossible(rules)) return null;
  const without = (rule: Rule, of: readonly Rule[]) => of.filter((each) => each !== rule);
  const enough = rules.filter((rule) => isPossible(without(rule, rules)));
  if (enough.length > 0) return told(enough, true, weeklyMinutes);
  let smallest = rules;
  for (const rule of rules) if (!isPossible(without(rule, smallest))) smallest = without(rule, smallest);
  return told(smallest, false, weeklyMinutes);
}

function told(rules: readonly Rule[], isOnly: boolean, weeklyMinutes: number): Contradiction {
  const asked = `Nobody can work ${minutesText(weeklyMinutes)} a week`;
  if (rules.length === 0) return { rules, isOnly, sentence: `${asked}: a week does not have so many.` };
  const named = rules.map((rule) => `“${ruleText(rule)}”`).join(", ");
  const hint = isOnly ? "Without any one of these it is possible" : "These contradict each other, and others do too";
  return { rules, isOnly, sentence: `${asked} under these rules. ${hint}: ${named}.` };
}

/** A rhythm that keeps the rules and has at least the hours asked; null when there is none. */
export function rhythmFor(rules: readonly Rule[], weeklyMinutes: number): Rhythm | null {
  const weekends = rules.find((rule) => rule.kind === "weekends") ?? { of: 1, freeMin: 0 };
  for (const fromMinute of startsFor(rules)) {
    const longest = longestShift(rules, fromMinute);
    if (longest <= 0) continue;
    for (let busy = 0; busy < WEEK_KINDS; busy++) {
      for (let quiet = 0; quiet < WITHOUT_WEEKEND; quiet++) {
        const isOneKind = weekends.freeMin === 0 || weekends.freeMin === weekends.of;
        if (isOneKind && quiet > 0 && weekends.freeMin === 0) break;
        if (isOneKind && busy > 0 && weekends.freeMin > 0) break;
        const weeks = Array.from({ length: weekends.of }, (_, i) => daysOf(i < weekends.freeMin ? quiet : busy));
        const rhythm = filled(rules, weeks, fromMinute, longest);
        const days = weeks.flat().filter(Boolean).length;
        if (rhythm !== null && rhythm.shiftMinutes * days >= weeklyMinutes * weeks.length) return rhythm;
      }
    }
  }
  return null;
}

const daysOf = (bits: number): boolean[] => Array.from({ length: 7 }, (_, day) => ((bits >> day) & 1) === 1);

/** When a shift may begin: at the end of the curfew first, since there it can be longest. */
function startsFor(rules: readonly Rule[]): number[] {
  const curfew = rules.find((rule) => rule.kind === "curfew");
  const matters = rules.some(({ kind }) => kind === "nights" || kind === "week-rest");
  const every = Array.from({ length: DAY_MINUTES / STARTS_EVERY_MINUTES }, (_, i) => i * STARTS_EVERY_MINUTES);
  const first = curfew?.toMinute ?? 360;
  if (matters) return [...new Set([first, ...every])];
  // On a Friday before a free weekend a shift is the longer the earlier it begins.
  return rules.some(({ kind }) => kind === "weekends") ? [...new Set([first, 0])] : [first];
}

/** What rules of single shifts leave of a shift that begins at a minute of every day. */
function longestShift(rules: readonly Rule[], fromMinute: number): number {
  let longest = DAY_MINUTES - 1;
  for (const rule of rules) {
    if (rule.kind === "shift" || rule.kind === "day") longest = Math.min(longest, rule.minutesMax);
    if (rule.kind === "curfew") longest = Math.min(longest, untilCurfew(rule, fromMinute));
  }
  return longest;
}

function untilCurfew({ fromMinute: from, toMinute }: Rule & { readonly kind: "curfew" }, startMinute: number): number {
  const length = (toMinute - from + DAY_MINUTES) % DAY_MINUTES;
  const since = (startMinute - from + DAY_MINUTES) % DAY_MINUTES;
  return since < length ? 0 : DAY_MINUTES - since;
}

/** The longest equal shifts that the rules allow on these days; null when the days themselves break one. */
function filled(
  rules: readonly Rule[],
  weeks: readonly (readonly boolean[])[],
  fromMinute: number,
  longest: number,
): Rhythm | null {
  const days = weeks.flat();
  let shiftMinutes = longest;
  const atMost = (minutes: number) => (shiftMinutes = Math.min(shiftMinutes, minutes));
  const run = longestRun(days);
  for (const rule of rules) {
    switch (rule.kind) {
      case "days":
        if (run > rule.max) return null;
        break;
      case "week":
        atMost(rule.minutesMax / Math.max(1, ...weeks.map((week) => week.filter(Boolean).length)));
        break;
      case "rolling":
        atMost(rule.minutesMax / Math.max(1, mostWithin(days, rule.days)));
        break;
      case "rest":
        atMost(shortestGap(days) * DAY_MINUTES - rule.minutesMin);
        break;
      case "week-rest":
        atMost(underWeekRest(days, rule.minutesMin, fromMinute));
        break;
      case "nights":
        if (run > rule.max) atMost(longestByDay(fromMinute));
        break;
      case "weekends":
        if (weeks.slice(0, rule.freeMin).some((week) => week[FRIDAY])) atMost(DAY_MINUTES - fromMinute);
        break;
      default:
    }
  }
  if (!days.some(Boolean)) shiftMinutes = 0;
  return shiftMinutes < 0 ? null : { weeks, fromMinute, shiftMinutes: Math.floor(shiftMinutes) };
}

/** Days in a row of what repeats itself; without end where every day is worked. */
function longestRun(days: readonly boolean[]): number {
  if (days.every(Boolean)) return Infinity;
  let [longest, run] = [0, 0];
  for (const day of [...days, ...days]) {
    run = day ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function mostWithin(days: readonly boolean[], length: number): number {
  const whole = Math.floor(length / days.length) * days.filter(Boolean).length;
  const rest = length % days.length;
  let [most, count] = [0, 0];
  for (let i = 0; i < days.length + rest; i++) {
    count += Number(days[i % days.length]) - Number(i >= rest && days[(i - rest) % days.length]);
    most = Math.max(most, count);
  }
  return whole + most;
}

/** Days between the beginnings of two shifts, at least. */
function shortestGap(days: readonly boolean[]): number {
  const count = days.filter(Boolean).length;
  if (count === 0) return Infinity;
  let [shortest, since] = [days.length, Infinity];
  for (const day of [...days, ...days]) {
    since++;
    if (!day) continue;
    shortest = Math.min(shortest, since);
    since = 0;
  }
  return shortest;
}

/** How long shifts may be for each week, from Monday to Monday, to have a rest of its own. */
function underWeekRest(days: readonly boolean[], minutesMin: number, fromMinute: number): number {
  let shortest = Infinity;
  for (let monday = 0; monday < days.length; monday += 7) {
    const worked = [0, 1, 2, 3, 4, 5, 6].filter((day) => days[monday + day]);
    const [first, last] = [worked[0], worked.at(-1)];
    const spills = days[(monday - 1 + days.length) % days.length] === true;
    const none = DAY_MINUTES - fromMinute; // A shift that long does not reach into the next week.
    if (first === undefined || last === undefined) {
      if (7 * DAY_MINUTES < minutesMin) return -1;
      if (spills) shortest = Math.min(shortest, Math.max(none, none + 7 * DAY_MINUTES - minutesMin));
      continue;
    }
    const before = first * DAY_MINUTES + fromMinute - minutesMin;
    const lead = before < 0 ? -1 : spills ? none + before : Infinity;
    const between = worked.slice(1).map((day, i) => (day - worked[i]!) * DAY_MINUTES - minutesMin);
    const after = (7 - last) * DAY_MINUTES - fromMinute - minutesMin;
    shortest = Math.min(shortest, Math.max(lead, after, ...between));
  }
  return shortest;
}

/** How long a shift may be that begins at a minute of every day, without being night work. */
function longestByDay(fromMinute: number): number {
  let night = 0;
  for (let length = 0; length < DAY_MINUTES; length++) {
    const minute = (fromMinute + length) % DAY_MINUTES;
    if (minute >= NIGHT.fromMinute || minute < NIGHT.toMinute - DAY_MINUTES) night++;
    if (night > NIGHT.moreThanMinutes) return length;
  }
  return DAY_MINUTES;
}
