import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { embedded, type TestDatabase } from "../testing/databases.ts";
import { tendTables } from "./upkeep.ts";

describe("the upkeep of the embedded database", () => {
  let base: TestDatabase;
  before(async () => void (base = await embedded.open()));
  after(() => base[Symbol.asyncDispose]());

  const rowsThePlannerKnows = () =>
    base.database.asOwner(async ({ db }) => {
      const { rows } = await sql<{
        rows: number;
      }>`select reltuples::bigint as rows from pg_class where oid = 'changes.change'::regclass`.execute(db);
      return rows[0]!.rows;
    });

  test("tells the planner of a table that has grown, and leaves alone what has not", async () => {
    const organisation = base.newOrganisation();
    await base.database.inOrganisation(base.context(organisation), async (unit) => {
      for (let i = 0; i < 200; i++) unit.record({ kind: "created", thing: { type: "thing", id: `t${i}` } });
    });
    assert.ok((await rowsThePlannerKnows()) <= 0);
    assert.ok((await tendTables(base.database)) >= 1);
    assert.equal(await rowsThePlannerKnows(), 200);
    assert.equal(await tendTables(base.database), 0);
  });
});
