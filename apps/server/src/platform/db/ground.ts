import type { MigrationStep } from "./migrations.ts";

/** The platform's own floors, first of all; pg-boss's schema is a step of its own (`migrateJobs`). */
export const platformFloors: readonly MigrationStep[] = [
  { floor: "platform/db", folder: new URL("migrations/", import.meta.url) },
  { floor: "platform/changes", folder: new URL("../changes/migrations/", import.meta.url) },
  { floor: "platform/jobs", folder: new URL("../jobs/migrations/", import.meta.url) },
];
