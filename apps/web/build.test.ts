import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const web = fileURLToPath(new URL(".", import.meta.url));
const dist = join(web, "dist");
const SHELL_AND_YEAR_BYTES_MAX = 200_000;
const FURTHER_PLACE_BYTES_MAX = 60_000;
const BOOKING_BYTES_MAX = 20_000;
const EMBED_BYTES_MAX = 3_000;

describe("the built web app", () => {
  before(() => execFileSync(process.execPath, [join(web, "build.ts")]));

  const page = () => readFileSync(join(dist, "index.html"), "utf8");
  const scriptsIn = (html: string) =>
    [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((found) => found[1]!);
  const compressed = (path: string) => brotliCompressSync(readFileSync(join(dist, path))).length;

  test("needs at most 200 kB of compressed script before the Year can be used", () => {
    const scripts = scriptsIn(page());
    assert.ok(scripts.length > 0);
    const bytes = scripts.reduce((sum, path) => sum + compressed(path), 0);
    assert.ok(bytes <= SHELL_AND_YEAR_BYTES_MAX, `${bytes} bytes in ${scripts.join(", ")}`);
  });

  test("loads each further place for at most 60 kB more", () => {
    const first = new Set(scriptsIn(page()));
    const entry = readFileSync(join(dist, [...first][0]!), "utf8");
    const listed = [...(/m\.f=(\[[^\]]*\])/.exec(entry)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
      (found) => `/${found[1]}`,
    );
    const places = [...entry.matchAll(/__vite__mapDeps\(\[([\d,]+)\]\)/g)].map((found) =>
      found[1]!.split(",").map((index) => listed[Number(index)]!),
    );
    assert.ok(places.length > 3, "places are loaded when they are gone to");
    for (const files of places) {
      const scripts = files.filter((path) => path.endsWith(".js") && !first.has(path));
      const bytes = scripts.reduce((sum, path) => sum + compressed(path), 0);
      assert.ok(bytes <= FURTHER_PLACE_BYTES_MAX, `${bytes} bytes in ${scripts.join(", ")}`);
    }
  });

  test("has at most 20 kB of compressed script for the booking pages, in one file, and 3 kB to embed them", () => {
    const { script } = JSON.parse(readFileSync(join(dist, "booking.json"), "utf8")) as { script: string };
    const source = readFileSync(join(dist, script), "utf8");
    assert.doesNotMatch(source, /\bimport\b|react/i);
    assert.ok(compressed(script) <= BOOKING_BYTES_MAX, `${compressed(script)} bytes in ${script}`);
    assert.ok(compressed("embed.js") <= EMBED_BYTES_MAX, `${compressed("embed.js")} bytes in embed.js`);
  });

  test("carries the nonce's place on every script and style, and nothing inline", () => {
    const html = page();
    assert.match(html, /<meta property="csp-nonce" nonce="__NONCE__"/);
    for (const [tag] of html.matchAll(/<(script|link rel="(?:stylesheet|modulepreload)")[^>]*>/g))
      assert.match(tag, /nonce="__NONCE__"/);
    assert.doesNotMatch(html, /<script[^>]*>[^<\s]/);
    assert.doesNotMatch(html, /<style|\sstyle="|\son\w+="/);
  });

  test("is not built again when nothing has changed", () => {
    const stamp = join(dist, "index.html");
    const built = readFileSync(stamp, "utf8");
    const said = execFileSync(process.execPath, [join(web, "build.ts")], { encoding: "utf8" });
    assert.equal(said, "");
    assert.equal(readFileSync(stamp, "utf8"), built);
  });
});
