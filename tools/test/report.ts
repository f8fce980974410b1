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
};

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
    if (event.type === "test:fail") failed(result, tally);
    else if (result.details.type !== "suite") {
      tally.passed++;
      if (result.file?.endsWith(".browser.test.ts") === true) tally.inBrowser++;
    } else if (result.name.includes("a PostgreSQL server")) tally.onServer++;
  }
}

const SLOWEST = 8;

/** The files that took longest, in one line. */
export function slowest({ tookMs }: Tally): string {
  const files = [...tookMs].sort(([, one], [, other]) => other - one).slice(0, SLOWEST);
  return files.map(([file, ms]) => `${relative(process.cwd(), file)} ${Math.round(ms / 1_000)} s`).join(", ");
}

function failed(result: Result, tally: Tally): void {
  const error = result.details.error;
  // A suite fails because one of its tests did, which was named already.
  if (
    result.details.type === "suite" &&
    (error as { failureType?: string } | undefined)?.failureType === "subtestsFailed"
  )
    return;
  tally.failed++;
  const place = result.file === undefined ? "" : ` (${relative(process.cwd(), result.file)}:${result.line ?? 1})`;
  console.log(`FAILED ${result.name}${place}\n${inspect(error?.cause ?? error, { depth: 6 })}\n`);
}
