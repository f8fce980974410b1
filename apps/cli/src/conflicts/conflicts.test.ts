import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { conflictPairs, FIXTURE_NOW, inFixtureWords } from "../../../../fixtures/conflicts/load.ts";
import { conflicts } from "./conflicts.ts";
import type { ShownConflict } from "./show.ts";

const NOW_MS = Temporal.Instant.from(FIXTURE_NOW).epochMilliseconds;

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Runs the command over files that exist only here. */
async function run(args: readonly string[], files: Files, nowMs = NOW_MS) {
  let out = "";
  let err = "";
  const read = (path: string) => {
    const file = files[path];
    if (file === undefined) return Promise.reject(Object.assign(new Error("no such file"), { code: "ENOENT" }));
    return Promise.resolve(typeof file === "string" ? new TextEncoder().encode(file) : file);
  };
  const status = await conflicts(args, { out: (text) => (out += text), err: (text) => (err += text), read }, nowMs);
  return { status, out, err };
}

/** The conflicts that the command finds, and its status. */
async function found(args: readonly string[], files: Files, nowMs = NOW_MS) {
  const { status, out, err } = await run([...args, "--json"], files, nowMs);
  assert.equal(err, "");
  const list = (JSON.parse(out) as { conflicts: ShownConflict[] }).conflicts;
  assert.equal(status, list.length === 0 ? 0 : 1);
  return list;
}

