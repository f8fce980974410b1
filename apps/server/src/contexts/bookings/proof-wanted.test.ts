// Strategy: an organisation asks for proof; strangers hold without it until they are stopped, and with it go on; the page does the same by
// its forms, with what a script would have found and without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually } from "../../testing/eventually.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";
import { isDone } from "./proof.ts";

const UNPROVEN_MAX = 10;

describe("an organisation that asks for proof of work", () => {
  let own: OwnServer;
  let serviceId = "";
  const start = "2027-03-03T09:00:00Z";

  before(async () => {
    own = await startOwnServer({ now: "2027-03-01T08:00:00Z", settings: { RATE_LIMIT: "on" } });
    const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "08:00", closes: "18:00" }));
    await own.owner("workingHours.put", { body: { subjectId: null, week } });
    const petra = await own.owner("people.create", { body: { name: "Petra" } });
    const service = await own.owner("services.create", {
      body: { name: "Lesson", slug: "lesson", zone: "UTC", lengths: [60], roles: [{ name: "Who", anyOf: [petra.id] }] },
    });
    serviceId = service.id;
    const query = { from: "2027-03-03T08:00:00Z", to: "2027-03-03T12:00:00Z" };
    const slots = async () => (await own.server.stranger("services.slots", { params: { id: serviceId }, query })).items;
    await eventually("something is offered", slots, ({ length }) => length > 0);
  });
  after(() => own[Symbol.asyncDispose]());

  const hold = async (proof?: string) => {
    const body = { serviceId, start, ...(proof === undefined ? {} : { proof }) };
    const { id, key } = await own.server.stranger("holds.create", { body });
    await own.server.stranger("holds.remove", { params: { id }, query: { key } });
  };
  const proof = async () => {
    const { challenge } = await own.server.stranger("services.challenge", { params: { id: serviceId } });
    for (let number = 0; ; number++) if (isDone(`${challenge}.${number}`)) return `${challenge}.${number}`;
  };

  test("asks nobody before it is switched on", async () => {
    assert.equal((await own.server.stranger("services.challenge", { params: { id: serviceId } })).challenge, null);
    for (let left = UNPROVEN_MAX + 1; left > 0; left--) await hold();
    await own.owner("bookingPage.put", { body: { who: "proof-school", asksForProof: true } });
  });

  test("lets whoever has no script hold a few times, and then asks them to wait", async () => {
    for (let left = UNPROVEN_MAX; left > 0; left--) await hold();
    const refused = await refusalOf(hold());
    assert.deepEqual([refused.code, refused.status], ["bookings/proof-wanted", 429]);
    assert.ok(Number(refused["retryAfterSeconds"]) > 0);
    assert.equal((await refusalOf(hold("made.up.proof.1"))).code, "bookings/proof-wanted");
  });

  test("lets each in who has done the work, once for each time", async () => {
    const done = await proof();
    await hold(done);
    assert.equal((await refusalOf(hold(done))).code, "bookings/proof-wanted");
    await hold(await proof());
  });

  test("asks nobody who belongs to it", async () => {
    const { id, key } = await own.owner("holds.create", { body: { serviceId, start } });
    await own.owner("holds.remove", { params: { id }, query: { key } });
  });

  test("prints a challenge on its page, takes what the script found, and tells who has none how long to wait", async () => {
    const address = `${own.server.url}/book/proof-school/lesson?on=2027-03-03`;
    const html = await (await fetch(address)).text();
    const challenge = /data-challenge="([^"]+)"\s+data-bits="16"/.exec(html)![1]!;
    const send = (found: string) =>
      fetch(`${own.server.url}/book/proof-school/lesson/hold`, {
        method: "POST",
        body: new URLSearchParams({ start, proof: found, name: "Ada" }),
        redirect: "manual",
      });
    const without = await send("");
    assert.equal(without.status, 429);
    assert.match(await without.text(), /value="Ada"/);
    let number = 0;
    while (!isDone(`${challenge}.${number}`)) number++;
    assert.equal((await send(`${challenge}.${number}`)).status, 303);
  });
});
