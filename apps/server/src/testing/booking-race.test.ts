// Many thousands race for the same people and cars through HTTP, while holds end and processes are killed; then the database is
// asked, below all of our code, whether anything overlaps. `npm run -s bench -- race --attempts N` runs more of them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { race, type RaceOutcome } from "./race.ts";
import { embedded, server } from "../platform/testing/databases.ts";
import { queryOfDirectory, queryOfServer } from "./race-proof.ts";

const ATTEMPTS = Number(process.env["RACE_ATTEMPTS"] ?? 2_500);
const SEED = Number(process.env["SEED"] ?? 20270402);

for (const kind of [embedded, server]) {
  describe(`a race for bookings on ${kind.name}`, { skip: kind.skip }, () => {
    test(`${ATTEMPTS} attempts, two kills: nothing overlaps, every time is won once, nothing fails (seed ${SEED})`, async () => {
      const outcome = kind === embedded ? await onDirectory() : await onServer();
      const { wrong, failed, kills, contested, wonOnce, free, proof } = outcome;
      assert.deepEqual({ wrong, failed, kills }, { wrong: [], failed: 0, kills: 2 });
      assert.equal(wonOnce + free, contested);
      assert.ok(wonOnce > 0 && proof.bookings > 0 && outcome.attempts >= ATTEMPTS);
      const { claims, bookings, ...faults } = proof;
      assert.deepEqual(faults, { overlaps: 0, bookingsThatOverlap: 0, bookingsWithoutTime: 0, deadlocks: 0 });
      assert.ok(claims >= bookings);
    });
  });
}

async function onDirectory(): Promise<RaceOutcome> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-race-"));
  const dataDir = join(directory, "data");
  const settings = { DATA_DIR: dataDir };
  try {
    return await race({
      attempts: ATTEMPTS,
      processes: 1,
      seed: SEED,
      settings,
      openQuery: () => queryOfDirectory(dataDir),
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function onServer(): Promise<RaceOutcome> {
  await using base = await server.open();
  const url = base.url!;
  const settings = { DATABASE_URL: url };
  // Waited for here: the database goes with its scope.
  return await race({ attempts: ATTEMPTS, processes: 2, seed: SEED, settings, openQuery: () => queryOfServer(url) });
}
