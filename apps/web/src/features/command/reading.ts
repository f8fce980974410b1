import { dayNumber, describeRule, parseRule, type RuleLanguage } from "@hourwright/time";
import type { Meaning, Name, Part, Situation, Vocabulary } from "@hourwright/language";
import { vocabularyOf } from "@hourwright/language";
import type { WallClock } from "@hourwright/timeline";
import type { NewTimes } from "../../data/edits.ts";
import type { Directory } from "../../data/session.ts";
import { instantOfWall, printInstant } from "../../data/wall-clock.ts";
import type { Formats } from "../../messages/format.ts";
import type { Messages } from "../../messages/index.tsx";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The hours in which "at 3" is looked for first, until people have settings of their own. */
const WORKING_HOURS = { fromMinute: 8 * 60, toMinute: 18 * 60 };
const DEFAULT_MINUTES = 60;

/** What is said is said on this page: its today, the day in view, its people and rooms. */
export function situationOf(given: {
  readonly today: number;
  readonly nowMinute: number;
  readonly selectedDay: number;
  readonly firstWeekday: number;
  readonly locale: "en" | "de";
  readonly vocabulary: Vocabulary;
}): Situation {
  const { firstWeekday, ...rest } = given;
  return {
    ...rest,
    firstWeekday: firstWeekday as Situation["firstWeekday"],
    isDayFirst: true,
    workingHours: WORKING_HOURS,
    defaultMinutes: DEFAULT_MINUTES,
  };
}

export function vocabularyFrom({ people, things }: Directory): Vocabulary {
  const nameOf = ({ id, name }: Name): Name => ({ id, name });
  return vocabularyOf({ people: people.map(nameOf), resources: things.map(nameOf) });
}

/** When a meaning would be, in the organisation's zone. */
export function timesOf(meaning: Meaning, clock: WallClock): NewTimes {
  if (meaning.startMinute === null) return { allDay: true, fromDay: meaning.fromDay, toDay: meaning.toDay };
  const at = (minute: number) => instantOfWall(clock, meaning.fromDay * DAY_MS + minute * MINUTE_MS);
  return { allDay: false, startMs: at(meaning.startMinute), endMs: at(meaning.startMinute + meaning.minutes) };
}

/** The rule as the API takes it: beside a start with a zone an UNTIL that is a day means the end of that day (RFC 5545 §3.3.10). */
export function ruleOf(repeat: string | null, isAllDay: boolean, clock: WallClock): string | null {
  if (repeat === null || isAllDay) return repeat;
  return repeat.replace(/UNTIL=(\d{4})(\d{2})(\d{2})(?!T)/, (_, year: string, month: string, day: string) => {
    const end = dayNumber(Number(year), Number(month), Number(day)) + 1;
    const instant = printInstant(instantOfWall(clock, end * DAY_MS) - 1_000);
    return `UNTIL=${instant.replaceAll(/[-:]/g, "")}`;
  });
}

/** Words as they are underlined: a time that follows its day is one with it. */
export function underlinedOf(
  text: string,
  parts: readonly Part[],
  gloss: (part: Part) => string,
): (Part & { readonly gloss: string })[] {
  const underlined: (Part & { readonly gloss: string })[] = [];
  for (const part of parts) {
    const last = underlined.at(-1);
    const follows = last !== undefined && text.slice(last.to, part.from).trim() === "";
    if (follows && part.kind === "time" && last.kind === "day") {
      const isAmbiguous = last.isAmbiguous || part.isAmbiguous;
      underlined[underlined.length - 1] = { ...last, to: part.to, isAmbiguous, gloss: `${last.gloss}, ${gloss(part)}` };
    } else underlined.push({ ...part, gloss: gloss(part) });
  }
  return underlined;
}

/** The title that a plan gets: its own words with a capital, and with whom, by first names. */
export function titleOf(
  { title, people }: Meaning,
  names: ReadonlyMap<string, string>,
  withPeople: (title: string, names: readonly string[]) => string,
): string {
  const own = title.trim();
  if (own === "") return "";
  const capital = own.charAt(0).toLocaleUpperCase() + own.slice(1);
  const first = people.flatMap((id) => names.get(id)?.split(" ")[0] ?? []);
  return first.length === 0 ? capital : withPeople(capital, first);
}

/** A recurrence rule as people say it: “every second Tuesday”. What it leaves open, the plan's start says. */
export function ruleInWords(rule: string, { fromDay, startMinute }: Meaning, language: RuleLanguage): string {
  const parsed = parseRule(rule);
  if (parsed.rule === undefined) return ""; // The field reads only rules that there are.
  return describeRule(parsed.rule, { language, startLocalMs: fromDay * DAY_MS + (startMinute ?? 0) * MINUTE_MS });
}

/** What a part was understood as, in a few words that stand below it. */
export function glossOf(
  part: Part,
  names: ReadonlyMap<string, string>,
  words: Messages["command"]["part"],
  format: Formats,
  describe: (rule: string) => string,
): string {
  switch (part.kind) {
    case "title":
      return words.title();
    case "person":
      return words.person(names.get(part.id) ?? "");
    case "place":
      return words.place(names.get(part.id) ?? "");
    case "duration":
      return words.duration(part.minutes);
    case "repeat":
      return words.repeat(describe(part.rule));
    case "time":
      return part.startMinute === null ? words.allDay() : printMinute(part.startMinute);
    case "day":
    case "range": {
      const first = format.dayShort(part.fromDay);
      return part.toDay - part.fromDay === 1 ? first : `${first} – ${format.dayShort(part.toDay - 1)}`;
    }
  }
}

export function printMinute(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}
