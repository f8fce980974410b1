import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { ical } from "./ical.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Runs the command over files that exist only here. */
async function run(args: readonly string[], files: Files) {
  let out = "";
  let err = "";
  const read = (path: string) => {
    const file = files[path];
    if (file === undefined) return Promise.reject(Object.assign(new Error("no such file"), { code: "ENOENT" }));
    return Promise.resolve(typeof file === "string" ? new TextEncoder().encode(file) : file);
  };
  const status = await ical(args, { out: (text) => (out += text), err: (text) => (err += text), read });
  return { status, out, err };
}

/** The JSON objects that the command prints, one for each file. */
async function answers(action: string, files: Files, ...more: readonly string[]) {
  const { status, out, err } = await run([action, ...Object.keys(files), "--json", ...more], files);
  const lines = out.trimEnd().split("\n");
  return { status, err, answers: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const calendar = (...lines: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines: readonly string[]): string[] => [
  "BEGIN:VEVENT",
  "UID:a@example.org",
  "DTSTAMP:20260101T000000Z",
  ...lines,
  "END:VEVENT",
];
const good = calendar(...event("DTSTART:20260101T090000Z", "SUMMARY:Tea"));
const bad = calendar(...event("DTSTART:20260101T090000Z", "DTEND:20260101T080000Z"));

describe("ical check", () => {
  test("says of each file whether it is valid, and what is wrong where", async () => {
    const told = await answers("check", { "good.ics": good, "bad.ics": bad });
    assert.equal(told.status, 1);
    assert.equal(told.err, "");
    const [first, second] = told.answers.map(({ ms, ...answer }) => {
      assert.equal(typeof ms, "number");
      return answer;
    });
    assert.deepEqual(first, { file: "good.ics", valid: true, problems: [] });
    assert.deepEqual(second, {
      file: "bad.ics",
      valid: false,
      problems: [
        { line: 8, column: 1, severity: "error", code: "end-before-start", message: "DTEND is before DTSTART." },
      ],
    });
  });

  test("says it in sentences, and 0 when all is well", async () => {
    assert.deepEqual(await run(["check", "good.ics"], { "good.ics": good }), {
      status: 0,
      out: "good.ics: valid.\n",
      err: "",
    });
    const { out } = await run(["check", "bad.ics"], { "bad.ics": bad });
    assert.equal(out, "bad.ics:8:1: error: DTEND is before DTSTART. (end-before-start)\nbad.ics: not valid.\n");
  });

  test("is strict when asked to be", async () => {
    const file = { "a.ics": good.replace("VERSION:2.0\r\n", "") };
    assert.equal((await answers("check", file)).status, 0);
    assert.equal((await answers("check", file, "--strict")).status, 1);
  });

  test("answers for the rest when one file cannot be read", async () => {
    const { status, out, err } = await run(["check", "gone.ics", "good.ics", "--json"], { "good.ics": good });
    assert.equal(status, 2);
    assert.equal(err, "gone.ics: there is no such file.\n");
    const lines = out.trimEnd().split("\n");
    assert.deepEqual(JSON.parse(lines[0]!), { file: "gone.ics", refused: "there is no such file." });
    assert.equal((JSON.parse(lines[1]!) as { valid: boolean }).valid, true);
  });
});

describe("ical print", () => {
  test("gives the very text that is canonical already", async () => {
    const { status, answers: told } = await answers("print", { "good.ics": good });
    assert.equal(status, 0);
    assert.deepEqual(told, [{ file: "good.ics", ics: good }]);
    assert.deepEqual(await run(["print", "good.ics"], { "good.ics": good }), { status: 0, out: good, err: "" });
  });

  test("changes nothing that it has printed, and cuts lines at 75 bytes", async () => {
    const long = calendar(...event(`SUMMARY:${"č".repeat(100)}`)).replaceAll("\r\n", "\n");
    const latin = new Uint8Array(Buffer.from(long.replaceAll("č", "è"), "latin1"));
    for (const file of [long, latin]) {
      const [{ ics } = { ics: "" }] = (await answers("print", { "a.ics": file })).answers;
      const encoder = new TextEncoder();
      assert.ok((ics as string).split("\r\n").every((line) => encoder.encode(line).length <= 75));
      const [again] = (await answers("print", { "a.ics": ics as string })).answers;
      assert.equal(again?.["ics"], ics);
    }
  });

  test("keeps what can be read of a damaged file, and says what cannot", async () => {
    const damaged = good.replace("SUMMARY:Tea", "SUMMARY:Tea\r\nwithout a colon").replace("END:VCALENDAR\r\n", "");
    const { status, err, answers: told } = await answers("print", { "a.ics": damaged });
    assert.equal(status, 1);
    assert.match(err, /^a\.ics:1:1: error: .*\na\.ics:9:1: error: .*\n$/);
    assert.deepEqual(told, [{ file: "a.ics", ics: good }]);
  });

  test("refuses what holds nothing", async () => {
    for (const action of ["print", "to-jcal", "to-jscalendar"]) {
      const { status, answers: told } = await answers(action, { "a.txt": "Hello" });
      assert.equal(status, 2);
      assert.deepEqual(told, [{ file: "a.txt", refused: "nothing in it can be read as a calendar." }]);
    }
  });
});

describe("ical to-jcal", () => {
  const summary = ["summary", {}, "text", "Tea"];
  test("gives the component of a file, or all of them", async () => {
    const bare = "BEGIN:VEVENT\r\nSUMMARY:Tea\r\nEND:VEVENT\r\n";
    const { status, answers: told } = await answers("to-jcal", { "one.ics": bare, "two.ics": bare + bare });
    assert.equal(status, 0);
    const one = ["vevent", [summary], []];
    assert.deepEqual(told, [
      { file: "one.ics", jcal: one },
      { file: "two.ics", jcal: [one, one] },
    ]);
    const { out } = await run(["to-jcal", "one.ics"], { "one.ics": bare });
    assert.deepEqual(JSON.parse(out), one);
  });
});

describe("ical to-jscalendar", () => {
  test("gives a Group of a calendar, an Event of an event alone", async () => {
    const lone = `${event("DTSTART:20260101T090000Z", "SUMMARY:Tea").join("\r\n")}\r\n`;
    const { status, answers: told } = await answers("to-jscalendar", { "good.ics": good, "lone.ics": lone });
    assert.equal(status, 0);
    const entry = {
      "@type": "Event",
      uid: "a@example.org",
      updated: "2026-01-01T00:00:00Z",
      title: "Tea",
      timeZone: "Etc/UTC",
      start: "2026-01-01T09:00:00",
    };
    assert.deepEqual(told, [
      { file: "good.ics", jscalendar: { "@type": "Group", prodId: "-//test//EN", entries: [entry] } },
      { file: "lone.ics", jscalendar: entry },
    ]);
  });
});

describe("ical", () => {
  test("says how it is used", async () => {
    for (const args of [[], ["dance", "a.ics"], ["check"], ["check", "a.ics", "--fast"], ["toString", "a.ics"]]) {
      const { status, out, err } = await run(args, {});
      assert.equal(status, 2);
      assert.equal(out, "");
      assert.match(err, /Usage: hourwright ical /);
    }
  });

  test("is a command of the program", () => {
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const fixtures = fileURLToPath(new URL("../../../../packages/ical/fixtures/public/", import.meta.url));
    const path = join(fixtures, "icalendar-py-rfc_6868.ics");
    const { status, stdout } = spawnSync(process.execPath, [main, "ical", "to-jcal", path, "--json"], {
      encoding: "utf8",
    });
    assert.equal(status, 0);
    assert.equal((JSON.parse(stdout) as { file: string }).file, path);
  });
});

/** The public corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const skip = existsSync(join(corpora, "ics-index.json")) ? false : "CORPORA names no folder with the corpora";

describe("the calendar corpora, on the command line", { skip }, () => {
  type Entry = { file: string; kind: string; "jcal.json"?: string };
  const entries = () => JSON.parse(readFileSync(join(corpora, "ics-index.json"), "utf8")) as Entry[];
  const files = () =>
    Object.fromEntries(entries().map(({ file }) => [file, new Uint8Array(readFileSync(join(corpora, file)))]));

  test("are answered file by file, in order, in one run of each action", async () => {
    const given = files();
    for (const action of ["check", "print", "to-jcal", "to-jscalendar"]) {
      const { answers: told } = await answers(action, given);
      assert.deepEqual(
        told.map(({ file }) => file),
        Object.keys(given),
        action,
      );
    }
  });

  test("print the same once they are printed", async () => {
    const printed = (await answers("print", files())).answers;
    const texts = Object.fromEntries(
      printed.filter(({ ics }) => ics !== undefined).map(({ file, ics }) => [file as string, ics as string]),
    );
    const again = (await answers("print", texts)).answers;
    for (const { file, ics } of again) assert.equal(ics, texts[file as string], file as string);
    assert.ok(again.length > 200);
  });
});
