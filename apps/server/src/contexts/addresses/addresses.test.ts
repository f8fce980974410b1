// Strategy: on both databases, through the API: what is read at an address without signing in is what its maker may see, whoever reads it;
// it ends with the address, with their sign-in, and with what they may see of a league.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import type { Catalogue, OperationCall } from "@hourwright/contract";
import { instancesOf, readCalendar } from "@hourwright/ical";
import { UTC } from "@hourwright/time";
import { eventually } from "../../testing/eventually.ts";
import { databases, monday, openSchool, withoutHolidays, type School } from "../../testing/school.ts";
import { INSTRUCTOR, MANAGER, MEMBER, refusalOf } from "../../testing/server.ts";

type What = OperationCall<Catalogue["calendarAddresses.create"]>["body"]["what"];
const SHIFTS = { kind: "shifts" } as const;
const day = (later: number): string => monday.add({ days: later }).toString();

for (const kind of databases) {
  describe(`private addresses on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let school: School;
    let owner: Client;
    let instructor: Client;
    let manager: Client;
    before(async () => {
      school = await openSchool(kind, { who: "follow" });
      ({ owner } = school);
      await withoutHolidays(owner);
      [instructor, manager] = [await school.server.signedIn(INSTRUCTOR), await school.server.signedIn(MANAGER)];
    });
    after(() => school[Symbol.asyncDispose]());

    const make = (by: Client, what: What = SHIFTS) => by("calendarAddresses.create", { body: { what } });
    const fetched = (url: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(school.server.url + new URL(url).pathname, { headers });
    async function eventsAt(url: string) {
      const answer = await fetched(url);
      assert.equal(answer.status, 200, url);
      assert.equal(answer.headers.get("content-type"), "text/calendar; charset=utf-8");
      const { objects, problems } = readCalendar(new Uint8Array(await answer.arrayBuffer()));
      assert.deepEqual(problems, []);
      const everything = { fromMs: 0, toMs: ms("2199-01-01T00:00Z"), floatingZone: UTC };
      return objects.flatMap((object) =>
        instancesOf(object, everything).instances.map(({ startMs, endMs, view: { summary, location } }) => {
          return { uid: object.uid, summary, location, startMs, endMs };
        }),
      );
    }
    const status = async (url: string): Promise<number> => (await fetched(url)).status;

    test("tell one's own shifts, as they stand in the schedule, and what changes with them", async () => {
      const { personId } = await instructor("me.read", {});
      const [last] = (await owner("contracts.list", { query: { person: personId } })).items;
      const { nominal, weeks, anchor } = last!;
      await owner("contracts.create", {
        body: { personId, from: day(0), nominal, weeks, anchor, site: "Driving school" },
      });
      const { url } = await make(instructor);
      const query = { from: day(0), to: day(7) };
      const within = async () => {
        const [fromMs, toMs] = [day(0), day(7)].map(
          (text) => Temporal.PlainDate.from(text).toZonedDateTime("Europe/Prague").epochMilliseconds,
        ) as [number, number];
        return (await eventsAt(url)).filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
      };
      const minutesOf = async () => {
        const { stretches } = await instructor("schedules.read", { params: { personId }, query });
        const worked = stretches.filter((each) => each.kind === "work" || each.kind === "break");
        return worked.reduce((sum, { start, end }) => sum + (ms(end) - ms(start)) / 60_000, 0);
      };
      const before = await within();
      assert.ok(before.length > 0, "the week of the demo has shifts");
      assert.equal(sumOf(before), await minutesOf());
      assert.deepEqual(
        before.filter(({ summary, location }) => summary === "" || location !== "Driving school"),
        [],
        "each is called something, and is at the site of the contract where it names none",
      );
      assert.equal(new Set(before.map(({ uid }) => uid)).size, before.length);
      const away = before[0]!;
      const date = Temporal.Instant.fromEpochMilliseconds(away.startMs).toZonedDateTimeISO("Europe/Prague");
      const from = date.toPlainDate().toString();
      const what = { kind: "absence", type: "leave", from, until: from } as const;
      const { id } = await owner("adjustments.create", { body: { personId, what } });
      assert.deepEqual(await within(), before, "what is asked for is not yet so");
      await owner("adjustments.approve", { params: { id }, body: {} });
      const later = await within();
      assert.equal(sumOf(later), await minutesOf());
      assert.ok(!later.some(({ uid }) => uid === away.uid), "who is away has no shift");
      assert.ok(later.length < before.length);
    });

    test("are one for one thing; taken away, they tell nothing, and the next is another", async () => {
      const first = await make(manager);
      assert.deepEqual(await make(manager), first);
      assert.deepEqual((await manager("calendarAddresses.list", {})).items, [first]);
      const etag = (await fetched(first.url)).headers.get("etag")!;
      assert.equal((await fetched(first.url, { "if-none-match": etag })).status, 304);
      const others = await refusalOf(instructor("calendarAddresses.remove", { params: { id: first.id } }));
      assert.equal(others.status, 404);
      await manager("calendarAddresses.remove", { params: { id: first.id } });
      assert.equal(await status(first.url), 404);
      assert.deepEqual((await manager("calendarAddresses.list", {})).items, []);
      const next = await make(manager);
      assert.notEqual(next.url, first.url);
      assert.equal(await status(next.url), 200);
      assert.equal(
        await status(next.url.replace(/.\/calendar/, (tail) => (tail[0] === "A" ? "B" : "A") + "/calendar")),
        404,
      );
      assert.equal(await status(`${school.server.url}/v1/follow/short/calendar.ics`), 404);
      assert.equal((await fetch(`${school.server.url}/v1/follow/%00/calendar.ics`)).status, 400);
      await manager("calendarAddresses.remove", { params: { id: next.id } });
    });

    test("are not taken back by an undo, which says so", async () => {
      const undone = async (requestId: string | null) => {
        const { code, reason } = await refusalOf(manager("requests.undo", { params: { id: requestId! } }));
        return [code, reason];
      };
      const { value, requestId } = await manager.full("calendarAddresses.create", { body: { what: SHIFTS } });
      assert.deepEqual(await undone(requestId), ["undo/nothing", "no-way-back"]);
      const removed = await manager.full("calendarAddresses.remove", { params: { id: value.id } });
      assert.deepEqual(await undone(removed.requestId), ["undo/nothing", "no-way-back"]);
      assert.deepEqual((await manager("calendarAddresses.list", {})).items, []);
    });

    test("end with whoever made them", async () => {
      const member = await school.server.signedIn(MEMBER);
      const { personId } = await member("me.read", {});
      const { url } = await make(member);
      assert.equal(await status(url), 200);
      await owner("people.remove", { params: { id: personId } });
      assert.equal(await status(url), 404);
    });

    test("of a league tell its fixtures, or those of one team, while their maker may see it", async () => {
      const { id: calendarId } = await owner("calendars.create", {
        body: { name: "League", sharing: "read", ownerSubjectId: null },
      });
      const league = await owner("leagues.create", {
        body: {
          name: "Autumn",
          calendarId,
          dates: { firstDay: day(5) },
          teams: ["Stags", "Herons", "Otters", "Foxes"].map((name) => ({ name, venueId: null })),
        },
      });
      await owner("leagues.plan", { params: { id: league.id }, body: { seconds: 30, steps: 5_000 } });
      const read = () => owner("leagues.read", { params: { id: league.id }, query: {} });
      const planned = await eventually("it is planned", read, ({ fixtures }) => fixtures.length > 0);
      const [team] = planned.teams;
      const ofLeague = { kind: "league", leagueId: league.id } as const;
      const all = await make(instructor, { ...ofLeague, teamId: null });
      const one = await make(instructor, { ...ofLeague, teamId: team!.id });
      assert.equal((await eventsAt(all.url)).length, planned.fixtures.length);
      const own = planned.fixtures.filter(({ homeId, awayId }) => [homeId, awayId].includes(team!.id));
      assert.deepEqual(
        (await eventsAt(one.url)).map(({ startMs }) => startMs).sort((a, b) => a - b),
        own.map(({ start }) => ms(start)).sort((a, b) => a - b),
      );
      const unknown = await refusalOf(make(instructor, { ...ofLeague, teamId: "tem_01J8Z3K4M5N6P7Q8R9S0T1V2W3" }));
      assert.deepEqual([unknown.status, unknown.detail], [404, "No league you may see has this id, with such a team."]);
      const { version } = (await owner("calendars.list", {})).items.find(({ id }) => id === calendarId)!;
      await owner("calendars.update", { params: { id: calendarId }, body: { sharing: "private" }, ifMatch: version });
      assert.equal(await status(all.url), 404, "who may not see the league any more tells nobody of it");
      assert.equal(
        (await refusalOf(make(instructor, { ...ofLeague, teamId: "tem_01J8Z3K4M5N6P7Q8R9S0T1V2W4" }))).status,
        404,
      );
    });
  });
}

const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const sumOf = (events: readonly { readonly startMs: number; readonly endMs: number }[]): number =>
  events.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / 60_000, 0);
