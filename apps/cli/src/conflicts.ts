// `hourwright conflicts FILE.ics…`: what clashes among calendars, with the best repairs, without a server.

import { parseArgs } from "node:util";
import { basename } from "node:path";
import {
  ATTENDS,
  dayAndSpanText,
  detect,
  indexBySubject,
  kinds,
  lengthText,
  NEEDS,
  OWN,
  spanText,
  suggestRepairs,
  takingsOf,
  type BySubject,
  type Found,
  type TakingRow,
} from "@hourwright/conflict";
import { instancesOf, readCalendar, type Instance, type ReadCalendar } from "@hourwright/ical";
import { DAY_MS, EPOCH_END_MS, EPOCH_MIN_MS, findZone, parseBasicTime, type Zone } from "@hourwright/time";
import type { CommandPorts } from "./expand.ts";

const USAGE = "Usage: hourwright conflicts FILE.ics… [--per-file] [--zone ZONE] [--from DATE] [--to DATE] [--json]";
const FILES_MAX = 1_000;
const REPAIRS = 5;
/** Series without end are looked at from so long ago until so far ahead, where no window is given. */
const YEARS_BACK = 2;
const YEARS_AHEAD = 2;

type Options = { readonly perFile: boolean; readonly zone: Zone; readonly json: boolean; readonly fromMs: number; readonly toMs: number; readonly nowMs: number };

/** One busy occurrence of a file. */
type Occurrence = Instance & { readonly uid: string; readonly calendar: string; readonly owner: string; readonly uidAndId: string };

/** Prints every conflict with its explanation and repairs. Status 0 none, 1 some, 2 unreadable input or wrong use. */
export async function conflicts(args: readonly string[], io: CommandPorts, nowMs: number): Promise<number> {
  const asked = readArguments(args, nowMs);
  if ("wrong" in asked) {
    io.err(`${asked.wrong}\n${USAGE}\n`);
    return 2;
  }
  const { files, options } = asked;
  const calendars: { name: string; read: ReadCalendar }[] = [];
  for (const file of files) {
    const read = await readFile(file, io);
    if (read === null) return 2;
    calendars.push({ name: read.name ?? basename(file).replace(/\.ics$/i, ""), read });
  }
  const schedule = scheduleOf(calendars, options, io);
  const { found, truncated } = detect(schedule.index, options.fromMs, options.toMs);
  if (truncated) io.err("There are more conflicts than are listed here.\n");
  const shown = found.map((each) => shownConflict(each, schedule, options));
  io.out(options.json ? `${JSON.stringify({ conflicts: shown })}\n` : sentences(shown));
  return shown.length === 0 ? 0 : 1;
}

function readArguments(args: readonly string[], nowMs: number): { files: readonly string[]; options: Options } | { wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { "per-file": { type: "boolean" }, zone: { type: "string" }, from: { type: "string" }, to: { type: "string" }, json: { type: "boolean" } },
    });
    const zone = findZone(values.zone ?? Temporal.Now.timeZoneId());
    if (zone === null) return { wrong: `--zone: "${values.zone}" is no IANA time zone.` };
    if (positionals.length === 0 || positionals.length > FILES_MAX) return { wrong: `Name 1 to ${FILES_MAX} files.` };
    const fromMs = values.from === undefined ? null : dateOf(values.from, zone);
    const toMs = values.to === undefined ? null : dateOf(values.to, zone);
    if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return { wrong: "--from and --to are dates such as 2026-01-01." };
    const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO("UTC");
    const options = {
      perFile: values["per-file"] ?? false,
      json: values.json ?? false,
      zone,
      nowMs,
      fromMs: fromMs ?? now.subtract({ years: YEARS_BACK }).epochMilliseconds,
      toMs: toMs ?? now.add({ years: YEARS_AHEAD }).epochMilliseconds,
    };
    // Without a window everything that happens once is looked at, whenever it happens.
    if (fromMs === null && toMs === null) return { files: positionals, options: { ...options, fromMs: EPOCH_MIN_MS, toMs: EPOCH_END_MS } };
    return options.toMs > options.fromMs ? { files: positionals, options } : { wrong: "--to must be after --from." };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}

