import { rawValue } from "./content-line.ts";
import { LineScanner, wordOf } from "./line-scanner.ts";
import { problemLog, type Problem, type ProblemLog } from "./problem.ts";
import type { Component, Junk, Node, Property } from "./tree.ts";

/** A file as a tree. Nothing of it is lost: printing the nodes gives the same bytes, whatever they were. */
export type ParsedFile = {
  readonly bytes: Uint8Array;
  /** What stands at the top, in order: mostly one VCALENDAR. A byte order mark belongs to none of them. */
  readonly nodes: readonly Node[];
  /** Every line ends with CRLF and is a content line, every component is closed: parts can be taken out as they are. */
  readonly isTidy: boolean;
  readonly problems: readonly Problem[];
  /** How many more problems there were than are listed. */
  readonly problemsLeftOut: number;
};

/** Components within components: VCALENDAR, VEVENT, VALARM and a few to spare. What lies deeper is kept unread. */
export const DEPTH_MAX = 16;
/** Of a component's name no more is read: a word, not a text. */
const COMPONENT_NAME_MAX = 64;
/** The most that `parse` takes; a larger file is not a calendar, and would not fit the memory of a worker. */
export const FILE_BYTES_MAX = 256 * 1024 * 1024;
/** Lines that are read of one file: a year of an organisation of thousands has half of them. They cost 90 bytes each. */
export const LINES_MAX = 10_000_000;
/** How much is read between two pauses of `parseInSlices`: about 3 ms. */
export const SLICE_BYTES = 256 * 1024;

/** Reads a whole file at once: about 10 ms a megabyte, linear. Never throws, whatever the bytes. */
export function parse(bytes: Uint8Array): ParsedFile {
  const slices = parseInSlices(bytes, Infinity);
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/** The same, pausing after every `sliceBytes` to say how many bytes have been read, so that a caller can yield. */
export function* parseInSlices(bytes: Uint8Array, sliceBytes = SLICE_BYTES): Generator<number, ParsedFile> {
  const log = problemLog();
  const builder = new TreeBuilder(bytes, log);
  if (bytes.length > FILE_BYTES_MAX) {
    log.error(1, "file-too-large", `A file has at most ${FILE_BYTES_MAX} bytes, not ${bytes.length}; it was not read.`);
    return {
      bytes,
      nodes: [{ kind: "junk", line: 1, bytes, from: 0, to: bytes.length }],
      isTidy: false,
      ...finished(log),
    };
  }
  const scanner = new LineScanner(bytes, log);
  let pauseAt = sliceBytes;
  let left = LINES_MAX;
  for (let line = scanner.next(); line !== null; line = scanner.next()) {
    if (left-- === 0) {
      log.error(line.line, "too-many-lines", `A file has at most ${LINES_MAX} lines; what follows was not read.`);
      builder.add({ kind: "junk", line: line.line, bytes, from: line.from, to: bytes.length });
      break;
    }
    builder.add(line);
    if (line.to >= pauseAt) {
      pauseAt = line.to + sliceBytes;
      yield line.to;
    }
  }
  const nodes = builder.close();
  return { bytes, nodes, isTidy: builder.isTidy && !scanner.hasBareLines, ...finished(log) };
}

function finished(log: ProblemLog) {
  return { problems: log.problems, problemsLeftOut: log.leftOut };
}

/** A component whose END has not been met. */
type Open = { readonly name: string; readonly begin: Property; readonly children: Node[] };

/** Puts content lines under the component they belong to, and survives any nesting. */
class TreeBuilder {
  readonly #bytes: Uint8Array;
  readonly #log: ProblemLog;
  readonly #top: Node[] = [];
  readonly #open: Open[] = [];
  isTidy = true;
  /** BEGIN lines too deep to be read, still waiting for their END. */
  #tooDeep = 0;

  constructor(bytes: Uint8Array, log: ProblemLog) {
    this.#bytes = bytes;
    this.#log = log;
  }

  add(line: Property | Junk): void {
    if (line.kind === "junk") this.#keepUnread(line);
    else if (line.name === "BEGIN") this.#begin(line);
    else if (line.name === "END") this.#end(line);
    else if (this.#tooDeep > 0) this.#keepUnread(line);
    else this.#children().push(line);
  }

  close(): readonly Node[] {
    while (this.#open.length > 0) {
      const { name, begin } = this.#open.at(-1)!;
      this.#log.error(begin.line, "component-not-closed", `BEGIN:${name} has no END:${name}; it ends with the file.`);
      this.#closeLast(this.#bytes.length, this.#bytes.length);
    }
    return this.#top;
  }

  #begin(line: Property): void {
    if (this.#open.length >= DEPTH_MAX || this.#tooDeep > 0) {
      if (this.#tooDeep++ === 0) {
        this.#log.error(
          line.line,
          "too-deep",
          `Components lie at most ${DEPTH_MAX} deep; what is deeper was not read.`,
        );
      }
      this.#keepUnread(line);
      return;
    }
    this.#open.push({ name: componentName(line), begin: line, children: [] });
  }

  #end(line: Property): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      this.#keepUnread(line);
      return;
    }
    const name = componentName(line);
    const at = this.#open.findLastIndex((open) => open.name === name);
    if (at === -1) {
      this.#log.error(line.line, "end-without-begin", `END:${name} has no BEGIN:${name}; the line was left out.`);
      this.#keepUnread(line);
      return;
    }
    while (this.#open.length > at + 1) {
      const inner = this.#open.at(-1)!;
      const message = `BEGIN:${inner.name} has no END:${inner.name}; it ends where END:${name} stands.`;
      this.#log.error(inner.begin.line, "component-not-closed", message);
      this.#closeLast(line.from, line.from);
    }
    this.#closeLast(line.from, line.to);
  }

  #closeLast(endFrom: number, to: number): void {
    if (endFrom === to) this.isTidy = false;
    const { name, begin, children } = this.#open.pop()!;
    const component: Component = {
      kind: "component",
      name,
      line: begin.line,
      bytes: this.#bytes,
      from: begin.from,
      beginTo: begin.to,
      children,
      endFrom,
      to,
      isWhole: true,
    };
    this.#children().push(component);
  }

  #children(): Node[] {
    return this.#open.at(-1)?.children ?? this.#top;
  }

  #keepUnread({ line, from, to }: Property | Junk): void {
    this.isTidy = false;
    this.#children().push({ kind: "junk", line, bytes: this.#bytes, from, to });
  }
}

/** The name of a component, from its BEGIN or END line. */
function componentName(line: Property): string {
  const name = wordOf(line) ?? rawValue(line).trim().toUpperCase();
  // The cut may lie after a blank: what is printed must be read as the same name.
  return name.length <= COMPONENT_NAME_MAX ? name : name.slice(0, COMPONENT_NAME_MAX).trimEnd();
}
