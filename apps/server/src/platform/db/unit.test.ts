// Strategy: the promises of a unit, one after another, on both databases.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { databases, type TestDatabase } from "../testing/databases.ts";
import type { Unit } from "./unit.ts";

for (const kind of databases()) {
  describe(`a unit on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    before(async () => void (here = await kind.open()));
    after(() => here[Symbol.asyncDispose]());

    const created = (unit: Unit) => unit.record({ kind: "created", thing: { type: "note", id: unit.newId("note") } });
    const counterOf = (organisation: number) =>
      here.database.inOrganisation(here.context(organisation), async ({ db }) => {
        const { rows } = await sql<{ seq: number }>`select seq from changes.counter`.execute(db);
        return rows[0]?.seq ?? 0;
      });

    test("that refuses is rolled back, and leaves the counter untouched", async () => {
      const organisation = here.newOrganisation();
      await here.database.inOrganisation(here.context(organisation), async (unit) => created(unit));
      const answer = await here.database.inOrganisation(here.context(organisation), async (unit) => {
        created(unit);
        await sql`update changes.counter set seq = 99`.execute(unit.db);
        return { refused: { code: "test/no" } };
      });
      assert.deepEqual(answer, { refused: { code: "test/no" } });
      assert.equal(await counterOf(organisation), 1);
    });
  });
}