const calendar = (...lines: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (uid: string, from: string, to: string, ...more: readonly string[]): string =>
  [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20260101T000000Z",
    `DTSTART:${from}`,
    `DTEND:${to}`,
    `SUMMARY:${uid}`,
    ...more,
    "END:VEVENT",
  ].join("\r\n");

const nine = calendar("X-WR-CALNAME:Work", event("nine", "20260907T090000Z", "20260907T100000Z"));
const halfPast = calendar(event("half-past", "20260907T093000Z", "20260907T103000Z"));
const later = calendar(event("later", "20260907T120000Z", "20260907T130000Z"));
const pairOf = (...moments: readonly string[]): string =>
  calendar(
    ...moments.flatMap((at, i) => [
      event(`a${i}`, `${at}T090000Z`, `${at}T100000Z`),
      event(`b${i}`, `${at}T093000Z`, `${at}T103000Z`),
    ]),
  );
const daysOf = (list: readonly ShownConflict[]): string[] => list.map(({ start }) => start.slice(0, 10));

describe("the forty pairs", () => {
  const pairs = conflictPairs();
  test("are forty, and none shares a UID or an address with another", () => {
    assert.equal(pairs.length, 40);
    const decoder = new TextDecoder();
    for (const { name, files } of pairs) {
      const hosts = files.flatMap(({ bytes }) => [
        ...decoder
          .decode(bytes)
          .replaceAll("\r\n ", "")
          .matchAll(/@([^\r\n]+)/g),
      ]);
      for (const [, host] of hosts) assert.equal(host, `${name}.example.org`);
    }
  });

  for (const { name, why, mode, zone, from, to, files, conflicts: expected } of pairs) {
    test(`${name}: ${why}`, async () => {
      const [a, b] = files;
      const perFile = mode === "two people" ? ["--per-file"] : [];
      const args = [a.path, b.path, "--zone", zone, "--from", from, "--to", to, ...perFile];
      const list = await found(args, { [a.path]: a.bytes, [b.path]: b.bytes });
      const owners: Readonly<Record<string, string>> = {
        Work: "owner",
        Home: "owner",
        Ana: "owner of a",
        Ben: "owner of b",
      };
      assert.deepEqual(
        inFixtureWords(list, (subject) => owners[subject] ?? subject),
        expected,
      );
    });
  }
});

describe("what the command answers", () => {
  test("is one JSON object in the documented form, with explanation, severity and repairs", async () => {
    const [conflict] = await found(["w.ics", "home/h.ics", "--zone", "Europe/Prague"], {
      "w.ics": nine,
      "home/h.ics": halfPast,
    });
    const { repairs, ...rest } = conflict!;
    assert.deepEqual(rest, {
      kind: "overlap",
      start: "2026-09-07T09:30:00Z",
      end: "2026-09-07T10:00:00Z",
      subjects: ["Work", "h"],
      events: [
        {
          uid: "nine",
          recurrenceId: null,
          start: "2026-09-07T09:00:00Z",
          end: "2026-09-07T10:00:00Z",
          calendar: "Work",
          summary: "nine",
        },
        {
          uid: "half-past",
          recurrenceId: null,
          start: "2026-09-07T09:30:00Z",
          end: "2026-09-07T10:30:00Z",
          calendar: "h",
          summary: "half-past",
        },
      ],
      severity: "must",
      explanation:
        "Work and h are in “nine” (11:00–12:00) and “half-past” (11:30–12:30) at once on Mon 7 Sep 2026, 11:30–12:00 (30 min): one person is in one place at a time.",
    });
    assert.ok(repairs.length > 1 && repairs.length <= 5);
    for (const { what, why, confidence, moves } of repairs) {
      assert.match(what, /^(Move|Start|End) “/);
      assert.ok(why.length > 0 && confidence > 0 && confidence <= 1);
      assert.deepEqual(Object.keys(moves[0]!).sort(), ["end", "start", "uid"]);
    }
    assert.deepEqual(
      repairs.map(({ confidence }) => confidence),
      repairs.map(({ confidence }) => confidence).toSorted((a, b) => b - a),
    );
  });

  test("names the date of a series that a repair moves", async () => {
    const series = calendar(event("series", "20260907T090000Z", "20260907T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2"));
    const [conflict] = await found(["s.ics", "h.ics"], { "s.ics": series, "h.ics": halfPast });
    const move = conflict!.repairs.flatMap(({ moves }) => moves).find(({ uid }) => uid === "series");
    assert.equal(move!.recurrenceId, "20260907T090000Z");
  });

  test("is sentences for people, with the best repair under each and the count at the end", async () => {
    const { status, out } = await run(["w.ics", "h.ics", "--zone", "UTC"], { "w.ics": nine, "h.ics": halfPast });
    assert.equal(status, 1);
    assert.match(out, /^Work and h are in “nine” .+\n {2}→ .+\.\n\n1 conflict\.\n$/);
    const none = await run(["w.ics", "l.ics"], { "w.ics": nine, "l.ics": later });
    assert.deepEqual(none, { status: 0, out: "No conflicts.\n", err: "" });
  });

  test("is the empty list, and status 0, when nothing clashes", async () => {
    const { status, out } = await run(["w.ics", "l.ics", "--json"], { "w.ics": nine, "l.ics": later });
    assert.deepEqual({ status, out }, { status: 0, out: `{"conflicts":[]}\n` });
  });

  test("offers no time that something just after the window has", async () => {
    const days = Array.from({ length: 14 }, (_, i) =>
      event(
        `busy${i}`,
        `202609${String(i + 8).padStart(2, "0")}T000000Z`,
        `202609${String(i + 9).padStart(2, "0")}T000000Z`,
      ),
    );
    const evening = [
      event("before", "20260907T000000Z", "20260907T090000Z"),
      event("after", "20260907T103000Z", "20260908T000000Z"),
    ];
    const files = { "w.ics": nine, "h.ics": halfPast, "b.ics": calendar(...evening, ...days) };
    const [conflict] = await found(
      ["w.ics", "h.ics", "b.ics", "--from", "2026-09-07", "--to", "2026-09-08", "--zone", "UTC"],
      files,
    );
    assert.deepEqual(
      conflict!.repairs.map(({ what }) => what),
      ["End “nine” 30 min earlier", "Start “half-past” 30 min later"],
    );
  });
});

describe("whose time it is", () => {
  test("is one person's without --per-file, and a person's for each file with it", async () => {
    const files = { "w.ics": nine, "h.ics": halfPast };
    assert.equal((await found(["w.ics", "h.ics"], files)).length, 1);
    assert.equal((await found(["w.ics", "h.ics", "--per-file"], files)).length, 0);
  });

  test("is the file's, even where two files have one name", async () => {
    const named = calendar("X-WR-CALNAME:Work", event("half-past", "20260907T093000Z", "20260907T103000Z"));
    assert.equal((await found(["w.ics", "v.ics", "--per-file"], { "w.ics": nine, "v.ics": named })).length, 0);
  });

  test("is both people's when both calendars hold both events", async () => {
    const both = (name: string) =>
      calendar(
        `X-WR-CALNAME:${name}`,
        event("x", "20260907T090000Z", "20260907T100000Z"),
        event("y", "20260907T093000Z", "20260907T103000Z"),
      );
    const list = await found(["a.ics", "b.ics", "--per-file"], { "a.ics": both("Ana"), "b.ics": both("Ben") });
    assert.equal(list.length, 1);
  });
});

describe("who is named", () => {
  test("is only who has both events, in whatever order the files come", async () => {
    const meeting = event("meeting", "20260907T090000Z", "20260907T100000Z");
    const only = event("only", "20260907T093000Z", "20260907T103000Z");
    const files = {
      "a.ics": calendar("X-WR-CALNAME:Ana", meeting),
      "b.ics": calendar("X-WR-CALNAME:Ben", meeting, only),
    };
    for (const args of [
      ["a.ics", "b.ics"],
      ["b.ics", "a.ics"],
    ]) {
      const [conflict, ...rest] = await found([...args, "--per-file"], files);
      assert.deepEqual([conflict!.subjects, rest.length], [["Ben"], 0]);
      assert.match(conflict!.explanation, /^Ben is in /);
      assert.deepEqual(
        conflict!.events.map((each) => each.calendar),
        ["Ben", "Ben"],
      );
    }
  });
});

describe("the window", () => {
  const files = { "p.ics": pairOf("20250907", "20260907", "20270907", "20310907") };
  const table: [name: string, args: string[], expected: string[]][] = [
    ["is all of time when none is given", [], ["2025-09-07", "2026-09-07", "2027-09-07", "2031-09-07"]],
    ["begins with --from, included", ["--from", "2026-09-07"], ["2026-09-07", "2027-09-07", "2031-09-07"]],
    ["ends with --to, excluded", ["--to", "2026-09-07"], ["2025-09-07"]],
    ["may lie far ahead", ["--from", "2031-01-01"], ["2031-09-07"]],
    ["is both", ["--from", "2026-01-01", "--to", "2027-01-01"], ["2026-09-07"]],
  ];
  for (const [name, args, expected] of table) {
    test(name, async () => assert.deepEqual(daysOf(await found(["p.ics", "--zone", "UTC", ...args], files)), expected));
  }

  test("is meant in the zone that is asked for", async () => {
    // 22:30 UTC is the next day in Prague.
    const evening = {
      "e.ics": calendar(
        event("x", "20260907T220000Z", "20260907T233000Z"),
        event("y", "20260907T223000Z", "20260907T230000Z"),
      ),
    };
    const args = ["e.ics", "--from", "2026-09-08", "--to", "2026-09-09"];
    assert.equal((await found([...args, "--zone", "Europe/Prague"], evening)).length, 1);
    assert.equal((await found([...args, "--zone", "UTC"], evening)).length, 0);
  });

  test("holds two years ahead for a series that never ends, and more when asked", async () => {
    const endless = {
      "e.ics": calendar(
        event("x", "20260907T090000Z", "20260907T100000Z", "RRULE:FREQ=YEARLY"),
        event("y", "20260907T093000Z", "20260907T103000Z", "RRULE:FREQ=YEARLY;UNTIL=99990907T093000Z"),
      ),
    };
    assert.deepEqual(daysOf(await found(["e.ics", "--zone", "UTC"], endless)), ["2026-09-07", "2027-09-07"]);
    const far = await found(["e.ics", "--zone", "UTC", "--from", "2040-01-01", "--to", "2042-01-01"], endless);
    assert.deepEqual(daysOf(far), ["2040-09-07", "2041-09-07"]);
  });
});

describe("what cannot be used", () => {
  const files = { "w.ics": nine };
  const wrong: [name: string, args: string[], message: RegExp][] = [
    ["no file at all", [], /^Name 1 to 1000 files\.\nUsage: hourwright conflicts /],
    ["an option that is none", ["w.ics", "--form", "2026-01-01"], /Unknown option '--form'/],
    [
      "a zone that does not exist",
      ["w.ics", "--zone", "Europe/Larkfield"],
      /--zone: "Europe\/Larkfield" is no IANA time zone/,
    ],
    ["a day that does not exist", ["w.ics", "--from", "2026-02-30"], /--from: "2026-02-30" is no date/],
    ["a time for a date", ["w.ics", "--to", "2026-02-03T10:00"], /--to: "2026-02-03T10:00" is no date/],
    ["an end before the start", ["w.ics", "--from", "2026-02-03", "--to", "2026-02-03"], /--to must be after --from/],
  ];
  for (const [name, args, message] of wrong) {
    test(`is answered with status 2 and a sentence: ${name}`, async () => {
      const { status, out, err } = await run(args, files);
      assert.deepEqual({ status, out }, { status: 2, out: "" });
      assert.match(err, message);
      assert.match(err, /Usage: hourwright conflicts FILE\.ics… \[--per-file\]/);
    });
  }

  const bytes = (...values: number[]) => Uint8Array.from(values);
  const unreadable: [name: string, file: string | Uint8Array, message: RegExp][] = [
    ["an empty one", "", /^bad\.ics:1: The file holds no calendar/],
    ["one of blank lines", "\r\n\r\n", /^bad\.ics:1: The file holds no calendar/],
    ["a picture", bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 255, 254), /^bad\.ics:1: /],
    ["UTF-16", Buffer.from("\ufeffBEGIN:VCALENDAR\r\n", "utf16le"), /^bad\.ics:1: /],
    ["a web page", "<!doctype html>\n<title>Sign in</title>\n", /^bad\.ics:1: /],
    [
      "one whose only event has no start",
      calendar("BEGIN:VEVENT", "UID:x", "SUMMARY:When?", "END:VEVENT"),
      /^bad\.ics:4: The event has no DTSTART/,
    ],
    [
      "one whose only start is none",
      calendar("BEGIN:VEVENT", "UID:x", "DTSTART:tomorrow", "END:VEVENT"),
      /^bad\.ics:6: DTSTART is no date or time/,
    ],
  ];
  for (const [name, file, message] of unreadable) {
    test(`is a file that cannot be read, named with its line and the reason: ${name}`, async () => {
      const { status, out, err } = await run(["w.ics", "bad.ics", "--json"], { ...files, "bad.ics": file });
      assert.deepEqual({ status, out }, { status: 2, out: "" });
      assert.match(err, message);
    });
  }

  test("is every file that is missing, all named", async () => {
    const { status, out, err } = await run(["no.ics", "w.ics", "gone.ics"], files);
    assert.deepEqual({ status, out }, { status: 2, out: "" });
    assert.equal(err, "no.ics: there is no such file.\ngone.ics: there is no such file.\n");
  });
});

