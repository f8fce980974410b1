// Several calls as one step, on both databases: all or none, or each by itself; undone as one; nothing that may not be in it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { catalogue, type Operation } from "@hourwright/contract";
import type { Client } from "@hourwright/client";
import { postgres } from "./filled-database.ts";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "./server.ts";

const kinds = [
  {
    name: "the embedded database",
    skip: false,
    open: async () => ({ url: null, [Symbol.asyncDispose]: async () => {} }),
  },
  postgres,
] as const;

test("what may be in a bundle is a command that the catalogue shows, and keeps no answer of its own", () => {
  const bundled = (Object.values(catalogue) as Operation[]).filter((entry) => entry.bundled === true);
  assert.ok(bundled.length > 20);
  for (const entry of bundled)
    assert.deepEqual(
      [entry.kind, entry.internal, entry.mayLast, entry.upload],
      ["command", undefined, undefined, undefined],
      entry.id,
    );
});

for (const kind of kinds)
  describe(`a bundle of calls on ${kind.name}`, { skip: kind.skip }, () => {
    let database: { readonly url: string | null } & AsyncDisposable;
    let server: TestServer;
    let owner: Client;
    let firstAid = "";
    const people: { readonly id: string; readonly version: number }[] = [];
    before(async () => {
      database = await kind.open();
      server = await startTestServer(database.url === null ? {} : { DATABASE_URL: database.url });
      owner = await server.signedIn(COORDINATOR);
      firstAid = (await owner("skills.create", { body: { name: "Bundled first aid" } })).id;
      for (const name of ["Bea", "Cem", "Dag"]) people.push(await owner("people.create", { body: { name } }));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    const give = (id: string) => ({
      operation: "personSkills.put",
      params: { id, skillId: firstAid },
      body: { level: 1, until: null },
    });
    const rename = ({ id, version }: { readonly id: string; readonly version: number }, name: string) => ({
      operation: "people.update",
      params: { id },
      body: { name },
      ifMatch: version,
    });
    const holders = async () =>
      (await owner("skills.people", { params: { id: firstAid } })).items.map(({ personId }) => personId).toSorted();
    const nameOf = async (id: string) =>
      (await owner("people.list", { query: { limit: 1_000 } })).items.find((each) => each.id === id)?.name;

    test("does all of it, as one step that undo takes back", async () => {
      const { requestId, items } = await owner("bundles.run", {
        body: { calls: [...people.map(({ id }) => give(id)), rename(people[0]!, "Beatrice")] },
      });
      assert.deepEqual(
        items.map(({ isDone, problem }) => [isDone, problem]),
        people.map(() => [true, null]).concat([[true, null]]),
      );
      assert.equal(items[3]!.id, people[0]!.id);
      assert.deepEqual(await holders(), people.map(({ id }) => id).toSorted());
      assert.equal(await nameOf(people[0]!.id), "Beatrice");
      await owner("requests.undo", { params: { id: requestId } });
      assert.deepEqual(await holders(), []);
      assert.equal(await nameOf(people[0]!.id), "Bea");
    });

    test("does none of it where one is refused, and says which and why", async () => {
      const calls = [give(people[0]!.id), give("per_00000000000000000000000000"), give(people[1]!.id)];
      const refused = await refusalOf(owner("bundles.run", { body: { calls } }));
      const alone = await refusalOf(
        owner("personSkills.put", {
          params: { id: "per_00000000000000000000000000", skillId: firstAid },
          body: { level: 1, until: null },
        }),
      );
      assert.deepEqual([refused.code, refused.detail], ["bundles/refused", alone.detail]);
      assert.deepEqual([refused["index"], refused["problem"]], [1, { code: alone.code, detail: alone.detail }]);
      assert.deepEqual(await holders(), []);
    });

    test("does each by itself where that is asked, and undo takes back what was done", async () => {
      const calls = [
        give(people[0]!.id),
        rename({ ...people[1]!, version: 99 }, "Nobody"),
        give(people[2]!.id),
        give("x"),
      ];
      const { requestId, items } = await owner("bundles.run", { body: { atomic: false, calls } });
      assert.deepEqual(
        items.map(({ isDone }) => isDone),
        [true, false, true, false],
      );
      assert.equal(items[1]!.problem!.code, "request/version-changed");
      assert.deepEqual(await holders(), [people[0]!.id, people[2]!.id].toSorted());
      await owner("requests.undo", { params: { id: requestId } });
      assert.deepEqual(await holders(), []);
      assert.equal(await nameOf(people[1]!.id), "Cem");
    });

    test("is no way around what each call is asked: rights, input, and what may be in it", async () => {
      const member = await server.signedIn(MEMBER);
      const barred = await member("bundles.run", { body: { atomic: false, calls: [rename(people[0]!, "Mine")] } });
      assert.equal(barred.items[0]!.problem!.code, "request/forbidden");
      const wrong = { operation: "people.update", params: { id: people[0]!.id }, body: { name: 7 } };
      const told = await owner("bundles.run", { body: { atomic: false, calls: [wrong] } });
      assert.equal(told.items[0]!.problem!.code, "request/invalid");
      for (const operation of ["people.list", "skills.put", "bundles.run", "requests.undo", "toString", "no.such"]) {
        const refused = await refusalOf(
          owner("bundles.run", { body: { calls: [give(people[0]!.id), { operation }] } }),
        );
        assert.deepEqual([refused.code, refused["index"]], ["bundles/not-possible", 1], operation);
      }
      assert.deepEqual(await holders(), []);
      const many = Array.from({ length: 101 }, () => give(people[0]!.id));
      assert.equal((await refusalOf(owner("bundles.run", { body: { calls: many } }))).code, "request/invalid");
      assert.equal(
        (await refusalOf(server.stranger("bundles.run", { body: { calls: [give("x")] } }))).code,
        "request/unauthenticated",
      );
    });
  });
