import { DAY_MS, MINUTE_MS, normalise, type Interval } from "@hourwright/time";
import { dayIn, limitsOf, type LimitBreach } from "./limits.ts";
import {
  checkQuestion,
  type BookableUntil,
  type Limits,
  type RasterRule,
  type SlotQuestion,
  type SlotRules,
  type SubjectTime,
} from "./question.ts";
import { isOnRaster, openingsOf } from "./raster.ts";
import { seat } from "./seating.ts";
import { hasSession } from "./slots.ts";
import { earliestMs, latestEndMs } from "./starts.ts";
import { distanceOf, endOf, isOpen, objectionsOf, ownReasons, type Distance, type SubjectReason } from "./why-not.ts";

/** One thing that would have to be otherwise. */
export type Change =
  | { readonly kind: "notice"; readonly minutes: number }
  | { readonly kind: "window"; readonly bookable: BookableUntil }
  | ({ readonly kind: "raster" } & RasterRule)
  /** The service is open then as well. */
  | { readonly kind: "hours"; readonly startMs: number; readonly endMs: number }
  | { readonly kind: "limit"; readonly per: "day" | "week" | "customer"; readonly max: number }
  /** The service's own buffers. */
  | { readonly kind: "buffer"; readonly beforeMinutes: number; readonly afterMinutes: number }
  /** A subject is open then as well. */
  | { readonly kind: "open"; readonly subject: number; readonly startMs: number; readonly endMs: number }
  /** What is taken gives up its own buffers. */
  | { readonly kind: "guard"; readonly subject: number; readonly taken: number }
  /** What is taken goes elsewhere. */
  | { readonly kind: "free"; readonly subject: number; readonly taken: number }
  /** A rule of the organisation does not hold for the subject; `relaxation` is what the rule says would do. */
  | { readonly kind: "rule"; readonly subject: number; readonly ruleId: string; readonly relaxation: string };

/** What a change of a subject's own time weighs in the choice of subjects: the sum is least, then the index. */
const WEIGHTS = { buffer: 1, guard: 2, rule: 3, open: 4, free: 8 } as const;

/**
 * The nearest changes by which a start would be offered, all of them together: none when it is offered as it is, null
 * when nothing helps – it is past, too few could ever play a role, or it lies on no minute [SL17]. The subjects are those
 * whose changes weigh least. O(subjects × what is taken of them), and the objections of all of them.
 */
export function relaxationOf(question: SlotQuestion, startMs: number): Change[] | null {
  checkQuestion(question);
  if (startMs < question.nowMs) return null;
  const changes = timeChanges(question, startMs);
  const breaches = limitsOf(question)(startMs);
  if (hasSession(question, startMs)) {
    return [...changes, ...limitChanges(breaches.filter(({ per }) => per === "customer"))];
  }
  changes.push(...limitChanges(breaches));
  const endMs = endOf(question, startMs);
  const { hours } = question.rules;
  if (hours !== null && !isOpen(hours, startMs, endMs)) changes.push({ kind: "hours", startMs, endMs });
  const people = subjectChanges(question, startMs);
  if (people === null) return null;
  changes.push(...people);
  // Last, because a raster that counts from openings begins anew where they do.
  const raster = rasterChange(applied(question, changes), startMs);
  return raster === null ? null : [...changes, ...raster];
}

/** The question with these changes made. Only for telling: what is free is decided where time is taken. */
export function applied(question: SlotQuestion, changes: readonly Change[]): SlotQuestion {
  const rules = changes.reduce(rulesAfter, question.rules);
  const subjects = question.subjects.map((time, subject) => timeAfter(time, subject, changes));
  const { objections } = question;
  if (objections === undefined) return { ...question, rules, subjects };
  const isLifted = (subject: number, ruleId: string) =>
    changes.some((change) => change.kind === "rule" && change.subject === subject && change.ruleId === ruleId);
  return {
    ...question,
    rules,
    subjects,
    objections: (subject, startMs, endMs) =>
      objections(subject, startMs, endMs).filter(({ ruleId }) => !isLifted(subject, ruleId)),
  };
}

