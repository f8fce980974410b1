import { exactly } from "@hourwright/availability";
import { DAY_MS, overlaps, type Interval, type Zone } from "@hourwright/time";
import {
  ABSENCE_DAYS_MAX,
  ADJUSTMENTS_MAX,
  type AbsenceKind,
  type AbsenceSpan,
  type Adjustment,
} from "./adjustment.ts";
import { contractOn, shiftFaults, type Shift } from "./contract.ts";
import { absenceTold, isoDay, objectionText, placedTold, shiftTold, type ObjectionFacts } from "./objection.ts";
import { unify, type ScheduleQuestion, type Stretch } from "./unify.ts";

export type AdjustmentRefusal = {
  readonly code:
    | "same-id"
    | "too-many"
    | "span"
    | "shift"
    | "no-contract"
    | "no-such-shift"
    | "absence-overlaps"
    | "over-absence"
    | "over-shift"
    | "not-on-call";
  readonly facts: ObjectionFacts;
  /** In English. */
  readonly sentence: string;
};

/** What stands before an adjustment is decided; its window does not matter. */
export type Before = Omit<ScheduleQuestion, "fromDay" | "toDay">;

/** Beside an adjustment, what may reach into it. */
const AROUND_DAYS = 4;

/**
 * Everything that speaks against approving an adjustment beside those that are approved, nothing when it can be
 * [AD1] to [AD9]. What is only asked for does not count. Linear in what stands, and in the days asked for.
 */
export function decideAdjustment(before: Before, asked: Adjustment): readonly AdjustmentRefusal[] {
  const approved = before.adjustments.filter(({ approval, id }) => approval !== null && id !== asked.id);
  if (approved.length >= ADJUSTMENTS_MAX)
    return [refusal("too-many", { kind: "adjustments-max", most: ADJUSTMENTS_MAX })];
  if (before.adjustments.some(({ id, approval }) => id === asked.id && approval !== null))
    return [refusal("same-id", { kind: "approved-already", id: asked.id })];
  const scene = { ...before, adjustments: approved };
  const { what } = asked;
  switch (what.kind) {
    case "absence":
      return absenceRefusals(scene, what.span, what.type);
    case "activation":
      return activationRefusals(scene, what.time);
    case "cancelled":
      return standingRefusals(scene, what.of).filter(({ code }) => code === "no-such-shift");
    case "given":
      return standingRefusals(scene, what.of);
    case "change":
      return firstOf(
        () => shiftRefusals(scene, what.day, what.shift),
        () => standingRefusals(scene, what.of),
        () => placeRefusals(scene, asked, what.day, what.shift, what.of),
      );
    default:
      return firstOf(
        () => shiftRefusals(scene, what.day, what.shift),
        () => placeRefusals(scene, asked, what.day, what.shift, null),
      );
  }
}

const refusal = (code: AdjustmentRefusal["code"], facts: ObjectionFacts): AdjustmentRefusal => ({
  code,
  facts,
  sentence: objectionText(facts),
});

function firstOf(...checks: readonly (() => readonly AdjustmentRefusal[])[]): readonly AdjustmentRefusal[] {
  for (const check of checks) {
    const refusals = check();
    if (refusals.length > 0) return refusals;
  }
  return [];
}

function absenceRefusals(scene: Before, span: AbsenceSpan, type: AbsenceKind): AdjustmentRefusal[] {
  const exact = exactSpan(span, scene.zone);
  if (exact === null) return [refusal("span", { kind: "absence-span" })];
  const [first, last] = daysOf(exact, scene.zone);
  if (last - first >= ABSENCE_DAYS_MAX) return [refusal("span", { kind: "absence-days", most: ABSENCE_DAYS_MAX })];
  const isAgreed = scene.contracts.some(({ fromDay, toDay }) => fromDay <= last && (toDay === null || first < toDay));
  if (!isAgreed) return [refusal("no-contract", { kind: "no-contract", day: isoDay(first) })];
  return scene.adjustments.flatMap((other) => {
    if (other.what.kind !== "absence") return [];
    const theirs = exactSpan(other.what.span, scene.zone);
    if (theirs === null || !overlaps(exact, theirs)) return [];
    if ((type === "sick") !== (other.what.type === "sick")) return []; // Illness has the say over what was planned [AD3].
    return [refusal("absence-overlaps", { kind: "absences-overlap", type, other: absenceTold(other)! })];
  });
}

function activationRefusals(scene: Before, time: Interval): AdjustmentRefusal[] {
  if (!isSpan(time) || time.endMs - time.startMs > DAY_MS) return [refusal("span", { kind: "call-span" })];
  const isReady = stretchesIn(scene, time).every(({ kind }) => kind === "on-call");
  return isReady ? [] : [refusal("not-on-call", { kind: "not-on-call" })];
}

