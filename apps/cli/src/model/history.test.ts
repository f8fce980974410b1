// Strategy: a small organisation makes a history by what people do, on a server whose clock stands; then the command reads it days
// later, and the package that learns reads the file.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createClient, type Client } from "@hourwright/client";
import { parseHistory, type HistoryRow } from "@hourwright/learn";
import { systemClock, type Clock } from "../../../server/src/platform/clock.ts";
import { startTestServer } from "../../../server/src/testing/server.ts";
import { readBounded } from "../read-file.ts";
import { history } from "./history.ts";
import { model } from "./model.ts";

const OWNER = { email: "olga@own.example", password: "a long sentence of mine" };
const CONSENT = "All of us agreed on 2027-01-12 to the learning of move and cancellation habits.";
const NOW = "2027-02-01T08:00:00Z";

const clockAt = (now: string): Clock => {
  const aheadMs = Temporal.Instant.from(now).epochMilliseconds - systemClock.nowMs();
  return { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
};

describe("hourwright model history", () => {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-history-"));
  const dataDir = join(directory, "data");
  const out = join(directory, "history.jsonl");

  before(async () => {
    await using server = await startTestServer({ DEMO: "0", DATA_DIR: dataDir }, clockAt(NOW));
    const code = server.application.setupCode()!;
    const wish = { code, organisation: "Own", zone: "Europe/Prague", firstWeekday: 1, name: "Olga Owner", ...OWNER };
    await server.stranger("setup.finish", { body: wish });
    const access = await server.token(OWNER.email, OWNER.password);
    await plan(createClient({ baseUrl: server.url, token: () => access }));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  /** What is planned, moved and cancelled on the first of February; each at an hour of its own by which it is found again. */
  async function plan(owner: Client): Promise<void> {
    const create = async (title: string, day: number, from: string, to: string, more: object = {}) => {
      const at = (time: string) => `2027-02-0${day}T${time}:00`;
      const body = { title, start: at(from), end: at(to), timeZone: "Europe/Prague", preventConflicts: false, ...more };
      return (await owner("events.create", { body })).id;
    };
    const update = (id: string, body: object) => owner("events.update", { params: { id }, body });
    await create("Kept secret", 2, "08:00", "09:00", { location: "Room of Ana" });
    const moved = await create("Moved", 2, "10:00", "11:00");
    await update(moved, { start: "2027-02-04T10:00:00", end: "2027-02-04T11:00:00", timeZone: "Europe/Prague" });
    const gone = await create("Cancelled", 2, "12:00", "12:30");
    await owner("events.remove", { params: { id: gone } });
    await create("With a customer", 2, "14:00", "15:00", { attendees: [{ email: "carl@customer.example" }] });
    await create("Came across it", 2, "14:30", "16:00");
    const back = await create("Moved and put back", 3, "08:00", "09:00");
    await update(back, { start: "2027-02-03T18:00:00", end: "2027-02-03T19:00:00", timeZone: "Europe/Prague" });
    await update(back, { start: "2027-02-03T08:00:00", end: "2027-02-03T09:00:00", timeZone: "Europe/Prague" });
    const series = await create("Daily", 5, "07:00", "07:15", { rrule: "FREQ=DAILY;COUNT=4" });
    const [, second, third] = (
      await owner("events.list", { query: { start: "2027-02-05", end: "2027-02-09" } })
    ).events.filter(({ id }) => id === series);
    await update(series, {
      recurrenceId: second!.recurrenceId!,
      scope: "this",
      start: "2027-02-06T09:00:00",
      end: "2027-02-06T09:15:00",
      timeZone: "Europe/Prague",
    });
    await owner("events.remove", {
      params: { id: series },
      query: { recurrenceId: third!.recurrenceId!, scope: "this" },
    });
    await create("Written down afterwards", 1, "07:00", "08:00");
    await create("A day off", 3, "00:00", "00:00", { start: "2027-02-03", end: "2027-02-04" });
    const weekly = await create("Moved as a whole", 3, "11:00", "12:00", { rrule: "FREQ=DAILY;COUNT=2" });
    await update(weekly, {
      scope: "all",
      start: "2027-02-03T16:00:00",
      end: "2027-02-03T17:00:00",
      timeZone: "Europe/Prague",
    });
  }

  async function run(args: readonly string[], now = "2027-02-10T09:00:00Z") {
    let [said, wrong] = ["", ""];
    const io = {
      out: (text: string) => void (said += text),
      err: (text: string) => void (wrong += text),
      read: (path: string) => readBounded(path),
    };
    const status = await history(args, { DATA_DIR: dataDir }, io, clockAt(now));
    return { status, said, wrong };
  }
  const write = (now?: string, to = out) => run(["--out", to, "--consent", CONSENT], now);
  const read = (path = out) => {
    const found = parseHistory(readFileSync(path, "utf8"));
    assert.ok(!("refused" in found), JSON.stringify(found));
    return found;
  };

  test("says in a sentence what it does not understand, and writes nothing without consent", async () => {
    for (const args of [[], ["--out", out], ["--out", out, "--consent", " "], ["--consent", CONSENT], ["more"]]) {
      const { status, wrong } = await run(args);
      assert.equal(status, 2);
      assert.match(wrong, /Usage: hourwright model history --out FILE --consent/);
    }
    const { status, wrong } = await run(["--out", out, "--consent", CONSENT, "--organisation", "none"]);
    assert.deepEqual([status, wrong], [1, 'There is no organisation "none". There is: first.\n']);
    const early = await write("2027-02-01T09:00:00Z");
    assert.equal(early.status, 1);
    assert.match(early.wrong, /^There is nothing to write: .* Nothing was written\.\n$/);
  });

  test("tells what became of each, as it was known when it was made, and nothing by name", async () => {
    const { status, said, wrong } = await write();
    assert.equal(status, 0, wrong);
    assert.match(said, /^12 commitments that began from 2027-01-12 to 2027-02-09 are in /);
    assert.match(wrong, /^Too little history: 0 commitments of people with at least 100/);
    const { rows, consent, source } = read();
    assert.deepEqual([consent, source], [CONSENT, "Calendars of first, from its own log of changes"]);
    const of = (start: string): HistoryRow =>
      rows.find(({ startMs }) => startMs === Temporal.Instant.from(start).epochMilliseconds)!;
    const outcomes = (start: string) => {
      const { conflict, ...rest } = of(start).outcome;
      return [conflict, ...Object.entries(rest).flatMap(([name, is]) => (is ? [name] : []))];
    };
    const expected = {
      "2027-02-02T07:00:00Z": ["no_conflict"],
      "2027-02-02T09:00:00Z": ["no_conflict", "moved"],
      "2027-02-02T11:00:00Z": ["no_conflict", "cancelled"],
      "2027-02-02T13:00:00Z": ["time_overlap"],
      "2027-02-02T13:30:00Z": ["no_conflict"], // It lay across the other when it was made.
      "2027-02-03T07:00:00Z": ["no_conflict"],
      "2027-02-05T06:00:00Z": ["no_conflict"],
      "2027-02-06T06:00:00Z": ["no_conflict", "moved"],
      "2027-02-07T06:00:00Z": ["no_conflict", "cancelled"],
      "2027-02-08T06:00:00Z": ["no_conflict"],
      "2027-02-03T10:00:00Z": ["no_conflict", "moved"],
      "2027-02-04T10:00:00Z": ["no_conflict", "moved"],
    };
    assert.equal(rows.length, Object.keys(expected).length);
    for (const [start, outcome] of Object.entries(expected)) assert.deepEqual(outcomes(start), outcome, start);

    const across = of("2027-02-02T13:30:00Z").commitment;
    assert.deepEqual([across.overlapMinutes, across.startMinute, across.weekday, across.type], [30, 870, 2, "focus"]);
    const customer = of("2027-02-02T13:00:00Z").commitment;
    assert.deepEqual([customer.type, customer.attendees.external, customer.attendees.fresh], ["customer", 1, 1]);
    assert.equal(customer.gapBeforeMinutes, 300, "what was moved or cancelled before lies in its way no more");
    assert.equal(of("2027-02-02T07:00:00Z").commitment.place, "own site");

    const text = readFileSync(out, "utf8");
    for (const word of ["Olga", "olga", "secret", "Ana", "carl", "customer.example", "per_", "evt_"])
      assert.ok(!text.includes(word), word);
    assert.equal(new Set(rows.map(({ who }) => who)).size, 1);
    assert.equal(statSync(out).mode & 0o077, 0, "others may not read it");
  });

  test("goes on where it ended, and never with another consent or after what it cannot read", async () => {
    const before = readFileSync(out, "utf8");
    const again = await write();
    assert.equal(again.status, 1);
    assert.match(again.wrong, /^There is nothing to write/);
    const other = await run(["--out", out, "--consent", "They agreed to something else."]);
    assert.equal(other.status, 2);
    assert.match(other.wrong, /agreed to something else: “All of us agreed/);
    assert.equal(readFileSync(out, "utf8"), before);

    const [head, ...lines] = before.trimEnd().split("\n");
    const part = join(directory, "part.jsonl");
    writeFileSync(part, `${[head, ...lines.filter((line) => line < '{"start":"2027-02-05')].join("\n")}\n`);
    assert.equal((await write(undefined, part)).status, 0);
    assert.equal(readFileSync(part, "utf8"), before, "people keep their names from one time to the next");

    const odd = join(directory, "odd.jsonl");
    writeFileSync(odd, "no history\n");
    assert.equal((await write(undefined, odd)).status, 2);
    assert.equal(readFileSync(odd, "utf8"), "no history\n");
  });

  test("tells what is left out because the log knows it no more", async () => {
    const late = join(directory, "late.jsonl");
    assert.equal((await write("2027-02-03T09:00:00Z", late)).status, 0);
    const { status, wrong } = await write("2027-03-06T09:00:00Z", late);
    assert.equal(status, 0);
    assert.match(wrong, /^What began from 2027-02-03 to 2027-02-04 is left out: the log knows it no more\.\n/);
    assert.equal(read(late).rows.length, 9);
  });

  test("can be learned from, and training says that it is too little", async () => {
    let wrong = "";
    const status = await model(["train", out], {
      out: () => {},
      err: (text) => void (wrong += text),
      read: (path) => readBounded(path),
      write: () => Promise.reject(new Error("nothing is to be written")),
      now: () => NOW,
    });
    assert.equal(status, 2);
    assert.match(wrong, /Too little history: 0 commitments of people with at least 100; 1000 are needed/);
  });
});
