/** What a text was found to be, or the sentence that says why it is not. */
export type Read<T> =
  | { readonly read: T; readonly refused?: never }
  | { readonly read?: never; readonly refused: string };

class Refusal extends Error {}

/** A whole number of at most nine digits within bounds; `what` names it, with its line, in the refusal. */
export function whole(text: string, from: number, to: number, what: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  return value >= from && value <= to
    ? value
    : refuse(`${what} is a whole number from ${from} to ${to}, not "${shortened(text)}"`);
}

/** Ends the reading of a text by a sentence without its full stop; caught by `refusing`. */
export function refuse(sentence: string): never {
  throw new Refusal(sentence);
}

/** What was read, or what it was refused for. */
export function refusing<T>(read: () => T): Read<T> {
  try {
    return { read: read() };
  } catch (error) {
    if (error instanceof Refusal) return { refused: `${error.message}.` };
    throw error;
  }
}

const SHOWN_MAX = 60;

/** So much of a text as a sentence has room for. */
export const shortened = (text: string): string => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text);
