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

/** Problems kept for one file. A hostile file has one in every line; nobody reads more than the first thousand. */
export const PROBLEMS_MAX = 1000;

/** Where problems are reported to: keeps the first `PROBLEMS_MAX`, counts the rest. */
export type ProblemLog = {
  readonly problems: Problem[];
  /** How many more there were than are kept. */
  leftOut: number;
  error(line: number, code: string, message: string, column?: number): void;
  warn(line: number, code: string, message: string, column?: number): void;
};

export function problemLog(): ProblemLog {
  const log: ProblemLog = {
    problems: [],
    leftOut: 0,
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