describe("a damaged file", () => {
  test("still gives what can be read, and says what could not, with its line", async () => {
    const damaged = calendar(
      event("nine", "20260907T090000Z", "20260907T100000Z"),
      "BEGIN:VEVENT",
      "UID:broken",
      "END:VEVENT",
    );
    const { status, out, err } = await run(["d.ics", "h.ics", "--json"], { "d.ics": damaged, "h.ics": halfPast });
    assert.equal(status, 1);
    assert.equal((JSON.parse(out) as { conflicts: unknown[] }).conflicts.length, 1);
    assert.equal(err, "d.ics:11: The event has no DTSTART and was left out.\n");
  });

  test("in another encoding is read as far as it goes", async () => {
    const latin = Uint8Array.from(nine.replace("SUMMARY:nine", "SUMMARY:Caf\u00e9"), (letter) => letter.charCodeAt(0));
    const { status, out, err } = await run(["l.ics", "h.ics", "--json"], { "l.ics": latin, "h.ics": halfPast });
    assert.equal(status, 1);
    assert.match(err, /^l\.ics:10: /);
    assert.match(out, /"summary":"Caf\ufffd"/);
  });

  test("without any event is a calendar in which nothing clashes", async () => {
    assert.deepEqual(await run(["e.ics"], { "e.ics": calendar() }), { status: 0, out: "No conflicts.\n", err: "" });
  });

  test("whose series recurs every second for ever is left out, and says so", async () => {
    const endless = calendar(event("tick", "20260907T090000Z", "20260907T090001Z", "RRULE:FREQ=SECONDLY"));
    const { status, err } = await run(["t.ics", "--json"], { "t.ics": endless });
    assert.equal(status, 0);
    assert.equal(err, "t: “tick” recurs too often to be looked at.\n");
  });
});

