import { dateOf, dayNumber, daysInMonth } from "@hourwright/time";
import { isInReach, monthDayNumberAt } from "./dates.ts";
import { dayAt, daysAt, noDaysAt, weekdayOnDate, type Days } from "./days.ts";
import { durationAt } from "./durations.ts";
import { timeAt, type Time } from "./clock.ts";
import type { Lead } from "./grammar.ts";
import { repeatAt, type Repeat } from "./repeats.ts";
import {
  afterArticle,
  found,
  isAttached,
  isIn,
  numberAt,
  standsApart,
  type Found,
  type Scene,
  type Unread,
} from "./scene.ts";
import { namedAt, wholeNameAt } from "./vocabulary.ts";

type Duration = { readonly kind: "duration"; readonly minutes: number };
type Someone = { readonly kind: "person" | "place"; readonly id: string };
export type Value = Days | Time | Duration | Repeat | Someone;

/** One thing that a match can mean; `previous` when it is said together with the match before. */
export type Choice = { readonly value: Value; readonly previous: Match | null };

/** Recognised words, in tokens: with their connecting word from `from`, without it from `core`. The first choice is best. */
export type Match = {
  readonly from: number;
  readonly core: number;
  readonly to: number;
  readonly isLed: boolean;
  readonly choices: readonly Choice[];
};

/** Hours written `8h` are a time from here on, below it a length [LG42]. */
const CLOCK_HOUR_MIN = 7;

/** All that is recognised, left to right, the longest at each place [LG2]. */
export function scan(scene: Scene): Match[] {
  const matches: Match[] = [];
  for (let at = 0; at < scene.tokens.length;) {
    const longest = longestAt(scene, at, matches);
    const match = matchOf(scene, at, matches.at(-1) ?? null, longest);
    if (match !== null) matches.push(match);
    at = longest[0]?.found.to ?? at + 1;
  }
  return matches;
}

/** `edge` is the first token that must stand apart from what is before it. */
type Candidate = {
  readonly edge: number;
  readonly core: number;
  readonly isLed: boolean;
  readonly found: Found<Value> | Unread;
};

function longestAt(scene: Scene, at: number, before: readonly Match[]): Candidate[] {
  let best: Candidate[] = [];
  for (const candidate of [...unledAt(scene, at, before), ...ledAt(scene, at, before.at(-1) ?? null)]) {
    if (!standsApart(scene, candidate.edge, candidate.found.to)) continue;
    const reach = best[0]?.found.to ?? 0;
    if (candidate.found.to > reach) best = [candidate];
    else if (candidate.found.to === reach) best.push(candidate);
  }
  return best;
}

/** What equally long candidates mean; null where they mean nothing. */
function matchOf(scene: Scene, at: number, previous: Match | null, longest: readonly Candidate[]): Match | null {
  const read = longest.filter((one): one is Candidate & { found: Found<Value> } => one.found.value !== null);
  const first = read[0];
  if (first === undefined) return null;
  const choices = read.flatMap(({ found }) => [found.value, ...found.others]).map(alone);
  const { core, isLed } = first;
  const together = isLed ? null : togetherWith(scene, previous, core, first.found);
  return { from: at, core, to: first.found.to, isLed, choices: together === null ? choices : [...choices, together] };
}

const alone = (value: Value): Choice => ({ value, previous: null });

/** What needs no connecting word, in order of preference among equally long ones. */
function* unledAt(scene: Scene, at: number, before: readonly Match[]): Generator<Candidate> {
  const previous = before.at(-1) ?? null;
  const unled = (found: Found<Value> | Unread | null): Candidate[] =>
    found === null ? [] : [{ edge: at, core: at, isLed: false, found }];
  yield* unled(repeatAt(scene, at));
  yield* unled(daysAt(scene, at, false));
  yield* unled(unread(noDaysAt(scene, at)));
  const time = timeAt(scene, at, false, isBehindDay(scene, at, previous));
  const duration = lengthOf(durationAt(scene, at, false));
  const isTimeSaid = before.some(({ choices }) => choices[0]!.value.kind === "time");
  const isLength = isTimeSaid || (numberAt(scene, at) ?? 0) < CLOCK_HOUR_MIN;
  if (isLength) yield* unled(duration);
  yield* unled(time);
  const isDaySaid = before.some(({ choices }) => ["day", "range", "repeat"].includes(choices[0]!.value.kind));
  if (!isDaySaid) yield* unled(monthDaysOf(scene, at, time));
  if (!isLength) yield* unled(duration);
  if (previous?.to === at) yield* unled(placeOf(wholeNameAt(scene.situation.vocabulary, "place", scene.tokens, at)));
}

