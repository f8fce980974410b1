import { randomBytes } from "node:crypto";
import pg from "pg";
import { availabilityReconciler, holidaysHere } from "../contexts/workforce/public.ts";
import { readConfig, type Config } from "../config.ts";
import { systemClock } from "../platform/clock.ts";
import { idMaker } from "../platform/ids.ts";
import { runAlone, server, serverUrl } from "../platform/testing/databases.ts";
import { composeIn, hashOfSources } from "./server.ts";

/** A database of its own on a real server, filled with the demo, everybody's hours worked out. */
export type FilledDatabase = AsyncDisposable & { readonly url: string };

/**
 * A real server for tests of a whole application: the demo is made once for each day and cluster, and copied for each file, which
 * takes a moment instead of ten seconds.
 */
export const postgres = {
  name: server.name,
  skip: server.skip,
  async open(): Promise<FilledDatabase> {
    const cluster = await serverUrl();
    const filled = await filledTemplate(cluster);
    const name = `hourwright_test_${randomBytes(6).toString("hex")}`;
    await runAlone(cluster, `create database ${name} template ${filled}`);
    return {
      url: addressOf(cluster, name),
      [Symbol.asyncDispose]: () => runAlone(cluster, `drop database ${name} with (force)`),
    };
  },
};

function addressOf(cluster: string, name: string): string {
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}

/** Whoever comes first makes it; the others wait at a lock of the cluster. */
async function filledTemplate(cluster: string): Promise<string> {
  const day = String(Math.floor(systemClock.nowMs() / 86_400_000));
  const name = `hourwright_demo_${hashOfSources(day)}`;
  const client = new pg.Client({ connectionString: cluster });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext($1))", [name]);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      await client.query(`drop database if exists ${name}_making with (force)`);
      await client.query(`create database ${name}_making`);
      await fill(addressOf(cluster, `${name}_making`));
      await client.query(`alter database ${name}_making rename to ${name}`);
    }
    return name;
  } finally {
    await client.end();
  }
}

async function fill(url: string): Promise<void> {
  const config = readConfig({ DATABASE_URL: url, DEMO: "1", PORT: "0" }) as Config;
  await using application = await composeIn(config, systemClock);
  const hours = availabilityReconciler(application.database, idMaker(systemClock, randomBytes), holidaysHere);
  await hours.run(new AbortController().signal);
}
