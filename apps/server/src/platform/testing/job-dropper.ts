// A process that kills itself in the middle of a job: argv[2] is DATA_DIR or a URL, argv[3] says where.
//   committed  after the commit that left the job, before anybody was told of it
//   running    inside the job's handler
import { randomBytes } from "node:crypto";
import { systemClock } from "../clock.ts";
import { openDatabase } from "../db/database.ts";
import { migrate } from "../db/migrations.ts";
import { platformFloors } from "../db/ground.ts";
import { idMaker } from "../ids.ts";
import { enqueue, migrateJobs, startJobs } from "../jobs/jobs.ts";
import { silent } from "../log.ts";

const [, , place = "", moment] = process.argv;
const die = () => void process.kill(process.pid, "SIGKILL");

const tools = { clock: systemClock, log: silent, ids: idMaker(systemClock, randomBytes) };
const options = place.startsWith("postgres:") ? { url: place } : { dataDir: place, durable: false };
const database = await openDatabase(options, tools);
await migrate(database, [...platformFloors, { library: "pg-boss", run: migrateJobs }]);
const run = async () => {
  die();
  return { done: "never" };
};
await startJobs(database, tools, [{ kind: "test.dropped", run }]);
const context = {
  organisation: 1,
  actor: { kind: "system", userId: null, personId: null, label: "dropper" },
  operation: "drop",
  requestId: tools.ids("req"),
} as const;
await database.inOrganisation(context, async (unit) => {
  if (moment === "committed") unit.afterCommit(die);
  await enqueue(unit, { kind: "test.dropped", input: {} });
});
await systemClock.sleep(120_000); // The handler comes first.
