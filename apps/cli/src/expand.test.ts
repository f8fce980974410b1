import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { expand } from "./expand.ts";

type Answer = { id: unknown; occurrences?: string[]; refused?: string };

/** Runs the command on one file; `text` null stands for a file that is not there. */
async function run(text: string | Uint8Array | null, args: readonly string[] = ["cases.json"]) {
  let out = "";
  let err = "";
  const read = (path: string) =>
    text === null
      ? Promise.reject(new Error(`no such file: ${path}`))
      : Promise.resolve(typeof text === "string" ? new TextEncoder().encode(text) : text);
  const status = await expand(args, { out: (more) => (out += more), err: (more) => (err += more), read });
  return { status, out, err };
}

async function answers(...cases: unknown[]): Promise<Answer[]> {
  const { status, out, err } = await run(JSON.stringify(cases));
  assert.equal(status, 0);
  assert.equal(err, "");
  return JSON.parse(out) as Answer[];
}

describe("hourwright expand", () => {
  test("answers in the notation of each case, in order", async () => {
    const found = await answers(
      { id: 1, dtstart: "20260328T023000", tzid: "Europe/Berlin", rrules: ["FREQ=DAILY;COUNT=2"] },
      { id: "utc", dtstart: "20260328T023000Z", rrules: ["RRULE:FREQ=DAILY"], limit: 2 },
      {
        id: "date",
        dtstart: "20260328",
        rrules: ["FREQ=DAILY"],
        exdates: ["20260329"],
        rdates: ["20270101"],
        limit: 2,
      },
      { id: "once", dtstart: "20260328" },
    );
    assert.deepEqual(found, [
      { id: 1, occurrences: ["20260328T023000", "20260329T033000"] },
      { id: "utc", occurrences: ["20260328T023000Z", "20260329T023000Z"] },
      { id: "date", occurrences: ["20260328", "20260330"] },
      { id: "once", occurrences: ["20260328"] },
    ]);
  });

  const windows: [name: string, window: unknown, limit: number | null, expected: string[]][] = [
    [
      "between, without its bounds",
      { method: "between", args: ["20260101", "20260104"] },
      null,
      ["20260102", "20260103"],
    ],
    [
      "between, with its bounds",
      { method: "between", args: ["20260101", "20260103", true] },
      null,
      ["20260101", "20260102", "20260103"],
    ],
    ["before, the last one", { method: "before", args: ["20260104"] }, null, ["20260103"]],
    ["before, the bound included", { method: "before", args: ["20260104", true] }, null, ["20260104"]],
    ["before everything, none", { method: "before", args: ["20260101"] }, null, []],
    ["after, the first one", { method: "after", args: ["20260104"] }, null, ["20260105"]],
    ["after, the bound included", { method: "after", args: ["20260104", true] }, null, ["20260104"]],
    ["from, as many as the limit", { method: "from", args: ["20260104"] }, 2, ["20260104", "20260105"]],
  ];
  for (const [name, window, limit, expected] of windows) {
    test(`has the window ${name}`, async () => {
      const [answer] = await answers({ id: 0, dtstart: "20260101", rrules: ["FREQ=DAILY"], window, limit });
      assert.deepEqual(answer, { id: 0, occurrences: expected });
    });
  }

  const refused: [name: string, given: unknown, sentence: RegExp][] = [
    ["an endless set", { dtstart: "20260101", rrules: ["FREQ=DAILY"] }, /no end/],
    [
      "an endless set from a day on",
      { dtstart: "20260101", rrules: ["FREQ=DAILY"], window: { method: "from", args: ["20260101"] } },
      /no end/,
    ],
    ["INTERVAL=0", { dtstart: "20260101", rrules: ["FREQ=DAILY;INTERVAL=0"] }, /INTERVAL is 1 or more/],
    ["a year of seconds", { dtstart: "20260101T000000", rrules: ["FREQ=SECONDLY;UNTIL=20270101T000000"] }, /steps/],
    ["a zone that nobody knows", { dtstart: "20260101T000000", tzid: "Mars/Phobos" }, /no time zone "Mars\/Phobos"/],
    ["a start that is none", { dtstart: "tomorrow" }, /dtstart is a time like/],
    ["no start", {}, /dtstart is a time like/],
    ["rules that are no list", { dtstart: "20260101", rrules: "FREQ=DAILY" }, /rrules is a list of texts/],
    ["a limit that is none", { dtstart: "20260101", limit: -1 }, /limit is a whole number/],
    [
      "a window nobody knows",
      { dtstart: "20260101", window: { method: "around", args: ["20260101"] } },
      /between, before/,
    ],
    ["a window without times", { dtstart: "20260101", window: { method: "before" } }, /needs a time/],
    ["a window that is a word", { dtstart: "20260101", window: "all" }, /needs a time/],
    ["what is no case", "a word", /case is an object/],
  ];
  for (const [name, given, sentence] of refused) {
    test(`refuses ${name}, and answers the others`, async () => {
      const [answer, other] = await answers(given, { id: "fine", dtstart: "20260101" });
      assert.match(answer?.refused ?? "", sentence);
      assert.deepEqual(other, { id: "fine", occurrences: ["20260101"] });
    });
  }

  test("looks no further than the limit within a window, and backwards in growing steps", async () => {
    const seconds = { dtstart: "20200101T000000", rrules: ["FREQ=SECONDLY"], limit: 2 };
    const year = { method: "between", args: ["20260101T000000", "20270101T000000"] };
    const january = { dtstart: "20200101T000000", rrules: ["FREQ=SECONDLY;BYMONTH=1"] };
    const [few, last] = await answers(
      { id: "few", ...seconds, window: year },
      { id: "last", ...january, window: { method: "before", args: ["20260801T000000"] } },
    );
    assert.deepEqual(few?.occurrences, ["20260101T000001", "20260101T000002"]);
    assert.deepEqual(last?.occurrences, ["20260131T235959"]);
  });

  test("ends with status 2 and a sentence when there is nothing to read", async () => {
    const missing = await run(null);
    assert.deepEqual({ ...missing, err: "" }, { status: 2, out: "", err: "" });
    assert.match(missing.err, /^cases.json: cannot be read: no such file/);
    assert.match((await run("{")).err, /^cases.json: is not JSON: /);
    assert.match((await run("{}")).err, /an array of cases is expected/);
    assert.match((await run(new Uint8Array([0xff, 0xfe]))).err, /is not JSON/);
    assert.match((await run("[]", [])).err, /^Usage:/);
    assert.equal((await run("[]", ["a", "b"])).status, 2);
  });
});

