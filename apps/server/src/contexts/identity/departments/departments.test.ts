import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { postgres } from "../../../testing/filled-database.ts";
import { MANAGER, MEMBER, refusalOf, startTestServer, COORDINATOR, type TestServer } from "../../../testing/server.ts";
import { systemContext } from "../public.ts";
import { managersOf, scopeOf } from "./queries.ts";

const kinds = [
  {
    name: "the embedded database",
    skip: false,
    open: async () => ({ url: null, [Symbol.asyncDispose]: async () => {} }),
  },
  postgres,
] as const;

for (const kind of kinds)
  describe(`departments on ${kind.name}`, { skip: kind.skip }, () => {
    let database: { readonly url: string | null } & AsyncDisposable;
    let server: TestServer;
    let owner: Client;
    let member: Client;
    const people: Record<"coordinator" | "manager" | "member", string> = { coordinator: "", manager: "", member: "" };
    before(async () => {
      database = await kind.open();
      server = await startTestServer(database.url === null ? {} : { DATABASE_URL: database.url });
      owner = await server.signedIn(COORDINATOR);
      member = await server.signedIn(MEMBER);
      people.coordinator = (await owner("me.read", {})).personId;
      people.member = (await member("me.read", {})).personId;
      people.manager = (await (await server.signedIn(MANAGER))("me.read", {})).personId;
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    const make = (name: string, parentId: string | null = null, managerIds: string[] = [], as = owner) =>
      as("departments.create", { body: { name, parentId, managerIds } });
    const tree = async (as = owner) =>
      (await as("departments.list", {})).items.map(({ name, level, people, peopleWithin }) => [
        name,
        level,
        people,
        peopleWithin,
      ]);
    const unit = <T>(work: Parameters<typeof server.application.database.inOrganisation<T>>[1]) =>
      server.application.database.inOrganisation(
        systemContext(1, "test", (prefix) => `${prefix}_test`),
        work,
      );

    test("are a tree with their people, changed by who runs the organisation and undone", async () => {
      const sport = await make("Sport", null, [people.manager]);
      const courts = await make("Courts", sport.id, [people.member]);
      const { value, requestId } = await owner.full("departments.place", {
        body: { people: [{ personId: people.member, departmentId: courts.id }] },
      });
      assert.deepEqual(value, { placed: 1 });
      assert.deepEqual(await tree(), [
        ["Sport", 1, 0, 1],
        ["Courts", 2, 1, 1],
      ]);
      assert.deepEqual(await unit((each) => managersOf(each, people.member)), [[people.member], [people.manager]]);
      assert.deepEqual((await unit((each) => scopeOf(each, people.manager))).personIds, [people.member]);
      const loop = owner("departments.update", { params: { id: sport.id }, body: { parentId: courts.id } });
      assert.equal((await refusalOf(loop)).detail, "“Sport” cannot be part of “Courts”, which is part of “Sport”.");
      const full = await refusalOf(owner("departments.remove", { params: { id: courts.id } }));
      assert.deepEqual(
        [full.code, full.detail],
        ["identity/department-not-empty", "Inside “Courts” there is one person. Put them elsewhere first."],
      );
      await owner("requests.undo", { params: { id: requestId! } });
      assert.deepEqual(await unit((each) => managersOf(each, people.member)), [[people.manager]]);
      const gone = await owner.full("departments.remove", { params: { id: courts.id } });
      assert.deepEqual(await tree(), [["Sport", 1, 0, 0]]);
      await owner("requests.undo", { params: { id: gone.requestId! } });
      const back = (await owner("departments.list", {})).items.find(({ id }) => id === courts.id);
      assert.deepEqual([back?.name, back?.parentId, back?.managers[0]?.id], ["Courts", sport.id, people.member]);
      await owner("departments.remove", { params: { id: courts.id } });
      await owner("departments.remove", { params: { id: sport.id } });
    });

    test("are delegated: who manages one makes others in it and moves its people, and nothing else", async () => {
      const top = await make("Learning", null, [people.member]);
      const other = await make("Office");
      const inner = await make("Languages", top.id, [], member);
      await member("departments.update", { params: { id: inner.id }, body: { name: "Tongues" } });
      const barred = [
        () => make("Beside", null, [], member),
        () => make("Inside", other.id, [], member),
        () => member("departments.update", { params: { id: top.id }, body: { name: "Mine" } }),
        () => member("departments.update", { params: { id: inner.id }, body: { parentId: other.id } }),
        () =>
          member("departments.place", {
            body: { people: [{ personId: people.coordinator, departmentId: inner.id }] },
          }),
      ];
      for (const each of barred) assert.equal((await refusalOf(each())).code, "request/forbidden");
      const place = (departmentId: string | null, as: Client) =>
        as("departments.place", { body: { people: [{ personId: people.manager, departmentId }] } });
      await place(top.id, owner);
      await place(inner.id, member);
      assert.equal((await refusalOf(place(other.id, member))).code, "request/forbidden");
      assert.equal((await refusalOf(place(null, member))).code, "request/forbidden");
      const shown = (await member("departments.list", {})).items.map((each) => [
        each.name,
        each.mayChange,
        each.mayFill,
      ]);
      assert.deepEqual(shown, [
        ["Learning", false, true],
        ["Tongues", true, true],
        ["Office", false, false],
      ]);
      assert.deepEqual(
        (await member("departments.people", { params: { id: inner.id } })).items.map(({ id }) => id),
        [people.manager],
      );
      await place(null, owner);
      for (const { id } of [inner, top, other]) await owner("departments.remove", { params: { id } });
    });

    test("are not needed: who has the team of somebody in the scope of their role manages them", async () => {
      const { items } = await owner("people.list", { query: { limit: 100 } });
      const levels = new Map<string, string>();
      for (const { id } of items) levels.set(id, JSON.stringify(await unit((each) => managersOf(each, id))));
      const managed = items.filter(({ id }) => levels.get(id) === JSON.stringify([[people.manager]]));
      assert.ok(managed.length > 0, "the demo's manager has nobody in their scope");
      assert.notEqual(levels.get(people.manager), JSON.stringify([[people.manager]]), "nobody manages themselves");
      const rita = managed.find(({ id }) => id !== people.member)!.id;
      const department = await make("Sport", null, [people.member]);
      await owner("departments.place", { body: { people: [{ personId: rita, departmentId: department.id }] } });
      assert.deepEqual(await unit((each) => managersOf(each, rita)), [[people.member]], "a department goes before");
      await member("availability.layers", { params: { id: rita } });
      await owner("departments.place", { body: { people: [{ personId: rita, departmentId: null }] } });
      await owner("departments.remove", { params: { id: department.id } });
    });

    test("two who are moved below each other in one moment make no loop", async () => {
      const [a, b] = [await make("A"), await make("B")];
      const move = (id: string, parentId: string) =>
        owner("departments.update", { params: { id }, body: { parentId } }).then(
          () => "moved",
          () => "refused",
        );
      assert.deepEqual((await Promise.all([move(a.id, b.id), move(b.id, a.id)])).sort(), ["moved", "refused"]);
      assert.deepEqual((await tree()).length, 2, "both are still reached from the top");
    });
  });
