/**
 * Something wrong in a file, at a place: `line` is the 1-based physical line, `column` the 1-based byte within it.
 * An *error* says that something was left out or cannot be trusted, a *warning* that it was read another way.
 * `code` is API: added, never renamed; `message` is one sentence and says what was done about it.
 */
export type Problem = {
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
};

/**
 * How bad a problem is, by its code; `check` and whoever reads a file say the same. *Formal* is what breaks the letter of
 * an RFC and every reader gets along with: a warning, and an error to a strict check.
 */
const SEVERITIES = {
  "date-malformed": "error",
  "duration-malformed": "error",
  "end-and-duration": "formal",
  "end-before-start": "error",
  "end-malformed": "error",
  "end-of-other-kind": "error",
  "event-without-start": "error",
  "property-twice": "error",
  "recurrence-id-malformed": "error",
  "start-malformed": "error",
  "too-many-dates": "error",
  "zone-by-offset": "formal",
  "zone-by-places": "formal",
  "zone-contradictory": "warning",
  "zone-malformed": "error",
  "zone-named-wrong": "warning",
  "zone-not-described": "formal",
  "zone-offset-missing": "error",
  "zone-other-case": "formal",
  "zone-unknown": "error",
} as const;

type KnownCode = keyof typeof SEVERITIES;

/** Problems kept for one file. A hostile file has one in every line; nobody reads more than the first thousand. */
export const PROBLEMS_MAX = 1000;

/** Where problems are reported to: keeps the first `PROBLEMS_MAX`, counts the rest. */
export type ProblemLog = {
  readonly problems: Problem[];
  /** How many more there were than are kept. */
  leftOut: number;
  /** Reports a problem that has one severity wherever it is met. */
  report(line: number, code: KnownCode, message: string, column?: number): void;
  error(line: number, code: string, message: string, column?: number): void;
  warn(line: number, code: string, message: string, column?: number): void;
};

/** A log in which formal problems are errors when it is strict, else warnings. */
export function problemLog(isStrict = false): ProblemLog {
  const formal = isStrict ? "error" : "warning";
  const log: ProblemLog = {
    problems: [],
    leftOut: 0,
    report: (line, code, message, column = 1) => {
      const severity = SEVERITIES[code];
      add({ line, column, severity: severity === "formal" ? formal : severity, code, message });
    },
    error: (line, code, message, column = 1) => add({ line, column, severity: "error", code, message }),
    warn: (line, code, message, column = 1) => add({ line, column, severity: "warning", code, message }),
  };
  return log;

  function add(problem: Problem): void {
    if (log.problems.length < PROBLEMS_MAX) log.problems.push({ ...problem, message: shownText(problem.message) });
    else log.leftOut++;
  }
}

/** A message quotes names and values of a file, which may hold anything; it is one line that can be kept and shown. */
const MESSAGE_CHARACTERS_MAX = 500;

function shownText(message: string): string {
  const cut = message.length > MESSAGE_CHARACTERS_MAX ? `${message.slice(0, MESSAGE_CHARACTERS_MAX - 1)}…` : message;
  return cut.toWellFormed().replaceAll(/\p{Cc}/gu, "\uFFFD");
}
