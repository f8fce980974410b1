/** Every word of a language's module by its path; functions are given a number for all they ask. */
export function wordsOf(value: unknown, path = ""): [string, string][] {
  if (typeof value === "function")
    return [[path, String((value as (...given: unknown[]) => unknown)(...Array(value.length).fill(7)))]];
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([name, part]) => wordsOf(part, `${path}.${name}`));
}
