import { FOLD_BYTES, fold } from "./content-line.ts";
import type { Component, Junk, Node, Property } from "./tree.ts";
import { encode, unfold } from "./utf8.ts";

/** The bytes the nodes were read from, and those of what was made since: nothing else changes. Linear, one copy. */
export function printKept(nodes: readonly Node[]): Uint8Array {
  const output = new Output(nodes);
  for (const node of nodes) addKept(output, node);
  return output.finish();
}

function addKept(output: Output, node: Node): void {
  if (node.kind !== "component" || node.isWhole) {
    output.add(node.bytes, node.from, node.to);
    return;
  }
  output.add(node.bytes, node.from, node.beginTo);
  for (const child of node.children) addKept(output, child);
  output.add(node.bytes, node.endFrom, node.to);
}

/**
 * Everything that was read, in canonical form: CRLF, folded at 75 octets, closed. Byte-identical when the input already
 * has that form; printing what was printed changes nothing. What was no content line is left out; `keepsBlankLines`
 * keeps those that are nobody's fault.
 */
export function print(
  nodes: readonly Node[],
  { keepsBlankLines = false }: { keepsBlankLines?: boolean } = {},
): Uint8Array {
  const output = new Output(nodes);
  for (const node of nodes) addCanonical(output, node, keepsBlankLines);
  return output.finish();
}

function addCanonical(output: Output, node: Node, keepsBlankLines: boolean): void {
  switch (node.kind) {
    case "property":
      addLine(output, node);
      return;
    case "component":
      addComponent(output, node, keepsBlankLines);
      return;
    case "junk":
      if (keepsBlankLines && areBlankLines(node)) output.add(node.bytes, node.from, node.to);
  }
}

/** Whether the lines are empty, and end as lines of a calendar do. */
function areBlankLines({ bytes, from, to }: Junk): boolean {
  for (let at = from; at < to; at += 2) if (bytes[at] !== CR || bytes[at + 1] !== LF) return false;
  return true;
}

function addComponent(output: Output, component: Component, keepsBlankLines: boolean): void {
  const { name, bytes, from, beginTo, endFrom, to, children } = component;
  addDelimiter(output, BEGIN, name, bytes, from, beginTo);
  for (const child of children) addCanonical(output, child, keepsBlankLines);
  addDelimiter(output, END, name, bytes, endFrom, to);
}

const BEGIN = encode("BEGIN:");
const END = encode("END:");

/** The BEGIN or END line of a component: its own bytes where they are what would be written. */
function addDelimiter(
  output: Output,
  word: Uint8Array,
  name: string,
  bytes: Uint8Array,
  from: number,
  to: number,
): void {
  if (isDelimiter(word, name, bytes, from, to)) output.add(bytes, from, to);
  else output.addAll(encode(`${word === BEGIN ? "BEGIN" : "END"}:${name}\r\n`));
}

function isDelimiter(word: Uint8Array, name: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== word.length + name.length + 2) return false;
  for (let i = 0; i < word.length; i++) if (bytes[from + i] !== word[i]) return false;
  const nameFrom = from + word.length;
  for (let i = 0; i < name.length; i++) if (bytes[nameFrom + i] !== name.charCodeAt(i)) return false;
  return bytes[to - 2] === CR && bytes[to - 1] === LF;
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const CRLF = new Uint8Array([CR, LF]);

function addLine(output: Output, { bytes, from, to }: Property): void {
  if (isCanonical(bytes, from, to)) output.add(bytes, from, to);
  else if (isShortLine(bytes, from, to)) {
    output.add(bytes, from, to - 1);
    output.addAll(CRLF);
  } else output.addAll(fold(unfold(bytes, from, to)));
}

/** Whether a line is one that need not be folded, and ends with a bare line feed. */
function isShortLine(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from <= FOLD_BYTES + 1 && bytes.indexOf(LF, from) === to - 1 && bytes[to - 2] !== CR;
}

/** Whether a content line already is what `fold` would make of it. */
function isCanonical(bytes: Uint8Array, from: number, to: number): boolean {
  let contentFrom = from;
  for (let room = FOLD_BYTES; ; room = FOLD_BYTES - 1) {
    const lineTo = bytes.indexOf(LF, contentFrom) - 1;
    const length = lineTo - contentFrom;
    if (length < 0 || length > room || bytes[lineTo] !== CR) return false;
    if (lineTo + 2 === to) return true;
    contentFrom = lineTo + 3;
    const isCut = bytes[lineTo + 2] === SPACE && contentFrom < to - 2;
    if (!isCut || !isCutRight(bytes, contentFrom, room - length)) return false;
  }
}

/** Whether the line before had to end `left` bytes early: its next character would not have fitted. */
function isCutRight(bytes: Uint8Array, at: number, left: number): boolean {
  if (isContinuation(bytes[at]!)) return false;
  for (let i = 1; i <= left; i++) if (!isContinuation(bytes[at + i]!)) return false;
  return true;
}

/** A byte within a character of UTF-8. */
function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/**
 * The bytes that are printed, in one place from the beginning: a file of tiny lines would cost a hundred times as much
 * in ranges to be joined. Neighbours of one source are copied at once.
 */
class Output {
  #bytes: Uint8Array;
  #length = 0;
  #source: Uint8Array = CRLF;
  #from = 0;
  #to = 0;

  constructor(nodes: readonly Node[]) {
    this.#bytes = new Uint8Array(nodes.reduce((sum, { from, to }) => sum + to - from, 0));
  }

  addAll(bytes: Uint8Array): void {
    this.add(bytes, 0, bytes.length);
  }

  add(source: Uint8Array, from: number, to: number): void {
    if (from >= to) return;
    if (source !== this.#source || from !== this.#to) {
      this.#copy();
      this.#source = source;
      this.#from = from;
    }
    this.#to = to;
  }

  finish(): Uint8Array {
    this.#copy();
    return this.#length === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.#length);
  }

  /** Copies what was added last. */
  #copy(): void {
    const [source, from, to] = [this.#source, this.#from, this.#to];
    const length = this.#length + to - from;
    if (length > this.#bytes.length) this.#grow(length);
    if (to - from > COPIED_ONE_BY_ONE_MAX) this.#bytes.set(source.subarray(from, to), this.#length);
    else for (let at = from, put = this.#length; at < to; at++, put++) this.#bytes[put] = source[at]!;
    this.#length = length;
  }

  #grow(lengthMin: number): void {
    const grown = new Uint8Array(Math.max(lengthMin, Math.ceil(this.#bytes.length * GROWTH)));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Below, a loop is faster than a view of the bytes. */
const COPIED_ONE_BY_ONE_MAX = 48;
/** Bare line feeds become two bytes: the shortest lines grow by a third. */
const GROWTH = 1.25;
