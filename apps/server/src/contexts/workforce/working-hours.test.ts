import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { isRefused } from "@hourwright/contract";
import * as fc from "fast-check";
import { becomes, eventually } from "../../testing/eventually.ts";
import { refusalOf } from "../../testing/server.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { decideWeek, type WrittenStretch } from "./decide.ts";

const stretch = (weekday: number, opens: string, closes: string): WrittenStretch => ({ weekday, opens, closes });
const answerTo = (week: readonly WrittenStretch[]): string => {
  const decided = decideWeek(week);
  return isRefused(decided) ? decided.refused.detail : "a week";
};

describe("a week", () => {
  const table: [week: readonly WrittenStretch[], answer: string][] = [
    [[], "a week"],
    [[stretch(1, "09:00", "12:00"), stretch(1, "12:00", "17:00")], "a week"],
    [[stretch(7, "00:00", "24:00")], "a week"],
    [[stretch(2, "17:00", "09:00")], "Tuesday, 17:00 to 09:00: it has to close later than it opens."],
    [[stretch(2, "09:00", "09:00")], "Tuesday, 09:00 to 09:00: it has to close later than it opens."],
    [
      [stretch(5, "13:00", "17:00"), stretch(5, "09:00", "13:01")],
      "Friday: 13:00 lies before 13:01. Make one stretch of the two.",
    ],
    [[stretch(5, "09:00", "13:00"), stretch(6, "09:00", "13:00")], "a week"],
  ];
  for (const [week, answer] of table)
    test(`of ${week.map(({ weekday, opens, closes }) => `${weekday} ${opens}–${closes}`).join(", ") || "nothing"}: ${answer}`, () =>
      assert.equal(answerTo(week), answer));

  test("is one exactly when no minute is in two of its stretches", () => {
    const clock = fc
      .integer({ min: 0, max: 95 })
      .map(
        (quarter) =>
          `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`,
      );
    const some = fc.array(fc.record({ weekday: fc.integer({ min: 1, max: 2 }), opens: clock, closes: clock }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(some, (week) => {
        const seen = new Set<string>();
        let fits = true;
        for (const { weekday, opens, closes } of week) {
          if (opens >= closes) fits = false;
          for (let quarter = 0; quarter < 96; quarter++) {
            const at = `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
            if (at < opens || at >= closes) continue;
            if (seen.has(`${weekday} ${at}`)) fits = false;
            seen.add(`${weekday} ${at}`);
          }
        }
        assert.equal(answerTo(week) === "a week", fits);
      }),
    );
  });
});

describe("working hours", () => {
  let own: OwnServer;
  before(async () => void (own = await startOwnServer({ now: "2027-03-01T08:00:00Z" })));
  after(() => own[Symbol.asyncDispose]());

  const week = [1, 2, 3, 4, 5].map((weekday) => stretch(weekday, "09:00", "17:00"));
  const put = (subjectId: string | null, given: readonly WrittenStretch[] | null) =>
    own.owner("workingHours.put", { body: { subjectId, week: given === null ? null : [...given] } });

  /** When a person may be claimed within a day, as soon as it is so; fails when it never is. */
  async function opensAs(subjectId: string, day: string, wanted: readonly string[]): Promise<void> {
    const end = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    const query = { subjects: [subjectId], start: `${day}T00:00:00+01:00`, end: `${end}T00:00:00+01:00` };
    await becomes(async () => {
      const { items } = await own.owner("subjects.freeBusy", { query });
      return items[0]!.available.map((each) => `${each.start.slice(11, 16)}/${each.end.slice(11, 16)}`);
    }, wanted);
  }

  test("of the organisation open everybody at once; a person’s own replace them, also when they never work", async () => {
    const { personId } = await own.owner("me.read", {});
    const other = await own.owner("people.create", { body: { name: "Other" } });
    await put(null, week);
    await opensAs(personId, "2027-03-02", ["08:00/16:00"]);
    await opensAs(other.id, "2027-03-02", ["08:00/16:00"]);
    const own2 = await put(other.id, [stretch(2, "06:30", "10:00"), stretch(2, "12:00", "14:45")]);
    assert.equal(own2.own, true);
    await opensAs(other.id, "2027-03-02", ["05:30/09:00", "11:00/13:45"]);
    await opensAs(personId, "2027-03-02", ["08:00/16:00"]);
    await put(other.id, []);
    await opensAs(other.id, "2027-03-02", []);
    assert.deepEqual(await own.owner("workingHours.read", { query: { subject: other.id } }), {
      subjectId: other.id,
      own: true,
      week: [],
    });
    const { value, requestId } = await own.owner.full("workingHours.put", {
      body: { subjectId: other.id, week: null },
    });
    assert.deepEqual([value.own, value.week.length], [false, 5]);
    await opensAs(other.id, "2027-03-02", ["08:00/16:00"]);
    await own.owner("requests.undo", { params: { id: requestId! } });
    await opensAs(other.id, "2027-03-02", []);
  });

  test("keep who was written down a moment ago from being booked at night, until they are known", async () => {
    const starts = async (slug: string) => {
      const people = [];
      for (const name of ["Uma", "Vic", "Wim"]) people.push((await own.owner("people.create", { body: { name } })).id);
      const roles = [{ name: "Somebody", anyOf: people }];
      const { id } = await own.owner("services.create", { body: { name: slug, slug, lengths: [60], roles } });
      const query = { from: "2027-03-08T00:00:00Z", to: "2027-03-15T00:00:00Z" };
      const slots = async () =>
        (await own.server.stranger("services.slots", { params: { id }, query })).items.map(({ start }) => start);
      const atOnce = await slots();
      const after = await eventually("something is offered", slots, ({ length }) => length > 0);
      return [atOnce, after] as const;
    };
    const hourOf = (start: string) => Number(start.slice(11, 13));
    const isAtNight = (start: string) => hourOf(start) < 9 || hourOf(start) >= 17;

    await put(null, week);
    const [atOnce, after] = await starts("by-day");
    assert.deepEqual(atOnce.filter(isAtNight), []);
    assert.ok(after.length > 0 && !after.some(isAtNight));

    await put(null, null);
    const [, whenever] = await starts("whenever");
    assert.ok(whenever.some(isAtNight), "of whom nobody says anything, anything goes");
    await put(null, week);
  });

  test("follow a person to another zone, and end with a person who is retired", async () => {
    const mover = await own.owner("people.create", { body: { name: "Mover" } });
    await opensAs(mover.id, "2027-03-03", ["08:00/16:00"]);
    await own.owner("people.update", { params: { id: mover.id }, body: { zone: "Europe/Lisbon" } });
    await opensAs(mover.id, "2027-03-03", ["09:00/17:00"]);
    await own.owner("people.remove", { params: { id: mover.id } });
    await opensAs(mover.id, "2027-03-03", []);
    await own.owner("people.update", { params: { id: mover.id }, body: { retired: false } });
    await opensAs(mover.id, "2027-03-03", ["09:00/17:00"]);
  });

  test("stop on holidays, which are renamed by adding them again and taken back by undo", async () => {
    const { personId } = await own.owner("me.read", {});
    await own.owner("holidays.add", { body: { days: [{ day: "2027-03-04", name: "Moving day" }] } });
    await opensAs(personId, "2027-03-04", []);
    const { requestId } = await own.owner.full("holidays.add", {
      body: { days: [{ day: "2027-03-04", name: "Day off" }] },
    });
    const listed = async () =>
      (await own.owner("holidays.list", { query: { from: "2027-03-01", to: "2027-04-01" } })).items.map(
        ({ day, name }) => ({ day, name }),
      );
    assert.deepEqual(await listed(), [{ day: "2027-03-04", name: "Day off" }]);
    await own.owner("requests.undo", { params: { id: requestId! } });
    assert.deepEqual(await listed(), [{ day: "2027-03-04", name: "Moving day" }]);
    await own.owner("holidays.remove", { params: { day: "2027-03-04" } });
    await opensAs(personId, "2027-03-04", ["08:00/16:00"]);
    assert.equal(
      (await refusalOf(own.owner("holidays.remove", { params: { day: "2027-03-04" } }))).code,
      "request/not-found",
    );
  });

  test("are refused as one week when two meet, and for the organisation to who does not rule it", async () => {
    assert.equal(
      (await refusalOf(put(null, [stretch(1, "09:00", "12:00"), stretch(1, "11:00", "13:00")]))).code,
      "workforce/stretches-meet",
    );
    const many = Array.from({ length: 21 }, (_, at) =>
      stretch(1, `${String(at).padStart(2, "0")}:00`, `${String(at).padStart(2, "0")}:30`),
    );
    assert.equal((await refusalOf(put(null, many))).code, "request/invalid");
    const { link } = await own.owner("invitations.create", { body: {} });
    const password = "a long sentence of mine";
    const { me } = await own.server.stranger("join.accept", {
      body: { token: link.split("/join/")[1]!, name: "Member", email: "member@own.example", password },
    });
    const member = await own.server.signedIn("member@own.example", password);
    const { personId } = await own.owner("me.read", {});
    const codeOf = async (subjectId: string | null) =>
      (await refusalOf(member("workingHours.put", { body: { subjectId, week: [] } }))).code;
    assert.equal(await codeOf(null), "request/forbidden");
    assert.equal(await codeOf(personId), "request/forbidden");
    await member("workingHours.put", { body: { subjectId: me!.personId, week: [stretch(3, "10:00", "12:00")] } });
    await opensAs(me!.personId, "2027-03-03", ["09:00/11:00"]);
  });
});
