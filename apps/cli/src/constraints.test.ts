import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { constraints } from "./constraints.ts";

function run(...args: string[]) {
  let [out, err] = ["", ""];
  const status = constraints(args, { out: (more) => (out += more), err: (more) => (err += more) });
  return { status, out, err };
}

describe("hourwright constraints", () => {
  test("lists each with an example that is kept and one that is broken, and why", () => {
    const { status, out, err } = run("--json");
    assert.deepEqual([status, err], [0, ""]);
    const listed = JSON.parse(out) as { id: string; examples: { says: string; breaches: string[] }[] }[];
    assert.ok(listed.length >= 20);
    for (const { id, examples } of listed)
      assert.deepEqual(
        examples.map(({ breaches }) => breaches.length > 0),
        [false, true],
        id,
      );
    const buffer = listed.find(({ id }) => id === "buffer")!;
    assert.deepEqual(buffer.examples[1]!.breaches, [
      "Ana has no pause between “Thing 1” and “Wish” before Mon 1 Mar 2027, 10:00–11:00, and is to have 10 min.",
    ]);
  });

  test("says of which of them rules can be made, and for whom", () => {
    const listed = JSON.parse(run("--json").out) as { id: string; settable: boolean; scopes: string[] }[];
    for (const { id, settable, scopes } of listed) assert.equal(settable, scopes.length > 0, id);
    const find = (wanted: string) => listed.find(({ id }) => id === wanted)!;
    assert.deepEqual([find("overlap").settable, find("overlap").scopes], [false, []]);
    assert.deepEqual(
      [find("lunch").settable, find("preferred-hours").scopes, find("buffer").scopes.includes("calendar")],
      [true, ["person"], true],
    );
  });

  test("says the same in words", () => {
    const { out } = run();
    assert.match(out, /^overlap: In one place at a time \(hard; not set by rules\)\n {2}kept: /);
    assert.match(out, /buffer: .*\n {2}pause: 10 minutes \(1 to 240\)\. Minutes from one thing to the next\.\n/);
    assert.equal(out.match(/^ {2}broken: /gm)?.length, out.match(/^\S/gm)?.length);
  });

  test("says how it is used", () =>
    assert.deepEqual(run("--xml"), {
      status: 2,
      out: "",
      err: "Usage: hourwright constraints [--json]\n",
    }));
});
