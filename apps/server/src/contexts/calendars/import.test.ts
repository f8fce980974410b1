import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../platform/clock.ts";
import { idMaker } from "../../platform/ids.ts";
import { createWorkerPool } from "../../platform/workers/pool.ts";
import { eventually } from "../../testing/eventually.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";
import { importSweeper } from "./public.ts";
import { busyTimes, calendarFile, exported, imported, importFile, newCalendar, settled, type Job } from "./testing.ts";

let own: OwnServer;
let owner: Client;
before(async () => {
  own = await startOwnServer();
  ({ owner } = own);
});
after(() => own[Symbol.asyncDispose]());

const event = (uid: string, ...more: readonly string[]): string =>
  [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTART:20310901T100000Z",
    "DTEND:20310901T110000Z",
    `SUMMARY:${uid}`,
    ...more,
    "END:VEVENT",
  ].join("\r\n");
const many = (count: number, ...more: readonly string[]): string =>
  calendarFile(...Array.from({ length: count }, (_, i) => event(`many-${i}`, ...more)));

const titles = async (calendarId: string, window = { start: "2031-08-30", end: "2031-09-03" }): Promise<string[]> => {
  const { events } = await owner("events.list", { query: { ...window, calendars: [calendarId] } });
  return events.map(({ title }) => title).sort();
};
/** Found, created, updated, unchanged. */
const counts = (job: Job): number[] => {
  const { found, created, updated, unchanged } = job.result!;
  return [found, created, updated, unchanged];
};
const undo = (requestId: string) => owner("requests.undo", { params: { id: requestId } });

/** A person of their own with a calendar, so that no two tests meet. */
async function someone() {
  const person = await owner("people.create", { body: { name: "Somebody" } });
  const calendar = await newCalendar(owner, { ownerSubjectId: person.id });
  const busy = () => busyTimes(owner, person.id, "2031-08-30T00:00:00Z", "2031-09-03T00:00:00Z");
  return { person, calendar, id: calendar.id, busy };
}

/** What ends like an import, taken back when it was broken off: the job that runs every ten minutes, run now. */
async function sweep(): Promise<void> {
  await using pool = createWorkerPool(1, systemClock);
  const ports = {
    database: own.server.application.database,
    pool,
    clock: systemClock,
    newId: idMaker(systemClock, randomBytes),
  };
  await importSweeper(ports).run(new AbortController().signal);
}