function rulesAfter(rules: SlotRules, change: Change): SlotRules {
  switch (change.kind) {
    case "notice":
      return { ...rules, noticeMinutes: change.minutes };
    case "window":
      return { ...rules, bookable: change.bookable };
    case "raster":
      return { ...rules, raster: { everyMinutes: change.everyMinutes, from: change.from } };
    case "hours":
      return { ...rules, hours: rules.hours === null ? null : normalise([...rules.hours, stretchOf(change)]) };
    case "limit":
      return { ...rules, limits: limitsAfter(rules.limits, change.per, change.max) };
    case "buffer":
      return { ...rules, bufferBeforeMinutes: change.beforeMinutes, bufferAfterMinutes: change.afterMinutes };
    case "open":
    case "guard":
    case "free":
    case "rule":
      return rules;
  }
}

function limitsAfter(limits: Limits, per: "day" | "week" | "customer", max: number): Limits {
  if (per === "day") return { ...limits, perDay: max };
  if (per === "week") return { ...limits, perWeek: max };
  return { ...limits, perCustomer: limits.perCustomer === null ? null : { ...limits.perCustomer, count: max } };
}

function timeAfter(time: SubjectTime, subject: number, changes: readonly Change[]): SubjectTime {
  let { open } = time;
  const freed = new Set<number>();
  const unguarded = new Set<number>();
  for (const change of changes) {
    if (!("subject" in change) || change.subject !== subject) continue;
    if (change.kind === "open" && open !== null) open = normalise([...open, stretchOf(change)]);
    if (change.kind === "free") freed.add(change.taken);
    if (change.kind === "guard") unguarded.add(change.taken);
  }
  const taken = time.taken.map((each, i) =>
    unguarded.has(i) ? { ...each, guardStartMs: each.startMs, guardEndMs: each.endMs } : each,
  );
  return { open, taken: taken.filter((_, i) => !freed.has(i)) };
}

function stretchOf({ startMs, endMs }: Interval): Interval {
  return { startMs, endMs };
}

function timeChanges(question: SlotQuestion, startMs: number): Change[] {
  const { nowMs } = question;
  const changes: Change[] = [];
  if (startMs < earliestMs(question)) {
    changes.push({ kind: "notice", minutes: Math.floor((startMs - nowMs) / MINUTE_MS) });
  }
  if (startMs >= latestEndMs(question)) changes.push({ kind: "window", bookable: reachingTo(question, startMs) });
  return changes;
}

/** The booking window in its own kind, long enough for a start: to the end of its day. */
function reachingTo({ rules, nowMs }: SlotQuestion, startMs: number): BookableUntil {
  const { zone, bookable } = rules;
  let day = dayIn(zone, startMs) + 1;
  while (zone.toEpochMs(day * DAY_MS) <= startMs) day++; // Clocks that are put back at midnight have a day twice.
  if (bookable?.kind === "days") return { kind: "days", days: day - 1 - dayIn(zone, nowMs) };
  return { kind: "until", endMs: zone.toEpochMs(day * DAY_MS) };
}

function limitChanges(breaches: readonly LimitBreach[]): Change[] {
  return breaches.map(({ per, count }) => ({ kind: "limit", per, max: count + 1 }));
}

/** What would have to change for the subjects that are nearest to it; null when there are too few of any kind. */
function subjectChanges(question: SlotQuestion, startMs: number): Change[] | null {
  const { roles, bufferBeforeMinutes, bufferAfterMinutes } = question.rules;
  const subjects = [...new Set(roles.flatMap(({ anyOf }) => anyOf))].toSorted((a, b) => a - b);
  const wants = new Map(subjects.map((subject) => [subject, wantOf(question, subject, startMs)]));
  const possible = subjects.filter((subject) => wants.get(subject) !== null);
  const seating = seat(
    roles,
    possible.toSorted((a, b) => wants.get(a)!.weight - wants.get(b)!.weight),
  );
  if (seating === null) return null;
  const chosen = seating.flat().map((subject) => wants.get(subject)!);
  const changes = chosen.flatMap((want) => want.changes);
  const beforeMinutes = Math.min(bufferBeforeMinutes, ...chosen.map((want) => want.beforeMinutes));
  const afterMinutes = Math.min(bufferAfterMinutes, ...chosen.map((want) => want.afterMinutes));
  const isShorter = beforeMinutes < bufferBeforeMinutes || afterMinutes < bufferAfterMinutes;
  return isShorter ? [{ kind: "buffer", beforeMinutes, afterMinutes }, ...changes] : changes;
}

