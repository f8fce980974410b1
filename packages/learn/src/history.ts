import { PLACES, TYPES, type Commitment } from "./features/commitment.ts";
import { EXAMPLES_MAX } from "./examples.ts";
import { CLASSES, type Outcome } from "./outputs.ts";

/** A commitment that is over, and what became of it. `who` is a keyed hash of the organiser's id, never the id [LN6]. */
export type HistoryRow = {
  readonly startMs: number;
  readonly who: string;
  readonly commitment: Commitment;
  readonly outcome: Outcome;
};

/** What a model may be learned from: where it comes from, that those it is about agreed, and the rows. */
export type History = {
  /** Where the rows come from, in a sentence: an organisation's calendars, or the random process that made them up. */
  readonly source: string;
  /** That, and to what, the people agreed whose commitments these are [LN6]. */
  readonly consent: string;
  readonly isSimulated: boolean;
  readonly rows: readonly HistoryRow[];
};

export const HISTORY_FORMAT = "hourwright-history";
const HISTORY_VERSION = 1;
const LINE_CHARACTERS_MAX = 10_000;
const TEXT_CHARACTERS_MAX = 1_000;
/** 128 bits of a keyed hash, in hexadecimal. */
const PSEUDONYM = /^[0-9a-f]{32}$/;

/** Lines of JSON: first what the history is, then a row each. `refused` is a sentence with the line it is about. */
export function parseHistory(text: string): History | { readonly refused: string } {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > EXAMPLES_MAX + 1) return { refused: `There are more than ${EXAMPLES_MAX} rows.` };
  const head = parseLine(lines[0] ?? "");
  if (typeof head === "string") return { refused: `Line 1: ${head}` };
  const { format, version, source, consent } = head;
  if (format !== HISTORY_FORMAT || version !== HISTORY_VERSION)
    return {
      refused: `Line 1: {"format":"${HISTORY_FORMAT}","version":${HISTORY_VERSION},"source":…,"consent":…} is expected.`,
    };
  if (!isText(source)) return { refused: 'Line 1: "source" says in a sentence where the rows come from.' };
  if (!isText(consent))
    return {
      refused:
        'Line 1: "consent" says in a sentence to what the people agreed; without it nothing is learned from them.',
    };
  const rows: HistoryRow[] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0) continue;
    const row = rowOf(line);
    if (typeof row === "string") return { refused: `Line ${i + 1}: ${row}` };
    rows.push(row);
  }
  return { source, consent, isSimulated: false, rows };
}

/** The same lines that `parseHistory` reads. */
export function printHistory({ source, consent, rows }: History): string {
  const head = { format: HISTORY_FORMAT, version: HISTORY_VERSION, source, consent };
  const lines = rows.map(({ startMs, ...row }) => ({
    start: Temporal.Instant.fromEpochMilliseconds(startMs).toString(),
    ...row,
  }));
  return [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}

const isText = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= TEXT_CHARACTERS_MAX;

function parseLine(line: string): Record<string, unknown> | string {
  if (line.length > LINE_CHARACTERS_MAX) return `it is longer than ${LINE_CHARACTERS_MAX} characters.`;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    return "it is no JSON.";
  }
  return "an object is expected.";
}

function rowOf(line: string): HistoryRow | string {
  const row = parseLine(line);
  if (typeof row === "string") return row;
  const { start, who, commitment, outcome, ...rest } = row;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return unknownField(unknown);
  const startMs = typeof start === "string" ? instantOf(start) : null;
  if (startMs === null) return '"start" is no instant such as 2026-01-05T09:00:00Z.';
  if (typeof who !== "string" || !PSEUDONYM.test(who))
    return '"who" is no keyed hash of 32 hexadecimal digits; ids, names and addresses are never learned from.';
  const wrong = misfit(commitment, COMMITMENT, "commitment") ?? misfit(outcome, OUTCOME, "outcome");
  return wrong ?? { startMs, who, commitment: commitment as Commitment, outcome: outcome as Outcome };
}

function instantOf(text: string): number | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/** What a value must be: a number, a number or null, yes or no, one of some words, or an object of these. */
type Shape = "number" | "number or null" | "boolean" | readonly string[] | { readonly [name: string]: Shape };

const SHARE = { part: "number", all: "number" } as const;

const COMMITMENT: Record<keyof Commitment, Shape> = {
  startMinute: "number",
  lengthMinutes: "number",
  weekday: "number",
  weekOfYear: "number",
  isHoliday: "boolean",
  leadMinutes: "number",
  place: PLACES,
  travelMinutes: "number",
  zoneDifferenceMinutes: "number",
  attendees: {
    count: "number",
    external: "number",
    vip: "number",
    regular: "number",
    fresh: "number",
    optional: "number",
    accepted: "number",
    declined: "number",
  } satisfies Record<keyof Commitment["attendees"], Shape>,
  type: TYPES,
  priority: "number",
  isRecurring: "boolean",
  bufferBeforeMinutes: "number",
  bufferAfterMinutes: "number",
  overlapMinutes: "number",
  gapBeforeMinutes: "number or null",
  gapAfterMinutes: "number or null",
  sameDayCount: "number",
  sameDayMinutes: "number",
  history: {
    hourScore: "number",
    conflicts: "number",
    moved: SHARE,
    cancelled: SHARE,
    attended: SHARE,
    seriesMoved: SHARE,
    refused: SHARE,
  } satisfies Record<keyof Commitment["history"], Shape>,
  organisation: {
    load: "number",
    atWork: SHARE,
    openMinutes: "number",
    rulesBroken: "number",
    season: "number",
  } satisfies Record<keyof Commitment["organisation"], Shape>,
};

const OUTCOME: Record<keyof Outcome, Shape> = {
  conflict: CLASSES,
  moved: "boolean",
  cancelled: "boolean",
  refused: "boolean",
  missed: "boolean",
};

/** Titles, notes and names have no place in a history: it could be read by whoever trains a model. */
const unknownField = (path: string): string =>
  `"${path}" is none of the fields of a history; nothing else is kept in one.`;

/** A sentence about the first thing that does not fit, or null. */
function misfit(value: unknown, shape: Shape, path: string): string | null {
  if (shape === "boolean") return typeof value === "boolean" ? null : `"${path}" is true or false.`;
  if (shape === "number" || shape === "number or null") {
    if (value === null && shape === "number or null") return null;
    return typeof value === "number" && Number.isFinite(value) ? null : `"${path}" is a ${shape}.`;
  }
  if (isWords(shape))
    return shape.includes(value as string)
      ? null
      : `"${path}" is one of ${shape.map((word) => `"${word}"`).join(", ")}.`;
  if (typeof value !== "object" || value === null) return `"${path}" is an object.`;
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(shape, name));
  if (unknown !== undefined) return unknownField(`${path}.${unknown}`);
  for (const [name, inner] of Object.entries(shape)) {
    const wrong = misfit((value as Record<string, unknown>)[name], inner, `${path}.${name}`);
    if (wrong !== null) return wrong;
  }
  return null;
}

const isWords = (shape: Shape): shape is readonly string[] => Array.isArray(shape);
