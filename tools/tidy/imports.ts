import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export type Import = { readonly file: string; readonly target: string };

/** The project's own source files, paths from the root. */
export const sourceFiles = (): string[] =>
  globSync("{packages,apps,tools,examples}/**/*.{ts,tsx}", { exclude: (name) => /node_modules|dist/.test(name) })
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();

/** Every import of the project's own code in a file: relative ones and those of workspace packages. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)|^import\s+"([^"]+)"/g),
  ]
    .map((match) => match[1] ?? match[2] ?? match[3]!)
    .flatMap((name) => {
      if (name.startsWith(".")) return [{ file, target: normalize(join(dirname(file), name)).replaceAll("\\", "/") }];
      const own = /^@hourwright\/([^/]+)(\/testing)?/.exec(name);
      return own === null
        ? []
        : [{ file, target: `packages/${own[1]!}/src/${own[2] === undefined ? "index" : "testing"}.ts` }];
    });
}
