// What others wrote, read field by field into values of our own: nothing of theirs is kept or merged.

/** Why it cannot be used, as the end of a sentence. */
export class Wrong extends Error {}

export function wrong(sentence: string): never {
  throw new Wrong(sentence);
}

/** An object with these keys and no others; `needed` must be there. */
export function objectOf(
  value: unknown,
  what: string,
  needed: readonly string[],
  optional: readonly string[] = [],
): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) wrong(`${what} is an object`);
  const fields = new Map<string, unknown>(Object.entries(value));
  const missing = needed.find((key) => !fields.has(key));
  if (missing !== undefined) wrong(`${what} has no "${missing}"`);
  const unknown = [...fields.keys()].find((key) => !needed.includes(key) && !optional.includes(key));
  if (unknown !== undefined) wrong(`${what} has "${unknown.slice(0, 40)}", which nobody reads`);
  return fields;
}

export function listOf(value: unknown, what: string, max: number): readonly unknown[] {
  if (!Array.isArray(value)) wrong(`${what} is a list`);
  if (value.length > max) wrong(`${what} has at most ${max} entries, not ${value.length}`);
  return value as unknown[];
}

/** A line of text: no control characters, nothing that turns the direction of what follows. */
export function textOf(value: unknown, what: string, max: number): string {
  if (typeof value !== "string" || value === "" || value.length > max)
    wrong(`${what} is text of 1 to ${max} characters`);
  if (/\p{Cc}|\p{Bidi_Control}/u.test(value) || !value.isWellFormed())
    wrong(`${what} holds characters that cannot be shown`);
  return value;
}

export function oneOfThese<const Word extends string>(value: unknown, what: string, words: readonly Word[]): Word {
  return words.find((word) => word === value) ?? wrong(`${what} is one of ${words.join(", ")}`);
}

export function truthOf(value: unknown, what: string): boolean {
  return typeof value === "boolean" ? value : wrong(`${what} is true or false`);
}

export function numberOf(value: unknown, what: string, from: number, to: number): number {
  return typeof value === "number" && value >= from && value <= to
    ? value
    : wrong(`${what} is a number from ${from} to ${to}`);
}

export function wholeOf(value: unknown, what: string, from: number, to: number): number {
  const isWhole = Number.isInteger(value) && (value as number) >= from && (value as number) <= to;
  return isWhole ? (value as number) : wrong(`${what} is a whole number from ${from} to ${to}`);
}

/** The value, or the sentence that says why there is none. */
export function reading<Value>(read: () => Value): { readonly read: Value } | { readonly refused: string } {
  try {
    return { read: read() };
  } catch (error) {
    if (error instanceof Wrong) return { refused: `${error.message}.` };
    throw error;
  }
}
