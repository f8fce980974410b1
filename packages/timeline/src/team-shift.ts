/** A shift as people write it, on the wall: minutes after midnight of the day it begins on; the end may lie beyond 1,440. */
export type WallShift = {
  readonly name: string;
  readonly kind: "work" | "duty" | "on-call";
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly breaks: readonly WallBreak[];
  readonly site: string | null;
};
export type WallBreak = { readonly fromMinute: number; readonly toMinute: number; readonly isPaid: boolean };

const DAY_MINUTES = 1_440;
const TYPED_CHARACTERS_MAX = 40;
/** Dashes as keyboards and copied texts have them. */
const TIMES = /^(\d{1,2})(?::?(\d{2}))?\s*(?:-|–|—|to|bis)\s*(\d{1,2})(?::?(\d{2}))?$/i;

/**
 * Reads what is typed into a cell: `7-15`, `7:30-15`, `0730–1500`, `22-6` over midnight; empty, `-` and `0` are nobody's
 * time. Undefined where it is no time [TM4].
 */
export function readTyped(text: string): { readonly fromMinute: number; readonly toMinute: number } | null | undefined {
  const typed = text.trim().slice(0, TYPED_CHARACTERS_MAX);
  if (typed === "" || typed === "-" || typed === "0") return null;
  const found = TIMES.exec(typed);
  if (found === null) return undefined;
  const from = minuteOf(found[1]!, found[2]);
  const until = minuteOf(found[3]!, found[4]);
  if (from === null || until === null || from === DAY_MINUTES) return undefined;
  return { fromMinute: from, toMinute: until > from ? until : until + DAY_MINUTES };
}

function minuteOf(hours: string, minutes: string | undefined): number | null {
  const all = Number(hours) * 60 + Number(minutes ?? 0);
  return Number(minutes ?? 0) < 60 && all <= DAY_MINUTES ? all : null;
}

/** `7–15`, `7:30–15`: the hours, and minutes where there are any [TM4]. */
export function printHours({ fromMinute, toMinute }: Pick<WallShift, "fromMinute" | "toMinute">): string {
  return `${printMinute(fromMinute)}–${printMinute(toMinute)}`;
}

function printMinute(minute: number): string {
  const ofDay = minute > DAY_MINUTES ? minute - DAY_MINUTES : minute;
  const [hours, rest] = [Math.floor(ofDay / 60), ofDay % 60];
  return rest === 0 ? String(hours) : `${hours}:${String(rest).padStart(2, "0")}`;
}

const QUARTERS: Readonly<Record<string, string>> = { ":15": "¼", ":30": "½", ":45": "¾" };

/** Printed hours where there is little room: `8½–16¾` of `8:30–16:45`. */
export const briefHours = (printed: string): string =>
  printed.replaceAll(/:\d\d/g, (minutes) => QUARTERS[minutes] ?? minutes);

/** `07:00`, of a minute of a day or the next. */
export function printClock(minute: number): string {
  const ofDay = ((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return `${String(Math.floor(ofDay / 60)).padStart(2, "0")}:${String(ofDay % 60).padStart(2, "0")}`;
}

/** Minutes of a shift that are paid by the clock on the wall: all but its unpaid breaks. */
export function paidMinutes({ fromMinute, toMinute, breaks }: WallShift): number {
  const unpaid = breaks.filter(({ isPaid }) => !isPaid);
  return toMinute - fromMinute - unpaid.reduce((sum, each) => sum + each.toMinute - each.fromMinute, 0);
}

/** The shift at another time: breaks go with it as far as they still lie within it. */
export function shiftAt(shift: WallShift, fromMinute: number, toMinute: number): WallShift {
  const by = fromMinute - shift.fromMinute;
  const breaks = shift.breaks
    .map((each) => ({ ...each, fromMinute: each.fromMinute + by, toMinute: each.toMinute + by }))
    .filter((each) => each.fromMinute >= fromMinute && each.toMinute <= toMinute);
  return { ...shift, fromMinute, toMinute, breaks };
}

/** Whether two shifts are the same to whoever works them; what they are called plays no part. */
export function sameShift(one: WallShift, other: WallShift): boolean {
  return (
    one.fromMinute === other.fromMinute &&
    one.toMinute === other.toMinute &&
    one.kind === other.kind &&
    one.site === other.site &&
    one.breaks.length === other.breaks.length &&
    one.breaks.every(
      (each, index) =>
        each.fromMinute === other.breaks[index]!.fromMinute &&
        each.toMinute === other.breaks[index]!.toMinute &&
        each.isPaid === other.breaks[index]!.isPaid,
    )
  );
}

/** Of what a contract asks of a period the part of one of its days, minutes. */
export function contractedMinutes(nominal: { readonly minutes: number }, daysOfPeriod: number): number {
  return nominal.minutes / daysOfPeriod;
}
