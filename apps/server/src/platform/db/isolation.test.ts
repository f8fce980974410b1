// Strategy: first show that the test can fail (without its policy the other tenant is seen), then that it does not.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { catalogueBreaches } from "./catalogue.ts";
import type { Unit } from "./database.ts";

const floor = { floor: "test", folder: new URL("../testing/migrations/", import.meta.url) };

for (const kind of databases()) {
  describe(`tenants on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    let ours: number;
    let theirs: number;
    before(async () => {
      here = await kind.open([floor]);
      [ours, theirs] = [here.newOrganisation(), here.newOrganisation()];
      await inside(ours, (unit) => add(unit, ours, "ours"));
      await inside(theirs, (unit) => add(unit, theirs, "theirs"));
    });
    after(() => here[Symbol.asyncDispose]());

    const inside = <T>(organisation: number, work: (unit: Unit) => Promise<T>) =>
      here.database.inOrganisation(here.context(organisation), work);
    const add = ({ db }: Unit, organisation: number, title: string) =>
      sql`insert into notes.note (org_id, id, title) values (${organisation}, ${title}, ${title})`.execute(db);
    const titles = async ({ db }: Pick<Unit, "db">) => {
      const { rows } = await sql<{ title: string }>`select title from notes.note order by title`.execute(db);
      return rows.map(({ title }) => title);
    };
    const asOwner = (text: string) => here.database.asOwner(({ db }) => sql.raw(text).execute(db));

    test("the other one is seen when the policy is gone: this suite can fail", async () => {
      await asOwner("alter table notes.note disable row level security");
      assert.deepEqual(await inside(ours, titles), ["ours", "theirs"]);
      await asOwner("alter table notes.note enable row level security");
    });

    test("each sees its own", async () => {
      assert.deepEqual(await inside(ours, titles), ["ours"]);
      assert.deepEqual(await inside(theirs, titles), ["theirs"]);
    });

    test("named statements see the organisation of their unit, not of the unit that prepared them", async () => {
      const count = async ({ db }: Unit) => {
        const { rows } = await sql<{ title: string }>`select title from notes.note where title <> ${"x"}`.execute(db);
        return rows.map(({ title }) => title);
      };
      for (let i = 0; i < 6; i++) {
        assert.deepEqual(await inside(ours, count), ["ours"]);
        assert.deepEqual(await inside(theirs, count), ["theirs"]);
      }
    });

    test("nobody sees anything without an organisation, through any handle of the application", async () => {
      assert.deepEqual(await here.database.outside((db) => titles({ db })), []);
      assert.deepEqual(await here.database.outside((db) => titles({ db }), { transaction: true }), []);
      assert.deepEqual(await titles({ db: here.database.kysely }), []);
      assert.deepEqual((await here.database.pool.query("select * from notes.note")).rows, []);
    });

    test("writing into the other one is refused by the database", async () => {
      await assert.rejects(
        inside(ours, (unit) => add(unit, theirs, "forged")),
        { code: "42501" },
      );
      const moved = inside(ours, ({ db }) => sql`update notes.note set org_id = ${theirs}`.execute(db));
      await assert.rejects(moved, { code: "42501" });
      const { numAffectedRows } = await inside(ours, ({ db }) =>
        sql`update notes.note set title = 'x' where org_id = ${theirs}`.execute(db),
      );
      assert.equal(numAffectedRows, 0n);
    });

    test("the role has no way back to the owner's tables", async () => {
      await assert.rejects(
        here.database.outside((db) => sql`alter table notes.note disable row level security`.execute(db)),
        { code: "42501" },
      );
      await assert.rejects(
        here.database.outside((db) => sql`insert into migrations.applied values ('x', 'x')`.execute(db)),
        { code: "42501" },
      );
    });

    test("an organisation is a whole number or nothing", async () => {
      for (const organisation of [0, -1, 1.5, Number.NaN, "1'; drop schema notes; --" as unknown as number]) {
        await assert.rejects(inside(organisation, titles), /not an organisation/);
      }
    });

    test("the owner sees all, and is not blind: row-level security is not forced", async () => {
      assert.deepEqual(await here.database.asOwner(titles), ["ours", "theirs"]);
    });

    test("the platform's tables keep the rules of tenants' tables", async () => {
      assert.deepEqual(await here.database.asOwner(catalogueBreaches), []);
    });

    test("a table that breaks them is named", async () => {
      await asOwner("create table notes.loose (id text primary key, org_id bigint, note_id text unique)");
      const breaches = await here.database.asOwner(catalogueBreaches);
      await asOwner("drop table notes.loose");
      assert.deepEqual(breaches, [
        'notes.loose does not begin with "org_id bigint not null"',
        "notes.loose has no row-level security",
        "notes.loose lacks the policy one_organisation",
        "notes.loose_note_id_key of notes.loose does not begin with org_id",
        "notes.loose_pkey of notes.loose does not begin with org_id",
      ]);
    });
  });
}
