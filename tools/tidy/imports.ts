import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export type Import = { readonly file: string; readonly target: string };

/** The project's own source files, paths from the root. */
export const sourceFiles = (): string[] =>
  globSync("{packages,apps,tools,examples}/**/*.{ts,tsx}", { exclude: (name) => /node_modules|dist/.test(name) })
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();

/** What is loaded with a file, itself included, and the packages of others among it by name: imports of types are none. */
export function loadedWith(file: string): {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
} {
  const files = new Set([file]);
  const packages = new Set<string>();
  for (const each of files) {
    const text = readFileSync(each, "utf8").replaceAll(/(?:^|\n)\s*(?:import|export)\s+type\b[^;]*;/g, "\n");
    for (const { name, target } of importsIn(each, text)) {
      if (target !== null) files.add(target);
      else packages.add(name);
    }
  }
  return { files, packages };
}

/** Every import of the project's own code in a file: relative ones and those of workspace packages. */
export const importsOf = (file: string): Import[] =>
  importsIn(file, readFileSync(file, "utf8")).flatMap(({ target }) => (target === null ? [] : [{ file, target }]));

/** The imports in the text of a file; `target` is null where it is not the project's own. */
const importsIn = (file: string, text: string): { readonly name: string; readonly target: string | null }[] =>
  [...text.matchAll(/(?:^|\n)\s*(?:import|export)[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)|^import\s+"([^"]+)"/g)]
    .map((match) => match[1] ?? match[2] ?? match[3]!)
    .map((name) => {
      if (name.startsWith(".")) return { name, target: normalize(join(dirname(file), name)).replaceAll("\\", "/") };
      const own = /^@hourwright\/([^/]+)(\/testing)?/.exec(name);
      const target = own === null ? null : `packages/${own[1]!}/src/${own[2] === undefined ? "index" : "testing"}.ts`;
      return { name, target };
    });
