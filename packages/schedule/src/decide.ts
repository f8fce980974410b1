import { exactly } from "@hourwright/availability";
import { DAY_MS, overlaps, type Interval, type Zone } from "@hourwright/time";
import { ABSENCES, ABSENCE_DAYS_MAX, ADJUSTMENTS_MAX, type AbsenceSpan, type Adjustment } from "./adjustment.ts";
import { contractOn, shiftFaults, shiftText, type Shift } from "./contract.ts";
import { countText, dayText, minuteText, quoted } from "./text.ts";
import { unify, type ScheduleQuestion, type Stretch } from "./unify.ts";
import { approvalText, placedText } from "./words.ts";

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
    return [refusal("too-many", `There may be ${ADJUSTMENTS_MAX} adjustments of one person.`)];
  if (before.adjustments.some(({ id, approval }) => id === asked.id && approval !== null))
    return [refusal("same-id", `Adjustment ${quoted(asked.id)} is approved already.`)];
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

const refusal = (code: AdjustmentRefusal["code"], sentence: string): AdjustmentRefusal => ({ code, sentence });

function firstOf(...checks: readonly (() => readonly AdjustmentRefusal[])[]): readonly AdjustmentRefusal[] {
  for (const check of checks) {
    const refusals = check();
    if (refusals.length > 0) return refusals;
  }
  return [];
}

function absenceRefusals(scene: Before, span: AbsenceSpan, type: keyof typeof ABSENCES): AdjustmentRefusal[] {
  const exact = exactSpan(span, scene.zone);
  if (exact === null) return [refusal("span", "An absence ends after it begins, on whole days or minutes.")];
  const [first, last] = daysOf(exact, scene.zone);
  if (last - first >= ABSENCE_DAYS_MAX)
    return [refusal("span", `An absence has at most ${countText(ABSENCE_DAYS_MAX, "day")}.`)];
  const isAgreed = scene.contracts.some(({ fromDay, toDay }) => fromDay <= last && (toDay === null || first < toDay));
  if (!isAgreed) return [refusal("no-contract", `No contract holds on ${dayText(first)}.`)];
  return scene.adjustments.flatMap((other) => {
    if (other.what.kind !== "absence") return [];
    const theirs = exactSpan(other.what.span, scene.zone);
    if (theirs === null || !overlaps(exact, theirs)) return [];
    if ((type === "sick") !== (other.what.type === "sick")) return []; // Illness has the say over what was planned [AD3].
    const named = `${ABSENCES[other.what.type].text} ${approvalText(other)}`;
    return [refusal("absence-overlaps", `The ${ABSENCES[type].text} overlaps ${named}.`)];
  });
}

function activationRefusals(scene: Before, time: Interval): AdjustmentRefusal[] {
  if (!isSpan(time) || time.endMs - time.startMs > DAY_MS)
    return [refusal("span", "Somebody is called in for more than nothing and at most a day.")];
  const isReady = stretchesIn(scene, time).every(({ kind }) => kind === "on-call");
  return isReady ? [] : [refusal("not-on-call", "Not all of that time is on call.")];
}

function shiftRefusals(scene: Before, day: number, shift: Shift): AdjustmentRefusal[] {
  const [wrong] = shiftFaults(shift);
  if (wrong !== undefined) return [refusal("shift", wrong.sentence)];
  if (!Number.isSafeInteger(day) || contractOn(scene.contracts, day) === null)
    return [refusal("no-contract", `No contract holds on ${Number.isSafeInteger(day) ? dayText(day) : "no day"}.`)];
  const isSkipped = exactly(shift, day, scene.zone) === null;
  return isSkipped ? [refusal("shift", `The clocks skip ${shiftText(shift)} on ${dayText(day)}.`)] : [];
}

/** A shift can be given away or moved when some of it stands, and none of it is away [AD6]. */
function standingRefusals(scene: Before, of: { readonly day: number; readonly fromMinute: number }) {
  const where = `at ${minuteText(of.fromMinute)} on ${dayText(of.day)}`;
  const own = stretchesNear(scene, of.day).filter(
    ({ shift }) => shift?.day === of.day && shift.shift.fromMinute === of.fromMinute,
  );
  const standing = own.filter(({ why }) => why.kind === "shift" || why.kind === "activated");
  if (standing.length === 0) return [refusal("no-such-shift", `No shift begins ${where}.`)];
  const away = own.find(({ why }) => why.kind === "absence");
  if (away === undefined) return [];
  return [refusal("over-absence", `The shift ${where} is away in part: ${awayText(away)}.`)];
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
  return [
    ...shifts.map((other) =>
      refusal("over-shift", `${shiftText(shift)} on ${dayText(day)} overlaps ${placedText(other)}.`),
    ),
    ...absences.map(({ adjustment, isSick, text }) => {
      const hint = isSick || what.kind === "change" ? "" : " It can be agreed on as an interruption.";
      const named = `${text} ${approvalText(adjustment)}`;
      return refusal("over-absence", `${shiftText(shift)} on ${dayText(day)} lies in ${named}.${hint}`);
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
    return isOver ? [{ adjustment, isSick: type === "sick", text: ABSENCES[type].text }] : [];
  });
}

function awayText({ why }: Stretch): string {
  if (why.kind !== "absence" || why.adjustment.what.kind !== "absence") return "absence";
  return `${ABSENCES[why.adjustment.what.type].text} ${approvalText(why.adjustment)}`;
}

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
