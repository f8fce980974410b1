import { DAY_MINUTES, amountAt } from "./durations.ts";
import { DAY, MINUTE, lookPhrase } from "./grammar.ts";
import { found, isAttached, isIn, numberAt, said, type Found, type Scene, type Unread } from "./scene.ts";

/** Half of the dial in minutes: from a time in the morning to the same in the afternoon. */
const HALF_DAY = 720;
/** When one half of the day is nearer to the working hours than the other by less than this, both are offered [LG32]. */
const DOUBT_MINUTES = 120;
/** The longest night that is planned: what would go on for longer over midnight is a slip of the pen [LG34]. */
const NIGHT_MINUTES_MAX = 960;

/** By what a time of day was said: figures of a dial, with am or pm, figures of the 24-hour clock [LG31], a word like noon. */
type By = "dial" | "half" | "day" | "word";

/** A time of day as it was said, before it is known which half of the day is meant. */
export type Clock = {
  readonly to: number;
  /** In minutes; below 12:00 when `isOpen`. */
  readonly minute: number;
  /** Whether twelve hours later is meant as well. */
  readonly isOpen: boolean;
  readonly by: By;
  /** An hour and nothing else: it needs other words to be a time. */
  readonly isBare: boolean;
};

/** `startMinute` null is all day; `day` is set by `in 2 hours`; `isLoose` when only the dash says that it is a time. */
export type Time = {
  readonly kind: "time";
  readonly startMinute: number | null;
  readonly minutes: number | null;
  readonly day: number | null;
  readonly isLoose?: boolean;
};

const timed = (startMinute: number | null, minutes: number | null = null, day: number | null = null): Time => ({
  kind: "time",
  startMinute,
  minutes,
  day,
});

/**
 * A time of day, a range of two, "all day" or a time from now. A bare hour counts after a connecting word (`isLed`)
 * or behind a day (`isBehindDay`), or where a dash joins two that ascend [LG33, LG35].
 */
export function timeAt(scene: Scene, at: number, isLed: boolean, isBehindDay: boolean): Found<Time> | Unread | null {
  const allDay = lookPhrase(scene.grammar.allDay, scene.tokens, at);
  if (allDay !== null) return found(allDay.to, timed(null));
  const first = clockAt(scene, at, isLed);
  if (first === null) return isLed ? null : timeFromNow(scene, at);
  if (first.minute >= DAY_MINUTES) return null;
  const isPlaced = isLed || (isBehindDay && numberAt(scene, at) !== null);
  const second = secondAt(scene, first.to);
  if (second !== null) {
    const isSaid = isPlaced || !first.isBare || !second.isBare;
    if (isSaid || isLooseRange(scene, first, second)) {
      const range = between(scene, first, second);
      return isSaid || range.value === null ? range : { ...range, value: { ...range.value, isLoose: true } };
    }
  }
  if (first.isBare && !isPlaced) return null;
  const [start, ...others] = startsOf(scene, first);
  return found(
    first.to,
    timed(start!),
    others.map((minute) => timed(minute)),
  );
}

/** The second time of a range, behind its "to". */
function secondAt(scene: Scene, at: number): Clock | null {
  return isIn(scene, scene.grammar.to, at) ? clockAt(scene, at + 1, true) : null;
}

function isLooseRange(scene: Scene, first: Clock, second: Clock): boolean {
  const isDash = /^[-–—]$/.test(scene.tokens[first.to]!.text);
  return isDash && dayMinute(first) < dayMinute(second) && numberAt(scene, second.to - 1) !== null;
}

/** `in 2 hours`, `in 30 min`: from now, on the minute [LG36]. */
function timeFromNow(scene: Scene, at: number): Found<Time> | null {
  if (!isIn(scene, scene.grammar.ahead, at)) return null;
  const amount = amountAt(scene, at + 1);
  if (amount === null || amount.unit >= DAY) return null;
  const { today, nowMinute } = scene.situation;
  const minute = nowMinute + Math.round(amount.count * (amount.unit === MINUTE ? 1 : 60));
  return found(amount.to, timed(minute % DAY_MINUTES, null, today + Math.floor(minute / DAY_MINUTES)));
}

/** A time of day in words or figures [LG30, LG31]. */
export function clockAt(scene: Scene, at: number, isLed = false): Clock | null {
  const noun = lookPhrase(scene.grammar.clockNouns, scene.tokens, at);
  if (noun !== null) return { to: noun.to, minute: noun.value, isOpen: false, by: "word", isBare: false };
  return phraseAt(scene, at) ?? figuresAt(scene, at, isLed) ?? spelledAt(scene, at);
}

