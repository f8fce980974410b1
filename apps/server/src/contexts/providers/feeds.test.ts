import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { after, before, describe, test } from "node:test";
import type { Answer } from "@hourwright/client";
import { startSite, type TestSite } from "../../platform/http/testing-site.ts";
import { eventually } from "../../testing/eventually.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";

type Feed = Answer<"feeds.list">["items"][number];

let own: OwnServer;
let site: TestSite;
/** What the site says, by path; a path without an answer is 404. */
const answers = new Map<string, (request: IncomingMessage, reply: ServerResponse) => void>();

before(async () => {
  own = await startOwnServer({ now: "2027-03-01T08:00:00Z", settings: { FEED_NETWORKS: "127.0.0.0/8" } });
  site = await startSite((request, reply) => {
    const answer = answers.get(request.url!);
    if (answer === undefined) reply.writeHead(404).end();
    else answer(request, reply);
  });
});
after(async () => {
  await own[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const vevent = (uid: string, title: string, start: string, more: readonly string[] = []): string =>
  [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20270101T000000Z",
    `SUMMARY:${title}`,
    `DTSTART:${start}`,
    "DURATION:PT1H",
    ...more,
    "END:VEVENT",
  ].join("\r\n");
const calendarOf = (...events: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...events, "END:VCALENDAR", ""].join("\r\n");
const some = (count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    vevent(`m${at}@league`, `Match ${at}`, `202704${String(at + 1).padStart(2, "0")}T100000Z`),
  );

const says = (path: string, text: string, headers: Record<string, string> = {}) =>
  void answers.set(
    path,
    (_, reply) => void reply.writeHead(200, { "content-type": "text/calendar", ...headers }).end(text),
  );
const subscribe = (path: string, name: string) =>
  own.owner("feeds.create", { body: { url: `http://127.0.0.1:${site.port}${path}`, name } });
const feedNow = async (id: string): Promise<Feed> =>
  (await own.owner("feeds.list", {})).items.find((each) => each.id === id)!;

/** The feed once it was tried after `than`. */
const tried = (id: string, than: string | null): Promise<Feed> =>
  eventually(
    "the feed is tried",
    () => feedNow(id),
    ({ lastTriedAt }) => lastTriedAt !== null && lastTriedAt !== than,
  );

async function polled(id: string, acceptEmptied = false): Promise<Feed> {
  const before = await feedNow(id);
  await own.owner("feeds.poll", { params: { id }, body: { acceptEmptied } });
  return tried(id, before.lastTriedAt);
}

const titlesOf = async ({ calendarId }: Feed): Promise<string[]> => {
  const query = { start: "2027-03-01", end: "2027-06-01", calendars: [calendarId] };
  return (await own.owner("events.list", { query })).events.map(({ title }) => title).toSorted();
};

describe("a feed by address", () => {
  test("brings events, shows them as busy time that forbids nothing, and follows what changes and vanishes", async () => {
    says("/a.ics", calendarOf(...some(6)));
    const made = await subscribe("/a.ics", "League");
    assert.deepEqual([made.state, made.host], ["new", `127.0.0.1:${site.port}`]);
    const first = await tried(made.id, null);
    assert.deepEqual(
      [first.state, first.events, first.failures, first.sentence],
      ["fresh", 6, 0, "6 events, as the source has them."],
    );
    assert.equal((await titlesOf(first)).length, 6);
    const { items } = await own.owner("calendars.list", {});
    const calendar = items.find(({ id }) => id === first.calendarId)!;
    assert.deepEqual([calendar.policy, calendar.fed, calendar.access], ["observe", true, "own"]);
    const mine = { title: "Mine", start: "2027-04-01T10:00:00Z" };
    const asked = await refusalOf(own.owner("events.create", { body: { ...mine, conflictResolution: "manual" } }));
    assert.equal(asked.code, "claims/taken", "a calendar that warns asks");
    await own.owner("events.create", { body: { ...mine, preventConflicts: false } });

    says(
      "/a.ics",
      calendarOf(
        ...some(4),
        vevent("m9@league", "Final", "20270501T100000Z"),
        vevent("m4@league", "Moved", "20270502T100000Z"),
      ),
    );
    await polled(made.id);
    assert.deepEqual(await titlesOf(first), ["Final", "Match 0", "Match 1", "Match 2", "Match 3", "Moved"]);
  });

  test("is written by nobody here, and keeps its policy", async () => {
    says("/b.ics", calendarOf(vevent("b@x", "Theirs", "20270405T100000Z", ["ATTENDEE:mailto:owner@own.example"])));
    const feed = await tried((await subscribe("/b.ics", "Theirs")).id, null);
    const into = own.owner("events.create", {
      body: { title: "No", start: "2027-04-05T12:00:00Z", calendarId: feed.calendarId },
    });
    assert.equal((await refusalOf(into)).code, "calendars/read-only");
    const { events } = await own.owner("events.list", {
      query: { start: "2027-04-05", end: "2027-04-06", calendars: [feed.calendarId] },
    });
    assert.equal(events[0]!.canEdit, false);
    assert.equal(
      (await refusalOf(own.owner("events.remove", { params: { id: events[0]!.id } }))).code,
      "calendars/read-only",
    );
    const policy = own.owner("calendars.update", { params: { id: feed.calendarId }, body: { policy: "forbid" } });
    assert.equal((await refusalOf(policy)).code, "calendars/read-only");
    const renamed = await own.owner("calendars.update", {
      params: { id: feed.calendarId },
      body: { name: "Renamed", colour: 20 },
    });
    assert.deepEqual([renamed.name, renamed.colour], ["Renamed", 20]);
  });

  test("takes no time of people it names: whoever writes a feed must not fill other people’s calendars", async () => {
    await own.owner("people.create", { body: { name: "Victim", email: "victim@own.example" } });
    says(
      "/v.ics",
      calendarOf(
        vevent("v@x", "Trap", "20270407T100000Z", [
          "ATTENDEE:mailto:victim@own.example",
          "ATTENDEE:mailto:new@else.example",
        ]),
      ),
    );
    await tried((await subscribe("/v.ics", "Trap")).id, null);
    const { items } = await own.owner("people.list", { query: { search: "" } });
    const victim = items.find(({ email }) => email === "victim@own.example")!;
    const { items: busy } = await own.owner("subjects.freeBusy", {
      query: { subjects: [victim.id], start: "2027-04-07T00:00:00Z", end: "2027-04-08T00:00:00Z" },
    });
    assert.deepEqual(busy[0]!.busy, []);
    assert.ok(!items.some(({ email }) => email === "new@else.example"));
  });

  test("halts when nearly everything has vanished, says so, and takes it when somebody accepts", async () => {
    says("/e.ics", calendarOf(...some(8)));
    const feed = await tried((await subscribe("/e.ics", "Emptied")).id, null);
    says("/e.ics", calendarOf(some(1)[0]!));
    const halted = await polled(feed.id);
    assert.deepEqual([halted.state, halted.failures], ["halted", 1]);
    assert.match(halted.sentence, /^Nearly everything has vanished.* It had 8 events and has 1\.$/);
    assert.equal((await titlesOf(feed)).length, 8);
    const accepted = await polled(feed.id, true);
    assert.deepEqual([accepted.state, await titlesOf(feed)], ["fresh", ["Match 0"]]);
  });

  test("that was emptied and comes back goes on by itself", async () => {
    says("/f.ics", calendarOf(...some(8)));
    const feed = await tried((await subscribe("/f.ics", "Back")).id, null);
    says("/f.ics", calendarOf());
    assert.equal((await polled(feed.id)).state, "halted");
    says("/f.ics", calendarOf(...some(9)));
    assert.equal((await polled(feed.id)).state, "fresh");
    assert.equal((await titlesOf(feed)).length, 9);
  });

  test("asks only whether it has changed, and keeps what it has through 304, older copies, nonsense and failures", async () => {
    let asked = 0;
    answers.set("/c.ics", (request, reply) => {
      asked++;
      if (request.headers["if-none-match"] === '"v1"') return void reply.writeHead(304).end();
      return void reply
        .writeHead(200, { etag: '"v1"', "last-modified": "Mon, 01 Mar 2027 07:00:00 GMT" })
        .end(calendarOf(...some(2)));
    });
    const feed = await tried((await subscribe("/c.ics", "Careful")).id, null);
    const same = await polled(feed.id);
    assert.deepEqual([same.state, same.changedAt, asked], ["fresh", feed.changedAt, 2]);
    assert.notEqual(same.lastFreshAt, feed.lastFreshAt);

    says("/c.ics", calendarOf(some(1)[0]!), { "last-modified": "Sun, 28 Feb 2027 07:00:00 GMT" });
    assert.match((await polled(feed.id)).sentence, /older copy/);
    says("/c.ics", "<html>Please sign in</html>");
    assert.match((await polled(feed.id)).sentence, /no calendar/);
    answers.set("/c.ics", (_, reply) => void reply.writeHead(302, { location: "/a.ics" }).end());
    assert.match((await polled(feed.id)).sentence, /leads to another/);
    answers.delete("/c.ics");
    const gone = await polled(feed.id);
    assert.match(gone.sentence, /does not give the calendar out.* It answered 404\. \(4 times in a row\)$/);
    assert.equal(gone.lastFreshAt, same.lastFreshAt, "its age is that of what it holds");
    assert.equal((await titlesOf(feed)).length, 2);
  });

  test("keeps what can be read of a file that is broken in places", async () => {
    says(
      "/m.ics",
      calendarOf(some(1)[0]!, "BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:No start\r\nEND:VEVENT", "GARBAGE", some(2)[1]!),
    );
    const feed = await tried((await subscribe("/m.ics", "Malformed")).id, null);
    assert.equal(feed.state, "fresh");
    assert.ok((await titlesOf(feed)).includes("Match 1"), feed.sentence);
  });

  test("is refused with an address that is none, and fails in one sentence with one inside", async () => {
    for (const url of ["ftp://feeds.example/a.ics", "nonsense", "https://ana:secret@feeds.example/"])
      assert.equal(
        (await refusalOf(own.owner("feeds.create", { body: { url, name: "No" } }))).code,
        "providers/bad-address",
      );
    for (const url of ["http://10.0.0.1/a.ics", "http://[::1]:9/a.ics", "http://169.254.169.254/latest/"]) {
      const feed = await tried((await own.owner("feeds.create", { body: { url, name: "Inside" } })).id, null);
      assert.deepEqual(
        [feed.state, feed.sentence],
        ["failing", "No server of the public internet has this address. Check it for a mistake."],
      );
    }
  });

  test("goes with its calendar and its events, and belongs to who manages the calendar", async () => {
    says("/g.ics", calendarOf(...some(3)));
    const feed = await tried((await subscribe("/g.ics", "Going")).id, null);
    const { link } = await own.owner("invitations.create", { body: {} });
    const password = "a long sentence of mine";
    await own.server.stranger("join.accept", {
      body: { token: link.split("/join/")[1]!, name: "Eve", email: "eve@own.example", password },
    });
    const eve = await own.server.signedIn("eve@own.example", password);
    assert.deepEqual((await eve("feeds.list", {})).items, []);
    for (const call of [
      () => eve("feeds.poll", { params: { id: feed.id }, body: {} }),
      () => eve("feeds.remove", { params: { id: feed.id } }),
    ])
      assert.equal((await refusalOf(call())).code, "request/not-found");
    await own.owner("feeds.remove", { params: { id: feed.id } });
    assert.equal(
      (await own.owner("calendars.list", {})).items.find(({ id }) => id === feed.calendarId),
      undefined,
    );
    assert.equal(await feedNow(feed.id), undefined);
  });

  test("of more events than go in one unit is removed in several", async () => {
    says(
      "/l.ics",
      calendarOf(...Array.from({ length: 230 }, (_, at) => vevent(`l${at}@x`, `Large ${at}`, "20270410T100000Z"))),
    );
    const feed = await tried((await subscribe("/l.ics", "Large")).id, null);
    assert.equal(feed.events, 230);
    await own.owner("feeds.remove", { params: { id: feed.id } });
    assert.equal(await feedNow(feed.id), undefined);
    const calendars = async () => (await own.owner("calendars.list", {})).items.map(({ id }) => id);
    await eventually("its calendar is gone", calendars, (ids) => !ids.includes(feed.calendarId));
  });
});