/** The public recurrence corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const skip = existsSync(join(corpora, "recurrence-strict.json")) ? false : "CORPORA names no folder with the corpora";

describe("the recurrence corpora", { skip }, () => {
  type Case = { id: string; expected: string[]; limit: number | null; independent?: boolean; rrules: string[] };
  const read = async (name: string) => {
    const text = readFileSync(join(corpora, `recurrence-${name}.json`));
    const { out } = await run(text);
    const given = JSON.parse(text.toString()) as Case[];
    const found = JSON.parse(out) as Answer[];
    return given.map((one, i) => {
      const expected = one.limit === null ? one.expected : one.expected.slice(0, one.limit);
      return {
        ...one,
        refused: found[i]!.refused,
        isHit: JSON.stringify(found[i]!.occurrences) === JSON.stringify(expected),
      };
    });
  };

  test("strict: none is refused, and all that are confirmed by a second lineage are hit", async (context) => {
    const cases = await read("strict");
    assert.deepEqual(
      cases.filter(({ refused }) => refused !== undefined).map(({ id }) => id),
      [],
    );
    assert.deepEqual(
      cases.filter(({ independent, isHit }) => independent === true && !isHit).map(({ id }) => id),
      [],
    );
    // SPEC RC9: these two take the month of DTSTART where the RFC says every month.
    const misses = cases.filter(({ isHit }) => !isHit).map(({ id }) => id);
    assert.deepEqual(misses, ["libical/icalrecur_test.txt#77", "ical.js/recur#59"]);
    context.diagnostic(`${cases.length - misses.length} of ${cases.length} strict cases`);
  });

  test("lenient: all but the calendars that are not Gregorian are hit", async (context) => {
    const cases = (await read("lenient")).filter(({ rrules }) => !/RSCALE=(?!GREGORIAN)/.test(rrules.join()));
    assert.deepEqual(
      cases.filter(({ isHit }) => !isHit).map(({ id }) => id),
      [],
    );
    context.diagnostic(`${cases.length} lenient cases`);
  });

  test("disputed: those are hit that SPEC decides for", async () => {
    const hits = (await read("disputed")).filter(({ isHit }) => isHit).map(({ id }) => id.replace(/.*#/, ""));
    assert.deepEqual(hits, ["102", "103", "104", "106", "108", "142"]);
  });
});
