import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { MODULE_BYTES_MAX, readPlugin } from "./folder.ts";
import { openPluginHost } from "./host.ts";
import { readManifest } from "./manifest.ts";
import { ALGORITHM_JSON, CONSTRAINT_JSON, CONSTRAINT_SOURCE, constraintOf, questionOf, taking } from "./testing.ts";

const told = (result: { readonly read: unknown } | { readonly refused: string }) =>
  "refused" in result ? result.refused : "it was read";

describe("[PL1] a manifest", () => {
  const { parameters, examples } = CONSTRAINT_JSON;
  const pause = (change: object) => ({ parameters: { pause: { ...parameters.pause, ...change } } });
  const example = (change: object) => ({ examples: [{ ...examples[0], ...change }, examples[1]] });
  const cases: [name: string, change: object, sentence: RegExp][] = [
    ["a path out of its folder", { entry: "../other/apart.js" }, /^entry is the name of a \.js or \.mjs file beside/],
    ["a path below its folder", { entry: "lib/apart.js" }, /^entry is the name/],
    ["a path of the machine", { entry: "/etc/passwd" }, /^entry is the name/],
    ["a path of another system", { entry: "..\\apart.js" }, /^entry is the name/],
    ["an address", { entry: "data:text/javascript,1.js" }, /^entry is the name/],
    ["a hidden module", { entry: ".apart.js" }, /^entry is the name/],
    ["another kind", { kind: "theme" }, /^kind is one of constraint, algorithm/],
    ["a name with a space", { name: "Apart please" }, /^name is lower case words/],
    ["no version", { version: "latest" }, /^version is three numbers/],
    ["a title with control characters", { title: "A\u001b[2J" }, /^title holds characters that cannot be shown/],
    ["no title", { title: "" }, /^title is text of 1 to 120 characters/],
    ["a weight that is no number", { weight: null }, /^weight is a whole number from 1 to 1000000/],
    ["a weight beyond all bounds", { weight: 1e12 }, /^weight is a whole number/],
    ["something nobody reads", { scripts: { install: "rm" } }, /^plugin.json has "scripts", which nobody reads/],
    ["a parameter out of its bounds", pause({ preset: 601 }), /preset is a number from 1 to 600/],
    ["bounds upside down", pause({ from: 700 }), /to is a number from 700/],
    ["a unit nobody knows", pause({ unit: "furlongs" }), /unit is one of minutes, hours/],
    ["a parameter of an odd name", { parameters: { "a b": parameters.pause } }, /names in parameters are words/],
    ["no English sentence", { sentences: { de: "{who}" } }, /^sentences has no "en"/],
    ["a sentence with a gap that is no word", { sentences: { en: "{ }" } }, /which is no word/],
    ["one example", { examples: [examples[0]] }, /^examples are two/],
    ["an example out of the bounds", example({ values: { pause: 0 } }), /pause is a number from 1 to 600/],
    ["an example that ends before it begins", example({ wish: { from: 9, to: 9 } }), /wish: to is a whole number/],
  ];
  for (const [name, change, sentence] of cases) {
    test(`with ${name} is refused`, () => {
      assert.match(told(readManifest(JSON.stringify({ ...CONSTRAINT_JSON, ...change }))), sentence);
    });
  }

  const texts: [name: string, json: string, sentence: RegExp][] = [
    ["no JSON", "{", /^plugin.json is no JSON/],
    ["null", "null", /^kind is one of/],
    ["a list", "[]", /^kind is one of/],
    ["polluting", JSON.stringify(CONSTRAINT_JSON).replace("{", '{"__proto__":{"polluted":1},'), /has "__proto__"/],
    [
      "polluting in its parameters",
      JSON.stringify(CONSTRAINT_JSON).replace('"pause"', '"__proto__"'),
      /names in parameters/,
    ],
  ];
  for (const [name, json, sentence] of texts) {
    test(`that is ${name} is refused`, () => {
      assert.match(told(readManifest(json)), sentence);
      assert.equal((Object.prototype as { polluted?: unknown }).polluted, undefined);
    });
  }

  const problem = ALGORITHM_JSON.examples[0];
  const odd: [name: string, change: object, sentence: RegExp][] = [
    ["without a cost for each value", { costs: [[1]] }, /costs has a row for each variable/],
    ["without a row for each variable", { costs: [] }, /costs has a row for each variable/],
    ["with a pair of what is not there", { differ: [[0, 1]] }, /differ is a whole number from 0 to 0/],
    ["with half a pair", { differ: [[0]] }, /differ is a whole number/],
    ["with nothing to decide", { domains: [], costs: [] }, /domains has one entry at least/],
  ];
  for (const [name, change, sentence] of odd) {
    test(`of an algorithm with an example ${name} is refused`, () => {
      const json = JSON.stringify({ ...ALGORITHM_JSON, examples: [{ ...problem, ...change }] });
      assert.match(told(readManifest(json)), sentence);
    });
  }

  test("names the facts of its sentences, each once", () => {
    const sentences = { en: "{who}: {there} of {pause}, {there}.", de: "{more} {when}" };
    const manifest = readManifest(JSON.stringify({ ...CONSTRAINT_JSON, sentences }));
    assert.ok("read" in manifest && manifest.read.kind === "constraint");
    assert.deepEqual(manifest.read.facts, ["there", "pause", "more"]);
  });
});