describe("importing a file", () => {
  test("brings its events, and again changes nothing", async () => {
    const { id, busy } = await someone();
    const file = calendarFile(event("one"), event("two", "TRANSP:TRANSPARENT"));
    assert.deepEqual(counts(await importFile(owner, id, file)), [2, 2, 0, 0]);
    assert.deepEqual(await titles(id), ["one", "two"]);
    assert.deepEqual(await busy(), ["2031-09-01T10:00:00Z/2031-09-01T11:00:00Z"]);

    const { latest } = await owner("changes.list", { query: { since: 0, limit: 1 } });
    assert.deepEqual(counts(await importFile(owner, id, file)), [2, 0, 0, 2]);
    const { items } = await owner("changes.list", { query: { since: latest } });
    assert.deepEqual(
      items.filter(({ type }) => type === "event"),
      [],
    );
  });

  test("changes in place what it brings anew, and leaves the rest", async () => {
    const { id } = await someone();
    await imported(owner, id, calendarFile(event("kept"), event("changed")));
    const before = await owner("events.list", { query: { start: "2031-09-01", end: "2031-09-02", calendars: [id] } });
    const again = calendarFile(event("kept"), event("changed", "LOCATION:Hall C", "SEQUENCE:1"), event("new"));
    assert.deepEqual(counts(await importFile(owner, id, again)), [3, 1, 1, 1]);
    const { events } = await owner("events.list", {
      query: { start: "2031-09-01", end: "2031-09-02", calendars: [id] },
    });
    const changed = events.find(({ title }) => title === "changed")!;
    assert.deepEqual([changed.location, changed.version], ["Hall C", 2]);
    assert.equal(changed.id, before.events.find(({ title }) => title === "changed")!.id);
    assert.equal(events.find(({ title }) => title === "kept")!.version, 1);
  });

  test("knows the same events when another program has stamped them anew", async () => {
    const { id } = await someone();
    const file = (stamp: string) =>
      calendarFile(event("stamped", `DTSTAMP:${stamp}`)).replace("//test//", `//${stamp}//`);
    await imported(owner, id, file("20260101T000000Z"));
    assert.deepEqual(counts(await importFile(owner, id, file("20260202T000000Z"))), [1, 0, 0, 1]);
  });

  test("reads floating times where it is told to, which stays with the events", async () => {
    const { id } = await someone();
    const file = calendarFile(
      "BEGIN:VEVENT",
      "UID:floats",
      "DTSTART:20310901T090000",
      "DTEND:20310901T100000",
      "SUMMARY:floats",
      "END:VEVENT",
      event("fixed"),
    );
    const start = async () => {
      const { events } = await owner("events.list", {
        query: { start: "2031-09-01", end: "2031-09-02", calendars: [id], timeZone: "UTC" },
      });
      const found = events.find(({ title }) => title === "floats")!;
      return [found.start, found.timeZone];
    };
    await imported(owner, id, file);
    assert.deepEqual(await start(), ["2031-09-01T07:00:00+00:00", null]); // As the calendar's zone has it.
    assert.deepEqual(counts(await importFile(owner, id, file, { zone: "America/New_York" })), [2, 0, 1, 1]);
    assert.deepEqual(await start(), ["2031-09-01T13:00:00+00:00", null]);
    assert.deepEqual(counts(await importFile(owner, id, file)), [2, 0, 0, 2]); // Nobody asked for another.
    assert.deepEqual(await start(), ["2031-09-01T13:00:00+00:00", null]);
    const { events } = await owner("events.list", {
      query: { start: "2031-09-01", end: "2031-09-02", calendars: [id] },
    });
    const floats = events.find(({ title }) => title === "floats")!;
    await owner("events.update", { params: { id: floats.id }, body: { title: "floats", location: "Hall" } });
    assert.deepEqual(await start(), ["2031-09-01T13:00:00+00:00", null]);
  });

  test("takes what time is free, keeps the rest as conflicts, and counts them", async () => {
    const hall = await owner("resources.create", { body: { name: "Contested hall", kind: "room" } });
    const { id } = await someone();
    const address = `ATTENDEE;CUTYPE=ROOM:urn:x-hourwright:${hall.id}`;
    await imported(owner, id, calendarFile(event("first", address)));
    const other = await someone();
    const job = await importFile(owner, other.id, calendarFile(event("second", address), event("free")));
    assert.deepEqual([job.state, job.result!.created, job.result!.unclaimed], ["done", 2, 1]);
    const timeRange = { start: "2031-09-01T00:00:00Z", end: "2031-09-02T00:00:00Z" };
    const { conflicts } = await owner("ai.detectConflicts", { body: { timeRange, subjects: [hall.id] } });
    assert.deepEqual(
      conflicts.map(({ kind, events }) => [kind, ...events.map(({ summary }) => summary).sort()]),
      [["resource", "first", "second"]],
    );
  });

  test("into the caller's own calendar needs no id", async () => {
    const job = await owner("calendars.importOwn", { query: {}, body: calendarFile(event("mine")) });
    assert.equal((await settled(owner, job.id)).result!.created, 1);
    const { items } = await owner("calendars.list", { query: {} });
    assert.ok((await titles(items.find(({ name }) => name === "Olga Owner")!.id)).includes("mine"));
  });

  test("is refused before anything is uploaded: a zone that is none, a calendar nobody has", async () => {
    const { id } = await someone();
    const ask = (calendarId: string, zone?: string) =>
      refusalOf(
        owner("calendars.import", {
          params: { id: calendarId },
          query: zone === undefined ? {} : { zone },
          body: calendarFile(),
        }),
      );
    assert.equal((await ask(id, "Prague")).code, "calendars/unknown-zone");
    assert.equal((await ask("cal_01M7XQJDB0AYZ8H1CNY9QMPS6T")).code, "request/not-found");
  });
});