function dateOf(text: string, zone: Zone): number {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseBasicTime(text.replaceAll("-", "")) : null;
  return parsed === null ? Number.NaN : zone.toEpochMs(parsed.localMs);
}

/** A file, read; null when it cannot be: the file, the line and the reason stand on stderr. */
async function readFile(file: string, io: CommandPorts): Promise<ReadCalendar | null> {
  let bytes: Uint8Array;
  try {
    bytes = await io.read(file);
  } catch (error) {
    io.err(`${file}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file." : "it cannot be read."}\n`);
    return null;
  }
  const read = readCalendar(bytes);
  const problem = read.problems.find(({ severity }) => severity === "error");
  if (read.objects.length === 0 && problem !== undefined) {
    io.err(`${file}:${problem.line}: ${problem.message}\n`);
    return null;
  }
  for (const { line, message } of read.problems.filter(({ severity }) => severity === "error").slice(0, PROBLEMS_SHOWN)) io.err(`${file}:${line}: ${message}\n`);
  return read;
}

const PROBLEMS_SHOWN = 20;

type Schedule = { readonly index: BySubject; readonly occurrences: readonly Occurrence[]; readonly subjects: readonly string[]; readonly rowsOf: readonly (readonly number[])[] };

/** Who is where: the file's person by their own calendar, people by address, rooms and things by address. */
function scheduleOf(calendars: readonly { name: string; read: ReadCalendar }[], options: Options, io: CommandPorts): Schedule {
  const occurrences = calendars.flatMap(({ name, read }, file) => occurrencesOf(name, read, options.perFile ? `file ${file}` : "all", options, io));
  const subjects: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (key: string, name: string): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, subjects.length);
    subjects.push(name);
    return subjects.length - 1;
  };
  const events = new Map<string, number>();
  const rows: TakingRow[] = [];
  const rowsOf: number[][] = occurrences.map(() => []);
  occurrences.forEach((each, occurrence) => {
    if (!events.has(each.uidAndId)) events.set(each.uidAndId, events.size);
    const event = events.get(each.uidAndId)!;
    const take = (subject: number, how: number) => {
      rowsOf[occurrence]!.push(rows.length);
      rows.push({ occurrence, event, subject, startMs: each.startMs, endMs: each.endMs, how });
    };
    if (!each.allDay) take(numberOf(`owner ${each.owner}`, options.perFile ? each.calendar : ownerName(calendars)), OWN);
    const taken = new Set<string>();
    for (const { address, kind, participation } of each.view.attendees) {
      const isThing = kind === "ROOM" || kind === "RESOURCE";
      const key = `${isThing ? "thing" : "person"} ${address}`;
      if (participation === "DECLINED" || (each.allDay && !isThing) || taken.has(key)) continue;
      taken.add(key);
      take(numberOf(key, address), isThing ? NEEDS : ATTENDS);
    }
  });
  return { index: indexBySubject(takingsOf(rows)), occurrences, subjects, rowsOf };
}

/** All files are one person's: called by the calendar where there is one, by all of them otherwise. */
const ownerName = (calendars: readonly { name: string }[]): string => [...new Set(calendars.map(({ name }) => name))].slice(0, 5).join(", ");

/** A margin for occurrences that begin before the window and reach into it. */
const BEFORE_MS = 400 * DAY_MS;

