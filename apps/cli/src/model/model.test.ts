import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseRegistry, printHistory, printRegistry, simulateHistory, type Entry } from "@hourwright/learn";
import { model } from "./model.ts";

/** A disk that exists only here, and the command run over it. */
function newDisk(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const disk = new Map(Object.entries(files));
  const run = async (...args: readonly string[]) => {
    let out = "";
    let err = "";
    const status = await model(args, {
      out: (text) => (out += text),
      err: (text) => (err += text),
      read: (path) => {
        const file = disk.get(path);
        if (file === undefined) return Promise.reject(Object.assign(new Error("no such file"), { code: "ENOENT" }));
        return Promise.resolve(typeof file === "string" ? new TextEncoder().encode(file) : file);
      },
      write: (path, text) => Promise.resolve(void disk.set(path, text)),
      now: () => "2026-11-02T09:00:00Z",
    });
    return { status, out, err };
  };
  return { disk, run };
}

const { history } = simulateHistory(1, 1_500);
const LINES = printHistory(history);
const TRAIN = ["train", "--simulated", "1", "--rows", "1500", "--epochs", "1"];

/** Lets a model through that was trained too little for the gate. */
function letThrough(disk: Map<string, string | Uint8Array>, change: Partial<Entry> = {}): void {
  const registry = parseRegistry(disk.get("models/registry.json") as string);
  assert.ok(!("refused" in registry));
  const entries = registry.entries.map((entry): Entry => ({ ...entry, ...change, state: "candidate" }));
  disk.set("models/registry.json", printRegistry({ entries }));
}