describe("a preview", () => {
  test("counts and shows nothing, until it is accepted", async () => {
    const { id, busy } = await someone();
    await imported(owner, id, calendarFile(event("known")));
    const file = calendarFile(
      event("known", "LOCATION:Hall"),
      event("new"),
      "BEGIN:VEVENT",
      "UID:broken",
      "END:VEVENT",
    );
    const waiting = await importFile(owner, id, file, { preview: true });
    assert.equal(waiting.state, "waiting");
    assert.deepEqual(counts(waiting), [2, 1, 1, 0]);
    assert.deepEqual(
      waiting.result!.problems.map(({ line, severity }) => [line, severity]),
      [[17, "error"]],
    );
    assert.deepEqual([await titles(id), (await busy()).length], [["known"], 1]);

    await owner("jobs.accept", { params: { id: waiting.id } });
    const done = await settled(owner, waiting.id);
    assert.deepEqual([done.state, counts(done)], ["done", [2, 1, 1, 0]]);
    assert.deepEqual(await titles(id), ["known", "new"]);
    assert.equal((await refusalOf(owner("jobs.accept", { params: { id: waiting.id } }))).code, "jobs/not-waiting");
    assert.equal((await refusalOf(owner("jobs.cancel", { params: { id: waiting.id } }))).code, "jobs/already-done");
  });

  test("that is cancelled leaves nothing, and cannot be accepted any more", async () => {
    const { id } = await someone();
    const waiting = await importFile(owner, id, many(300), { preview: true });
    await owner("jobs.cancel", { params: { id: waiting.id } });
    assert.equal((await settled(owner, waiting.id)).state, "cancelled");
    assert.equal((await refusalOf(owner("jobs.accept", { params: { id: waiting.id } }))).code, "jobs/not-waiting");
    await sweep();
    assert.deepEqual(await titles(id), []);
    assert.deepEqual(counts(await importFile(owner, id, many(300))), [300, 300, 0, 0]);
  });

  test("that nobody looks at for days is taken away", async () => {
    const { id } = await someone();
    const waiting = await importFile(owner, id, calendarFile(event("forgotten")), { preview: true });
    await sweep();
    assert.equal((await settled(owner, waiting.id)).state, "waiting");
    await own.travel({ days: 8 });
    await sweep();
    assert.equal((await settled(owner, waiting.id)).state, "cancelled");
  });
});

describe("an import that is broken off", () => {
  test("is never seen, and the same file can be imported anew at once", async () => {
    const { id, busy } = await someone();
    const file = many(2_000, "LOCATION:Hall");
    const job = await owner("calendars.import", { params: { id }, query: {}, body: file });
    // Cancelled in the midst: some of it is written and hidden.
    await eventually(
      "half of it is written",
      () => owner("jobs.read", { params: { id: job.id } }),
      ({ progress }) => progress >= 0.5,
    );
    await owner("jobs.cancel", { params: { id: job.id } });
    const ended = await settled(owner, job.id);
    assert.equal(ended.state, "cancelled");
    assert.deepEqual([await titles(id), await busy()], [[], []]);
    assert.doesNotMatch(await exported(owner, id), /BEGIN:VEVENT/);

    const again = await importFile(owner, id, file);
    assert.deepEqual([again.state, again.result!.found, again.result!.unchanged], ["done", 2_000, 0]);
    await sweep();
    assert.equal((await titles(id)).length, 2_000);
    assert.equal((await busy()).length, 2_000);
  });

  test("gives everything back that it had taken", async () => {
    const { id, busy } = await someone();
    const job = await owner("calendars.import", { params: { id }, query: {}, body: many(2_000) });
    await eventually(
      "half of it is written",
      () => owner("jobs.read", { params: { id: job.id } }),
      ({ progress }) => progress >= 0.5,
    );
    await owner("jobs.cancel", { params: { id: job.id } });
    await settled(owner, job.id);
    await sweep();
    assert.deepEqual([await titles(id), await busy()], [[], []]);
    assert.equal(await owner("calendars.remove", { params: { id } }), null); // It is empty.
  });
});

