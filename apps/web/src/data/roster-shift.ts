import { printClock, type WallShift } from "@hourwright/timeline/team";
import type { Call } from "@hourwright/client";
import type { Answer } from "./api.ts";

type StaffShift = NonNullable<Answer<"drafts.read">["items"][number]["shift"]>;
type WrittenShift = Extract<Call<"drafts.edit">["body"]["edits"][number], { put: unknown }>["put"]["shift"];

export const minuteOfClock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

const DAY_MINUTES = 1_440;

/** A shift of the contract on the wall: a break before its beginning is on the next day. */
export function wallShiftOf(shift: WrittenShift): WallShift {
  const fromMinute = minuteOfClock(shift.starts);
  const breaks = (shift.breaks ?? []).map(({ starts, minutes, isPaid = false }) => {
    const at = minuteOfClock(starts);
    const from = at < fromMinute ? at + DAY_MINUTES : at;
    return { fromMinute: from, toMinute: from + minutes, isPaid };
  });
  return {
    name: shift.name ?? "",
    kind: shift.kind ?? "work",
    fromMinute,
    toMinute: fromMinute + shift.minutes,
    breaks,
    site: shift.site ?? null,
  };
}

export function staffShiftOf({ name, kind, fromMinute, toMinute, breaks, site }: WallShift): StaffShift {
  return {
    name,
    kind,
    starts: printClock(fromMinute),
    minutes: toMinute - fromMinute,
    breaks: breaks.map((each) => ({
      starts: printClock(each.fromMinute),
      minutes: each.toMinute - each.fromMinute,
      isPaid: each.isPaid,
    })),
    site,
  };
}