function occurrencesOf(calendar: string, read: ReadCalendar, owner: string, options: Options, io: CommandPorts): Occurrence[] {
  return read.objects.flatMap((object) => {
    const first = object.master ?? object.overrides[0] ?? null;
    if (first === null) return [];
    const endless = first.rrules.some(({ count, until }) => count === null && until === null);
    const range = {
      fromMs: Math.max(options.fromMs - BEFORE_MS, EPOCH_MIN_MS),
      toMs: endless && options.toMs === EPOCH_END_MS ? endOfEndless(options.nowMs) : options.toMs,
      floatingZone: options.zone,
    };
    const { instances, refused } = instancesOf(object, range);
    if (refused !== null) io.err(`${calendar}: “${first.summary}” recurs too often to be looked at in full.\n`);
    return instances.filter(isBusy).map((instance) => ({ ...instance, uid: object.uid, calendar, owner, uidAndId: `${object.uid}\n${instance.recurrenceId ?? ""}` }));
  });
}

const endOfEndless = (nowMs: number): number => Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO("UTC").add({ years: YEARS_AHEAD }).epochMilliseconds;

const isBusy = ({ startMs, endMs, view }: Instance): boolean => endMs > startMs && view.transparency !== "TRANSPARENT" && view.status !== "CANCELLED";

type Shown = {
  readonly kind: string;
  readonly start: string;
  readonly end: string;
  readonly subjects: readonly string[];
  readonly events: readonly { uid: string; recurrenceId: string | null; start: string; end: string; calendar: string; summary: string }[];
  readonly severity: string;
  readonly explanation: string;
  readonly repairs: readonly { what: string; why: string; confidence: number; moves: readonly { uid: string; recurrenceId?: string; start: string; end: string }[] }[];
};

const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

function shownConflict(found: Found, { index, occurrences, subjects, rowsOf }: Schedule, { zone, nowMs }: Options): Shown {
  const titleOf = (occurrence: number) => occurrences[occurrence]!.view.summary || "Untitled";
  const told = (occurrence: number) => ({ title: titleOf(occurrence), time: spanText(occurrences[occurrence]!.startMs, occurrences[occurrence]!.endMs, zone.id) });
  const names = found.subjects.map((subject) => subjects[subject]!);
  // What is over is repaired as if it were still to come: a list of the past is asked for on purpose.
  const facts = { index, rowsOf: (occurrence: number) => rowsOf[occurrence]!, titleOf, isMovable: (occurrence: number) => !occurrences[occurrence]!.allDay, zone: zone.id, nowMs: Math.min(nowMs, found.startMs - DAY_MS) };
  return {
    kind: found.kind,
    start: instantText(found.startMs),
    end: instantText(found.endMs),
    subjects: names,
    events: [found.first, found.second].map((occurrence) => {
      const { uid, recurrenceId, startMs, endMs, calendar } = occurrences[occurrence]!;
      return { uid, recurrenceId, start: instantText(startMs), end: instantText(endMs), calendar, summary: occurrences[occurrence]!.view.summary };
    }),
    severity: kinds[found.kind].severity,
    explanation: kinds[found.kind].explain({
      subjects: names,
      first: told(found.first),
      second: told(found.second),
      shared: dayAndSpanText(found.startMs, found.endMs, zone.id),
      length: lengthText(found.endMs - found.startMs),
    }),
    repairs: suggestRepairs(found, facts, REPAIRS).map(({ what, why, confidence, moves }) => ({
      what,
      why,
      confidence,
      moves: moves.map(({ occurrence, startMs, endMs }) => {
        const { uid, recurrenceId } = occurrences[occurrence]!;
        return { uid, ...(recurrenceId === null ? {} : { recurrenceId }), start: instantText(startMs), end: instantText(endMs) };
      }),
    })),
  };
}

function sentences(shown: readonly Shown[]): string {
  if (shown.length === 0) return "No conflicts.\n";
  const lines = shown.map(({ explanation, repairs }) => `${explanation}\n  ${repairs[0] === undefined ? "No repair was found within 14 days." : `→ ${repairs[0].what}. ${repairs[0].why}`}\n`);
  return `${lines.join("\n")}\n${shown.length === 1 ? "1 conflict." : `${shown.length} conflicts.`}\n`;
}
