import { appendFile, chmod, copyFile, rename, rm, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { collect, EXAMPLES_MAX, parseHistory, printHistory, type History } from "@hourwright/learn";
import { DAY_MS } from "@hourwright/time";
import { readConfig } from "../../../server/src/config.ts";
import { readPast } from "../../../server/src/history.ts";
import type { Clock } from "../../../server/src/platform/clock.ts";
export { systemClock } from "../../../server/src/platform/clock.ts";
import { CannotStart } from "../../../server/src/platform/failure.ts";
import type { CommandPorts } from "../expand.ts";

const USAGE = 'Usage: hourwright model history --out FILE --consent "TEXT" [--organisation NAME]';
const CONSENT_CHARACTERS_MAX = 1_000;
/** Rows written at once. */
const ROWS_AT_ONCE = 1_000;

/**
 * `model history`: appends to a file what became of the commitments that have begun since it was written last, or since 29 days.
 * 0 written, 1 when there is nothing to write, 2 for wrong words and what cannot be read. The file is replaced as a whole.
 */
export async function history(
  args: readonly string[],
  settings: Readonly<Record<string, string | undefined>>,
  io: CommandPorts,
  clock: Clock,
): Promise<number> {
  const refuse = (sentence: string, status: 1 | 2) => {
    io.err(`${sentence}\n`);
    return status;
  };
  const asked = askedFor(args);
  if ("wrong" in asked) return refuse(`${asked.wrong}\n${USAGE}`, 2);
  const config = readConfig(settings);
  if ("wrong" in config) return refuse(config.wrong.join("\n"), 2);
  const { out, consent, slug } = asked;
  const before = await readBefore(out, io);
  if (before !== null && "refused" in before) return refuse(`${out}: ${before.refused}`, 2);
  if (before !== null && before.consent !== consent)
    return refuse(`${out} says that people agreed to something else: “${before.consent}”. Write another file.`, 2);
  const last = before?.rows.reduce((latest, { startMs }) => Math.max(latest, startMs), 0) ?? null;
  const sinceMs = last === null || last === 0 ? null : (Math.floor(last / DAY_MS) + 1) * DAY_MS;
  try {
    const past = await readPast(config, clock, { slug, sinceMs });
    if ("refused" in past) return refuse(past.refused, 1);
    const source = `Calendars of ${past.organisation}, from its own log of changes`;
    if (before !== null && before.source !== source)
      return refuse(`${out} is of something else: “${before.source}”. Write another file.`, 2);
    if (past.rows.length === 0)
      return refuse(
        `There is nothing to write: from ${dayText(past.fromMs)} on nobody planned anything that has begun. Nothing was written.`,
        1,
      );
    const rows = [...(before?.rows ?? []), ...past.rows];
    if (rows.length > EXAMPLES_MAX)
      return refuse(`${out} would have more than ${EXAMPLES_MAX} rows. Write another file.`, 1);
    if (sinceMs !== null && sinceMs < past.fromMs)
      io.err(
        `What began from ${dayText(sinceMs)} to ${dayText(past.fromMs - DAY_MS)} is left out: the log knows it no more.\n`,
      );
    if (past.isCut) io.err("There is more than is read at once: not everything is in it. Write it more often.\n");
    const whole: History = { source, consent, isSimulated: false, rows };
    await write(out, { ...whole, rows: past.rows }, before !== null);
    io.out(
      `${past.rows.length} commitments that began from ${dayText(past.fromMs)} to ${dayText(past.untilMs - DAY_MS)} are in ${out}, ${rows.length} in all.\n`,
    );
    const found = collect(whole);
    if ("refused" in found) io.err(`${found.refused}\n`);
    return 0;
  } catch (error) {
    if (error instanceof CannotStart) return refuse(error.message, 1);
    if (error instanceof Error && "syscall" in error) return refuse(`${out} cannot be written: ${error.message}.`, 2);
    throw error;
  }
}

function askedFor(
  args: readonly string[],
): { readonly out: string; readonly consent: string; readonly slug: string | null } | { readonly wrong: string } {
  let values;
  try {
    const options = { out: { type: "string" }, consent: { type: "string" }, organisation: { type: "string" } } as const;
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    return { wrong: (error as Error).message };
  }
  const { out = "", consent = "", organisation: slug = null } = values;
  if (out === "") return { wrong: "--out names the file." };
  if (consent.trim() === "" || consent.length > CONSENT_CHARACTERS_MAX)
    return {
      wrong: "--consent says in a sentence to what your people agreed, and when; without it nothing is written.",
    };
  return { out, consent: consent.trim(), slug };
}

/** The file as it is; null where there is none. */
async function readBefore(path: string, io: CommandPorts): Promise<History | { readonly refused: string } | null> {
  try {
    return parseHistory(new TextDecoder().decode(await io.read(path)));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? null : { refused: message };
  }
}

/** Some rows at a time, beside the old file, which the new one then replaces. Only its owner may read it. */
async function write(path: string, history: History, isMore: boolean): Promise<void> {
  const beside = `${path}.new`;
  const { rows } = history;
  try {
    if (isMore) await copyFile(path, beside);
    else await writeFile(beside, printHistory({ ...history, rows: [] }), { mode: 0o600 });
    await chmod(beside, 0o600);
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const lines = printHistory({ ...history, rows: rows.slice(from, from + ROWS_AT_ONCE) });
      await appendFile(beside, lines.slice(lines.indexOf("\n") + 1));
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

const dayText = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, "2027-01-01".length);
