// Strategy: the promises of a unit, one after another, on both databases. Who wins a race is asked on the server alone:
// the embedded database runs one unit at a time.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { Unavailable } from "../failure.ts";
import { databases, server, type TestDatabase } from "../testing/databases.ts";
import type { Database, Unit } from "./database.ts";

/** One note of an organisation, and a plain table to fight over. */
const floor = { floor: "test", folder: new URL("../testing/migrations/", import.meta.url) };

const noteTitles = async ({ db }: Unit) => {
  const { rows } = await sql<{ title: string }>`select title from notes.note order by title`.execute(db);
  return rows.map(({ title }) => title);
};
const addNote = ({ db, organisation, newId }: Unit, title: string) =>
  sql`insert into notes.note (org_id, id, title) values (${organisation}, ${newId("note")}, ${title})`.execute(db);

for (const kind of databases()) {
  describe(`a unit on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    let database: Database;
    before(async () => {
      here = await kind.open([floor]);
      database = here.database;
    });
    after(() => here[Symbol.asyncDispose]());

    const created = (unit: Unit) => unit.record({ kind: "created", thing: { type: "note", id: unit.newId("note") } });
    const counterOf = (organisation: number) =>
      database.inOrganisation(here.context(organisation), async ({ db }) => {
        const { rows } = await sql<{ seq: number }>`select seq from changes.counter`.execute(db);
        return rows[0]?.seq ?? 0;
      });

    test("that refuses is rolled back, and leaves the counter untouched", async () => {
      const organisation = here.newOrganisation();
      await database.inOrganisation(here.context(organisation), async (unit) => created(unit));
      const answer = await database.inOrganisation(here.context(organisation), async (unit) => {
        await addNote(unit, "never");
        created(unit);
        return { refused: { code: "test/no" } };
      });
      assert.deepEqual(answer, { refused: { code: "test/no" } });
      assert.equal(await counterOf(organisation), 1);
      assert.deepEqual(await database.inOrganisation(here.context(organisation), noteTitles), []);
    });

    test("that throws is rolled back, and throws the same", async () => {
      const organisation = here.newOrganisation();
      const bug = new Error("a bug");
      const unit = database.inOrganisation(here.context(organisation), async (unit) => {
        await addNote(unit, "never");
        throw bug;
      });
      await assert.rejects(unit, bug);
      assert.deepEqual(await database.inOrganisation(here.context(organisation), noteTitles), []);
    });

    test("that swallowed a failed statement says so instead of storing nothing", async () => {
      const unit = database.inOrganisation(here.context(here.newOrganisation()), async ({ db }) => {
        await sql`select 1 / 0`.execute(db).catch(() => {});
      });
      await assert.rejects(unit, /swallowed a failed statement/);
    });

    test("fails at once where it would wait for ever: a unit, a library's handle or the owner inside it", async () => {
      const context = here.context(here.newOrganisation(), "outer");
      const inside: [string, () => Promise<unknown>][] = [
        ["a unit", () => database.inOrganisation(context, async () => {})],
        ["global tables", () => database.outside(async () => {})],
        ["the raw handle", () => sql`select 1`.execute(database.kysely)],
        ["the pool", () => database.pool.query("select 1")],
        ["the owner", () => database.asOwner(async () => {})],
      ];
      for (const [name, use] of inside) {
        const unit = database.inOrganisation(context, async () => use());
        await assert.rejects(unit, /inside the unit of outer/, name);
      }
    });

    test("is refused at once inside work that holds a connection already, the owner's or on global tables", async () => {
      const inside = () => database.inOrganisation(here.context(here.newOrganisation()), async () => {});
      await assert.rejects(
        database.outside(async () => inside()),
        /inside work on global tables/,
      );
      await assert.rejects(
        database.asOwner(async () => inside()),
        /inside the owner's work/,
      );
    });

    test("is over when it is over: its handle and its record fail afterwards", async () => {
      let escaped: Unit | undefined;
      await database.inOrganisation(here.context(here.newOrganisation()), async (unit) => void (escaped = unit));
      await assert.rejects(sql`select 1`.execute(escaped!.db));
      assert.throws(() => created(escaped!), /after its unit/);
    });

    test("leaves what it started free to open units of its own once it is over", async () => {
      const context = here.context(here.newOrganisation());
      const over = Promise.withResolvers<void>();
      let later: Promise<string[]> | undefined;
      await database.inOrganisation(context, async (unit) => {
        await addNote(unit, "kept");
        later = over.promise.then(() => database.inOrganisation(context, noteTitles));
      });
      over.resolve();
      assert.deepEqual(await later, ["kept"]);
    });

    test("runs its statements in the order they were given, even when nobody awaited in between", async () => {
      const organisation = here.newOrganisation();
      const titles = await database.inOrganisation(here.context(organisation), async (unit) => {
        const [, , seen] = await Promise.all([addNote(unit, "a"), addNote(unit, "b"), noteTitles(unit)]);
        return seen;
      });
      assert.deepEqual(titles, ["a", "b"]);
    });

    test("in the read lane writes nothing", async () => {
      const context = here.context(here.newOrganisation());
      const write = database.inOrganisation(context, (unit) => addNote(unit, "never"), { lane: "read" });
      await assert.rejects(write, { code: "25006" }); // read_only_sql_transaction
      const record = database.inOrganisation(context, async (unit) => created(unit), { lane: "read" });
      await assert.rejects(record, /in the read lane/);
    });

    test("runs what follows the commit after it, and only then", async () => {
      const context = here.context(here.newOrganisation());
      const heard: string[] = [];
      await database.inOrganisation(context, async (unit) => {
        unit.afterCommit(() => heard.push("after"));
        heard.push("inside");
      });
      await database.inOrganisation(context, async (unit) => {
        unit.afterCommit(() => heard.push("refused"));
        return { refused: true };
      });
      assert.deepEqual(heard, ["inside", "after"]);
    });

    test("gives times as Temporal and whole numbers as numbers, and takes them back", async () => {
      const at = Temporal.Instant.from("1999-12-31T23:59:59.123456Z");
      const day = Temporal.PlainDate.from("0001-01-01");
      const row = await database.inOrganisation(here.context(here.newOrganisation()), async ({ db }) => {
        const { rows } = await sql<Record<string, unknown>>`
          select ${at}::timestamptz as at, ${day}::date as day, ${9_007_199_254_740_991}::int8 as most,
            array[${at}::timestamptz, null] as list, '08:30'::time as opens, '2026-01-01 09:00'::timestamp as wall`.execute(
          db,
        );
        return rows[0]!;
      });
      assert.equal(String(row["at"]), "1999-12-31T23:59:59.123456Z");
      assert.equal(String(row["day"]), "0001-01-01");
      assert.equal(row["most"], Number.MAX_SAFE_INTEGER);
      assert.deepEqual((row["list"] as unknown[]).map(String), ["1999-12-31T23:59:59.123456Z", "null"]);
      assert.equal(String(row["opens"]), "08:30:00");
      assert.equal(String(row["wall"]), "2026-01-01T09:00:00");
    });

    test("will not round a number that is too large", async () => {
      const unit = database.inOrganisation(here.context(here.newOrganisation()), ({ db }) =>
        sql`select 9007199254740993::int8`.execute(db),
      );
      await assert.rejects(unit, /too large for a whole number: 9007199254740993/);
    });

    test("survives a table that changed under its named statement", async () => {
      const context = here.context(here.newOrganisation());
      const all = (unit: Unit) => sql`select * from notes.note where title = ${"x"}`.execute(unit.db);
      // Many at once, so that every connection of a pool knows the statement by its name.
      const manyTimes = () => Promise.all(Array.from({ length: 40 }, () => database.inOrganisation(context, all)));
      await manyTimes();
      await database.asOwner(({ db }) => sql`alter table notes.note add column if not exists colour text`.execute(db));
      const rerunsBefore = database.stats().reruns;
      await manyTimes();
      assert.ok(database.stats().reruns > rerunsBefore, "the statement was not stale");
    });

    test("is counted when it took longer than 250 ms", async () => {
      const slowBefore = database.stats().unitsSlow;
      await database.inOrganisation(here.context(here.newOrganisation()), ({ db }) =>
        sql`select pg_sleep(0.3)`.execute(db),
      );
      assert.equal(database.stats().unitsSlow, slowBefore + 1);
      assert.ok(database.stats().unitMsMax > 250);
    });
  });
}

describe("two units that meet on a PostgreSQL server", { skip: server.skip }, () => {
  let here: TestDatabase;
  before(async () => void (here = await server.open([floor])));
  after(() => here[Symbol.asyncDispose]());

  test("in a deadlock both end well, and the one that ran again has the same ids", async () => {
    const organisation = here.newOrganisation();
    const { database } = here;
    await database.inOrganisation(here.context(organisation), async (unit) => {
      for (const id of ["a", "b"]) {
        await sql`insert into notes.note (org_id, id, title) values (${organisation}, ${id}, ${id})`.execute(unit.db);
      }
    });
    const lock = (unit: Unit, id: string) => sql`select 1 from notes.note where id = ${id} for update`.execute(unit.db);
    const before = database.stats().reruns;
    const bothHaveOne = Promise.withResolvers<void>();
    let have = 0;
    const idsOf = [new Array<string>(), new Array<string>()];
    const unitLocking = (who: 0 | 1, first: string, second: string) =>
      database.inOrganisation(here.context(organisation), async (unit) => {
        idsOf[who]!.push(unit.newId("note"));
        await lock(unit, first);
        if (++have >= 2) bothHaveOne.resolve();
        await bothHaveOne.promise;
        await lock(unit, second);
      });
    await Promise.all([unitLocking(0, "a", "b"), unitLocking(1, "b", "a")]);

    // Who runs again may be quicker than who waits, and meet it once more.
    const reruns = database.stats().reruns - before;
    assert.ok(reruns > 0, "they met");
    assert.equal(idsOf.flat().length, 2 + reruns, "one of the two ran again");
    assert.equal(new Set(idsOf.flat()).size, 2, "with the same id");
  });

  test("that never get through are told that the server is busy, after four runs", async () => {
    let runs = 0;
    const unit = here.database.inOrganisation(here.context(here.newOrganisation()), async ({ db }) => {
      runs++;
      await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(db);
    });
    await assert.rejects(unit, Unavailable);
    assert.equal(runs, 4);
  });

  test("run again for what failed first, even where it is heard of what was asked behind it first", async () => {
    let runs = 0;
    await here.database.inOrganisation(here.context(here.newOrganisation()), async ({ db }) => {
      runs++;
      const text = `do $$ begin if ${runs} = 1 then raise exception using errcode = '40P01'; end if; end $$`;
      const first = sql
        .raw(text)
        .execute(db)
        .then(() => {})
        .then(() => {});
      const behind = sql`select ${1}::integer`.execute(db);
      await Promise.all([first.then(() => {}), behind]);
    });
    assert.equal(runs, 2);
  });

  test("get numbers without gaps in the log: 8 writers, 25 changes each", async () => {
    const organisation = here.newOrganisation();
    const writer = async (name: number) => {
      for (let i = 0; i < 25; i++) {
        await here.database.inOrganisation(here.context(organisation), async (unit) => {
          unit.record({ kind: "created", thing: { type: "note", id: unit.newId("note") }, after: { name, i } });
          return i % 5 === 4 ? { refused: "every fifth is taken back" } : null;
        });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, name) => writer(name)));
    const seqs = await here.database.inOrganisation(here.context(organisation), async ({ db }) => {
      const { rows } = await sql<{ seq: number }>`select seq from changes.change order by seq`.execute(db);
      return rows.map(({ seq }) => seq);
    });
    assert.deepEqual(
      seqs,
      Array.from({ length: 160 }, (_, i) => i + 1),
    );
  });
});