function shiftRefusals(scene: Before, day: number, shift: Shift): AdjustmentRefusal[] {
  const [wrong] = shiftFaults(shift);
  if (wrong !== undefined) {
    const about = wrong.code === "break" ? "break" : "shift";
    return [refusal("shift", { kind: "shift-fault", about, sentence: wrong.sentence })];
  }
  if (!Number.isSafeInteger(day) || contractOn(scene.contracts, day) === null)
    return [refusal("no-contract", { kind: "no-contract", day: Number.isSafeInteger(day) ? isoDay(day) : null })];
  const isSkipped = exactly(shift, day, scene.zone) === null;
  return isSkipped ? [refusal("shift", { kind: "clocks-skip", shift: shiftTold(shift), day: isoDay(day) })] : [];
}

/** A shift can be given away or moved when some of it stands, and none of it is away [AD6]. */
function standingRefusals(scene: Before, of: { readonly day: number; readonly fromMinute: number }) {
  const begins = { fromMinute: of.fromMinute, day: isoDay(of.day) };
  const own = stretchesNear(scene, of.day).filter(
    ({ shift }) => shift?.day === of.day && shift.shift.fromMinute === of.fromMinute,
  );
  const standing = own.filter(({ why }) => why.kind === "shift" || why.kind === "activated");
  if (standing.length === 0) return [refusal("no-such-shift", { kind: "no-such-shift", ...begins })];
  const away = own.find(({ why }) => why.kind === "absence");
  if (away === undefined) return [];
  return [refusal("over-absence", { kind: "shift-away", absence: absenceIn(away), ...begins })];
}

function placeRefusals(
  scene: Before,
  asked: Adjustment,
  day: number,
  shift: Shift,
  instead: { readonly day: number; readonly fromMinute: number } | null,
): AdjustmentRefusal[] {
  const exact = exactly(shift, day, scene.zone)!;
  const { what } = asked;
  const interrupts = "interrupts" in what && what.interrupts;
  const found = stretchesIn(scene, exact);
  const taken = found.filter(({ why, shift: own }) => {
    if (why.kind !== "shift" && why.kind !== "activated") return false;
    return instead === null || own!.day !== instead.day || own!.shift.fromMinute !== instead.fromMinute;
  });
  const shifts = [...new Set(taken.map(({ shift: own }) => own!))];
  const absences = absencesOver(scene, exact, day).filter(({ isSick }) => isSick || !interrupts);
  const placed = { shift: shiftTold(shift), day: isoDay(day) };
  return [
    ...shifts.map((other) => refusal("over-shift", { kind: "shifts-overlap", other: placedTold(other), ...placed })),
    ...absences.map(({ adjustment, isSick }) => {
      const mayInterrupt = !isSick && what.kind !== "change";
      return refusal("over-absence", {
        kind: "in-absence",
        absence: absenceTold(adjustment)!,
        mayInterrupt,
        ...placed,
      });
    }),
  ];
}

/** The absences that would cut a shift: of whole days by the day it begins on, of exact time by the clock. */
function absencesOver({ adjustments }: Before, exact: Interval, day: number) {
  return adjustments.flatMap((adjustment) => {
    const { what } = adjustment;
    if (what.kind !== "absence") return [];
    const { span, type } = what;
    const isOver = "fromDay" in span ? span.fromDay <= day && day < span.toDay : overlaps(span, exact);
    return isOver ? [{ adjustment, isSick: type === "sick" }] : [];
  });
}

const absenceIn = ({ why }: Stretch) => (why.kind === "absence" ? absenceTold(why.adjustment) : null);

const isSpan = ({ startMs, endMs }: Interval): boolean =>
  Number.isSafeInteger(startMs) && Number.isSafeInteger(endMs) && startMs < endMs;

function exactSpan(span: AbsenceSpan, zone: Zone): Interval | null {
  if (!("fromDay" in span)) return isSpan(span) ? span : null;
  if (!Number.isSafeInteger(span.fromDay) || !Number.isSafeInteger(span.toDay) || span.fromDay >= span.toDay)
    return null;
  return { startMs: zone.toEpochMs(span.fromDay * DAY_MS), endMs: zone.toEpochMs(span.toDay * DAY_MS) };
}

/** The first and the last local day that a span touches. */
function daysOf({ startMs, endMs }: Interval, zone: Zone): readonly [first: number, last: number] {
  return [Math.floor(zone.toLocalMs(startMs) / DAY_MS), Math.floor(zone.toLocalMs(endMs - 1) / DAY_MS)];
}

function stretchesNear(scene: Before, day: number): readonly Stretch[] {
  return unify({ ...scene, fromDay: day - AROUND_DAYS, toDay: day + AROUND_DAYS }).stretches;
}

function stretchesIn(scene: Before, time: Interval): Stretch[] {
  const [first] = daysOf(time, scene.zone);
  return stretchesNear(scene, first).filter((stretch) => overlaps(stretch, time));
}
