import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { below, type Result } from "./report.ts";

const WEB = fileURLToPath(new URL("../../apps/web/", import.meta.url));

/** The compressed script that a browser needs for the Year, and for all further places together (`build.test.ts`). */
export function scriptSizes(): Result[] {
  execFileSync(process.execPath, [join(WEB, "build.ts")], { stdio: ["ignore", "ignore", "inherit"] });
  const read = (path: string) => readFileSync(join(WEB, "dist", path));
  const page = read("index.html").toString();
  const first = new Set(Array.from(page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g), ([, path]) => path!));
  const entry = read([...first][0]!).toString();
  const named = new Set(Array.from(entry.matchAll(/"(assets\/[\w.-]+\.js)"/g), ([, path]) => path!));
  const kilobytes = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + brotliCompressSync(read(path)).length, 0) / 1_000;
  return [
    below("script before the Year can be used, brotli", kilobytes([...first]), "kB", 200),
    below("script of all further places together, brotli", kilobytes([...named.difference(first)]), "kB", 60),
  ];
}
