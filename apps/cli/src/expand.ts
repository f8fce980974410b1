// `hourwright expand CASES.json`: recurrence sets, computed without a server. The format is that of the public
// recurrence corpora: see docs/guide/offline.md for a case with every field.

import {
  UTC,
  expand as expandSeries,
  findZone,
  parseBasicTime,
  parseRule,
  printBasicTime,
  type BasicTime,
  type Expansion,
  type Rule,
  type Series,
  type Zone,
} from "@hourwright/time";

export type CommandPorts = {
  out(text: string): void;
  err(text: string): void;
  read(path: string): Promise<Uint8Array>;
};

type Answer =
  | { readonly id: unknown; readonly occurrences: readonly string[] }
  | { readonly id: unknown; readonly refused: string };

/** A month of seconds is answered, a year of them refused; the longest case takes a fraction of a second. */
const CASE_STEPS_MAX = 5_000_000;
const CASES_MAX = 100_000;

/** Answers every case of the named file; one that is refused never costs the others. Status 0, or 2 when unreadable. */
export async function expand(args: readonly string[], io: CommandPorts): Promise<number> {
  const [path, ...rest] = args;
  if (path === undefined || rest.length > 0) {
    io.err("Usage: hourwright expand CASES.json\n");
    return 2;
  }
  const cases = await readCases(path, io);
  if (cases === null) return 2;
  io.out(`${JSON.stringify(cases.map(answerCase))}\n`);
  return 0;
}

async function readCases(path: string, io: CommandPorts): Promise<unknown[] | null> {
  let bytes: Uint8Array;
  try {
    bytes = await io.read(path);
  } catch (cause) {
    io.err(`${path}: cannot be read: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    return null;
  }
  try {
    const cases: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!Array.isArray(cases)) io.err(`${path}: an array of cases is expected.\n`);
    else if (cases.length > CASES_MAX) io.err(`${path}: at most ${CASES_MAX} cases at a time, not ${cases.length}.\n`);
    else return cases as unknown[];
  } catch (cause) {
    io.err(`${path}: is not JSON: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  }
  return null;
}

/** What a case can fail on, as a sentence; thrown and caught within this file alone. */
class Refusal extends Error {}

function answerCase(given: unknown): Answer {
  const fields = typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
  const id = fields["id"] ?? null;
  try {
    if (fields !== given) throw new Refusal("A case is an object.");
    return { id, occurrences: occurrencesOf(fields) };
  } catch (cause) {
    if (cause instanceof Refusal) return { id, refused: cause.message };
    throw cause;
  }
}

function occurrencesOf(fields: Record<string, unknown>): string[] {
  const start = time(fields["dtstart"], "dtstart");
  const zone = zoneOf(fields["tzid"], start);
  const instants = (name: string) => texts(fields, name).map((text) => instantOf(text, name, start, zone));
  const rrules = rules(fields, "rrules");
  const series: Series = {
    startLocalMs: start.localMs,
    zone,
    isDate: start.form === "date",
    includesStart: rrules.length === 0, // With rules the corpora leave an off-rule DTSTART out: SPEC RC5.
    rrules,
    exrules: rules(fields, "exrules"),
    rdatesMs: instants("rdates"),
    exdatesMs: instants("exdates"),
  };
  const limit = limitOf(fields["limit"]);
  const { epochMs, refused } = ask(series, fields["window"] ?? null, limit, (text) =>
    instantOf(text, "window", start, zone),
  );
  if (refused !== null) throw new Refusal(refused.message);
  const shown = limit === null ? epochMs : epochMs.slice(0, limit);
  return shown.map((ms) => printBasicTime(zone.toLocalMs(ms), start.form));
}

function ask(series: Series, window: unknown, limit: number | null, instant: (text: string) => number): Expansion {
  if (window === null) return expandSeries(series, { kind: "from", fromMs: -Infinity, limit }, CASE_STEPS_MAX);
  const { method, args } = window as { method?: unknown; args?: unknown };
  const list: unknown[] = Array.isArray(args) ? args : [];
  const times = list.filter((arg) => typeof arg === "string").map(instant);
  const inclusive = list.includes(true);
  const [first, second] = times;
  if (first === undefined) throw new Refusal("A window needs a time in its args.");
  const fromMs = inclusive ? first : first + 1; // Occurrences lie on whole seconds, so a millisecond excludes a bound.
  switch (method) {
    case "between":
      if (second === undefined) throw new Refusal("A window between needs two times.");
      return expandSeries(
        series,
        { kind: "between", fromMs, toMs: inclusive ? second + 1 : second, limit: limit ?? Infinity },
        CASE_STEPS_MAX,
      );
    case "before":
      return expandSeries(series, { kind: "before", beforeMs: inclusive ? first + 1 : first }, CASE_STEPS_MAX);
    case "after":
      return expandSeries(series, { kind: "from", fromMs, limit: 1 }, CASE_STEPS_MAX);
    case "from":
      return expandSeries(series, { kind: "from", fromMs: first, limit }, CASE_STEPS_MAX);
    default:
      throw new Refusal(`A window is between, before, after or from, not ${JSON.stringify(method)}.`);
  }
}

function time(value: unknown, name: string): BasicTime {
  const parsed = typeof value === "string" ? parseBasicTime(value) : null;
  if (parsed === null) {
    throw new Refusal(`${name} is a time like 20260329, 20260329T023000 or with Z, not ${JSON.stringify(value)}.`);
  }
  return parsed;
}

function zoneOf(tzid: unknown, start: BasicTime): Zone {
  if (tzid === null || tzid === undefined || start.form !== "local") return UTC;
  const zone = typeof tzid === "string" ? findZone(tzid) : null;
  if (zone === null) throw new Refusal(`There is no time zone ${JSON.stringify(tzid)}.`);
  return zone;
}

/** A time of any form as the instant it is for this series; of a PERIOD its start. */
function instantOf(text: string, name: string, start: BasicTime, zone: Zone): number {
  const { form, localMs } = time(text.split("/")[0], name);
  if (start.form === "date") return Math.floor(localMs / 86_400_000) * 86_400_000;
  return form === "utc" ? localMs : zone.toEpochMs(localMs);
}

function texts(fields: Record<string, unknown>, name: string): string[] {
  const list = fields[name] ?? [];
  if (!Array.isArray(list) || !list.every((text) => typeof text === "string")) {
    throw new Refusal(`${name} is a list of texts.`);
  }
  return list;
}

function rules(fields: Record<string, unknown>, name: string): Rule[] {
  return texts(fields, name).map((text) => {
    const { rule, refused } = parseRule(text.replace(/^(?:EX|R)RULE:/i, ""));
    if (rule === undefined) throw new Refusal(refused.message);
    return rule;
  });
}

function limitOf(limit: unknown): number | null {
  if (limit === null || limit === undefined) return null;
  if (typeof limit !== "number" || !Number.isSafeInteger(limit) || limit < 0) {
    throw new Refusal(`limit is a whole number, not ${JSON.stringify(limit)}.`);
  }
  return limit;
}
