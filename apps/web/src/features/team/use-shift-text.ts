import { printHours } from "@hourwright/timeline/team";
import type { Answer } from "../../data/api.ts";
import { dayOfText } from "../../data/roster.ts";
import { wallShiftOf } from "../../data/roster-shift.ts";
import { useLanguage } from "../../messages/index.tsx";

type Shift = Parameters<typeof wallShiftOf>[0];
type Leg = Answer<"swaps.matches">["pairs"][number]["legs"][number];

/** Shifts in a few words: their day and hours, what they are called and where. */
export function useShiftText() {
  const { format } = useLanguage();
  const ofShift = (day: string, shift: Shift): string => {
    const wall = wallShiftOf(shift);
    const called = [wall.name, wall.site ?? ""].filter(Boolean).join(", ");
    return `${format.dayShort(dayOfText(day) ?? 0)} ${printHours(wall)}${called === "" ? "" : `, ${called}`}`;
  };
  const ofLeg = ({ of, shift }: Pick<Leg, "of" | "shift">): string =>
    shift === null ? `${format.dayShort(dayOfText(of.day) ?? 0)} ${of.starts}` : ofShift(of.day, shift);
  return { ofShift, ofLeg };
}
