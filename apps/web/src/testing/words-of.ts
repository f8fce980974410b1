/** Every word of a language's module by its path; functions are given a number for all they ask, or an empty list. */
export function wordsOf(value: unknown, path = ""): [string, string][] {
  if (typeof value === "function") return [[path, said(value as (...given: unknown[]) => unknown)]];
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([name, part]) => wordsOf(part, `${path}.${name}`));
}

/** What asks for more than lists is told by its source. */
function saidOfNothing(words: (...given: unknown[]) => unknown): string {
  try {
    return String(words(...Array.from({ length: words.length }, () => [])));
  } catch {
    return words.toString();
  }
}

function said(words: (...given: unknown[]) => unknown): string {
  try {
    return String(words(...Array(words.length).fill(7)));
  } catch {
    return saidOfNothing(words);
  }
}
