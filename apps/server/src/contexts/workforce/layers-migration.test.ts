// Strategy: on both databases weeks stand as they stood before there were layers; the migration makes layers of weeks of them.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL, fileURLToPath } from "node:url";
import { sql } from "kysely";
import { databases } from "../../platform/testing/databases.ts";
import { layersOf } from "./hours/store.ts";

const folder = fileURLToPath(new URL("./migrations/", import.meta.url));
const LAYERS = "0006_layers.sql";

for (const kind of databases()) {
  describe(`weeks become layers on ${kind.name}`, { skip: kind.skip }, () => {
    test("those of everybody, of one, and of somebody who never works", async () => {
      const before = mkdtempSync(join(tmpdir(), "hourwright-migrations-"));
      for (const name of readdirSync(folder)) if (name < LAYERS) cpSync(join(folder, name), join(before, name));
      const floors = [{ floor: "workforce", folder: pathToFileURL(`${before}/`) }];
      await using own = await kind.open(floors);
      const organisation = own.newOrganisation();
      await own.database.inOrganisation(own.context(organisation), async (unit) => {
        await sql`insert into workforce.own_week (org_id, subject_id) values (${organisation}, 'per_1'), (${organisation}, 'per_2')`.execute(
          unit.db,
        );
        await sql`insert into workforce.working_time (org_id, subject_id, weekday, opens, closes) values
          (${organisation}, '', 5, '18:00', '24:00'), (${organisation}, '', 1, '09:00', '12:30'),
          (${organisation}, 'per_1', 2, '06:15', '10:00')`.execute(unit.db);
      });
      await own.database.asOwner(({ pool }) => pool.query(readFileSync(join(folder, LAYERS), "utf8")));
      const shown = await own.database.inOrganisation(own.context(organisation), async (unit) =>
        [...(await layersOf(unit, ["organisation", "per_1", "per_2", "per_3"]))].map(([owner, { layers, version }]) => [
          owner,
          version,
          ...layers.map((layer) =>
            layer.kind === "weeks"
              ? layer.weeks[0]!.map(({ weekday, opens, closes }) => `${weekday} ${opens}–${closes}`).join(", ")
              : layer.kind,
          ),
        ]),
      );
      assert.deepEqual(shown, [
        ["organisation", 1, "1 09:00–12:30, 5 18:00–24:00"],
        ["per_1", 1, "2 06:15–10:00"],
        ["per_2", 1, ""],
        ["per_3", 0],
      ]);
      rmSync(before, { recursive: true, force: true });
    });
  });
}
