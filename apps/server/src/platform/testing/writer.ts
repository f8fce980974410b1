// A process to be killed: opens DATA_DIR (argv[2]) and adds notes to organisation 1 as fast as it can, four at a time.
// Prints the id of a note once it is acknowledged. Ends only by being killed.
import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { sql } from "kysely";
import { systemClock } from "../clock.ts";
import { openDatabase } from "../db/database.ts";
import { migrate } from "../db/migrations.ts";
import { platformFloors } from "../db/ground.ts";
import { idMaker } from "../ids.ts";
import { silent } from "../log.ts";

const tools = { clock: systemClock, log: silent, ids: idMaker(systemClock, randomBytes) };
const database = await openDatabase({ dataDir: process.argv[2]! }, tools);
await migrate(database, [...platformFloors, { floor: "test", folder: new URL("migrations/", import.meta.url) }]);

async function write(): Promise<never> {
  for (;;) {
    const context = {
      organisation: 1,
      actor: { kind: "system", userId: null, personId: null, label: "writer" },
      operation: "write",
      requestId: tools.ids("req"),
    } as const;
    const id = await database.inOrganisation(context, async (unit) => {
      const id = unit.newId("note");
      await sql`insert into notes.note (org_id, id, title) values (1, ${id}, 'x')`.execute(unit.db);
      unit.record({ kind: "created", thing: { type: "note", id } });
      return id;
    });
    writeSync(1, `${id}\n`); // Before the next one, and not through a stream that a kill would cut off.
  }
}

await Promise.all([write(), write(), write(), write()]);
