// `hourwright conflicts FILE.ics…`: what clashes among calendars, with the best repairs, without a server.

import { basename } from "node:path";
import { detect } from "@hourwright/conflict";
import { readCalendar, type Problem } from "@hourwright/ical";
import type { CommandPorts } from "../expand.ts";
import { readArguments } from "./arguments.ts";
import { scheduleOfFiles, type CalendarFile } from "./schedule.ts";
import { conflictText, shownConflict, type ShownConflict } from "./show.ts";

const USAGE = "Usage: hourwright conflicts FILE.ics… [--per-file] [--zone ZONE] [--from DATE] [--to DATE] [--json]";
const PROBLEMS_SHOWN = 20;

/** Prints every conflict with its explanation and repairs. Status 0 none, 1 some, 2 unreadable input or wrong use. */
export async function conflicts(args: readonly string[], io: CommandPorts, nowMs: number): Promise<number> {
  const question = readArguments(args, nowMs);
  if ("wrong" in question) {
    io.err(`${question.wrong}\n${USAGE}\n`);
    return 2;
  }
  const files: CalendarFile[] = [];
  for (const path of question.files) {
    const file = await readFile(path, io);
    if (file !== null) files.push(file);
  }
  // Half an answer would read like a whole one.
  if (files.length < question.files.length) return 2;

  const schedule = scheduleOfFiles(files, question);
  for (const remark of schedule.remarks) io.err(`${remark}\n`);
  const { found, truncated } = detect(schedule.index, question.fromMs, question.toMs);
  if (truncated) io.err("There are more conflicts than are listed here.\n");
  const print = question.json ? printJson : printText;
  print(
    found.map((each) => () => shownConflict(each, schedule, question)),
    io,
  );
  return found.length === 0 ? 0 : 1;
}

/** A file, read; null when it cannot be: the file, the line and the reason stand on stderr. */
async function readFile(path: string, io: CommandPorts): Promise<CalendarFile | null> {
  let bytes: Uint8Array;
  try {
    bytes = await io.read(path);
  } catch (error) {
    const { code } = error as { code?: string };
    io.err(`${path}: ${code === "ENOENT" ? "there is no such file." : `it cannot be read (${code ?? "unknown"}).`}\n`);
    return null;
  }
  const read = readCalendar(bytes);
  const errors = read.problems.filter(({ severity }) => severity === "error");
  report(path, errors, io);
  if (read.objects.length === 0 && errors.length > 0) return null;
  return { name: read.name ?? basename(path).replace(/\.ics$/i, ""), read };
}

function report(path: string, errors: readonly Problem[], io: CommandPorts): void {
  for (const { line, message } of errors.slice(0, PROBLEMS_SHOWN)) io.err(`${path}:${line}: ${message}\n`);
  if (errors.length > PROBLEMS_SHOWN) io.err(`${path}: ${errors.length - PROBLEMS_SHOWN} more of these.\n`);
}

/** Conflicts are worked out one by one as they are printed: a list of many thousands with repairs is large. */
type Shown = readonly (() => ShownConflict)[];

function printJson(shown: Shown, io: CommandPorts): void {
  io.out(`{"conflicts":[`);
  shown.forEach((conflict, i) => io.out(`${i === 0 ? "" : ","}${JSON.stringify(conflict())}`));
  io.out("]}\n");
}

function printText(shown: Shown, io: CommandPorts): void {
  for (const conflict of shown) io.out(`${conflictText(conflict())}\n`);
  if (shown.length === 0) io.out("No conflicts.\n");
  else io.out(shown.length === 1 ? "1 conflict.\n" : `${shown.length} conflicts.\n`);
}
