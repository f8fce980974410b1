import { ABSENCES, type Adjustment } from "./adjustment.ts";
import { shiftText } from "./contract.ts";
import { placedTold, placedToldText } from "./objection.ts";
import { dayText, minuteText } from "./text.ts";
import { stretchAt, type PlacedShift, type Stretch, type Unified } from "./unify.ts";

/** Why a moment is as it is. `sentence`: in English. */
export type MinuteExplanation = { readonly stretch: Stretch; readonly sentence: string };

/** What somebody does at a moment, and why; null outside of the window. O(log stretches). */
export function explainMinute(unified: Unified, atMs: number): MinuteExplanation | null {
  const stretch = stretchAt(unified, atMs);
  return stretch === null ? null : { stretch, sentence: stretchSentence(stretch) };
}

/** "Off: leave approved by Ana Ruiz on 3 March 2027, replaces early shift (06:00–14:00) of the contract." */
export function stretchSentence({ kind, isPaid, why, shift }: Stretch): string {
  switch (why.kind) {
    case "no-contract":
      return "Off: no contract holds on this day.";
    case "free":
      return "Off: the contract has no shift then.";
    case "holiday":
      return `Off: public holiday (${why.holiday.name})${replacing(shift)}.`;
    case "absence": {
      const { what } = why.adjustment;
      const named = what.kind === "absence" ? ABSENCES[what.type].text : "absence";
      return `Off: ${named} ${approvalText(why.adjustment)}${replacing(shift)}.`;
    }
    case "removed":
      return `Off: ${removalText(shift!, why.adjustment)}.`;
    case "activated":
      return `Work: called in while on call, ${approvalText(why.adjustment)}, during ${placedText(shift!)}.`;
    case "shift":
      return `${headOf(kind, isPaid)}: ${placedText(shift!)}${detailsOf(shift!)}.`;
  }
}

function headOf(kind: Stretch["kind"], isPaid: boolean): string {
  if (kind === "break") return isPaid ? "Break (paid)" : "Break (unpaid)";
  return kind === "on-call" ? "On call" : "Work";
}

const replacing = (shift: PlacedShift | null): string => (shift === null ? "" : `, replaces ${placedText(shift)}`);

/** "approved by Ana Ruiz on 3 March 2027" */
export function approvalText({ approval }: Adjustment): string {
  return approval === null ? "asked for, not approved" : `approved by ${approval.by} on ${dayText(approval.onDay)}`;
}

/** "early shift (06:00–14:00) of the contract" */
export const placedText = (placed: PlacedShift): string => placedToldText(placedTold(placed));

function detailsOf({ adjustment }: PlacedShift): string {
  if (adjustment === null) return "";
  const { what } = adjustment;
  if (what.kind === "rostered") return ` ${publishedText(adjustment)}`;
  const moved = what.kind === "change" ? ` from ${minuteText(what.of.fromMinute)} on ${dayText(what.of.day)}` : "";
  return `${moved}, ${approvalText(adjustment)}`;
}

/** "published by Ana Ruiz on 3 March 2027" */
function publishedText({ approval }: Adjustment): string {
  return approval === null ? "asked for, not published" : `published by ${approval.by} on ${dayText(approval.onDay)}`;
}

function removalText(shift: PlacedShift, adjustment: Adjustment): string {
  const { what } = adjustment;
  const was = placedText(shift);
  if (what.kind === "cancelled") return `${was} is left out of the roster ${publishedText(adjustment)}`;
  if (what.kind === "given") return `${was} was given to ${what.to}, ${approvalText(adjustment)}`;
  if (what.kind !== "change") return `${was} was taken away, ${approvalText(adjustment)}`;
  return `${was} was moved to ${shiftText(what.shift)} on ${dayText(what.day)}, ${approvalText(adjustment)}`;
}
