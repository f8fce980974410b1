import { fold, type Token } from "./tokens.ts";

/** Folded words or phrases, and what they stand for. */
export type Table = ReadonlyMap<string, number>;

/** What a connecting word may lead to. */
export type Lead = "day" | "until" | "time" | "duration" | "repeat" | "person" | "place";

/** minute, hour, day, week, month, year, in the order of `Grammar.units`. */
export const [MINUTE, HOUR, DAY, WEEK, MONTH, YEAR] = [1, 2, 3, 4, 5, 6] as const;

/** In the order of `Grammar.pointers`. */
export const [LAST, THIS, NEXT, COMING] = [-1, 0, 1, 2] as const;

/** A language: tables of words. What the words do together is the same in all and stands in the files named by its noun. */
export type Grammar = {
  /** 1 Monday to 7 Sunday. */
  readonly weekdays: Table;
  /** Weekdays from abbreviations that are words of their own on: days only in company [LG12]. */
  readonly weakWeekdays: Table;
  /** "tuesdays": the weekday itself is the repeat. */
  readonly habits: Table;
  readonly months: Table;
  readonly units: Table;
  /** "two", "half", "an". */
  readonly numbers: Table;
  /** "first", "second"; -1 is the last, 0 "other". */
  readonly ordinals: Table;
  /** What makes digits an ordinal, and its beginning: "th", "t". */
  readonly ordinalMarks: Table;
  /** "tomorrow", as days from today. */
  readonly days: Table;
  /** "last", "this", "next", "coming", from LAST on. */
  readonly pointers: Table;
  /** "weekend" and what leads to it from "week", so that `next week` does not vanish on its way [LG3]. */
  readonly weekends: Table;
  /** "mar" of "25 of march". */
  readonly of: Table;
  readonly and: Table;
  /** Between the ends of a range. */
  readonly to: Table;
  readonly ahead: Table;
  /** "vor 3 Tagen" before, "3 days ago" behind. */
  readonly back: Table;
  readonly ago: Table;
  readonly allDay: Table;
  /** "noon", in minutes. */
  readonly clockNouns: Table;
  /** "half past", in minutes beside the hour that follows. */
  readonly clockPhrases: Table;
  /** "o'clock". */
  readonly clockMarks: Table;
  /** Hours to add after a twelve-hour time: "pm". */
  readonly halves: Table;
  readonly every: Table;
  /** "daily", as a unit. */
  readonly rhythms: Table;
  /** "weekday": Monday to Friday. */
  readonly workdays: Table;
  /** "times" of "10 times". */
  readonly times: Table;
  readonly until: Table;
  /** Table of "of every month" before the month. */
  readonly ofEvery: Table;
  readonly leads: ReadonlyMap<string, readonly Lead[]>;
  /** Articles after a connecting word. */
  readonly articles: Table;
  /** Too common to begin a name. */
  readonly common: Table;
  readonly isDayFirst: boolean;
  /** Whether 8.30 is a time without more, and 25.3 a date. */
  readonly isDotted: boolean;
  /** Whether hours with minutes are those of the 24-hour clock: 3:30 is at night. */
  readonly is24Hour: boolean;
};

/** As they are written where the keys are missing: `naechsten`. */
const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue" };

/** A table of words from `"mon monday, tue tuesday"`: groups count up from `first`; `_` is a space inside a phrase. */
export function words(text: string, first = 1): Table {
  const found = new Map<string, number>();
  for (const [i, group] of text.split(",").entries()) {
    for (const word of group.split(/\s+/).filter(Boolean)) {
      for (const spelling of [word, word.replaceAll(/[äöü]/g, (letter) => UMLAUTS[letter]!)]) {
        found.set(fold(spelling).replaceAll("_", " "), first + i);
      }
    }
  }
  return found;
}

/** A table of words with the values written beside them. */
export function valued(values: Readonly<Record<string, number>>): Table {
  return new Map(Object.entries(values).map(([word, value]) => [fold(word), value]));
}

/** Which connecting words lead to what, from `{ at: "time place" }`. */
export function leading(leads: Readonly<Record<string, string>>): Grammar["leads"] {
  return new Map(Object.entries(leads).map(([word, kinds]) => [fold(word), kinds.split(" ") as Lead[]]));
}

/**
 * What a token stands for in a table, or undefined. The word under the caret keeps what a shorter spelling of it
 * meant: `frid` is still the `fri` on its way to `friday` [LG3].
 */
export function look(table: Table, token: Token | undefined): number | undefined {
  if (token === undefined) return undefined;
  const value = table.get(token.text);
  if (value !== undefined || !token.isTyping || token.text === "") return value;
  for (const [word, meant] of table) {
    if (!word.startsWith(token.text)) continue;
    for (let length = token.text.length - 1; length > 0; length--) {
      if (table.get(token.text.slice(0, length)) === meant) return meant;
    }
  }
  return undefined;
}

/** The longest phrase of up to `PHRASE_WORDS_MAX` words of a table that begins at a token. */
export function lookPhrase(table: Table, tokens: readonly Token[], at: number): { to: number; value: number } | null {
  for (let length = PHRASE_WORDS_MAX; length > 1; length--) {
    const phrase = tokens.slice(at, at + length);
    const value = table.get(phrase.map(({ text }) => text).join(" "));
    if (value !== undefined && phrase.length === length) return { to: at + length, value };
  }
  const value = look(table, tokens[at]);
  return value === undefined ? null : { to: at + 1, value };
}

/** The longest phrases are "den ganzen tag" and "day after tomorrow". */
const PHRASE_WORDS_MAX = 3;
