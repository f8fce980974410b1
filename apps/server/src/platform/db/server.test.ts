// Strategy: what is particular to a PostgreSQL server: logins, lost connections, several processes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { CannotStart, Unavailable } from "../failure.ts";
import { runAlone, server, type TestDatabase } from "../testing/databases.ts";
import { openDatabase } from "./database.ts";
import { migrate } from "./migrations.ts";
import { platformFloors } from "./ground.ts";
import { eventually } from "../../testing/eventually.ts";

describe("a login to a PostgreSQL server", { skip: server.skip }, () => {
  let here: TestDatabase;
  let name: string;
  before(async () => {
    here = await server.open();
    name = new URL(here.url!).pathname.slice(1).replace("hourwright_test", "login");
  });
  after(async () => {
    await runAlone(here.url!, `drop owned by ${name}; drop role if exists ${name}`).catch(() => {});
    await here[Symbol.asyncDispose]();
  });

  const urlAs = (user: string) => {
    const url = new URL(here.url!);
    url.username = user;
    return url.href;
  };

  test("that sees every organisation and cannot take the role is refused with one sentence that says what to do", async () => {
    await runAlone(here.url!, `create role ${name} login bypassrls`);
    await assert.rejects(openDatabase({ url: urlAs(name) }, here.tools), (error) => {
      assert.ok(error instanceof CannotStart);
      assert.match(
        error.message,
        new RegExp(`login "${name}" cannot take the role hourwright_app.*grant hourwright_app to ${name}`),
      );
      return true;
    });
  });

  test("that owns nothing is enough for the application when another one migrates, which lends it the role", async () => {
    const options = { url: urlAs(name), migrateUrl: here.url! };
    await using database = await openDatabase(options, here.tools);
    assert.deepEqual(await migrate(database, platformFloors), []);
    const { rows } = await database.pool.query("select current_user as name, session_user as login");
    assert.deepEqual(rows, [{ name: "hourwright_app", login: name }]);
  });

  test("that owns nothing and migrates alone is refused with the setting that names the owner's", async () => {
    await using database = await openDatabase({ url: urlAs(name) }, here.tools);
    await assert.rejects(
      migrate(database, platformFloors),
      /^CannotStart: .* may not build the schema: .*MIGRATE_DATABASE_URL/,
    );
  });

  test("to a server that does not answer, or to another kind of server, is refused with the setting's name", async () => {
    const nobody = openDatabase({ url: "postgres://postgres@127.0.0.1:1/postgres" }, here.tools);
    await assert.rejects(nobody, /^CannotStart: DATABASE_URL names a database that does not answer: /);
    const migrateUrl = "postgres://postgres@127.0.0.1:1/postgres";
    await assert.rejects(openDatabase({ url: here.url!, migrateUrl }, here.tools), /MIGRATE_DATABASE_URL/);
  });
});

describe("a database in another encoding", { skip: server.skip }, () => {
  test("is refused with the statement that makes a right one", async () => {
    await using here = await server.open();
    const name = `${new URL(here.url!).pathname.slice(1)}_latin`;
    await runAlone(
      here.url!,
      `create database ${name} template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`,
    );
    try {
      const url = new URL(here.url!);
      url.pathname = `/${name}`;
      await assert.rejects(
        openDatabase({ url: url.href }, here.tools),
        /^CannotStart: .* in LATIN1, .*encoding 'UTF8'/,
      );
    } finally {
      await runAlone(here.url!, `drop database ${name}`);
    }
  });
});

describe("connections to a PostgreSQL server", { skip: server.skip }, () => {
  let here: TestDatabase;
  before(async () => void (here = await server.open()));
  after(() => here[Symbol.asyncDispose]());

  test("that are cut off fail what ran on them as unavailable, and others take their place", async () => {
    const cut = here.database.inOrganisation(here.context(1), async ({ db }) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      await runAlone(here.url!, `select pg_terminate_backend(${rows[0]!.pid})`);
      await sql`select 1`.execute(db);
    });
    await assert.rejects(cut, Unavailable);
    for (let i = 0; i < 12; i++) assert.ok(await here.database.health());
  });

  test("are left outside any transaction by a library that forgot to end its own", async () => {
    for (let i = 0; i < 12; i++) {
      const session = await here.database.pool.connect();
      await session.query("begin");
      await session.query("select 1 / 0").catch(() => {});
      await session.release();
    }
    for (let i = 0; i < 12; i++) await here.database.pool.query("select 1");
  });

  test("hear a channel, also after the listening connection was cut", async () => {
    const heard: string[] = [];
    const stop = await here.database.listen("test_channel", (payload) => heard.push(payload));
    const until = (payload: string) =>
      eventually(
        `“${payload}” is heard`,
        () => heard,
        (all) => all.includes(payload),
      );
    await runAlone(here.url!, "select pg_notify('test_channel', 'first')");
    await until("first");
    await runAlone(
      here.url!,
      "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()",
    );
    await until(""); // It is back, and says that it may have missed something.
    await runAlone(here.url!, "select pg_notify('test_channel', 'second')");
    await until("second");
    await stop();
  });
});
