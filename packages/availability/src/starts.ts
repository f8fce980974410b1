// Everything here counts in starts: a stretch `[startMs, endMs)` holds the instants at which the thing may begin.

import { DAY_MS, MINUTE_MS, normalise, subtract, type Interval } from "@hourwright/time";
import { dayIn } from "./limits.ts";
import type { SlotQuestion, SlotRules, TakenTime } from "./question.ts";

/** The starts at which one subject could, rules of the organisation aside [SL2] to [SL5]. O(n log n) in its stretches. */
export function subjectStarts(question: SlotQuestion, subject: number, within: Interval): Interval[] {
  const { open, taken } = question.subjects[subject]!;
  const free = open === null ? [within] : lastingStarts(open, question.rules, within);
  if (free.length === 0) return [];
  const blocked: Interval[] = [];
  for (const each of taken) {
    const { afterMs, beforeMs } = blockedBy(question, each);
    const startMs = afterMs + 1;
    if (startMs < beforeMs && startMs < within.endMs && beforeMs > within.startMs) {
      blocked.push({ startMs, endMs: beforeMs });
    }
  }
  return subtract(free, normalise(blocked));
}

/** The starts from which the whole length lies within the hours. */
function lastingStarts(hours: readonly Interval[], { lengthMinutes }: SlotRules, within: Interval): Interval[] {
  const lengthMs = lengthMinutes * MINUTE_MS;
  const starts: Interval[] = [];
  for (const { startMs, endMs } of normalise(hours)) {
    const fromMs = Math.max(startMs, within.startMs);
    const toMs = Math.min(endMs - lengthMs + 1, within.endMs);
    if (fromMs < toMs) starts.push({ startMs: fromMs, endMs: toMs });
  }
  return starts;
}

/**
 * The starts that something taken forbids lie between two that it does not: at `afterMs` one is just over in time, at
 * `beforeMs` one begins just late enough. Two buffers add up; of the buffers and the way the longer counts [SL4], [SL5].
 */
function blockedBy(question: SlotQuestion, taken: TakenTime): { afterMs: number; beforeMs: number } {
  const { lengthMinutes, bufferBeforeMinutes, bufferAfterMinutes } = question.rules;
  const { from, to } = waysAround(question, taken);
  const lengthMs = lengthMinutes * MINUTE_MS;
  const overMs = Math.min(taken.guardStartMs - bufferAfterMinutes * MINUTE_MS, taken.startMs - to * MINUTE_MS);
  return {
    afterMs: overMs - lengthMs,
    beforeMs: Math.max(taken.guardEndMs + bufferBeforeMinutes * MINUTE_MS, taken.endMs + from * MINUTE_MS),
  };
}

/** The minutes of the ways from something taken and to it; none where nothing is known or it is the same site. */
export function waysAround({ rules, wayMinutes }: SlotQuestion, taken: TakenTime): { from: number; to: number } {
  if (wayMinutes === undefined || rules.site === null || taken.site === null || taken.site === rules.site) {
    return { from: 0, to: 0 };
  }
  return { from: wayMinutes(taken.site, rules.site) ?? 0, to: wayMinutes(rules.site, taken.site) ?? 0 };
}

/** The starts that the service itself allows: not past, not too soon, not too late, within its hours [SL6] to [SL8]. */
export function serviceStarts(question: SlotQuestion, window: Interval): Interval[] {
  const within = {
    startMs: Math.max(window.startMs, earliestMs(question)),
    endMs: Math.min(window.endMs, latestEndMs(question)),
  };
  if (within.startMs >= within.endMs) return [];
  const { hours } = question.rules;
  return hours === null ? [within] : lastingStarts(hours, question.rules, within);
}

/** The first instant that keeps the notice. */
export function earliestMs({ rules, nowMs }: SlotQuestion): number {
  return Math.ceil(nowMs + rules.noticeMinutes * MINUTE_MS);
}

/** Starts lie before this instant. */
export function latestEndMs({ rules, nowMs }: SlotQuestion): number {
  const { bookable, zone } = rules;
  if (bookable === null) return Infinity;
  if (bookable.kind === "until") return bookable.endMs;
  return zone.toEpochMs((dayIn(zone, nowMs) + bookable.days + 1) * DAY_MS);
}