describe("undoing an import", () => {
  /** Asks for undo, waits until the last change of it is told, and gives its request id. */
  async function undone(requestId: string): Promise<string> {
    const { latest } = await owner("changes.list", { query: { since: 0, limit: 1 } });
    const answer = await undo(requestId);
    assert.equal(answer.summary, "The import is being taken back.");
    const changed = async () => (await owner("changes.list", { query: { since: latest, limit: 1_000 } })).items;
    await eventually("the import is taken back", changed, (all) => all.some(({ type }) => type === "calendar"));
    return answer.requestId;
  }

  test("takes back what it brought and what it changed, and gives the time back", async () => {
    const { id, busy } = await someone();
    await imported(owner, id, calendarFile(event("old", "LOCATION:Here")));
    const { requestId } = await imported(
      owner,
      id,
      calendarFile(event("old", "LOCATION:There", "SEQUENCE:1"), event("new"), "BEGIN:VTODO", "UID:task", "END:VTODO"),
    );
    await undone(requestId!);
    const { events } = await owner("events.list", {
      query: { start: "2031-09-01", end: "2031-09-02", calendars: [id] },
    });
    assert.deepEqual(
      events.map(({ title, location }) => [title, location]),
      [["old", "Here"]],
    );
    assert.equal((await busy()).length, 1);
    assert.doesNotMatch(await exported(owner, id), /VTODO|There/);
  });

  test("leaves what somebody has changed since", async () => {
    const { id } = await someone();
    const { requestId } = await imported(owner, id, calendarFile(event("mine now"), event("untouched")));
    const { events } = await owner("events.list", {
      query: { start: "2031-09-01", end: "2031-09-02", calendars: [id] },
    });
    await owner("events.update", {
      params: { id: events.find(({ title }) => title === "mine now")!.id },
      body: { location: "My hall" },
    });
    await undone(requestId!);
    assert.deepEqual(await titles(id), ["mine now"]);
  });

  test("never removes an event of which it cannot know how it was before", async () => {
    const { id } = await someone();
    const long = (text: string) =>
      Array.from({ length: 1_500 }, (_, i) => `X-NOTE-${i}:${text} that makes the event larger than the log keeps`);
    await imported(owner, id, calendarFile(event("large", ...long("Some text"))));
    const { requestId } = await imported(owner, id, calendarFile(event("large", ...long("Other text"))));
    const answer = await undo(requestId!).then(
      () => "undone",
      (error: { problem: { code: string } }) => error.problem.code,
    );
    assert.ok(["undone", "undo/nothing"].includes(answer));
    if (answer === "undone") await sleep(1_000);
    assert.deepEqual(await titles(id), ["large"]);
  });

  test("of a few events can be taken back itself: redo", async () => {
    const { id, busy } = await someone();
    const { requestId } = await imported(owner, id, calendarFile(event("back"), event("again", "TRANSP:TRANSPARENT")));
    const answer = await undone(requestId!);
    assert.deepEqual([await titles(id), await busy()], [[], []]);
    await undo(answer);
    assert.deepEqual([await titles(id), (await busy()).length], [["again", "back"], 1]);
  });

  test("of several files into one calendar is taken back and done again, file by file", async () => {
    const { id } = await someone();
    const { requestId: first } = await imported(owner, id, calendarFile(event("one")));
    const { requestId: second } = await imported(owner, id, calendarFile(event("two")));
    const undoneSecond = await undone(second!);
    const undoneFirst = await undone(first!);
    assert.deepEqual(await titles(id), []);
    await undo(undoneFirst);
    await undo(undoneSecond);
    assert.deepEqual(await titles(id), ["one", "two"]);
  });

  test("is refused politely the second time, and so is redo of what was too much for one step", async () => {
    const { id } = await someone();
    const { requestId } = await imported(owner, id, many(600));
    const answer = await undone(requestId!);
    assert.deepEqual(await titles(id), []);
    assert.equal((await refusalOf(undo(requestId!))).code, "undo/nothing");
    const problem = await refusalOf(undo(answer));
    assert.deepEqual([problem.code, problem.detail], ["undo/nothing", "It changed too much to be undone in one step."]);
    assert.deepEqual(counts(await importFile(owner, id, many(600))), [600, 600, 0, 0]); // The way to have it again.
  });
});

