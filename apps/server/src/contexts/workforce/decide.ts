import { refuseWork, type Refused } from "@hourwright/contract";

// Pure: what a plain week may look like.

/** One opening of a week: weekday 1 is Monday; minutes of the day by the clock on the wall. */
export type WorkingTime = { readonly weekday: number; readonly opensMinute: number; readonly closesMinute: number };

/** One stretch as people write it: "09:00" to "17:30"; "24:00" is midnight. */
export type WrittenStretch = { readonly weekday: number; readonly opens: string; readonly closes: string };

/** A week as it is written, sorted, or why it is none. Stretches of a day touch at most: 12:00 may close and open. */
export function decideWeek(
  written: readonly WrittenStretch[],
): readonly WorkingTime[] | Refused<"workforce/closes-before-opens" | "workforce/stretches-meet"> {
  const week = written
    .map(({ weekday, opens, closes }) => ({ weekday, opensMinute: minuteOf(opens), closesMinute: minuteOf(closes) }))
    .sort((a, b) => a.weekday - b.weekday || a.opensMinute - b.opensMinute);
  for (const [at, stretch] of week.entries()) {
    if (stretch.opensMinute >= stretch.closesMinute) {
      const span = { from: clockText(stretch.opensMinute), to: clockText(stretch.closesMinute) };
      return refuseWork("closes-before-opens", "later", { weekday: stretch.weekday, day: null, ...span });
    }
    const before = week[at - 1];
    if (before !== undefined && before.weekday === stretch.weekday && before.closesMinute > stretch.opensMinute) {
      const met = { opens: clockText(stretch.opensMinute), closes: clockText(before.closesMinute) };
      return refuseWork("stretches-meet", "meet", { weekday: stretch.weekday, day: null, ...met });
    }
  }
  return week;
}

const minuteOf = (clock: string): number => {
  const [hours, minutes] = clock.split(":") as [string, string];
  return Number(hours) * 60 + Number(minutes);
};

/** A minute of the day as the clock on the wall shows it. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
