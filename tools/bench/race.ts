import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { findPrograms, startCluster } from "../../apps/server/src/platform/testing/cluster.ts";
import { race as raceFor, type RaceOutcome } from "../../apps/server/src/testing/race.ts";
import { queryOfDirectory, queryOfServer } from "../../apps/server/src/testing/race-proof.ts";
import { below, tableOf, type Bench, type Result } from "./report.ts";

const ATTEMPTS = 10_000;
const SEED = 20270403;

/** Strangers, the API and events that race for the same people and cars, on both databases: `--attempts` says how often on each. */
export const race: Bench = {
  name: "race",
  async run(say, { attempts = ATTEMPTS, seed = SEED }) {
    const common = { attempts, seed, say };
    const directory = mkdtempSync(join(tmpdir(), "hourwright-bench-"));
    const dataDir = join(directory, "data");
    const results: Result[] = [];
    try {
      say(`embedded database: ${attempts.toLocaleString("en")} attempts, one process, killed twice …`);
      const settings = { DATA_DIR: dataDir };
      const openQuery = () => queryOfDirectory(dataDir);
      results.push(...shown(await raceFor({ ...common, processes: 1, settings, openQuery }), "embedded", say));
      for (const line of tableOf(results)) say(line); // The other may take as long again.
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    const programs = findPrograms();
    if (programs === null) say("PostgreSQL: not raced on, its server programs are not here.");
    else {
      say(`PostgreSQL: ${attempts.toLocaleString("en")} attempts, two processes, each killed once …`);
      await using cluster = await startCluster(programs);
      const settings = { DATABASE_URL: cluster.url };
      const openQuery = () => queryOfServer(cluster.url);
      results.push(...shown(await raceFor({ ...common, processes: 2, settings, openQuery }), "PostgreSQL", say));
    }
    return results;
  },
};

function shown(outcome: RaceOutcome, database: string, say: (sentence: string) => void): Result[] {
  const { wrong, proof, attempts, won, refused, failed, lost, kills, turns, contested, wonOnce, free, seconds } =
    outcome;
  for (const sentence of wrong) say(`WRONG: ${sentence}`);
  const count = (what: string, value: number) => ({
    ...below(`${what}, ${database}`, value, "", Infinity),
    promise: "",
  });
  const none = (what: string, value: number) => ({ ...below(`${what}, ${database}`, value, "", 1), promise: "0" });
  return [
    count("attempts", attempts),
    count("won (holds, events and confirmations)", won),
    ...Object.entries(refused).map(([code, number]) => count(`refused: ${code}`, number)),
    none("answers of 5xx", failed),
    count(`requests lost in ${kills} kills and repeated`, lost),
    count("times the clocks were turned past the end of holds", turns),
    count("times of which one alone may win", contested),
    count("of these won by one", wonOnce),
    count("of these free in the end, and offered", free),
    none("of these neither, and whatever else is wrong", wrong.length + contested - wonOnce - free),
    none(`guards that overlap, of ${proof.claims} claims`, proof.overlaps),
    none(`bookings that overlap, of ${proof.bookings}`, proof.bookingsThatOverlap),
    none("bookings whose time nobody has taken", proof.bookingsWithoutTime),
    none("deadlocks", proof.deadlocks),
    { ...below(`seconds, ${database}, load ${loadavg()[0]!.toFixed(1)}`, seconds, "s", Infinity), promise: "" },
  ];
}
