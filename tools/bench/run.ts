// npm run -s bench -- [NAME] [FOLDER] [--json] [--attempts N] [--seed N] [--seconds N]: measures what is promised. Without a name all of them.
import { parseArgs } from "node:util";
import { bookingPage } from "./booking-page.ts";
import { booking } from "./booking.ts";
import { calendars } from "./calendars.ts";
import { drafts } from "./drafts.ts";
import { plan } from "./plan.ts";
import { ground } from "./ground.ts";
import { lists } from "./lists.ts";
import { liveRoster } from "./live-roster.ts";
import { live } from "./live.ts";
import { planning } from "./planning.ts";
import { publish } from "./publish.ts";
import { race } from "./race.ts";
import { machine, printTable, type Bench, type Result } from "./report.ts";
import { rosters } from "./rosters.ts";
import { schedule } from "./schedule.ts";
import { schedules } from "./schedules.ts";
import { seasons } from "./seasons.ts";
import { slots } from "./slots.ts";
import { solver } from "./solver.ts";
import { team } from "./team.ts";
import { time } from "./time.ts";
import { year } from "./year.ts";

const benches: readonly Bench[] = [
  booking,
  bookingPage,
  calendars,
  drafts,
  plan,
  ground,
  lists,
  live,
  liveRoster,
  planning,
  publish,
  race,
  rosters,
  schedule,
  schedules,
  seasons,
  slots,
  solver,
  team,
  time,
  year,
];

const { values, positionals } = parseArgs({
  options: {
    json: { type: "boolean" },
    attempts: { type: "string" },
    seed: { type: "string" },
    seconds: { type: "string" },
  },
  allowPositionals: true,
});
// What has a slash is the folder of public problems that a bench reads.
const names = positionals.filter((each) => !each.includes("/"));
const folder = positionals.find((each) => each.includes("/"));
const wanted = {
  ...(values.attempts === undefined ? {} : { attempts: Number(values.attempts) }),
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
  ...(folder === undefined ? {} : { folder }),
};
const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". There are: ${benches.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const say = (sentence: string) => console.error(sentence);
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const results: readonly Result[] = await bench.run(say, wanted);
  if (values.json === true) console.log(JSON.stringify({ name: bench.name, machine: machine(), results }));
  else {
    console.log(`${bench.name} · ${machine()}`);
    printTable(results);
  }
}
