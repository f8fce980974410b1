// Strategy: a calendar elsewhere is fetched, then its server falls silent and the clock goes on: slots, why, holds and bookings are
// looked at under each policy, and again when it is read once more.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startSite, type TestSite } from "../../platform/http/testing-site.ts";
import { eventually } from "../../testing/eventually.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";

const CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nEND:VCALENDAR\r\n";

describe("a calendar elsewhere that is not read any more", () => {
  let own: OwnServer;
  let site: TestSite;
  let isSilent = false;
  let serviceId = "";
  let feedId = "";
  const START = "2027-03-03T09:00:00Z";

  before(async () => {
    own = await startOwnServer({ now: "2027-03-01T08:00:00Z", settings: { FEED_NETWORKS: "127.0.0.0/8" } });
    site = await startSite((_, reply) =>
      isSilent ? reply.writeHead(503).end() : reply.writeHead(200, { "content-type": "text/calendar" }).end(CALENDAR),
    );
    const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "08:00", closes: "18:00" }));
    await own.owner("workingHours.put", { body: { subjectId: null, week } });
    const petra = await own.owner("people.create", { body: { name: "Petra" } });
    const feed = await own.owner("feeds.create", {
      body: { url: `http://127.0.0.1:${site.port}/private.ics`, name: "Private", ownerSubjectId: petra.id },
    });
    feedId = feed.id;
    const service = await own.owner("services.create", {
      body: {
        name: "Lesson",
        slug: "lesson",
        zone: "UTC",
        lengths: [60],
        roles: [{ name: "Instructor", anyOf: [petra.id] }],
        stale: { policy: "refuse", afterMinutes: 60 },
      },
    });
    serviceId = service.id;
  });
  after(async () => {
    await own[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  });

  const slots = async () =>
    (
      await own.server.stranger("services.slots", {
        params: { id: serviceId },
        query: { from: "2027-03-03T08:00:00Z", to: "2027-03-03T12:00:00Z" },
      })
    ).items;
  const hold = () => own.server.stranger("holds.create", { body: { serviceId, start: START } });
  const why = () => own.owner("services.why", { params: { id: serviceId }, query: { at: START } });
  const set = (policy: "book" | "ask" | "refuse") =>
    own.owner("services.update", { params: { id: serviceId }, body: { stale: { policy, afterMinutes: 60 } } });
  const book = async (start = START) => {
    const held = await own.server.stranger("holds.create", { body: { serviceId, start } });
    const customer = { name: "Ada", email: "ada@example.org" };
    return own.server.stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } });
  };

  test("is booked by while it is young, and refused, with its age, when age alone made it too old", async () => {
    await eventually("its times are offered", async () => (await slots()).length > 0);
    isSilent = true;
    await own.travel({ minutes: 20 });
    assert.ok((await slots()).length > 0, "twenty minutes old it still does");
    await own.travel({ hours: 3 });
    assert.deepEqual(await slots(), [], "what was kept of slots is not believed past their time");
    assert.equal((await refusalOf(hold())).code, "bookings/not-offered");
    const told = await why();
    assert.equal(told.isOffered, false);
    assert.match(
      told.reasons[0]!.sentence,
      /Petra may not: The calendar “Private” was last read (3 hours|\d+ minutes) ago, and may be 1 hour old/,
    );
    assert.match(
      told.relaxation![0]!.sentence,
      /for Petra: “Private” were read again, or calendars might be \d+ (hours|minutes) old/,
    );
    assert.equal(told.calendars[0]!.isStale, true);
    const minutes = Number(/(\d+) hours old/.exec(told.relaxation![0]!.sentence)![1]) * 60;
    await own.owner("services.update", {
      params: { id: serviceId },
      body: { stale: { policy: "refuse", afterMinutes: minutes } },
    });
    assert.equal((await why()).isOffered, true, "the nearest relaxation makes it possible");
    assert.ok((await slots()).length > 0);
  });

  test("makes a booking ask for a yes, and says why to the organisation alone", async () => {
    await set("ask");
    const asked = await book();
    assert.deepEqual([asked.state, asked.needsApproval, asked.unsure], ["requested", true, []]);
    const seen = await own.owner("bookings.read", { params: { id: asked.id } });
    assert.deepEqual([seen.unsure[0]!.subject.name, seen.unsure[0]!.calendar], ["Petra", "Private"]);
    await own.owner("bookings.approve", { params: { id: asked.id } });
    const key = new URL(asked.link, "http://a").searchParams.get("key")!;
    const moved = await own.server.stranger("bookings.reschedule", {
      params: { id: asked.id },
      body: { key, start: "2027-03-03T10:00:00Z" },
    });
    assert.equal(moved.state, "requested", "moved it asks again");
  });

  test("is booked all the same where the service would have it so", async () => {
    await set("book");
    const booked = await book();
    assert.deepEqual([booked.state, booked.needsApproval], ["confirmed", false]);
    assert.equal((await why()).calendars[0]!.isStale, true, "its age is told even so");
  });

  test("is offered again as soon as it is read again", async () => {
    await set("refuse");
    assert.deepEqual(await slots(), []);
    isSilent = false;
    await own.owner("feeds.poll", { params: { id: feedId }, body: {} });
    await eventually("its times are offered again", async () => (await slots()).length > 0);
  });
});
