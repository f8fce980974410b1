import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql, type Kysely } from "kysely";
import { databases, type TestDatabase } from "../testing/databases.ts";

const floor = { floor: "test", folder: new URL("../testing/migrations/", import.meta.url) };

for (const kind of databases()) {
  describe(`who keeps what was read from ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    let told = 0;
    before(async () => {
      here = await kind.open([floor]);
      here.database.onWritten(() => told++);
    });
    after(() => here[Symbol.asyncDispose]());

    /** Whether work is told of before its end is known. */
    async function isTold(work: () => Promise<unknown>): Promise<boolean> {
      const before = told;
      let atItsEnd = before;
      const note = () => void (atItsEnd = told);
      await work().then(note, note);
      return atItsEnd > before;
    }
    const ask = (db: Kysely<unknown>) => sql`select 1`.execute(db);
    const fail = () => Promise.reject(new Error("a bug"));
    const context = (organisation = here.newOrganisation()) => here.context(organisation);

    test("hears of all that may have written, when it failed too", async () => {
      const { database } = here;
      for (const lane of ["write", "job"] as const) {
        assert.ok(await isTold(() => database.inOrganisation(context(), async () => null, { lane })), `unit, ${lane}`);
        assert.ok(await isTold(() => database.outside(ask, { lane })), `global, ${lane}`);
      }
      assert.ok(await isTold(() => database.inOrganisation(context(), fail)));
      assert.ok(await isTold(() => database.outside(fail, { transaction: true })));
      assert.ok(await isTold(() => ask(database.kysely)), "sign-in");
      assert.ok(await isTold(() => database.asOwner(({ db }) => ask(db))), "owner");
    });

    test("is left alone by what only reads, and after it has gone", async () => {
      const { database } = here;
      assert.equal(
        await isTold(() => database.inOrganisation(context(), ({ db }) => ask(db), { lane: "read" })),
        false,
      );
      assert.equal(await isTold(() => database.outside(ask, { lane: "read" })), false);
      let heard = 0;
      database.onWritten(() => heard++)();
      await database.outside(ask);
      assert.equal(heard, 0);
    });
  });
}