describe("hourwright model", () => {
  test("says plainly that there is no model, and that a history of nothing makes none", async () => {
    const { run, disk } = newDisk({ "empty.jsonl": LINES.split("\n")[0]! });
    assert.deepEqual(await run("list"), {
      status: 0,
      out: "There is no model: nothing is foretold until one was trained from a history and let through.\n",
      err: "",
    });
    assert.deepEqual(await run("list", "--json"), { status: 0, out: '{"models":[]}\n', err: "" });
    const { status, out, err } = await run("train", "empty.jsonl");
    assert.deepEqual({ status, out, files: disk.size }, { status: 2, out: "", files: 1 });
    assert.match(err, /^empty\.jsonl: No history, no model: there is nothing to learn from yet/);
  });

  test("trains from a made-up history, shows the limit beside what was reached, and keeps what was refused off", async () => {
    const { run, disk } = newDisk();
    const { status, out, err } = await run(...TRAIN);
    assert.deepEqual({ status, err }, { status: 1, err: "" });
    assert.match(out, /^Source: A made-up organisation: /);
    assert.match(out, /\nlimit of the process {2}0\.\d{3} /);
    assert.match(out, /\nmoved +\d+ +0\.\d{3} /);
    assert.match(out, /\nModel 1 stays off\. /);
    assert.deepEqual([...disk.keys()], ["models/model-1.json", "models/registry.json"]);
    const list = await run("list");
    assert.match(list.out, /^model +state .*\n1 +refused +2026-11-02 .* simulated, 2026-01-05 to 2026-/);
    const promoted = await run("promote", "1");
    assert.deepEqual([promoted.status, promoted.out], [1, ""]);
    assert.match(promoted.err, /^Model 1 was refused by the gate and stays off\./);
  });

  test("trains from a file, in JSON, in the folder that is named", async () => {
    const { run, disk } = newDisk({ "h.jsonl": LINES });
    const { out } = await run("train", "h.jsonl", "--epochs", "1", "--folder", "kept", "--json");
    const { version, card, report } = JSON.parse(out) as {
      version: number;
      card: { rows: number; isSimulated: boolean };
      report: { limit: unknown; model: { outputs: unknown[] }; rows: { heldOut: number } };
    };
    assert.deepEqual([version, card.rows, card.isSimulated, report.limit], [1, 1_500, false, null]);
    assert.equal(report.model.outputs.length, 9);
    assert.ok(disk.has("kept/model-1.json"));
    const again = await run("evaluate", "1", "h.jsonl", "--folder", "kept", "--json");
    assert.deepEqual((JSON.parse(again.out) as { report: unknown }).report, report);
  });

  test("promotes a candidate to a canary, and further only on what happened since", async () => {
    const { run, disk } = newDisk();
    await run(...TRAIN);
    letThrough(disk);
    assert.deepEqual(await run("promote", "1"), {
      status: 0,
      out: "Model 1 is a canary: it is asked for 5 % of people, always the same ones.\n",
      err: "",
    });
    const early = await run("promote", "1", "--simulated", "1", "--rows", "1500", "--json");
    assert.equal(early.status, 1);
    assert.match(
      (JSON.parse(early.out) as { refused: string }).refused,
      /^Model 1 has been seen on 0 outcomes; 1000 are/,
    );
    const judged = await run("promote", "1", "--simulated", "2", "--rows", "4000");
    assert.deepEqual(judged, { status: 0, out: "Model 1 serves everybody.\n", err: "" });
  });

  test("takes back a canary that a monitor speaks against", async () => {
    const { run, disk } = newDisk();
    await run(...TRAIN);
    letThrough(disk, { scores: [0, 0, 0, 0, 0, 0, 0, 0, 0, 5_000] });
    await run("promote", "1");
    const { status, out } = await run("promote", "1", "--simulated", "2", "--rows", "4000");
    assert.equal(status, 1);
    assert.match(out, /^Model 1 is rolled back\. Drift: its answers spread otherwise/);
    assert.match((await run("list")).out, /\n1 +rolled back/);
  });

  test("lists the fifty features with their bounds and what they mean", async () => {
    const { status, out } = await newDisk().run("features");
    assert.equal(status, 0);
    assert.equal(out.trimEnd().split("\n").length, 51);
    assert.match(out, /\nduration_minutes +temporal +minutes +0 to 480 +How long it is\.\n/);
    const { out: json } = await newDisk().run("features", "--json");
    const { schema, features } = JSON.parse(json) as { schema: { version: number }; features: { name: string }[] };
    assert.deepEqual([schema.version, features.length, features[0]!.name], [1, 50, "start_hour"]);
  });

  test("says when a model is judged on days that it may have learned from", async () => {
    const { run } = newDisk();
    await run(...TRAIN);
    const same = await run("evaluate", "1", "--simulated", "1", "--rows", "1500");
    assert.equal(same.err, "");
    const other = await run("evaluate", "1", "--simulated", "1", "--rows", "1400");
    assert.match(other.err, /^Model 1 was learned and judged on 2026-01-05 to 2026-\d\d-\d\d: /);
  });

  const wrong: readonly (readonly [name: string, args: readonly string[], sentence: RegExp])[] = [
    ["nothing to do", [], /Say what to do: train, evaluate, list, promote or features/],
    ["something else to do", ["paint"], /Say what to do/],
    ["no history", ["train"], /Name one history, or --simulated SEED/],
    ["two histories", ["train", "a", "b"], /Name one history/],
    ["a file and a made-up one", ["train", "a", "--simulated", "1"], /Name one history/],
    ["no seed", ["train", "--simulated", "x"], /--simulated: "x" is no whole number/],
    ["too many rows", ["train", "--simulated", "1", "--rows", "1e9"], /--rows: "1e9"/],
    ["no epochs", ["train", "a", "--epochs", "0"], /--epochs: "0"/],
    ["no model to evaluate", ["evaluate"], /Say which model to evaluate by its number/],
    ["a word for a model", ["promote", "best"], /Say which model to promote/],
    ["a list of a file", ["list", "a"], /list names no file/],
    ["an option nobody knows", ["list", "--all"], /--all/],
  ];
  for (const [name, args, sentence] of wrong) {
    test(`answers ${name} with status 2, a sentence and how it is used`, async () => {
      const { status, out, err } = await newDisk().run(...args);
      assert.deepEqual({ status, out }, { status: 2, out: "" });
      assert.match(err, sentence);
      assert.match(err, /Usage: hourwright model train HISTORY\.jsonl/);
    });
  }

  const files = {
    "latin.jsonl": Uint8Array.of(0xff, 0xfe),
    "bad.jsonl": `${LINES.split("\n")[0]}\n{}\n`,
    "models/registry.json": "{",
    "models/model-7.json": "{}",
  };
  const unreadable: readonly (readonly [name: string, args: readonly string[], sentence: RegExp])[] = [
    ["a history that is not there", ["train", "no.jsonl"], /^no\.jsonl: there is no such file\.\n$/],
    ["a history that is no text", ["train", "latin.jsonl"], /^latin\.jsonl: it is no text in UTF-8\.\n$/],
    ["a row that is none", ["train", "bad.jsonl"], /^bad\.jsonl: Line 2: "start" is no instant/],
    ["too little", ["train", "--simulated", "1", "--rows", "300"], /^Too little history: \d+ commitments/],
    ["a damaged registry", ["list"], /^models\/registry\.json: It is no JSON\.\n$/],
    [
      "a model that is not there",
      ["evaluate", "3", "--simulated", "1"],
      /^models\/model-3\.json: there is no such file/,
    ],
    [
      "a model that is none",
      ["evaluate", "7", "--simulated", "1"],
      /^models\/model-7\.json: It is no hourwright-model/,
    ],
  ];
  for (const [name, args, sentence] of unreadable) {
    test(`answers ${name} with status 2 and a sentence`, async () => {
      const { status, out, err } = await newDisk(files).run(...args);
      assert.deepEqual({ status, out }, { status: 2, out: "" });
      assert.match(err, sentence);
    });
  }

  test("refuses to promote a model that there is not, and says so in JSON", async () => {
    const { status, out } = await newDisk().run("promote", "4", "--json");
    assert.deepEqual({ status, out }, { status: 1, out: '{"refused":"There is no model 4."}\n' });
  });
});
