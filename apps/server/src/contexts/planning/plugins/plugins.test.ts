// Strategy: a server with a folder of the two examples and of plug-ins that do harm; what is asked runs in real processes.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Client } from "@hourwright/client";
import { inTime } from "./against.ts";
import { eventually } from "../../../testing/eventually.ts";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { MEMBER, refusalOf, startTestServer } from "../../../testing/server.ts";

const EXAMPLES = fileURLToPath(new URL("../../../../../../examples/plugins/", import.meta.url));
const DAY = "2027-03-02"; // A Tuesday.
const WINDOW = { start: `${DAY}T00:00:00+01:00`, end: `${DAY}T23:00:00+01:00` };

const MANIFEST = {
  version: "1.0.0",
  kind: "constraint",
  entry: "constraint.js",
  rule: "nothing happens",
  hard: false,
  weight: 1,
  severity: "look",
  reach: "day",
  parameters: {},
  sentences: { en: "{who}: {what} at {when}, {minutes} minutes." },
  examples: [
    { says: "Kept.", there: [], wish: { from: 540, to: 600 } },
    { says: "Broken.", there: [], wish: { from: 540, to: 600 } },
  ],
};

/** Finds every taking, and calls it a breach. */
const EVERYTHING = `export function breaches({ part, taken }) {
  return taken.flatMap(({ startMs, endMs }, at) =>
    startMs < part.startMs || startMs >= part.endMs ? [] : [{ startMs, endMs, taken: [at], units: 1, facts: { minutes: (endMs - startMs) / 60000 } }]);
}
export const delta = () => 0;`;

