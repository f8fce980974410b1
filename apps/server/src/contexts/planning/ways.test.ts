// One repair of each way through HTTP, on both databases: offered, checked in a proposal, applied as one step, kept as a resolution, undone, redone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { postgres, type FilledDatabase } from "../../testing/filled-database.ts";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { clashesOf, type Clashes } from "./testing.ts";

type Repair = Answer<"ai.suggestRepairs">["suggestions"][number];

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };

for (const kind of [embedded, postgres]) {
  describe(`ways of repairing on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let coordinator: Client;
    let member: Client;
    let newDay: Clashes["newDay"];
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      [coordinator, member] = (await Promise.all([COORDINATOR, MEMBER].map((email) => server.signedIn(email)))) as [
        Client,
        Client,
      ];
      ({ newDay } = clashesOf(coordinator, "2034-02-06"));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    /** A calendar of nobody, or of somebody, and things in it on one day. */
    async function ground(ownerSubjectId: string | null = null) {
      const day = newDay();
      const calendar = await coordinator("calendars.create", {
        body: { name: `Ways ${day}`, ownerSubjectId, sharing: "write" },
      });
      const thing = (name: string, more: object = {}) =>
        coordinator("resources.create", { body: { name: `${name} ${day}`, kind: "vehicle", policy: "warn", ...more } });
      const create = (title: string, from: string, to: string, more: object = {}) =>
        coordinator("events.create", {
          body: {
            title,
            calendarId: calendar.id,
            start: `${day}T${from}:00Z`,
            end: `${day}T${to}:00Z`,
            preventConflicts: false,
            ...more,
          },
        });
      const timeRange = { start: `${day}T00:00:00Z`, end: `${day}T23:59:00Z` };
      const detect = async (subjects: readonly string[]) =>
        (await coordinator("ai.detectConflicts", { body: { timeRange, subjects: [...subjects] } })).conflicts;
      /** Everything that stands, in a few words. */
      const stands = async () => {
        const { events } = await coordinator("events.list", {
          query: { ...timeRange, calendars: [calendar.id], timeZone: "UTC" },
        });
        return events.map(({ title, start, end, subjectIds, location }) =>
          [title, `${start.slice(11, 16)}–${end.slice(11, 16)}`, [...subjectIds].sort().join("+"), location].join(" "),
        );
      };
      return { day, calendar, thing, create, detect, stands };
    }

    /** Applies the repair of a way through a proposal, undoes it and redoes it. Answers the repair. */
    async function madeAndUndone(
      { detect, stands }: Pick<Awaited<ReturnType<typeof ground>>, "detect" | "stands">,
      subjects: readonly string[],
      isMeant: (repair: Repair) => boolean,
      what: string,
    ): Promise<Repair> {
      const [conflict] = await detect(subjects);
      const { suggestions } = await coordinator("ai.suggestRepairs", {
        body: { conflictId: conflict!.id, maxSuggestions: 20 },
      });
      const repair = suggestions.find(isMeant);
      assert.ok(repair, suggestions.map((each) => each.what).join("\n"));
      assert.equal(repair.what, what);
      const checked = await coordinator("proposals.check", { body: { repairs: [repair.id] } });
      assert.deepEqual(
        [checked.repairs[0]!.state, checked.made, checked.solved, checked.repairs[0]!.repair],
        ["ready", 0, [conflict!.id], repair],
      );
      assert.deepEqual([...checked.told].sort(), [...repair.told].sort());
      const before = await stands();
      const { requestId } = await coordinator("repairs.apply", { params: { id: repair.id } });
      assert.deepEqual(await detect(subjects), []);
      const after = await stands();
      assert.notDeepEqual(after, before);
      const { items } = await coordinator("conflicts.resolved", { query: { limit: 1 } });
      assert.deepEqual(
        [items[0]!.requestId, items[0]!.moves.map(({ add, remove }) => [add, remove])],
        [
          requestId,
          repair.changes.map(({ add, remove }) => [add.map(({ name }) => name), remove.map(({ name }) => name)]),
        ],
      );
      const undone = await coordinator("requests.undo", { params: { id: requestId } });
      assert.deepEqual(await stands(), before);
      assert.deepEqual(
        (await detect(subjects)).map(({ id }) => id),
        [conflict!.id],
      );
      await coordinator("requests.undo", { params: { id: undone.requestId } });
      assert.deepEqual(await stands(), after);
      return repair;
    }

    const shownDay = (day: string): string =>
      Temporal.PlainDate.from(day)
        .toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short" })
        .replace(",", "");

    test("another car of the same pool, and never one that is taken or retired", async () => {
      const { day, thing, create, detect, stands } = await ground();
      const pool = await coordinator("pools.create", { body: { name: `Vans ${day}` } });
      const [one, taken, gone, free] = [
        await thing("Van 1", { poolId: pool.id }),
        await thing("Van 2", { poolId: pool.id }),
        await thing("Van 3", { poolId: pool.id }),
        await thing("Van 4", { poolId: pool.id }),
      ];
      await coordinator("resources.remove", { params: { id: gone.id } });
      await create("Trip", "10:00", "12:00", { resourceIds: [one.id] });
      await create("Tour", "11:00", "13:00", { resourceIds: [one.id] });
      await create("Fair", "09:00", "14:00", { resourceIds: [taken.id] });
      const repair = await madeAndUndone(
        { detect, stands },
        [one.id],
        ({ way }) => way === "instead",
        `Use “${free.name}” instead of “${one.name}” for “Tour”`,
      );
      assert.deepEqual(repair.moves, []);
      assert.deepEqual(
        repair.changes.map(({ add, remove }) => [add, remove]),
        [[[{ id: free.id, name: free.name }], [{ id: one.id, name: one.name }]]],
      );
    });

    test("a room of the same kind and place with enough places, where there is no pool", async () => {
      const { thing, create, detect, stands, day } = await ground();
      const room = { kind: "room", site: `House ${day}` };
      const small = await thing("Small", { ...room, capacity: 8 });
      await thing("Tiny", { ...room, capacity: 4 });
      const big = await thing("Big", { ...room, capacity: 20 });
      await thing("Far", { ...room, site: `Barn ${day}`, capacity: 20 });
      await create("Choir", "10:00", "12:00", { resourceIds: [small.id] });
      await create("Chess", "11:00", "12:00", { resourceIds: [small.id] });
      await madeAndUndone(
        { detect, stands },
        [small.id],
        ({ way }) => way === "instead",
        `Use “${big.name}” instead of “${small.name}” for “Chess”`,
      );
    });

    test("who need not come is left out, told so, and everyone else stays", async () => {
      const { create, detect, stands, day } = await ground();
      const { personId, name } = await member("me.read", {});
      const other = `guest-${day}@outside.example`;
      await create("Class", "10:00", "12:00", { attendees: [MEMBER] });
      const review = await create("Review", "11:00", "12:00", {
        attendees: [{ email: MEMBER, optional: true }, other],
      });
      const repair = await madeAndUndone(
        { detect, stands },
        [personId],
        ({ way }) => way === "leave-out",
        `Leave ${name} out of “Review”`,
      );
      assert.deepEqual(repair.told, [name]);
      const { attendees } = await coordinator("events.read", { params: { id: review.id }, query: {} });
      assert.deepEqual(
        attendees.map((each) => each.email),
        [other],
      );
    });

    test("a meeting with a link gives its room back and is held there", async () => {
      const { thing, create, detect, stands, day } = await ground();
      const hall = await thing("Hall", { kind: "room" });
      const { email } = await coordinator("me.read", {});
      const attendees = [email, `far-${day}@outside.example`];
      await create("Talk", "10:00", "12:00", { resourceIds: [hall.id] });
      await create("Call", "11:00", "12:00", {
        resourceIds: [hall.id],
        attendees,
        location: "https://meet.example/call",
      });
      const repair = await madeAndUndone(
        { detect, stands },
        [hall.id],
        ({ way }) => way === "remote",
        `Hold “Call” remotely, without ${hall.name}`,
      );
      assert.equal(repair.changes[0]!.location, "https://meet.example/call");
    });

    test("what one does alone goes on after what came in between, and is like it", async () => {
      const { personId } = await member("me.read", {});
      const { create, detect, stands, calendar, day } = await ground(personId);
      await create("Report", "08:00", "11:00", { description: "Quietly", alarms: [{ minutesBefore: 5 }] });
      await create("Dentist", "09:00", "09:30");
      const repair = await madeAndUndone(
        { detect, stands },
        [personId],
        ({ way }) => way === "split",
        "Split “Report”: 09:00–10:00 and 10:30–12:30",
      );
      assert.deepEqual(repair.changes[0]!.rest!.start.slice(11, 16), "10:30");
      const { events } = await coordinator("events.list", {
        query: { start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z`, calendars: [calendar.id] },
      });
      const parts = events.filter(({ title }) => title === "Report");
      assert.equal(parts.length, 2);
      for (const { id } of parts) {
        const { description, alarms } = await coordinator("events.read", { params: { id }, query: {} });
        assert.deepEqual([description, alarms], ["Quietly", [{ minutesBefore: 5 }]]);
      }
    });

    test("two change places where neither has a free time of its own that day", async () => {
      const { day, thing, create, detect, stands } = await ground();
      const hall = await thing("Hall", { kind: "room" });
      const resourceIds = [hall.id];
      await create("Early", "05:00", "09:30", { resourceIds });
      await create("Art", "10:00", "11:30", { resourceIds });
      await create("Ballet", "10:30", "11:30", { resourceIds });
      await create("Late", "12:00", "20:00", { resourceIds });
      const repair = await madeAndUndone(
        { detect, stands },
        [hall.id],
        ({ way }) => way === "chain",
        `Move “Ballet” to ${shownDay(day)}, 12:00 and “Art” to ${shownDay(day)}, 10:30`,
      );
      assert.equal(repair.moves.length, 2);
    });

    test("a third thing makes room where the two alone find none that day", async () => {
      const { day, thing, create, detect, stands } = await ground();
      const hall = await thing("Hall", { kind: "room" });
      const resourceIds = [hall.id];
      await create("Early", "05:00", "09:30", { resourceIds });
      await create("Art", "09:30", "11:30", { resourceIds });
      await create("Ballet", "09:30", "11:30", { resourceIds });
      await create("Choir", "12:00", "13:30", { resourceIds });
      await create("Late", "15:00", "20:00", { resourceIds });
      const repair = await madeAndUndone(
        { detect, stands },
        [hall.id],
        ({ way, what }) => way === "chain" && what.startsWith("Move “Ballet”"),
        `Move “Ballet” to ${shownDay(day)}, 12:30 and “Choir” to ${shownDay(day)}, 14:30`,
      );
      assert.equal(repair.moves.length, 2);
    });

    test("another person of the same pool comes instead, in the same role", async () => {
      const { create, detect, stands, day } = await ground();
      const pool = await coordinator("pools.create", { body: { name: `Coaches ${day}` } });
      const [ann, ben] = await Promise.all(
        ["Ann", "Ben"].map((name) =>
          coordinator("people.create", {
            body: { name: `${name} ${day}`, email: `${name.toLowerCase()}-${day}@pool.example` },
          }),
        ),
      );
      for (const { id } of [ann!, ben!])
        await coordinator("people.update", { params: { id }, body: { poolId: pool.id } });
      await create("Judo", "10:00", "12:00", { attendees: [ann!.email!] });
      const karate = await create("Karate", "11:00", "12:00", { attendees: [ann!.email!] });
      const repair = await madeAndUndone(
        { detect, stands },
        [ann!.id],
        ({ way, what }) => way === "instead" && what.includes("Karate"),
        `Let ${ben!.name} come to “Karate” instead of ${ann!.name}`,
      );
      assert.deepEqual([...repair.told].sort(), [ann!.name, ben!.name]);
      const { attendees } = await coordinator("events.read", { params: { id: karate.id }, query: {} });
      assert.deepEqual(
        attendees.map(({ email, status }) => [email, status]),
        [[ben!.email, "needs-action"]],
      );
    });

    test("nobody is left out, or stands in, where hard rules want those together who would then come alone", async () => {
      const { create, detect, day } = await ground();
      const pool = await coordinator("pools.create", { body: { name: `Guides ${day}` } });
      const [lea, gus, tom] = await Promise.all(
        ["Lea", "Gus", "Tom"].map((name) =>
          coordinator("people.create", {
            body: { name: `${name} ${day}`, email: `${name.toLowerCase()}-${day}@pool.example` },
          }),
        ),
      );
      for (const { id } of [gus!, tom!])
        await coordinator("people.update", { params: { id }, body: { poolId: pool.id } });
      const { id } = await coordinator("rules.create", {
        body: { constraintId: "together", isHard: true, scope: "person", holderId: lea!.id, namedIds: [gus!.id] },
      });
      await create("Judo", "10:00", "12:00", { attendees: [gus!.email!] });
      const attendees = [lea!.email!, { email: gus!.email!, optional: true }];
      await create("Karate", "11:00", "12:00", { attendees });
      const waysOf = async () => {
        const [conflict] = await detect([gus!.id]);
        const { suggestions } = await coordinator("ai.suggestRepairs", {
          body: { conflictId: conflict!.id, maxSuggestions: 20 },
        });
        for (const repair of suggestions) {
          const { requestId } = await coordinator("repairs.apply", { params: { id: repair.id } });
          await coordinator("requests.undo", { params: { id: requestId } });
        }
        return suggestions.map(({ what }) => what).filter((what) => what.includes("Karate") && !what.includes("Move"));
      };
      assert.deepEqual(await waysOf(), []);
      await coordinator("rules.remove", { params: { id } });
      assert.deepEqual((await waysOf()).sort(), [
        `Leave ${gus!.name} out of “Karate”`,
        `Let ${tom!.name} come to “Karate” instead of ${gus!.name}`,
      ]);
    });

    test("is refused when somebody has taken the other thing meanwhile, and changes nothing", async () => {
      const { day, thing, create, detect, stands } = await ground();
      const pool = await coordinator("pools.create", { body: { name: `Cars ${day}` } });
      const [one, two] = [await thing("Car 1", { poolId: pool.id }), await thing("Car 2", { poolId: pool.id })];
      await create("Trip", "10:00", "12:00", { resourceIds: [one.id] });
      await create("Tour", "11:00", "13:00", { resourceIds: [one.id] });
      const [conflict] = await detect([one.id]);
      const repair = conflict!.repairs.find(({ way }) => way === "instead")!;
      await create("Mine", "10:00", "13:00", { resourceIds: [two.id] });
      const before = await stands();
      const problem = await refusalOf(coordinator("repairs.apply", { params: { id: repair.id } }));
      assert.deepEqual([problem.code, problem.status], ["planning/repair-stale", 409]);
      assert.deepEqual(await stands(), before);
    });
  });
}
