import { relative } from "node:path";
import { inspect } from "node:util";

/** What came of a run. */
export type Tally = {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string }[];
  /** Tests that ran in a real browser, and suites that ran on a real PostgreSQL server: proof that they were there. */
  inBrowser: number;
  onServer: number;
  /** How long the tests of each file took, by its path. */
  readonly tookMs: Map<string, number>;
  /** What came of each file, by its path. */
  readonly files: Map<string, { passed: number; failed: number }>;
};

export const newTally = (): Tally => ({
  passed: 0,
  failed: 0,
  skipped: [],
  inBrowser: 0,
  onServer: 0,
  tookMs: new Map(),
  files: new Map(),
});

/** More than so many files that fail are no chance. */
const AGAIN_MAX = 3;

/**
 * Files of tests in a browser that failed, and may have another go when nothing else runs: a page, a server and a database on a
 * machine that does other work may be a minute late. None when more than `AGAIN_MAX` failed, or anything else did.
 */
export function mayGoAgain({ files, failed }: Tally): readonly string[] {
  const again = [...files].filter(([file, of]) => of.failed > 0 && file.endsWith(".browser.test.ts"));
  const count = again.reduce((sum, [, of]) => sum + of.failed, 0);
  return again.length <= AGAIN_MAX && count === failed ? again.map(([file]) => file) : [];
}

/** Puts what came of the second go of some files in the place of the first, and says so. */
export function putAgain(tally: Tally, again: Tally): void {
  for (const [file, second] of again.files) {
    const first = tally.files.get(file)!;
    tally.passed += second.passed - first.passed;
    tally.failed += second.failed - first.failed;
    tally.inBrowser += second.passed - first.passed;
    tally.files.set(file, second);
    const came = second.failed === 0 ? "passed" : "failed again";
    console.log(
      `second go: ${relative(process.cwd(), file)} ${came} when it ran alone; what failed at first stands above`,
    );
  }
}

type Result = {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly nesting: number;
  readonly skip?: string | boolean;
  readonly details: {
    readonly type?: string;
    readonly duration_ms: number;
    readonly error?: Error & { cause?: unknown };
  };
};

/** How often a run says how far it is. */
const SAID_EVERY_MS = 30_000;

/** Counts each test once (suites and files are not tests), and names failures as they come. */
export async function collect(stream: AsyncIterable<unknown>, tally: Tally): Promise<void> {
  let [file, saidMs] = ["", performance.now()];
  for await (const event of stream as AsyncIterable<{ type: string; data: unknown }>) {
    if (event.type === "test:stderr") process.stderr.write((event.data as { message: string }).message);
    if (event.type === "test:diagnostic") sayUncaught(event.data as Diagnostic);
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const result = event.data as Result;
    file = result.file ?? file;
    if (result.nesting === 0) tally.tookMs.set(file, (tally.tookMs.get(file) ?? 0) + result.details.duration_ms);
    if (performance.now() - saidMs > SAID_EVERY_MS) {
      saidMs = performance.now();
      console.log(`… ${tally.passed} passed, ${tally.failed} failed so far; at ${relative(process.cwd(), file)}`);
    }
    if (result.skip !== undefined && result.skip !== false) {
      tally.skipped.push({ name: result.name, reason: typeof result.skip === "string" ? result.skip : "" });
      continue;
    }
    const of = tally.files.get(file) ?? { passed: 0, failed: 0 };
    tally.files.set(file, of);
    if (event.type === "test:fail") of.failed += failed(result, tally);
    else if (result.details.type !== "suite") {
      tally.passed++;
      of.passed++;
      if (result.file?.endsWith(".browser.test.ts") === true) tally.inBrowser++;
    } else if (result.name.includes("a PostgreSQL server")) tally.onServer++;
  }
}

type Diagnostic = { readonly message: string; readonly file?: string };

/** Names an error that nobody caught: it fails its file, whose own result does not say why. */
function sayUncaught({ message, file }: Diagnostic): void {
  if (file !== undefined && message.startsWith("Error: ")) console.log(`${relative(process.cwd(), file)}: ${message}`);
}

const SLOWEST = 8;

/** The files that took longest, in one line. */
export function slowest({ tookMs }: Tally): string {
  const files = [...tookMs].sort(([, one], [, other]) => other - one).slice(0, SLOWEST);
  return files.map(([file, ms]) => `${relative(process.cwd(), file)} ${Math.round(ms / 1_000)} s`).join(", ");
}

/** Counts and names a failure: 1, or 0 for a suite of which a test was named already. */
function failed(result: Result, tally: Tally): number {
  const error = result.details.error;
  if (
    result.details.type === "suite" &&
    (error as { failureType?: string } | undefined)?.failureType === "subtestsFailed"
  )
    return 0;
  tally.failed++;
  const place = result.file === undefined ? "" : ` (${relative(process.cwd(), result.file)}:${result.line ?? 1})`;
  console.log(`FAILED ${result.name}${place}\n${inspect(error?.cause ?? error, { depth: 6 })}\n`);
  return 1;
}
