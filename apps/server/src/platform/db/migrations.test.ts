// Strategy: build a database from folders of files that the test writes and edits, on both databases.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { sql } from "kysely";
import { CannotStart } from "../failure.ts";
import { platformFloors } from "./ground.ts";
import { databases, server, type TestDatabase } from "../testing/databases.ts";
import { openDatabase } from "./database.ts";
import { migrate, type MigrationStep } from "./migrations.ts";

for (const kind of databases()) {
  describe(`migrations on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    let folder: string;
    let runs = 0;
    let floors: MigrationStep[];
    before(async () => void (here = await kind.open()));
    after(() => here[Symbol.asyncDispose]());
    beforeEach(async () => {
      await here.database.asOwner(({ db }) =>
        sql.raw("delete from migrations.applied where name like 'a/%'; drop schema if exists a cascade").execute(db),
      );
      folder = mkdtempSync(join(tmpdir(), "hourwright-migrations-"));
      runs = 0;
      floors = [
        ...platformFloors,
        { floor: "a", folder: pathToFileURL(`${folder}/`) },
        { library: "counting", run: async () => void runs++ },
      ];
      writeFileSync(join(folder, "0001_first.sql"), "create schema a; create table a.t (x int);");
    });

    test("apply each file once, in the order of names, and libraries every time", async () => {
      writeFileSync(join(folder, "0002_second.sql"), "alter table a.t add column y int;");
      writeFileSync(join(folder, "notes.txt"), "not a migration");
      assert.deepEqual(await migrate(here.database, floors), ["a/0001_first.sql", "a/0002_second.sql"]);
      assert.deepEqual(await migrate(here.database, floors), []);
      assert.equal(runs, 2);
      rmSync(folder, { recursive: true });
    });

    test("refuse an applied file that was edited, by its name", async () => {
      await migrate(here.database, floors);
      writeFileSync(join(folder, "0001_first.sql"), "create schema a; create table a.t (x bigint);");
      await assert.rejects(migrate(here.database, floors), (error) => {
        assert.ok(error instanceof CannotStart);
        assert.match(error.message, /a\/0001_first\.sql was edited/);
        return true;
      });
      rmSync(folder, { recursive: true });
    });

    test("refuse a database that a newer program has built", async () => {
      await migrate(here.database, floors);
      rmSync(join(folder, "0001_first.sql"));
      writeFileSync(join(folder, "0002_second.sql"), "create table a.u (x int);");
      await assert.rejects(migrate(here.database, floors), /newer Hourwright.*a\/0001_first\.sql/);
      const { rows } = await here.database.pool.query("select from pg_tables where tablename = 'u'");
      assert.equal(rows.length, 0);
      rmSync(folder, { recursive: true });
    });

    test("leave nothing of a file that fails, name it, and go on from there when it is mended", async () => {
      writeFileSync(join(folder, "0002_second.sql"), "create table a.u (x int); select 1 / 0;");
      await assert.rejects(migrate(here.database, floors), /a\/0002_second\.sql failed/);
      writeFileSync(join(folder, "0002_second.sql"), "create table a.u (x int);");
      assert.deepEqual(await migrate(here.database, floors), ["a/0002_second.sql"]);
      rmSync(folder, { recursive: true });
    });

    if (kind !== server) return; // An embedded database has one process.
    test("of two processes at once are applied by one", async () => {
      await using second = await openDatabase({ url: here.url! }, here.tools);
      const applied = await Promise.all([migrate(here.database, floors), migrate(second, floors)]);
      assert.deepEqual(applied.flat(), ["a/0001_first.sql"]);
      rmSync(folder, { recursive: true });
    });
  });
}
