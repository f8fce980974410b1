import { migrateBoss } from "./jobs/boss.ts";
import type { MigrationStep } from "./db/migrations.ts";

/** The platform's own floors, first of all. */
export const platformFloors: readonly MigrationStep[] = [
  { floor: "platform/db", folder: new URL("db/migrations/", import.meta.url) },
  { floor: "platform/changes", folder: new URL("changes/migrations/", import.meta.url) },
  { floor: "platform/jobs", folder: new URL("jobs/migrations/", import.meta.url) },
  { library: "pg-boss", run: migrateBoss },
];
