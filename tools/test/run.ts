// npm test: everything there is to check, in one command. Ends with `N passed, N failed`; exit 1 when something failed.
//   node tools/test/run.ts            all of it
//   node tools/test/run.ts --static   types, lint, format, unused code
//   node tools/test/run.ts PATH…      the tests whose path holds one of these
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { run } from "node:test";
import { fileURLToPath } from "node:url";
import { findPrograms, startCluster } from "../../apps/server/src/platform/testing/cluster.ts";
import { longestFirst, rememberTimes } from "./order.ts";
import { lieInMemory } from "./place.ts";
import { collect, mayGoAgain, newTally, putAgain, slowest } from "./report.ts";
import { runStaticChecks } from "./static-checks.ts";
import { UNTRACKED } from "./untracked.ts";

/** A test file that has not ended by then is stuck: the longest has taken 172 s on a machine that did other work as well. */
const FILE_MS_MAX = 600_000;
/** One more than there are cores: a page, a database or a clock is waited for about a third of the time. */
const FILES_AT_ONCE = Math.min(8, availableParallelism() + 1);
/**
 * Each server compiles an embedded database of its own, and most answer little: a file with some of them takes a tenth to a third
 * less processor time when that is not compiled a second time, to be fast.
 */
const COMPILED_ONCE = ["--liftoff-only"];
/** Every file starts a process, and most of them the server: what was compiled is kept between them. */
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(
  new URL("../../node_modules/.cache/hourwright/compiled/", import.meta.url),
);

const asked = process.argv.slice(2);
const onlyStatic = asked.includes("--static");
const paths = asked.filter((word) => !word.startsWith("--"));
const startedMs = performance.now();
const tally = newTally();

if (paths.length === 0) runStaticChecks(tally);
if (!onlyStatic) await runTests();
report();

async function runTests(): Promise<void> {
  lieInMemory();
  const programs = process.env["TEST_DATABASE_URL"] === undefined ? findPrograms() : null;
  const cluster = programs === null ? null : await startCluster(programs);
  if (cluster !== null) process.env["HOURWRIGHT_TEST_CLUSTER"] = cluster.url;
  try {
    const files = globSync("{packages,apps,tools,examples}/**/*.test.ts", {
      exclude: (name) => name.includes("node_modules"),
    })
      .filter((file) => paths.length === 0 || paths.some((path) => file.includes(path)))
      .toSorted();
    // In one run, so that no core waits for the last file of a kind before the next kind begins.
    const options = { timeout: FILE_MS_MAX, execArgv: [...COMPILED_ONCE, ...UNTRACKED] };
    await collect(run({ ...options, files: longestFirst(files), concurrency: FILES_AT_ONCE }), tally);
    rememberTimes(tally.tookMs);
    const again = mayGoAgain(tally);
    if (again.length === 0) return;
    const second = newTally();
    await collect(run({ ...options, files: again, concurrency: 1 }), second);
    putAgain(tally, second);
  } finally {
    await cluster?.[Symbol.asyncDispose]();
  }
}

function report(): void {
  for (const { name, reason } of tally.skipped) console.log(`not run: ${name}${reason === "" ? "" : ` (${reason})`}`);
  if (!onlyStatic) {
    console.log(`in Chromium: ${tally.inBrowser} tests passed`);
    console.log(`on a PostgreSQL server: ${tally.onServer} suites passed`);
    console.log(`slowest: ${slowest(tally)}`);
  }
  console.log(`took ${Math.round((performance.now() - startedMs) / 1_000)} s`);
  console.log(
    `${tally.passed} passed, ${tally.failed} failed${tally.skipped.length === 0 ? "" : `, ${tally.skipped.length} skipped`}`,
  );
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}
