import type { Span } from "./meaning.ts";

/** A line in a command field is short; only this many units are looked at, what follows is title [LG5]. */
export const READ_UNITS_MAX = 500;

/** A word, a run of digits or a single sign. */
export type Token = Span & {
  /** As it is looked up: lower case, no accents; empty when it must not be read. */
  readonly text: string;
  /** The value of up to four digits, else null. */
  readonly number: number | null;
  /** Whether it stands apart from the token before. */
  readonly isSpaced: boolean;
  /** Whether it is the last word, so that more letters may follow. */
  readonly isTyping: boolean;
};

const TOKENS = /\d+|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*|\S/gu;
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  æ: "ae",
  œ: "oe",
  ı: "i",
  "’": "'",
};

/** Lower case without accents, so that `MÄRZ` and `marz` are one word. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (/^[ -~]*$/.test(lower)) return lower;
  const bare = lower.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return bare.replaceAll(/[ßøłđæœı’]/g, (letter) => LETTERS[letter]!);
}

/** The folded words and numbers of a name, without its signs. */
export function wordsOf(name: string): string[] {
  return (name.slice(0, READ_UNITS_MAX).match(TOKENS) ?? []).map(fold).filter((word) => /[\p{L}\d]/u.test(word));
}

/** The tokens of the readable beginning of a text, in order, those inside `plain` as signs without meaning. */
export function tokensOf(text: string, plain: readonly Span[] = []): Token[] {
  const tokens: Token[] = [];
  const isCut = text.length > READ_UNITS_MAX;
  for (const found of text.slice(0, READ_UNITS_MAX).matchAll(TOKENS)) {
    const [from, to] = [found.index, found.index + found[0].length];
    const isCutOff = isCut && to === READ_UNITS_MAX;
    const isPlain = isCutOff || plain.some((span) => span.from < to && from < span.to);
    tokens.push({
      from,
      to,
      text: isPlain ? "" : fold(found[0]),
      number: !isPlain && /^\d{1,4}$/.test(found[0]) ? Number(found[0]) : null,
      isSpaced: from > (tokens.at(-1)?.to ?? -1),
      isTyping: false,
    });
  }
  const last = tokens.at(-1);
  if (last !== undefined && !isCut) tokens[tokens.length - 1] = { ...last, isTyping: true };
  return tokens;
}

const OPENING = new Set(["(", "[", "{", '"', "'", "“", "„", "«", "‘"]);
const CLOSING = new Set([")", "]", "}", '"', "'", "”", "“", "»", "’", ",", ";", ".", ":", "!", "?"]);

/** Signs that join two ends, and stand alone while the second is not typed yet [LG3]. */
const JOINING = new Set(["-", "–", "—", "/"]);

/** Whether the tokens from `from` up to `to` stand for themselves: not the inside of a word, a number or a code [LG4]. */
export function isApart(tokens: readonly Token[], from: number, to: number): boolean {
  const before = tokens[from - 1];
  if (before !== undefined && !tokens[from]!.isSpaced && !OPENING.has(before.text)) return false;
  let at = to;
  while (at < tokens.length && !tokens[at]!.isSpaced && isClosing(tokens[at]!)) at++;
  return at >= tokens.length || tokens[at]!.isSpaced;
}

function isClosing({ text, isTyping }: Token): boolean {
  return CLOSING.has(text) || (isTyping && JOINING.has(text));
}