/** What one subject asks to be changed, and the longest buffers of the service that it leaves room for. */
type Want = {
  readonly changes: readonly Change[];
  readonly beforeMinutes: number;
  readonly afterMinutes: number;
  readonly weight: number;
};

/** Null when a rule that nobody may change is in the way. */
function wantOf(question: SlotQuestion, subject: number, startMs: number): Want | null {
  const endMs = endOf(question, startMs);
  const reasons = [...ownReasons(question, subject, startMs), ...objectionsOf(question, subject, startMs)];
  const wants = reasons.map((reason) => wantFor(question, subject, reason, { startMs, endMs }));
  if (wants.includes(null)) return null;
  return wants.reduce<Want>((one, other) => joined(one, other!), {
    changes: [],
    beforeMinutes: Infinity,
    afterMinutes: Infinity,
    weight: 0,
  });
}

function joined(one: Want, other: Want): Want {
  return {
    changes: [...one.changes, ...other.changes],
    beforeMinutes: Math.min(one.beforeMinutes, other.beforeMinutes),
    afterMinutes: Math.min(one.afterMinutes, other.afterMinutes),
    weight: one.weight + other.weight,
  };
}

function wantFor(question: SlotQuestion, subject: number, reason: SubjectReason, time: Interval): Want | null {
  const plain = (change: Change & { kind: keyof typeof WEIGHTS }): Want => ({
    changes: [change],
    beforeMinutes: Infinity,
    afterMinutes: Infinity,
    weight: WEIGHTS[change.kind],
  });
  switch (reason.kind) {
    case "closed":
      return plain({ kind: "open", subject, ...time });
    case "taken":
    case "way":
      return plain({ kind: "free", subject, taken: reason.taken });
    case "rule":
      if (reason.relaxation === null) return null;
      return plain({ kind: "rule", subject, ruleId: reason.ruleId, relaxation: reason.relaxation });
    case "buffer": {
      const taken = question.subjects[subject]!.taken[reason.taken]!;
      const distance = distanceOf(question, taken, time.startMs, time.endMs);
      if (distance.wayMs > distance.gapMs) return plain({ kind: "free", subject, taken: reason.taken });
      return shorterBuffers(distance, subject, reason.taken);
    }
  }
}

/** The service's buffer as short as the gap asks for; where that of the other thing is too long by itself, that one goes. */
function shorterBuffers({ isBefore, gapMs, ownMs, guardMs }: Distance, subject: number, taken: number): Want {
  const isOwn = guardMs <= gapMs;
  const minutes = Math.floor(Math.min(ownMs, isOwn ? gapMs - guardMs : gapMs) / MINUTE_MS);
  return {
    changes: isOwn ? [] : [{ kind: "guard", subject, taken }],
    beforeMinutes: isBefore ? minutes : Infinity,
    afterMinutes: isBefore ? Infinity : minutes,
    weight: isOwn ? WEIGHTS.buffer : WEIGHTS.guard,
  };
}

/** A raster that the start lies on: the coarsest that still has all starts of the present one. */
function rasterChange(question: SlotQuestion, startMs: number): Change[] | null {
  if (isOnRaster(question, startMs)) return [];
  const { raster, zone } = question.rules;
  const openings = raster.from === "opening" ? (openingsOf(question) ?? []) : [];
  const offsets = openings
    .filter((opening) => opening.startMs <= startMs && startMs < opening.endMs)
    .map((opening) => (startMs - opening.startMs) / MINUTE_MS)
    .filter((minutes) => Number.isInteger(minutes));
  if (offsets.length > 0) {
    const everyMinutes = Math.max(...offsets.map((minutes) => divisor(raster.everyMinutes, minutes)));
    return [{ kind: "raster", everyMinutes, from: "opening" }];
  }
  const localMs = zone.toLocalMs(startMs);
  const minute = (localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS;
  if (!Number.isInteger(minute)) return null;
  return [{ kind: "raster", everyMinutes: divisor(raster.everyMinutes, minute), from: "midnight" }];
}

/** The greatest common divisor. */
function divisor(one: number, other: number): number {
  return other === 0 ? one : divisor(other, one % other);
}
