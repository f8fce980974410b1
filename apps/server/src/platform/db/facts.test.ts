import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { databases, embedded, type TestDatabase } from "../testing/databases.ts";
import { openDatabase, type Database, type Unit } from "./database.ts";

const floor = { floor: "test", folder: new URL("../testing/migrations/", import.meta.url) };

/** The titles of an organisation's notes, which seldom change here. */
const titles = (unit: Unit) => unit.known("titles", () => read(unit));
async function read({ db }: Unit): Promise<readonly string[]> {
  reads++;
  const { rows } = await sql<{ title: string }>`select title from notes.note order by title`.execute(db);
  return rows.map(({ title }) => title);
}
const write = (unit: Unit, title: string) =>
  sql`insert into notes.note (org_id, id, title) values (${unit.organisation}, ${title}, ${title})`.execute(unit.db);
let reads = 0;

for (const kind of databases()) {
  describe(`what seldom changes, on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    before(async () => {
      here = await kind.open([floor]);
      await here.database.asOwner(async (owner) => {
        await sql`call changes.keep_facts_of('notes.note')`.execute(owner.db);
        await here.database.learnFacts(owner);
      });
    });
    after(() => here[Symbol.asyncDispose]());
    const inUnit = <T>(organisation: number, work: (unit: Unit) => Promise<T>, database: Database = here.database) =>
      database.inOrganisation(here.context(organisation), work);
    async function isRead(work: () => Promise<unknown>): Promise<boolean> {
      const before = reads;
      await work();
      return reads > before;
    }

    test("is read once, until it changes, and by each organisation for itself", async () => {
      const [one, other] = [here.newOrganisation(), here.newOrganisation()];
      assert.deepEqual(await inUnit(one, titles), []);
      assert.equal(await isRead(() => inUnit(one, titles)), false);
      await inUnit(other, (unit) => write(unit, "theirs"));
      assert.equal(await isRead(() => inUnit(one, titles)), false);
      assert.deepEqual(await inUnit(other, titles), ["theirs"]);
      await inUnit(one, (unit) => write(unit, "ours"));
      assert.deepEqual(await inUnit(one, titles), ["ours"]);
      assert.equal(await isRead(() => inUnit(one, titles)), false);
    });

    test("is seen by the unit that changes it as it will be, and by nobody else when that is rolled back", async () => {
      const organisation = here.newOrganisation();
      await inUnit(organisation, titles);
      const seen = await inUnit(organisation, async (unit) => {
        await write(unit, "never");
        const titlesSeen = await titles(unit);
        return { refused: { code: "test/no" }, titlesSeen };
      });
      assert.deepEqual(seen.titlesSeen, ["never"]);
      assert.deepEqual(await inUnit(organisation, titles), []);
    });

    test("is asked by id for those alone that are not known, and who is not there is asked for again", async () => {
      const organisation = here.newOrganisation();
      const asked: (readonly string[])[] = [];
      const upper = (ids: readonly string[]) =>
        inUnit(organisation, (unit) =>
          unit.knownEach("upper", ids, async (missing) => {
            asked.push(missing);
            return new Map(missing.filter((id) => id !== "nobody").map((id) => [id, id.toUpperCase()]));
          }),
        );
      assert.deepEqual(
        await upper(["a", "b", "a"]),
        new Map([
          ["a", "A"],
          ["b", "B"],
        ]),
      );
      assert.deepEqual(
        await upper(["b", "c", "nobody"]),
        new Map([
          ["b", "B"],
          ["c", "C"],
        ]),
      );
      await upper(["a", "nobody"]);
      assert.deepEqual(asked, [["a", "b"], ["c", "nobody"], ["nobody"]]);
    });

    if (kind !== embedded)
      test("that changed in another process is read anew at once", async () => {
        await using other = await openDatabase({ url: here.url! }, here.tools);
        await other.asOwner((owner) => other.learnFacts(owner));
        const organisation = here.newOrganisation();
        await inUnit(organisation, titles);
        await inUnit(organisation, titles, other);
        assert.equal(await isRead(() => inUnit(organisation, titles)), false);
        await inUnit(organisation, (unit) => write(unit, "from there"), other);
        assert.deepEqual(await inUnit(organisation, titles), ["from there"]);
        await here.database.asOwner(({ db }) => sql`delete from notes.note`.execute(db));
        assert.deepEqual(await inUnit(organisation, titles, other), [], "the owner's work counts as well");
      });
  });

  describe(`statements that do not wait for each other, on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    before(async () => void (here = await kind.open([floor])));
    after(() => here[Symbol.asyncDispose]());

    test("run in the order in which they are asked, and each is answered with its own", async () => {
      const organisation = here.newOrganisation();
      const answers = await here.database.inOrganisation(here.context(organisation), async (unit) => {
        const count = () => sql<{ count: number }>`select count(*) as count from notes.note`.execute(unit.db);
        return Promise.all([count(), write(unit, "one"), count(), write(unit, "two"), count()]);
      });
      assert.deepEqual(
        answers.flatMap(({ rows }) => rows.map((row) => (row as { count: number }).count)),
        [0, 1, 2],
      );
    });

    test("fail with the one that fails, and leave nothing", async () => {
      const organisation = here.newOrganisation();
      const failing = here.database.inOrganisation(here.context(organisation), (unit) =>
        Promise.all([write(unit, "kept?"), sql`select 1 / 0`.execute(unit.db), write(unit, "after")]),
      );
      await assert.rejects(failing, /division by zero/);
      assert.deepEqual(await here.database.inOrganisation(here.context(organisation), read), []);
    });

    test("of a trial leave nothing, whatever it answers, and nobody is told", async () => {
      const organisation = here.newOrganisation();
      let told = 0;
      const forget = here.database.onChanges(() => told++);
      const answer = await here.database.inOrganisation(
        here.context(organisation),
        async (unit) => {
          await write(unit, "tried");
          unit.record({ kind: "created", thing: { type: "note", id: "tried" } });
          unit.afterCommit(() => told++);
          return read(unit);
        },
        { isTrial: true },
      );
      forget();
      assert.deepEqual(answer, ["tried"]);
      assert.equal(told, 0);
      assert.deepEqual(await here.database.inOrganisation(here.context(organisation), read), []);
    });
  });
}
