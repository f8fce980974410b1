import { checkFile, fileToJCal, parse, print, toJSCalendar, type ParsedFile, type Problem } from "@hourwright/ical";

/** What is said about one file. */
export type Answer = {
  /** The fields of its JSON, after the name of the file. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The same without --json. */
  readonly text: string;
  /** What goes to stderr beside it. */
  readonly messages: readonly string[];
  readonly status: 0 | 1 | 2;
  /** Why there is no answer; it goes to stderr as well. */
  readonly refused?: string;
};

/** Problems shown of a file that is turned into another form; `check` shows all. */
const PROBLEMS_SHOWN = 20;

/** Everything that is wrong with a file. */
export function checked(file: ParsedFile, path: string, { strict }: { readonly strict: boolean }): Answer {
  const fromMs = performance.now();
  const { problems, problemsLeftOut } = checkFile(file, { strict });
  const valid = problems.every(({ severity }) => severity !== "error");
  const ms = Math.round((performance.now() - fromMs) * 1000) / 1000;
  const sentences = problems.map((problem) => sentenceOf(path, problem));
  if (problemsLeftOut > 0) sentences.push(`${path}: ${problemsLeftOut} more of these.`);
  sentences.push(`${path}: ${valid ? "valid" : "not valid"}.`);
  return {
    json: { valid, problems, ...(problemsLeftOut === 0 ? {} : { problemsLeftOut }), ms },
    text: sentences.map((sentence) => `${sentence}\n`).join(""),
    messages: [],
    status: valid ? 0 : 1,
  };
}

/** Everything that was read, in canonical form, blank lines among it. */
export function printed(file: ParsedFile, path: string): Answer {
  if (file.nodes.every(({ kind }) => kind === "junk")) return nothingIn(file, path);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const once = decoder.decode(print(file.nodes, { keepsBlankLines: true }));
  // What is not UTF-8 becomes longer as a text, so that its lines may have to be cut elsewhere.
  const ics = once.includes("\uFFFD")
    ? decoder.decode(print(parse(new TextEncoder().encode(once)).nodes, { keepsBlankLines: true }))
    : once;
  return { json: { ics }, text: ics, ...tellOf(file, path) };
}

/** The jCal of a file: of its component, or of each when there are several. */
export function jcal(file: ParsedFile, path: string): Answer {
  const found = fileToJCal(file.nodes);
  if (found === null) return nothingIn(file, path);
  return { json: { jcal: found }, text: `${JSON.stringify(found)}\n`, ...tellOf(file, path) };
}

/** The JSCalendar of a file: a Group of a calendar, an Event or Task of a component alone; of several, each. */
export function jscalendar(file: ParsedFile, path: string): Answer {
  const components = file.nodes.filter((node) => node.kind === "component");
  const found = components.map((component) => toJSCalendar(component));
  if (found.length === 0) return nothingIn(file, path);
  const shown = found.length === 1 ? found[0] : found;
  return { json: { jscalendar: shown }, text: `${JSON.stringify(shown)}\n`, ...tellOf(file, path) };
}

function nothingIn(file: ParsedFile, path: string): Answer {
  const refused = "nothing in it can be read as a calendar.";
  return { json: { refused }, text: "", ...tellOf(file, path), status: 2, refused };
}

/** What was left out of a file, and the status that says so. */
function tellOf(file: ParsedFile, path: string): { messages: string[]; status: 0 | 1 } {
  const errors = file.problems.filter(({ severity }) => severity === "error");
  errors.sort((one, other) => one.line - other.line);
  const messages = errors.slice(0, PROBLEMS_SHOWN).map((problem) => sentenceOf(path, problem));
  if (errors.length > PROBLEMS_SHOWN) messages.push(`${path}: ${errors.length - PROBLEMS_SHOWN} more of these.`);
  return { messages, status: errors.length === 0 ? 0 : 1 };
}

function sentenceOf(path: string, { line, column, severity, code, message }: Problem): string {
  return `${path}:${line}:${column}: ${severity}: ${message} (${code})`;
}
