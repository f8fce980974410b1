import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { databases, type TestDatabase } from "../testing/databases.ts";
import type { Unit } from "./database.ts";

const floor = { floor: "test", folder: new URL("../testing/migrations/", import.meta.url) };
const AT_ONCE = 40;

for (const kind of databases()) {
  describe(`trials at the same moment, on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    before(async () => {
      here = await kind.open([floor]);
      await here.database.asOwner(async (owner) => {
        await sql`call changes.keep_facts_of('notes.note')`.execute(owner.db);
        await here.database.learnFacts(owner);
      });
    });
    after(() => here[Symbol.asyncDispose]());
    const attempt = <T>(organisation: number, work: (unit: Unit) => Promise<T>) =>
      here.database.inOrganisation(here.context(organisation), work, { isTrial: true, isShared: true });
    const count = async ({ db }: Unit): Promise<number> =>
      (await sql<{ count: number }>`select count(*) as count from notes.note`.execute(db)).rows[0]!.count;
    const write = ({ db, organisation, newId }: Unit) =>
      sql`insert into notes.note (org_id, id, title) values (${organisation}, ${newId("note")}, 'x')`.execute(db);

    test("are each answered with their own, leave nothing, and let writes go in between", async () => {
      const [one, other] = [here.newOrganisation(), here.newOrganisation()];
      const numbers = Array.from({ length: AT_ONCE }, (_, i) => i);
      const tried = numbers.map((i) =>
        attempt(i % 2 === 0 ? one : other, async (unit) => {
          await write(unit);
          const { rows } = await sql<{ i: number }>`select ${i}::integer as i`.execute(unit.db);
          return rows[0]!.i;
        }),
      );
      const written = here.database.inOrganisation(here.context(one), write);
      assert.deepEqual(await Promise.all(tried), numbers);
      await written;
      assert.equal(await here.database.inOrganisation(here.context(one), count), 1);
      assert.equal(await here.database.inOrganisation(here.context(other), count), 0);
    });

    test("do not fail with one that fails", async () => {
      const organisation = here.newOrganisation();
      const tried = Array.from({ length: AT_ONCE }, (_, i) =>
        attempt(organisation, async (unit) => {
          if (i % 7 === 3) await sql`select 1 / 0`.execute(unit.db);
          await count(unit);
          return count(unit);
        }),
      );
      const ended = await Promise.allSettled(tried);
      ended.forEach((each, i) => {
        if (i % 7 === 3) assert.match(String((each as PromiseRejectedResult).reason), /division by zero/);
        else assert.equal((each as PromiseFulfilledResult<number>).value, 0);
      });
      await here.database.inOrganisation(here.context(organisation), write);
      assert.equal(await attempt(organisation, count), 1, "what was written since is seen by the next");
    });

    test("are over when they are over", async () => {
      let kept: Unit | null = null;
      await attempt(here.newOrganisation(), async (unit) => {
        kept = unit;
        return count(unit);
      });
      await assert.rejects(async () => count(kept!), /over/);
    });
  });
}