describe("a broken event", () => {
  const broken: [name: string, lines: string[], code: string | null][] = [
    ["has no start", ["BEGIN:VEVENT", "UID:b", "END:VEVENT"], "event-without-start"],
    [
      "starts on a day that does not exist",
      ["BEGIN:VEVENT", "UID:b", "DTSTART:20310230T100000Z", "END:VEVENT"],
      "start-malformed",
    ],
    ["has a rule that is none", [event("b", "RRULE:FREQ=SOMETIMES")], null],
    ["recurs every second for ever", [event("b", "RRULE:FREQ=SECONDLY")], "rule-too-often"],
    [
      "recurs every second for ever, two hundred times",
      Array.from({ length: 200 }, (_, i) => event(`b${i}`, "RRULE:FREQ=SECONDLY")),
      "rule-too-often",
    ],
    ["recurs on the 30th of February", [event("b", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")], null],
    ["lies in the year 1", ["BEGIN:VEVENT", "UID:b", "DTSTART:00010101T100000Z", "END:VEVENT"], null],
    [
      "lies in the year 9999",
      ["BEGIN:VEVENT", "UID:b", "DTSTART:99991231T235959Z", "DURATION:P9999W", "END:VEVENT"],
      null,
    ],
    [
      "ends before it starts",
      ["BEGIN:VEVENT", "UID:b", "DTSTART:20310902T100000Z", "DTEND:20310901T100000Z", "END:VEVENT"],
      null,
    ],
    ["has no UID", ["BEGIN:VEVENT", "DTSTART:20310901T100000Z", "END:VEVENT"], "uid-missing"],
    ["has a UID of ten thousand letters", [event("u".repeat(10_000))], "uid-too-long"],
    ["has a UID of nine hundred letters", [event("u".repeat(900))], null],
    ["has the UID of a task", [event("same"), "BEGIN:VTODO", "UID:same", "SUMMARY:task", "END:VTODO"], null],
    ["is there twice", [event("twice", "SEQUENCE:1"), event("twice", "SEQUENCE:2")], "object-twice"],
    ["holds NUL and other control characters", [event("b\u0000\u0001", "DESCRIPTION:\u0000\u0007")], null],
    ["is never closed", ["BEGIN:VEVENT", "UID:b", "DTSTART:20310901T100000Z"], null],
    [
      "invites six hundred people",
      [event("b", ...Array.from({ length: 600 }, (_, i) => `ATTENDEE:mailto:crowd-${i}@crowd.example`))],
      null,
    ],
    [
      "invites nobody one can write to",
      [
        event(
          "b",
          "ATTENDEE:mailto:",
          "ATTENDEE:",
          "ATTENDEE;CUTYPE=ROOM:mailto:@",
          "ATTENDEE:urn:x-hourwright:res_01M7XQJDB0AYZ8H1CNY9QMPS6T",
        ),
      ],
      null,
    ],
    [
      "has twenty thousand excluded dates",
      [
        event(
          "b",
          "RRULE:FREQ=DAILY",
          ...Array.from(
            { length: 200 },
            (_, i) =>
              `EXDATE:${Array.from({ length: 100 }, (_, j) => `2031${String(1 + (j % 12)).padStart(2, "0")}${String(1 + (i % 28)).padStart(2, "0")}T100000Z`).join(",")}`,
          ),
        ),
      ],
      null,
    ],
    [
      "meets itself",
      [event("b", "RRULE:FREQ=HOURLY;COUNT=3"), event("c", "DTEND:20310903T100000Z", "RRULE:FREQ=DAILY;COUNT=5")],
      null,
    ],
    [
      "is larger than a megabyte",
      [
        event(
          "b",
          ...Array.from(
            { length: 20_000 },
            (_, i) => `X-NOTE-${i}:A line that makes the event larger than anybody needs`,
          ),
        ),
      ],
      "event-too-large",
    ],
  ];
  for (const [name, lines, code] of broken) {
    test(`that ${name} never costs the others`, async () => {
      const { id } = await someone();
      const job = await importFile(owner, id, calendarFile(event("before"), ...lines, event("after")));
      assert.equal(job.state, "done", job.failure ?? "");
      const found = await titles(id);
      // What is never closed takes what follows into itself; the file says so.
      assert.ok(found.includes("before") && (found.includes("after") || name === "is never closed"), found.join());
      if (code !== null)
        assert.ok(
          job.result!.problems.some((problem) => problem.code === code),
          JSON.stringify(job.result!.problems),
        );
      assert.equal((await owner("calendars.list", { query: {} })).items.length > 0, true);
    });
  }
});

describe("a hostile or broken file", () => {
  const bytes = (...values: readonly number[]) => Uint8Array.from(values);
  const nothing: [name: string, file: string | Uint8Array<ArrayBuffer>][] = [
    ["of no bytes", bytes()],
    ["of blank lines", "\r\n\r\n \r\n"],
    ["that is a web page", "<!doctype html>\n<title>Sign in</title>\n"],
    ["that is a picture", Uint8Array.from(randomBytes(20_000))],
    ["of NULs", new Uint8Array(100_000)],
    ["in UTF-16", Uint8Array.from(Buffer.from(`\ufeff${calendarFile(event("x"))}`, "utf16le"))],
    ["of one line of ten megabytes", `BEGIN:VCALENDAR:${"x".repeat(10_000_000)}`],
  ];
  for (const [name, file] of nothing) {
    test(`${name} is refused with a sentence, and leaves nothing`, async () => {
      const { id } = await someone();
      const job = await importFile(owner, id, file);
      assert.equal(job.state, "failed");
      assert.match(job.failure!, /^Nothing in the file can be read as a calendar\. Line \d+: .+\.$/);
      assert.deepEqual(await titles(id), []);
      assert.equal(await owner("calendars.remove", { params: { id } }), null);
    });
  }

  const bearable: [name: string, file: string, found: string[]][] = [
    [
      "with a description of ten megabytes",
      calendarFile(event("fine"), event("long", `DESCRIPTION:${"x".repeat(10_000_000)}`)),
      ["fine"],
    ],
    [
      "with a title of half a megabyte",
      calendarFile(event("fine"), event("long").replace("SUMMARY:long", `SUMMARY:${"y".repeat(500_000)}`)),
      ["fine", "y".repeat(1_000)],
    ],
    [
      "a thousand components deep",
      calendarFile(event("fine"), "BEGIN:X-DEEP\r\n".repeat(1_000) + "END:X-DEEP\r\n".repeat(1_000).trimEnd()),
      ["fine"],
    ],
    [
      "of a hundred thousand broken lines",
      calendarFile(event("fine"), ...Array.from({ length: 100_000 }, () => "no content line")),
      ["fine"],
    ],
    [
      "of bare line feeds, cut off in the middle",
      calendarFile(event("fine")).replaceAll("\r\n", "\n").slice(0, -20),
      ["fine"],
    ],
  ];
  for (const [name, file, expected] of bearable) {
    test(`${name} gives what can be read`, async () => {
      const { id } = await someone();
      const job = await importFile(owner, id, file);
      assert.equal(job.state, "done", job.failure ?? "");
      assert.deepEqual(await titles(id), expected);
    });
  }
});
