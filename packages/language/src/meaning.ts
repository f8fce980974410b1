import type { Weekday } from "@hourwright/time";
import type { Vocabulary } from "./vocabulary.ts";

/** Half-open, in UTF-16 units of the text. */
export type Span = { readonly from: number; readonly to: number };

/** The languages there is a grammar for. */
export type LanguageName = "en" | "de";

/** What the words are said against. Days are days since 1970-01-01, minutes count from midnight; no zones. */
export type Situation = {
  readonly today: number;
  readonly nowMinute: number;
  /** The day in view: where a plan without a day goes, and whose year is meant when it is not this one. */
  readonly selectedDay: number;
  readonly firstWeekday: Weekday;
  readonly locale: LanguageName;
  /** Whether 3/4 is the third of April; the language's habit when not given. */
  readonly isDayFirst?: boolean;
  readonly vocabulary: Vocabulary;
  readonly workingHours: { readonly fromMinute: number; readonly toMinute: number };
  /** How long a timed plan lasts when nothing says it. */
  readonly defaultMinutes: number;
  /** Stretches to be left as plain text [LG7]. */
  readonly plain?: readonly Span[];
};

/** What the words of one part say. `toDay` is exclusive. */
export type Said =
  | { readonly kind: "day" | "range"; readonly fromDay: number; readonly toDay: number }
  | {
      readonly kind: "time";
      /** Null is "all day". */
      readonly startMinute: number | null;
      /** Up to the end that was said, or null. The end may lie on the next day. */
      readonly minutes: number | null;
      /** The day a time counted from now falls on ("in 2 hours"), else null. */
      readonly day: number | null;
    }
  | { readonly kind: "duration"; readonly minutes: number }
  | { readonly kind: "repeat"; readonly rule: string }
  | { readonly kind: "person" | "place"; readonly id: string };

export type Part = Span & { readonly isAmbiguous: boolean } & (
    | Said
    | { readonly kind: "title"; readonly title: string }
  );

/** The whole that the parts add up to: whole days, or a time with a length. */
export type Meaning = {
  readonly title: string;
  readonly fromDay: number;
  /** The value of an RRULE (RFC 5545 §3.3.10); an UNTIL is a date [LG44]. */
  readonly repeat: string | null;
  readonly people: readonly string[];
  readonly place: string | null;
} & (
  | { readonly startMinute: null; readonly toDay: number }
  | { readonly startMinute: number; readonly minutes: number }
);

export type Difference = "title" | "day" | "time" | "length" | "repeat" | "people" | "place";

/** Another meaning of the same words: the stretch that is read otherwise, and what comes out differently. */
export type Reading = Span & {
  readonly differs: readonly Difference[];
  readonly parts: readonly Part[];
  readonly meaning: Meaning;
};

export type Words = {
  readonly parts: readonly Part[];
  readonly meaning: Meaning;
  readonly readings: readonly Reading[];
};