/** `half past 3`, `viertel nach 3`, `halb vier`. */
function phraseAt(scene: Scene, at: number): Clock | null {
  const phrase = lookPhrase(scene.grammar.clockPhrases, scene.tokens, at);
  if (phrase === null) return null;
  const hour = numberAt(scene, phrase.to) ?? scene.grammar.numbers.get(scene.tokens[phrase.to]?.text ?? "") ?? 0;
  if (!Number.isInteger(hour) || hour < 1 || hour > 23) return null;
  const minute = (hour > 12 ? hour : hour % 12) * 60 + phrase.value;
  const by = hour <= 12 ? "dial" : "day";
  return halved(scene, phrase.to + 1, {
    minute: minute < 0 ? minute + HALF_DAY : minute,
    isOpen: hour <= 12,
    by,
    isBare: false,
  });
}

/** `8:30`, `8.30`, `8h30`, `15 Uhr 30`, `8am`, `8`; `8:` and `8:3` while they are being typed. */
function figuresAt(scene: Scene, at: number, isLed: boolean): Clock | null {
  const hour = numberAt(scene, at);
  if (hour === null || hour > 24 || scene.tokens[at]!.text.length > 2) return null;
  const { to, minute, isBare } = minuteAt(scene, at + 1, isLed);
  if (minute > 59 || (hour === 24 && minute > 0)) return null;
  const isShort = hour > 0 && hour <= 12 && scene.tokens[at]!.text.length === String(hour).length;
  const isOpen = isShort && !(scene.grammar.is24Hour && scene.tokens[to - 1]!.text.length === 2 && to > at + 1);
  const by = isShort ? "dial" : "day";
  return halved(scene, to, { minute: (isOpen ? hour % 12 : hour) * 60 + minute, isOpen, by, isBare });
}

/** The minutes behind an hour, and how they are written. */
function minuteAt(scene: Scene, at: number, isLed: boolean): { to: number; minute: number; isBare: boolean } {
  const { tokens, grammar } = scene;
  const sign = isAttached(scene, at) ? tokens[at]!.text : "";
  const digits = isAttached(scene, at + 1) ? digitsAt(scene, at + 1) : null;
  const minute = digits?.length === 2 ? Number(digits) : null;
  const isMarked = isIn(scene, grammar.clockMarks, at);
  const [bare, pair, hour] = [
    { to: at, minute: 0, isBare: true },
    { to: at + 2, minute: minute ?? 0, isBare: false },
    { to: at + 1, minute: 0, isBare: false },
  ];
  const isTyping = digits?.length === 1 && tokens[at + 1]!.isTyping;
  if (sign === ":") {
    if (minute !== null) return pair;
    return isTyping
      ? { ...pair, minute: Number(digits) * 10 }
      : tokens[at]!.isTyping
        ? { ...hour, isBare: true }
        : bare;
  }
  if (sign === "." && isLed && isTyping) return { ...pair, minute: Number(digits) * 10 };
  if (sign === "." && minute !== null && !isAttached(scene, at + 2, ".")) {
    const isTime = [grammar.halves, grammar.clockMarks].some((table) => isIn(scene, table, at + 2));
    return isLed || grammar.isDotted || isTime ? pair : bare;
  }
  if (sign === "h") return minute === null ? hour : pair;
  if (!isMarked) return bare;
  const behind = digitsAt(scene, at + 1);
  return behind?.length === 2 && Number(behind) < 60 && !isAttached(scene, at + 2)
    ? { ...pair, minute: Number(behind) }
    : hour;
}

function digitsAt({ tokens }: Scene, at: number): string | null {
  return tokens[at]?.number === null ? null : (tokens[at]?.text ?? null);
}

/** `drei Uhr`, `three pm`; `at three` is bare. */
function spelledAt(scene: Scene, at: number): Clock | null {
  const hour = scene.grammar.numbers.get(scene.tokens[at]?.text ?? "");
  if (hour === undefined || !Number.isInteger(hour) || (scene.tokens[at]!.text.length < 3 && hour === 1)) return null;
  const isMarked = isIn(scene, scene.grammar.clockMarks, at + 1);
  const clock = { minute: (hour % 12) * 60, isOpen: true, by: "dial", isBare: !isMarked } as const;
  return halved(scene, isMarked ? at + 2 : at + 1, clock);
}

