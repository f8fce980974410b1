import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

test("the example of the README holds", async () => {
  const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(.*?)```/s.exec(text)?.[1] ?? "throw new Error('There is no example.');";
  const code = example.replaceAll(/"(@hourwright\/[\w/]+)"/g, (_, name: string) =>
    JSON.stringify(import.meta.resolve(name)),
  );
  const directory = mkdtempSync(join(tmpdir(), "hourwright-readme-"));
  try {
    const file = join(directory, "example.ts");
    writeFileSync(file, code);
    await import(pathToFileURL(file).href);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
