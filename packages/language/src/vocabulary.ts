import { look, type Grammar } from "./grammar.ts";
import { wordsOf, type Token } from "./tokens.ts";

export type Name = { readonly id: string; readonly name: string };

type Entry = {
  readonly id: string;
  readonly kind: "person" | "place";
  readonly words: readonly string[];
  readonly order: number;
};

/** The words of names, sorted, so that those with a given beginning lie side by side. Made by `vocabularyOf`. */
export type Vocabulary = {
  readonly words: readonly { readonly word: string; readonly at: number; readonly entry: Entry }[];
};

/** Names that a stretch of words may mean, best first. */
export type Named = { readonly to: number; readonly kind: Entry["kind"]; readonly ids: readonly string[] };

/** Fewer letters begin too many names [LG60]. */
const PREFIX_LETTERS_MIN = 3;
/** More names than this are not told apart by asking. */
const NAMES_MAX = 6;

/** Indexes names once; O(n log n) in their words. Earlier names win where nothing else decides. */
export function vocabularyOf(names: {
  readonly people: readonly Name[];
  readonly resources: readonly Name[];
}): Vocabulary {
  const entries = [
    ...names.people.map(({ id, name }, order) => ({ id, kind: "person" as const, words: wordsOf(name), order })),
    ...names.resources.map(({ id, name }, order) => ({ id, kind: "place" as const, words: wordsOf(name), order })),
  ];
  const words = entries.flatMap((entry) => entry.words.map((word, at) => ({ word, at, entry })));
  return { words: words.sort((one, other) => (one.word < other.word ? -1 : one.word > other.word ? 1 : 0)) };
}

/** Whether a word is, whole, a word of some name: then it is not a day being typed [LG3]. */
export function isNameWord(vocabulary: Vocabulary, word: string): boolean {
  return vocabulary.words[firstFrom(vocabulary, word)]?.word === word;
}

/**
 * The names of a kind that the words from `at` on begin [LG60, LG61]: the longest stretch wins, then whole words before
 * beginnings, then a name's first word before its others; whoever is equal in all that is offered, best first.
 */
export function namedAt(
  { words }: Vocabulary,
  kind: Entry["kind"],
  tokens: readonly Token[],
  at: number,
  grammar: Grammar,
): Named | null {
  const start = tokens[at]?.text ?? "";
  if (start.length < 2 || !/[\p{L}\d]/u.test(start)) return null;
  const isShort = start.length < PREFIX_LETTERS_MIN || grammar.common.has(start);
  const found: { to: number; whole: number; at: number; entry: Entry }[] = [];
  for (let i = firstFrom({ words }, start); i < words.length && words[i]!.word.startsWith(start); i++) {
    const { word, at: place, entry } = words[i]!;
    if (entry.kind !== kind || (isShort && word !== start)) continue;
    found.push({ ...following(entry, place, tokens, at, grammar), at: place, entry });
  }
  found.sort(
    (one, other) =>
      other.to - one.to || other.whole - one.whole || one.at - other.at || one.entry.order - other.entry.order,
  );
  const best = found[0];
  if (best === undefined) return null;
  const equals = found.filter(({ to, whole }) => to === best.to && whole === best.whole);
  return { to: best.to, kind, ids: [...new Set(equals.map(({ entry }) => entry.id))].slice(0, NAMES_MAX) };
}

/** A name said whole: `30m Studio` needs no "in" when it stands behind a recognised part [LG62]. */
export function wholeNameAt(
  { words }: Vocabulary,
  kind: Entry["kind"],
  tokens: readonly Token[],
  at: number,
): Named | null {
  const start = tokens[at]!.text;
  const found: { to: number; entry: Entry }[] = [];
  for (let i = start === "" ? words.length : firstFrom({ words }, start); words[i]?.word === start; i++) {
    const { at: place, entry } = words[i]!;
    if (entry.kind !== kind || place !== 0) continue;
    if (entry.words.every((word, next) => tokens[at + next]?.text === word))
      found.push({ to: at + entry.words.length, entry });
  }
  const to = Math.max(...found.map((one) => one.to));
  const ids = found.filter((one) => one.to === to).map(({ entry }) => entry.id);
  return ids.length === 0 ? null : { to, kind, ids: ids.slice(0, NAMES_MAX) };
}

/** How far a name goes on behind its word that begins at `at`, and how many of its words stand there whole. */
function following(entry: Entry, place: number, tokens: readonly Token[], at: number, grammar: Grammar) {
  let [to, whole] = [at + 1, entry.words[place] === tokens[at]!.text ? 1 : 0];
  for (let next = place + 1; next < entry.words.length; next++) {
    const isHyphen = tokens[to]?.text === "-" && !tokens[to]!.isSpaced && tokens[to + 1]?.isSpaced === false;
    const token = tokens[isHyphen ? to + 1 : to];
    const word = entry.words[next]!;
    if (token === undefined || !word.startsWith(token.text) || token.text === "") break;
    if (word !== token.text && !isBeginning(token, grammar)) break;
    if (word === token.text) whole++;
    to += isHyphen ? 2 : 1;
  }
  return { to, whole };
}

/** The beginning of a further word counts when it is long enough, or being typed, and means nothing else. */
function isBeginning(token: Token, grammar: Grammar): boolean {
  const { weekdays, months, days, pointers, common } = grammar;
  if ([weekdays, months, days, pointers, common].some((table) => look(table, token) !== undefined)) return false;
  return token.isTyping || token.text.length >= PREFIX_LETTERS_MIN;
}

/** The first word not before `word`, by halving. */
function firstFrom({ words }: Vocabulary, word: string): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]!.word < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
