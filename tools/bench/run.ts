// npm run -s bench -- [NAME] [--json]: measures what is promised. Without a name all of them.
import { bookingPage } from "./booking-page.ts";
import { calendars } from "./calendars.ts";
import { ground } from "./ground.ts";
import { lists } from "./lists.ts";
import { live } from "./live.ts";
import { planning } from "./planning.ts";
import { machine, printTable, type Bench, type Result } from "./report.ts";
import { solver } from "./solver.ts";
import { time } from "./time.ts";
import { year } from "./year.ts";

const benches: readonly Bench[] = [bookingPage, calendars, ground, lists, live, planning, solver, time, year];

const words = process.argv.slice(2);
const json = words.includes("--json");
const names = words.filter((word) => !word.startsWith("--"));
const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". There are: ${benches.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const say = (sentence: string) => console.error(sentence);
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const results: readonly Result[] = await bench.run(say);
  if (json) console.log(JSON.stringify({ name: bench.name, machine: machine(), results }));
  else {
    console.log(`${bench.name} · ${machine()}`);
    printTable(results);
  }
}