describe("a file of many hostile series", () => {
  test("costs what all of them may together, and names each that was not looked at", async () => {
    const hostile = `RRULE:FREQ=SECONDLY;INTERVAL=7;BYSECOND=${Array.from({ length: 59 }, (_, second) => second).join(",")}`;
    const count = 60;
    const series = Array.from({ length: count }, (_, i) =>
      event(`h${i}`, "20260907T090000Z", "20260907T090001Z", hostile),
    );
    const { status, err } = await run(["h.ics", "--json"], { "h.ics": calendar(...series) });
    assert.ok(status === 0 || status === 1);
    assert.equal(err.split("\n").filter((line) => line.includes("recurs too often")).length, count);
  });
});

describe("hourwright conflicts, as a process", () => {
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  const pair = (name: string) => fileURLToPath(new URL(`../../../../fixtures/conflicts/${name}`, import.meta.url));
  const start = (...args: readonly string[]) =>
    spawnSync(process.execPath, [main, "conflicts", ...args], { encoding: "utf8" });

  test("puts the answer alone on stdout and its status into the exit code", () => {
    const some = start(pair("plain-overlap/a.ics"), pair("plain-overlap/b.ics"), "--json");
    assert.deepEqual({ status: some.status, err: some.stderr }, { status: 1, err: "" });
    assert.equal((JSON.parse(some.stdout) as { conflicts: unknown[] }).conflicts.length, 1);
    assert.equal(start(pair("touching/a.ics"), pair("touching/b.ics")).status, 0);
  });

  test("says what is wrong without a stack trace", () => {
    for (const args of [[], ["--zone", "x", "a.ics"], [pair("missing.ics")], [pair("")]]) {
      const { status, stdout, stderr } = start(...args);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
      assert.doesNotMatch(stderr, /\n\s+at |node:/);
    }
  });
});
