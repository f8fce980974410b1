import { dateOf, dayNumber, startOfWeek, weekdayOf } from "@hourwright/time";
import { look, type Grammar, type Table } from "./grammar.ts";
import type { Situation } from "./meaning.ts";
import { isApart, tokensOf, type Token } from "./tokens.ts";
import { isNameWord } from "./vocabulary.ts";

/** What all rules look at: the tokens, the language, the situation, and the days from which unsaid years and weeks count. */
export type Scene = {
  readonly tokens: readonly Token[];
  readonly grammar: Grammar;
  readonly situation: Situation;
  /** A date without a year, and a day of the month without a month, are the first from these days on [LG15]. */
  readonly datesFrom: number;
  readonly monthDaysFrom: number;
  /** A weekday alone is the first after this day. */
  readonly weekdaysAfter: number;
};

/** What a rule found: where it ends, the value, and the other values the same words may have, best first. */
export type Found<Value> = { readonly to: number; readonly value: Value; readonly others: readonly Value[] };

/** Words with the form of something that does not exist (`30 feb`): title, up to their end, and no part of them is read. */
export type Unread = { readonly to: number; readonly value: null };

/** Reads the tokens. `isGoingThere` is "go to date": unsaid years and months are those in view. */
export function sceneOf(text: string, situation: Situation, grammar: Grammar, isGoingThere: boolean): Scene {
  const tokens = tokensOf(text, situation.plain);
  const last = tokens.at(-1);
  if (last !== undefined && last.text.length > 1 && isNameWord(situation.vocabulary, last.text)) {
    tokens[tokens.length - 1] = { ...last, isTyping: false };
  }
  const { year, month } = dateOf(situation.selectedDay);
  const isElsewhere = isGoingThere || year !== dateOf(situation.today).year;
  return {
    tokens,
    grammar,
    situation,
    datesFrom: isElsewhere ? dayNumber(year, 1, 1) : situation.today,
    monthDaysFrom: isElsewhere ? dayNumber(year, month, 1) : situation.today,
    weekdaysAfter: situation.today,
  };
}

export function found<Value>(to: number, value: Value, others: readonly Value[] = []): Found<Value> {
  return { to, value, others };
}

/** The value of a token in one of the grammar's tables. */
export function said({ tokens }: Scene, table: Table, at: number): number | undefined {
  return look(table, tokens[at]);
}

/** Whether a token stands in one of the grammar's tables. */
export function isIn(scene: Scene, table: Table, at: number): boolean {
  return said(scene, table, at) !== undefined;
}

/** Behind an article, if there is one. */
export function afterArticle(scene: Scene, at: number): number {
  return isIn(scene, scene.grammar.articles, at) ? at + 1 : at;
}

/** Whether the token at `at` is this sign, without a space before it. */
export function isAttached({ tokens }: Scene, at: number, text?: string): boolean {
  const token = tokens[at];
  return token !== undefined && !token.isSpaced && (text === undefined || token.text === text);
}

export function numberAt({ tokens }: Scene, at: number): number | null {
  return tokens[at]?.number ?? null;
}

export function standsApart({ tokens }: Scene, from: number, to: number): boolean {
  return isApart(tokens, from, to);
}

export function weekdayFrom(day: number, weekday: number): number {
  return day + ((weekday - weekdayOf(day) + 7) % 7);
}

/** The first day of the week of today, moved by weeks. */
export function weekStart({ situation }: Scene, weeks: number): number {
  return startOfWeek(situation.today, situation.firstWeekday) + 7 * weeks;
}
