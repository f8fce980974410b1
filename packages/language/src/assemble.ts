import type { Chosen } from "./choose.ts";
import type { Days } from "./days.ts";
import { DAY_MINUTES } from "./durations.ts";
import { DAY } from "./grammar.ts";
import type { Meaning, Part, Said, Situation, Span } from "./meaning.ts";
import { firstDayOf, periodDays, ruleOf, type Repeat } from "./repeats.ts";
import type { Value } from "./scan.ts";
import type { Scene } from "./scene.ts";

/** A plan with a length and no time begins on the next quarter of an hour [LG52]. */
const START_STEP_MINUTES = 15;

export type Meant = { readonly isTodayMeant?: boolean; readonly isOneStretch?: boolean };

export type Assembled = { readonly parts: readonly Part[]; readonly meaning: Meaning };

/**
 * Parts and their sum. `isTodayMeant` keeps a time without a day on today though it has passed [LG51];
 * `isOneStretch` lets a time over several days run through the nights [LG54]; `isAmbiguous` says which are marked so.
 */
export function assemble(
  scene: Scene,
  text: string,
  chosen: readonly Chosen[],
  { isAmbiguous, ...meant }: Meant & { isAmbiguous: (one: Chosen) => boolean },
): Assembled {
  const times = whenOf(chosen, scene.situation, meant);
  const recognised = chosen.map((one): Part => ({
    ...spanOf(scene, one),
    isAmbiguous: isAmbiguous(one),
    ...saidOf(one.choice.value, times.repeat),
  }));
  const titles = titlesOf(scene, text, chosen);
  const people = recognised.flatMap((part) => (part.kind === "person" ? [part.id] : []));
  const place = recognised.find((part) => part.kind === "place");
  return {
    parts: [...titles, ...recognised].sort((one, other) => one.from - other.from),
    meaning: {
      title: titles.map((part) => (part.kind === "title" ? part.title : "")).join(" "),
      ...times,
      people: [...new Set(people)],
      place: place?.kind === "place" ? place.id : null,
    },
  };
}

/** The stretch of a chosen match without its connecting word; with the match before when they are said together. */
export function spanOf({ tokens }: Scene, { match, choice }: Chosen): Span {
  return { from: tokens[(choice.previous ?? match).core]!.from, to: tokens[match.to - 1]!.to };
}

function saidOf(value: Value, rule: string | null): Said {
  switch (value.kind) {
    case "repeat":
      return { kind: "repeat", rule: rule! };
    case "time":
      return { kind: "time", startMinute: value.startMinute, minutes: value.minutes, day: value.day };
    case "day":
    case "range":
      return { kind: value.kind, fromDay: value.fromDay, toDay: value.toDay };
    default:
      return value;
  }
}

type When = Pick<Meaning, "fromDay" | "repeat"> &
  ({ startMinute: null; toDay: number } | { startMinute: number; minutes: number });

/** Days, time and length of the whole [LG50–LG54]. */
function whenOf(chosen: readonly Chosen[], situation: Situation, meant: Meant): When {
  const values = chosen.map(({ choice }) => choice.value);
  const time = values.find((value) => value.kind === "time");
  const { days, length, repeat } = withEnd({
    days: values.find((value): value is Days => value.kind === "day" || value.kind === "range"),
    length: values.find((value) => value.kind === "duration")?.minutes ?? null,
    repeat: values.find((value) => value.kind === "repeat"),
  });

  const isOver = meant.isTodayMeant !== true && days === undefined && hasPassed(time?.startMinute ?? null, situation);
  const unsaidDay = time?.day ?? situation.selectedDay + (isOver && time?.day === null ? 1 : 0);
  const saidDay = days?.fromDay ?? unsaidDay;
  const fromDay = repeat === undefined ? saidDay : firstDayOf(repeat, saidDay);
  const rule = repeat === undefined ? null : ruleOf(repeat, fromDay, situation.firstWeekday);
  const dayCount = days === undefined ? 1 : days.toDay - days.fromDay;

  const isAllDay = length === null || isWholeDays(length);
  if (time === undefined ? isAllDay : time.startMinute === null) {
    const lasting = length === null || !isAllDay ? dayCount : length / DAY_MINUTES;
    return { fromDay, startMinute: null, toDay: fromDay + lasting, repeat: rule };
  }
  const startMinute = time?.startMinute ?? nextStart(situation, fromDay);
  const minutes = time?.minutes ?? length ?? situation.defaultMinutes;
  if (dayCount > 1 && repeat === undefined && minutes <= DAY_MINUTES && meant.isOneStretch !== true) {
    return { fromDay, startMinute, minutes, repeat: `FREQ=DAILY;COUNT=${dayCount}` };
  }
  return { fromDay, startMinute, minutes: (dayCount - 1) * DAY_MINUTES + minutes, repeat: rule };
}