/** Takes in a mark that says the hours are twelve and the sign of the half: `8:30 Uhr`, `3 pm`, `3 p.m.`. */
function halved(scene: Scene, at: number, clock: Omit<Clock, "to">): Clock {
  const to = !isIn(scene, scene.grammar.clockMarks, at) ? at : at + 1;
  const half = halfAt(scene, to);
  if (half === null) return { ...clock, to, isBare: clock.isBare && to === at };
  const minute = clock.minute < HALF_DAY ? clock.minute + half.value * 60 : clock.minute;
  return { to: half.to, minute, isOpen: false, by: "half", isBare: false };
}

function halfAt(scene: Scene, at: number): { to: number; value: number } | null {
  const { tokens, grammar } = scene;
  const token = tokens[at];
  const value = said(scene, grammar.halves, at);
  if (value !== undefined) return { to: at + 1, value };
  const letter = token?.text;
  if (token === undefined || grammar.halves.get(`${letter}m`) === undefined) return null;
  const isStopped = isAttached(scene, at + 1, ".") && isAttached(scene, at + 2, "m");
  if (isStopped)
    return { to: isAttached(scene, at + 3, ".") ? at + 4 : at + 3, value: grammar.halves.get(`${letter}m`)! };
  return token.isTyping && !token.isSpaced ? { to: at + 1, value: grammar.halves.get(`${letter}m`)! } : null;
}

/** The minutes of the day a start can mean, best first: nearest to the working hours [LG32]. */
function startsOf({ situation }: Scene, { minute, isOpen }: Clock): number[] {
  if (!isOpen) return [minute];
  if (minute < 60) return [minute + HALF_DAY]; // Twelve is noon; midnight has its word.
  const { fromMinute, toMinute } = situation.workingHours;
  const distance = (start: number) =>
    start < fromMinute ? fromMinute - start : start >= toMinute ? start - toMinute + 1 : 0;
  const [morning, evening] = [distance(minute), distance(minute + HALF_DAY)];
  const order = morning <= evening ? [minute, minute + HALF_DAY] : [minute + HALF_DAY, minute];
  return Math.abs(morning - evening) < DOUBT_MINUTES ? order : order.slice(0, 1);
}

/**
 * A range: the end is the first such time after the start, in every language alike; what is written alike at both ends, or goes
 * on for too long over midnight, is none [LG34].
 */
function between(scene: Scene, first: Clock, second: Clock): Found<Time> | Unread {
  const isAlike = first.by === "dial" && second.by === "dial" && (first.minute - second.minute) % HALF_DAY === 0;
  const times = startsBefore(scene, first, second).flatMap((start) => {
    const end = endAfter(start, first, second);
    const isTooLong = end > DAY_MINUTES && end - start > NIGHT_MINUTES_MAX;
    return isAlike || isTooLong ? [] : [timed(start, end - start)];
  });
  const [time, ...others] = times;
  return time === undefined ? { to: second.to, value: null } : found(second.to, time, others);
}

/** The starts of a range, best first: a certain end leaves out those behind it, one with am or pm is near its start. */
function startsBefore(scene: Scene, first: Clock, second: Clock): number[] {
  if (isOnOneClock(second, first)) return [dayMinute(first)];
  if (!first.isOpen || second.by === "dial") return startsOf(scene, first);
  const end = certainEnd(second);
  const before = [first.minute, first.minute + HALF_DAY].filter((minute) => minute < end);
  if (before.length === 0) return [first.minute + HALF_DAY];
  return before.length === 1 || second.by === "half" ? before.slice(-1) : startsOf(scene, first);
}

/** In minutes from the midnight before the start. A dial does not say which half of the day. */
function endAfter(start: number, first: Clock, second: Clock): number {
  const dial = second.minute % HALF_DAY;
  const isDial = second.by === "dial" && !isOnOneClock(first, second);
  const ends = isDial ? [dial, dial + HALF_DAY] : [certainEnd(second)];
  return [...ends, ...ends.map((end) => end + DAY_MINUTES)].find((end) => end > start)!;
}

/** Whether one end says the 24-hour clock for the other, both being times without further words: `14:30–10:00`. */
function isOnOneClock(certain: Clock, other: Clock): boolean {
  return certain.by === "day" && other.by === "dial" && !certain.isBare && !other.isBare;
}

/** Midnight as an end is that of its day [LG30]. */
function certainEnd(clock: Clock): number {
  return dayMinute(clock) || DAY_MINUTES;
}

/** By the 24-hour clock. */
function dayMinute({ minute, isOpen }: Clock): number {
  return isOpen && minute < 60 ? minute + HALF_DAY : minute;
}
