import { MINUTE_MS, SECOND_MS } from "../civil.ts";
import { allowsEveryDay } from "./day-filter.ts";
import type { Rule } from "./rule.ts";

/**
 * The same rule in minutes or hours, where its steps fill them evenly: "every second of January" is all 60 seconds of
 * each minute of January, "every 20 minutes, at :00 or :20" is both of them in each hour. What would be left out one by
 * one is then never met. Null when no step meets what the parts allow; the rule itself where nothing is gained.
 */
export function inLargerUnits(rule: Rule, startLocalMs: number): Rule | null {
  if (rule.frequency === "MINUTELY") return inHours(rule, startLocalMs);
  if (rule.frequency !== "SECONDLY") return rule;
  const { bySetPosition } = rule;
  // A second is a set of one time: its first is its last, and there is no other.
  if (bySetPosition.length > 0 && !bySetPosition.some((position) => Math.abs(position) === 1)) return null;
  const minutes = inMinutes({ ...rule, bySetPosition: [] }, startLocalMs);
  return minutes?.frequency === "MINUTELY" ? inHours(minutes, startLocalMs) : minutes;
}

function inMinutes(rule: Rule, startLocalMs: number): Rule | null {
  const { interval, byHour, byMinute, bySecond } = rule;
  if (byHour.length + byMinute.length + bySecond.length === 0 && allowsEveryDay(rule)) return rule;
  const met = unitsMet(interval, Math.floor(startLocalMs / SECOND_MS), bySecond);
  if (met === null) return rule;
  if (met.units.length === 0) return null;
  return { ...rule, frequency: "MINUTELY", interval: met.interval, bySecond: met.units };
}

function inHours(rule: Rule, startLocalMs: number): Rule | null {
  const { interval, byMinute, bySetPosition } = rule;
  if (byMinute.length === 0 || bySetPosition.length > 0) return rule;
  const met = unitsMet(interval, Math.floor(startLocalMs / MINUTE_MS), byMinute);
  if (met === null) return rule;
  if (met.units.length === 0) return null;
  return { ...rule, frequency: "HOURLY", interval: met.interval, byMinute: met.units };
}

/** Which of the 60 units of a whole the steps from `start` on meet, and how many wholes apart; null when not the same ones each time. */
function unitsMet(interval: number, start: number, allowed: readonly number[]) {
  if (60 % interval !== 0 && interval % 60 !== 0) return null;
  const step = Math.min(interval, 60);
  const units: number[] = [];
  for (let unit = ((start % step) + step) % step; unit < 60; unit += step) {
    if (allowed.length === 0 || allowed.includes(unit)) units.push(unit);
  }
  return { units, interval: Math.max(1, interval / 60) };
}