const isWholeDays = (minutes: number): boolean => minutes % DAY_MINUTES === 0;

type Asked = { readonly days: Days | undefined; readonly length: number | null; readonly repeat: Repeat | undefined };

/** What ends a repeat though it stands elsewhere: `until june`, `from 6 april to 30 june`, `for 6 weeks` [LG43]. */
function withEnd({ days, length, repeat }: Asked): Asked {
  if (repeat === undefined || repeat.count !== null || repeat.untilDay !== null || repeat.span !== null) {
    return { days, length, repeat };
  }
  const isLonger = days !== undefined && days.toDay - days.fromDay > periodDays(repeat);
  if (days !== undefined && (days.isEnd === true || isLonger)) {
    const start: Days | undefined = days.isEnd === true ? undefined : { ...days, toDay: days.fromDay + 1 };
    return { days: start, length, repeat: { ...repeat, untilDay: days.toDay - 1 } };
  }
  if (length === null || !isWholeDays(length)) return { days, length, repeat };
  return { days, length: null, repeat: { ...repeat, span: { count: length / DAY_MINUTES, unit: DAY } } };
}

/** Whether a time without a day would lie behind us. */
export function hasPassed(startMinute: number | null, { selectedDay, today, nowMinute }: Situation): boolean {
  return startMinute !== null && selectedDay === today && startMinute <= nowMinute;
}

function nextStart({ today, nowMinute, workingHours }: Situation, day: number): number {
  const now = Math.ceil(nowMinute / START_STEP_MINUTES) * START_STEP_MINUTES;
  return day === today && now < DAY_MINUTES ? Math.max(now, workingHours.fromMinute) : workingHours.fromMinute;
}

/** What no part took, piece by piece, without the signs that led to the parts [LG8]. */
function titlesOf({ tokens }: Scene, text: string, chosen: readonly Chosen[]): Part[] {
  const titles: Part[] = [];
  let from = 0;
  for (const { match, choice } of [...chosen, null].map((one) => one ?? { match: null, choice: null })) {
    const first = choice?.previous ?? match;
    const to = first === null ? text.length : tokens[first.from]!.from;
    const piece = trimmed(text, from, to, from > 0, match !== null);
    if (piece !== null)
      titles.push({ ...piece, isAmbiguous: false, kind: "title", title: text.slice(piece.from, piece.to) });
    if (match !== null) from = tokens[match.to - 1]!.to;
  }
  return titles;
}

const SPACE = /\s/;
const SIGN = /[\s\p{P}]/u;
const LEADS_ON = /[\s,;:([{"'„“«‘–—-]/;
const ENDS = /[\s,;:.!?)\]}"'”“»’–—-]/;

/** A piece without the spaces at its ends, and beside a part without the signs there; null when nothing is left. */
function trimmed(text: string, start: number, end: number, isBehindPart: boolean, isBeforePart: boolean): Span | null {
  let [from, to] = [start, end];
  while (from < to && (isBehindPart ? ENDS : SPACE).test(text[from]!)) from++;
  while (to > from && (isBeforePart ? LEADS_ON : SPACE).test(text[to - 1]!)) to--;
  if (from === to) return null;
  if (!isBehindPart && !isBeforePart) return { from, to };
  let at = from;
  while (at < to && SIGN.test(text[at]!)) at++;
  return at === to ? null : { from, to };
}
