import { randomBytes } from "node:crypto";
import { openDatabase, type Database, type Tools } from "./platform/db/database.ts";
import { forgetOrganisation } from "./platform/db/forget.ts";
import { platformFloors } from "./platform/db/ground.ts";
import { migrate, type MigrationStep } from "./platform/db/migrations.ts";
import { migrateJobs } from "./platform/jobs/jobs.ts";
import { migrateAuth, sharedSecret, unfinishedOrganisations } from "./contexts/identity/public.ts";
import type { Config } from "./config.ts";

/** The database with its schema, and the secret of its sessions: what the server and the offline tools stand on. */
export type Ground = { readonly database: Database; readonly secret: string };

/** Longer than any process takes to fill an organisation. */
const FILLING_MS_MAX = 600_000;

/** Opens the database of the settings, brings its schema up to date and clears away what was begun and never finished. */
export async function openGround(config: Config, tools: Tools): Promise<Ground> {
  const { databaseUrl, migrateDatabaseUrl, dataDir } = config;
  const migrateUrl = migrateDatabaseUrl === null ? {} : { migrateUrl: migrateDatabaseUrl };
  const database = await openDatabase(databaseUrl === null ? { dataDir } : { url: databaseUrl, ...migrateUrl }, tools);
  const migrated = await migrate(database, floors());
  if (migrated.length > 0) tools.log.info({ migrations: migrated.length }, "the schema was brought up to date");
  const secret =
    config.authSecret ?? (await sharedSecret(database, "auth", () => randomBytes(48).toString("base64url")));
  // A first start that was killed is begun anew. On the embedded database nobody else can be at it; elsewhere another
  // process may be, for some minutes.
  const beforeMs = tools.clock.nowMs() - (database.kind === "embedded" ? 0 : FILLING_MS_MAX);
  for (const id of await unfinishedOrganisations(database, beforeMs)) await forgetOrganisation(database, id);
  return { database, secret };
}

/** The folders of SQL in floor order: what stands on what. */
const floors = (): MigrationStep[] => {
  const folder = (name: string) => ({ floor: name, folder: new URL(`contexts/${name}/migrations/`, import.meta.url) });
  return [
    ...platformFloors,
    { library: "better-auth", run: migrateAuth },
    { library: "pg-boss", run: migrateJobs },
    folder("identity"),
    folder("claims"),
    folder("planning"),
    folder("approvals"),
    folder("calendars"),
    folder("workforce"),
    folder("bookings"),
    folder("notifications"),
    folder("mail"),
    folder("providers"),
    folder("learning"),
    folder("leagues"),
    folder("addresses"),
  ];
};