describe("the folder of a plug-in", () => {
  function folderOf(
    files: Readonly<Record<string, string | Uint8Array>>,
    t: { after(done: () => void): void },
  ): string {
    const folder = mkdtempSync(join(tmpdir(), "plugin-"));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }
  const manifest = JSON.stringify(CONSTRAINT_JSON);
  const files = { "plugin.json": manifest, "apart.js": CONSTRAINT_SOURCE };

  test("[PL2] has a hash over both of its files, in which each byte and their border counts", async (t) => {
    const hashOf = async (change: object) => {
      const plugin = await readPlugin(folderOf({ ...files, ...change }, t));
      return "read" in plugin ? plugin.read.hash : plugin.refused;
    };
    const changes = [{}, { "apart.js": `${CONSTRAINT_SOURCE} ` }, { "plugin.json": `${manifest} ` }];
    const moved = { "plugin.json": `${manifest}\n`, "apart.js": CONSTRAINT_SOURCE.slice(1) }; // A line break wanders over.
    const hashes = await Promise.all([...changes, moved].map(hashOf));
    assert.equal(new Set(hashes).size, hashes.length);
    for (const hash of hashes) assert.match(hash, /^sha256-[0-9a-f]{64}$/);
    assert.equal(await hashOf({ "more.js": "whatever" }), hashes[0]);
  });

  test("[PL2] is refused by a host until its hash is allowed, and again when a file has changed since", async (t) => {
    const folder = folderOf(files, t);
    const plugin = await readPlugin(folder);
    assert.ok("read" in plugin);
    const { hash } = plugin.read;
    assert.equal(
      told(await openPluginHost({ allowed: new Set() }).load(folder)),
      `apart 1.0.0 is not allowed; its hash is ${hash}.`,
    );
    const host = openPluginHost({ allowed: new Set([hash]) });
    assert.deepEqual(await host.load(folder), plugin);
    writeFileSync(join(folder, "apart.js"), `${CONSTRAINT_SOURCE}\nfetch("http://example.org");`);
    assert.match(told(await host.load(folder)), /^apart 1\.0\.0 is not allowed; its hash is sha256-/);
  });

  test("[PL1] runs as it was read, whatever became of its files", async (t) => {
    const folder = folderOf(files, t);
    const plugin = await readPlugin(folder);
    assert.ok("read" in plugin && plugin.read.manifest.kind === "constraint");
    writeFileSync(join(folder, "apart.js"), "for (;;);");
    const host = openPluginHost({ allowed: new Set([plugin.read.hash]) });
    await using run = host.openConstraint({ ...plugin.read, manifest: plugin.read.manifest });
    const answer = await run.breaches(questionOf(taking(540, 600), taking(570, 600)));
    assert.ok("value" in answer && answer.value[0]!.units === 30, JSON.stringify(answer));
  });

  test("never runs what was not read by a host, when its hash is not allowed", async () => {
    const host = openPluginHost({ allowed: new Set() });
    await using run = host.openConstraint(constraintOf(CONSTRAINT_SOURCE));
    const answer = await run.breaches(questionOf());
    assert.match("off" in answer ? answer.off.sentence : "it ran", /is switched off: it is not allowed\.$/);
  });

  const odd: [name: string, change: Readonly<Record<string, string | Uint8Array>>, sentence: RegExp][] = [
    ["without a module", { "plugin.json": manifest.replace("apart.js", "gone.js") }, /no such file.*gone\.js/],
    ["with a manifest that is no manifest", { "plugin.json": "{}" }, /^kind is one of/],
    ["with a manifest that never ends", { "plugin.json": " ".repeat(65_537) }, /has more than 65536 bytes/],
    ["with a module that never ends", { "apart.js": " ".repeat(MODULE_BYTES_MAX + 1) }, /has more than 262144 bytes/],
    ["with a module that is no text", { "apart.js": Uint8Array.of(0xff, 0xfe) }, /apart\.js is no text in UTF-8/],
  ];
  for (const [name, change, sentence] of odd) {
    test(`${name} is refused`, async (t) => {
      assert.match(told(await readPlugin(folderOf({ ...files, ...change }, t))), sentence);
    });
  }

  test("[PL1] is refused when its module is a link to a file elsewhere, a folder or a pipe", async (t) => {
    const link = folderOf({ "plugin.json": manifest }, t);
    symlinkSync(join(folderOf(files, t), "apart.js"), join(link, "apart.js"));
    assert.match(told(await readPlugin(link)), /ELOOP/);
    const pipe = folderOf({ "plugin.json": manifest }, t);
    execFileSync("sh", ["-c", 'mkfifo "$0"', join(pipe, "apart.js")]);
    assert.match(told(await readPlugin(pipe)), /apart\.js is no file/);
    assert.match(told(await readPlugin(join(pipe, "none"))), /no such file/);
  });
});