describe("plug-ins of a server", () => {
  let own: OwnServer;
  let owner: Client;
  const folder = mkdtempSync(join(tmpdir(), "hourwright-plugins-"));
  const put = (name: string, source: string, more: object = {}) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "plugin.json"), JSON.stringify({ name, title: name, ...MANIFEST, ...more }));
    writeFileSync(join(folder, name, "constraint.js"), source);
  };
  const list = async () => (await owner("plugins.list", {})).items;
  const named = async (name: string) => (await list()).find((each) => each.name === name)!;
  const allow = async (name: string, values: Record<string, number> = {}) =>
    owner("plugins.allow", { body: { hash: (await named(name)).hash!, values } });
  const broken = () => owner("rules.broken", { query: WINDOW });
  const at = (time: string) => `${DAY}T${time}:00`;

  before(async () => {
    cpSync(EXAMPLES, folder, { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
    own = await startOwnServer({ now: "2027-02-01T08:00:00Z", settings: { PLUGINS_DIR: folder } });
    owner = own.owner;
    const places = { here: "North", there: "South" };
    for (const site of Object.values(places))
      await owner("places.create", { body: { name: site, latitude: 50 + site.length / 10, longitude: 14 } });
    const room = async (site: string) =>
      (await owner("resources.create", { body: { name: `Room ${site}`, kind: "room", site } })).id;
    const create = async (title: string, from: string, to: string, site: string) =>
      owner("events.create", {
        body: { title, start: at(from), end: at(to), timeZone: "Europe/Prague", resourceIds: [await room(site)] },
      });
    await create("Morning", "09:00", "10:00", places.here);
    await create("Review", "10:30", "11:30", places.there);
  });
  after(async () => {
    await own[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    for (const { id } of await list()) if (id !== null) await owner("plugins.forget", { params: { id } });
  });

  test("are listed with their hash, and none of them runs until it is allowed", async () => {
    const { items, hasFolder } = await owner("plugins.list", {});
    assert.ok(hasFolder);
    const constraint = items.find(({ name }) => name === "no-meeting-after-travel")!;
    assert.equal(constraint.state, "not-allowed");
    assert.match(constraint.hash!, /^sha256-[0-9a-f]{64}$/);
    assert.deepEqual(
      constraint.parameters.map(({ name, value, preset }) => [name, value, preset]),
      [["pause", 90, 90]],
    );
    assert.equal(items.find(({ name }) => name === "restless")!.state, "unused");
    put("loud", EVERYTHING);
    assert.deepEqual(await broken(), { items: [], isCut: false, isPartial: false, asked: 0 });
  });

  test("one that is allowed finds what stands, says it in its own words, and is soft", async () => {
    const allowed = await allow("no-meeting-after-travel", { pause: 60 });
    assert.equal(allowed.state, "allowed");
    const { items, asked } = await broken();
    assert.equal(asked, 1);
    const [breach] = items;
    assert.equal(items.length, 1);
    assert.equal(
      breach!.sentence,
      "Olga Owner comes from another place 30 minutes before “Review” at Tue 2 Mar, 10:30, and is to have 60.",
    );
    assert.deepEqual(
      [breach!.constraintId, breach!.ruleId, breach!.isHard, breach!.severity, breach!.units, breach!.facts],
      ["plugin:no-meeting-after-travel", allowed.id, false, "look", 30, { there: 30, pause: 60 }],
    );
    assert.deepEqual(
      breach!.events.map(({ title }) => title),
      ["Morning", "Review"],
    );
    await allow("no-meeting-after-travel", { pause: 15 });
    assert.deepEqual((await broken()).items, []);
  });

  describe("and what a change would bring about", () => {
    const event = (from: string, to: string, more: object = {}) => ({
      title: "Review",
      start: at(from),
      end: at(to),
      timeZone: "Europe/Prague",
      ...more,
    });
    const prevent = (from: string, to: string, more: object = {}) =>
      owner("ai.preventConflict", { body: { newEvent: event(from, to, more) } });
    const rooms = async () => (await owner("resources.list", { query: {} })).items;

    test("is told by those that are allowed, marked with their name, and refused by none", async () => {
      const there = (await rooms()).find(({ name }) => name === "Room South")!.id;
      assert.deepEqual((await prevent("08:00", "08:40", { resourceIds: [there] })).findings, []);
      await allow("no-meeting-after-travel", { pause: 60 });
      const { allowed, conflicts, findings, pluginsMissing } = await prevent("08:00", "08:40", {
        resourceIds: [there],
      });
      assert.deepEqual([allowed, conflicts, pluginsMissing], [true, [], []]);
      assert.deepEqual(
        findings.map(({ plugin, severity, subject, units, sentence }) => [plugin, severity, subject, units, sentence]),
        [
          [
            "no-meeting-after-travel",
            "look",
            "Olga Owner",
            40,
            "Olga Owner comes from another place 20 minutes before “Morning” at Tue 2 Mar, 09:00, and is to have 60.",
          ],
        ],
      );
    });

    test("is what is worse than before: what stands is told by nobody, nor what a move mends", async () => {
      await allow("no-meeting-after-travel", { pause: 60 });
      assert.equal((await broken()).items.length, 1);
      assert.deepEqual((await prevent("18:00", "19:00")).findings, []);
      const { items } = await owner("rules.broken", { query: WINDOW });
      const eventId = items[0]!.events.find(({ title }) => title === "Review")!.eventId!;
      const change = (from: string, to: string) =>
        owner("ai.preventConflict", {
          body: { change: { eventId, start: at(from), end: at(to), timeZone: "Europe/Prague" } },
        });
      assert.deepEqual((await change("11:30", "12:30")).findings, []);
      const closer = (await change("10:10", "11:10")).findings;
      assert.deepEqual(
        closer.map(({ units, sentence }) => [units, sentence.includes("10 minutes before “Review”")]),
        [[50, true]],
      );
      assert.equal((await broken()).items.length, 1, "nothing of it was written");
    });

    test("is answered without one that fails, which is switched off; and one that was not asked is named", async () => {
      put("throws", hostile.throws[0]);
      await allow("throws");
      const { allowed, findings } = await prevent("18:00", "19:00");
      assert.deepEqual([allowed, findings], [true, []]);
      assert.equal((await named("throws")).state, "off");
      // Each asks for a process of its own, one of an organisation at once: who comes to a long queue is told.
      put("counts", EVERYTHING);
      await allow("counts");
      const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => prevent(`12:${String(10 + i)}`, "18:30")));
      for (const { findings: found, pluginsMissing } of answers)
        assert.deepEqual(
          [found.length > 0, pluginsMissing.length],
          pluginsMissing.length === 0 ? [true, 0] : [false, 1],
        );
    });

    test("is not waited for longer than somebody waits", async () => {
      const never = new Promise<string>(() => {});
      assert.equal(await inTime(never, 5), null);
      assert.equal(await inTime(never, -1), null);
      assert.equal(await inTime(Promise.resolve("said"), 60_000), "said");
    });
  });

  test("its numbers keep to their bounds, and what is no constraint, or not there, is not allowed", async () => {
    const { hash } = await named("no-meeting-after-travel");
    const refused = async (body: { hash: string; values?: Record<string, number> }) => {
      const { code, detail } = await refusalOf(owner("plugins.allow", { body: { values: {}, ...body } }));
      assert.equal(code, "planning/plugin-invalid");
      return detail;
    };
    assert.match(
      await refused({ hash: hash!, values: { pause: 10_000 } }),
      /from 15 to 480 \(minutes\), and not 10000\.$/,
    );
    assert.match(await refused({ hash: hash!, values: { rest: 1 } }), /has no parameter “rest”/);
    assert.match(await refused({ hash: hash!, values: { constructor: 1 } }), /has no parameter “constructor”/);
    assert.match(await refused({ hash: (await named("restless")).hash! }), /is an algorithm/);
    assert.match(await refused({ hash: `sha256-${"0".repeat(64)}` }), /Nothing in the server's folder has this hash/);
  });

  test("allowing and forgetting are taken back and made again", async () => {
    const undo = async () => {
      const [last] = (await owner("requests.mine", {})).undo;
      assert.equal(last!.summary, "Changed a plug-in");
      await owner("requests.undo", { params: { id: last!.id } });
    };
    const { id } = await allow("no-meeting-after-travel", { pause: 45 });
    await undo();
    assert.equal((await named("no-meeting-after-travel")).state, "not-allowed");
    await allow("no-meeting-after-travel", { pause: 45 });
    const again = await named("no-meeting-after-travel");
    assert.notEqual(again.id, id);
    await owner("plugins.forget", { params: { id: again.id! }, ifMatch: again.version! });
    await undo();
    const back = await named("no-meeting-after-travel");
    assert.deepEqual([back.id, back.state, back.parameters[0]!.value], [again.id, "allowed", 45]);
    assert.equal((await broken()).items.length, 1);
  });

  test("a changed byte is not allowed any more, and does not run", async () => {
    put("counts", EVERYTHING);
    await allow("counts");
    assert.equal((await broken()).items.length, 2);
    put("counts", `${EVERYTHING}\n`);
    const changed = await named("counts");
    assert.equal(changed.state, "changed");
    assert.notEqual(changed.hash, changed.allowedHash);
    assert.deepEqual((await broken()).items, []);
    await allow("counts");
    assert.equal((await broken()).items.length, 2);
    rmSync(join(folder, "counts"), { recursive: true });
    assert.equal((await named("counts")).state, "missing");
    assert.deepEqual((await broken()).items, []);
  });

  test("what cannot be read is told without saying where the server lies", async () => {
    mkdirSync(join(folder, "empty"), { recursive: true });
    put("odd", EVERYTHING, { colour: "red" });
    put("large", `//${"x".repeat(300_000)}`);
    for (const name of ["empty", "odd", "large"]) {
      const { state, sentence } = await named(name);
      assert.equal(state, "unreadable");
      assert.ok(
        sentence !== null && sentence.length > 10 && !sentence.includes(folder) && !sentence.includes(tmpdir()),
        sentence!,
      );
    }
  });

  const hostile = {
    loops: [`export function breaches() { for (;;); } export const delta = () => 0;`, /took longer than 2000 ms/],
    throws: [`export function breaches() { throw "no"; } export const delta = () => 0;`, /throws: no/],
    exits: [`export function breaches() { process.exit(3); } export const delta = () => 0;`, /process is not defined/],
    lies: [
      `export function breaches() { return [{ startMs: 1 }]; } export const delta = () => 0;`,
      /cannot be understood/,
    ],
    halves: [
      `export function breaches() { throw "x".repeat(199) + String.fromCodePoint(0x1f600); } export const delta = () => 0;`,
      /throws: x+\uFFFD/,
    ],
    garbles: [
      `export function breaches() { return [{ [String.fromCharCode(0, 0x202e, 0xd800)]: 1, startMs: 1, endMs: 1, taken: [], units: 1, facts: {} }]; } export const delta = () => 0;`,
      /a breach has "\uFFFD\uFFFD\uFFFD", which nobody reads/,
    ],
    hogs: [
      `export function breaches() { const all = []; for (;;) all.push(new Array(1e5).fill(1)); } export const delta = () => 0;`,
      /ended by the system|took longer|ended its process/,
    ],
  } as const;

  for (const [name, [source, why]] of Object.entries(hostile)) {
    test(`one that ${name} is switched off with a notice, and everything else is answered`, async () => {
      put(name, source);
      await allow("no-meeting-after-travel");
      await allow(name);
      const { items } = await broken();
      assert.deepEqual(
        items.map(({ constraintId }) => constraintId),
        ["plugin:no-meeting-after-travel"],
      );
      const { state, sentence } = await named(name);
      assert.equal(state, "off");
      assert.match(sentence!, new RegExp(`^The plug-in ${name} 1.0.0 is switched off: it `));
      assert.match(sentence!, why);
      assert.equal((await broken()).asked, 1);
      await own.travel({ seconds: 11 });
      const notice = await eventuallyTold(name);
      assert.deepEqual([notice.kind, notice.title, notice.by.name], ["switched-off", sentence, "Hourwright"]);
    });
  }

  const eventuallyTold = (name: string) =>
    eventually(`somebody is told of ${name}`, async () =>
      (await owner("notices.list", { query: {} })).items.find(({ title }) => title.includes(` ${name} `)),
    );

  test("what was switched off stays off until somebody allows it anew", async () => {
    put("mends", hostile.throws[0]);
    await allow("mends");
    await broken();
    const { id, state } = await named("mends");
    assert.equal(state, "off");
    await owner("plugins.forget", { params: { id: id! } });
    const [last] = (await owner("requests.mine", {})).undo;
    await owner("requests.undo", { params: { id: last!.id } });
    assert.equal((await named("mends")).state, "off");
    assert.equal((await allow("mends")).state, "allowed");
    await broken();
    assert.equal((await named("mends")).state, "off");
  });

  test("of many who ask at once, everybody is answered", async () => {
    put("counts", EVERYTHING);
    await allow("counts");
    const answers = await Promise.all(Array.from({ length: 12 }, () => broken()));
    for (const { items, isPartial } of answers) assert.equal(items.length, isPartial ? 0 : 2);
    assert.ok(answers.some(({ isPartial }) => !isPartial));
  });

  test("only who manages the organisation sees and allows them; a server without a folder says so", async () => {
    await using demo = await startTestServer();
    const member = await demo.signedIn(MEMBER);
    assert.equal((await refusalOf(member("plugins.list", {}))).status, 403);
    const body = { hash: `sha256-${"0".repeat(64)}` };
    assert.equal((await refusalOf(member("plugins.allow", { body }))).status, 403);
    const admin = await demo.signedIn("coordinator@larkfield.example");
    assert.deepEqual(await admin("plugins.list", {}), { items: [], hasFolder: false });
  });
});
