import type { Opening, OwnDays, Pattern } from "@hourwright/availability";
import { DAY_MS, MINUTE_MS, printWallTime } from "@hourwright/time";
import { clockOf } from "./decide.ts";
import type { StoredLayer } from "./model.ts";

// Pure: weeks and days read from a file as layers, and what is to be said of it.

/** What somebody has once a file was read: its weeks and days in place of theirs; time off and holidays stay. */
export function layersWith(pattern: Pattern, before: readonly StoredLayer[]): StoredLayer[] {
  const { weeks, anchorDay, fromDay, toDay } = pattern;
  const isDated = fromDay !== null || toDay !== null;
  const usual: StoredLayer = {
    kind: "weeks",
    name: "",
    weeks: weeks.map((week) =>
      week.flatMap((openings, i) => openings.map((opening) => ({ weekday: i + 1, ...timesOf(opening) }))),
    ),
    anchor: dayText(anchorDay),
    season: isDated ? { every: "once", from: dayOrNull(fromDay), until: dayOrNull(toDay) } : null,
  };
  const kept = before.filter(({ kind }) => kind === "away" || kind === "holidays");
  return [...kept, ...pattern.days.map(ownDays), usual];
}

const ownDays = ({ fromDay, toDay, openings }: OwnDays): StoredLayer => ({
  kind: "days",
  name: "",
  from: dayText(fromDay),
  until: dayText(toDay),
  how: "instead",
  times: openings.map(timesOf),
});

const timesOf = ({ fromMinute, toMinute }: Opening) => ({ opens: clockOf(fromMinute), closes: clockOf(toMinute) });

const dayOrNull = (day: number | null): string | null => (day === null ? null : dayText(day));
const dayText = (day: number): string => printWallTime(day * DAY_MS, "date");

/** What was read, and what cannot be expressed. */
export function sentencesOf(
  { weeks, days, lostMs }: Pattern,
  openClosed: readonly number[],
  firstDay: number,
  lastDay: number,
): string[] {
  const turns = weeks.length === 1 ? "One week" : `${weeks.length} weeks that take turns`;
  const own = days.reduce((sum, { fromDay, toDay }) => sum + toDay - fromDay + 1, 0);
  const sentences = [
    `${turns}, and ${counted(own, "day")} that differ${own === 1 ? "s" : ""}, were read from ${dayText(firstDay)} to ${dayText(lastDay)}.`,
    "Before and after that the weeks go on. What the file says only there, its names and its places are not kept.",
  ];
  if (openClosed.length > 0) {
    const some = openClosed.slice(0, SHOWN_MAX).map(dayText).join(", ");
    const more = openClosed.length > SHOWN_MAX ? ", …" : "";
    sentences.push(
      `${counted(openClosed.length, "day")} with opening times in the file stay${openClosed.length === 1 ? "s" : ""} closed, as the organisation or a holiday says: ${some}${more}.`,
    );
  }
  if (lostMs > 0)
    sentences.push(
      `${counted(Math.ceil(lostMs / MINUTE_MS), "minute")} cannot be expressed by the clock on the wall: parts of minutes, and hours that a change of clocks doubles.`,
    );
  return sentences;
}

const SHOWN_MAX = 5;

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
