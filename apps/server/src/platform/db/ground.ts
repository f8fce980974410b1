import type { MigrationStep } from "./migrations.ts";

/** The platform's own floors, first of all. */
export const platformFloors: readonly MigrationStep[] = [
  { floor: "platform/db", folder: new URL("migrations/", import.meta.url) },
  { floor: "platform/changes", folder: new URL("../changes/migrations/", import.meta.url) },
];