/** What a connecting word at `at` leads to: `at 3`, `with Ines`, `in the studio`, and Tomas behind `with Ines and`. */
function* ledAt(scene: Scene, at: number, previous: Match | null): Generator<Candidate> {
  const { tokens, grammar, situation } = scene;
  const isFurther = previous?.to === at && previous.choices[0]!.value.kind === "person";
  const further = isFurther && isIn(scene, grammar.and, at) ? (["person"] as const) : [];
  const leads: readonly Lead[] = grammar.leads.get(tokens[at]!.text) ?? further;
  if (leads.length === 0) return;
  const again = further.length > 0 && isIn(scene, grammar.and, at + 1) ? 1 : 0;
  const next = at + 1 + again;
  if (isAttached(scene, next) && /\p{L}/u.test(tokens[at]!.text)) return;
  const core = afterArticle(scene, next);
  for (const lead of leads) {
    const found = ruleOf(lead, core);
    if (found !== null) yield { edge: further.length > 0 ? core : at, core, isLed: true, found };
  }
  const none = unread(noDaysAt(scene, core));
  if (none !== null) yield { edge: at, core, isLed: true, found: none };

  function ruleOf(lead: Lead, core: number): Found<Value> | Unread | null {
    switch (lead) {
      case "day":
        return daysAt(scene, core, true);
      case "until":
        return untilAt(scene, core);
      case "time":
        return timeAt(scene, core, true, false);
      case "duration":
        return lengthOf(durationAt(scene, next, true));
      case "repeat":
        return repeatAt(scene, core);
      case "person":
      case "place":
        return placeOf(namedAt(situation.vocabulary, lead, tokens, core, grammar));
    }
  }
}

const unread = (to: number | null): Unread | null => (to === null ? null : { to, value: null });

function isBehindDay({ tokens }: Scene, at: number, previous: Match | null): boolean {
  if (previous === null || !["day", "range", "repeat"].includes(previous.choices[0]!.value.kind)) return false;
  return previous.to === at || (previous.to === at - 1 && tokens[previous.to]!.text === ",");
}

function lengthOf(length: Found<number> | null): Found<Duration> | null {
  return length === null ? null : found(length.to, { kind: "duration", minutes: length.value });
}

function placeOf(named: ReturnType<typeof namedAt>): Found<Someone> | null {
  if (named === null) return null;
  const [first, ...others] = named.ids.map((id) => ({ kind: named.kind, id }));
  return found(named.to, first!, others);
}

/** `until friday` is from today to then, or that day [LG23]; the end of a repeat that has none [LG43]. */
function untilAt(scene: Scene, at: number): Found<Days> | null {
  const day = dayAt(scene, at, true);
  const { today } = scene.situation;
  if (day === null) return null;
  const end = { ...day.value, isEnd: true };
  return end.fromDay <= today ? found(day.to, end) : found(day.to, { ...end, kind: "range", fromDay: today }, [end]);
}

/** `15–16` is a time first; it may be two days of the month as well [LG35]. */
function monthDaysOf(scene: Scene, at: number, time: Found<Time> | Unread | null): Found<Days> | null {
  if (time?.value?.isLoose !== true) return null;
  const [first, last] = [monthDayNumberAt(scene, at), monthDayNumberAt(scene, time.to - 1)];
  if (first === null || last === null || first.value >= last.value) return null;
  const { year, month } = dateOf(scene.monthDaysFrom);
  if (last.value > daysInMonth(year, month)) return null;
  const start = dayNumber(year, month, first.value);
  return found(time.to, { kind: "range", fromDay: start, toDay: start + last.value - first.value + 1 });
}

/** A bare number behind a weekday is a time; with the weekday it may be a date: `Fri 12` [LG22]. */
function togetherWith(scene: Scene, previous: Match | null, at: number, { to, value }: Found<Value>): Choice | null {
  const said = previous?.choices[0]!.value;
  if (previous === null || said?.kind !== "day" || said.weekday === undefined || value.kind !== "time" || to !== at + 1)
    return null;
  const number = monthDayNumberAt(scene, at);
  const day = number === null ? null : weekdayOnDate(scene, said.weekday, number.value);
  if (day === null || !isInReach(day)) return null;
  return { value: { kind: "day", fromDay: day, toDay: day + 1 }, previous };
}
