import { FOLD_BYTES, fold } from "./content-line.ts";
import type { Component, Junk, Node, Property } from "./tree.ts";
import { encode, unfold } from "./utf8.ts";

/** The bytes the nodes were read from, and those of what was made since: nothing else changes. Linear, one copy. */
export function printKept(nodes: readonly Node[]): Uint8Array {
  const pieces = new Pieces();
  for (const node of nodes) addKept(pieces, node);
  return pieces.join();
}

function addKept(pieces: Pieces, node: Node): void {
  if (node.kind !== "component" || node.isWhole) {
    pieces.add(node.bytes, node.from, node.to);
    return;
  }
  pieces.add(node.bytes, node.from, node.beginTo);
  for (const child of node.children) addKept(pieces, child);
  pieces.add(node.bytes, node.endFrom, node.to);
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
  const pieces = new Pieces();
  for (const node of nodes) addCanonical(pieces, node, keepsBlankLines);
  return pieces.join();
}

function addCanonical(pieces: Pieces, node: Node, keepsBlankLines: boolean): void {
  switch (node.kind) {
    case "property":
      addLine(pieces, node);
      return;
    case "component":
      addComponent(pieces, node, keepsBlankLines);
      return;
    case "junk":
      if (keepsBlankLines && areBlankLines(node)) pieces.add(node.bytes, node.from, node.to);
  }
}

/** Whether the lines are empty, and end as lines of a calendar do. */
function areBlankLines({ bytes, from, to }: Junk): boolean {
  for (let at = from; at < to; at += 2) if (bytes[at] !== CR || bytes[at + 1] !== LF) return false;
  return true;
}

function addComponent(pieces: Pieces, component: Component, keepsBlankLines: boolean): void {
  const { name, bytes, from, beginTo, endFrom, to, children } = component;
  addDelimiter(pieces, BEGIN, name, bytes, from, beginTo);
  for (const child of children) addCanonical(pieces, child, keepsBlankLines);
  addDelimiter(pieces, END, name, bytes, endFrom, to);
}

const BEGIN = encode("BEGIN:");
const END = encode("END:");

/** The BEGIN or END line of a component: its own bytes where they are what would be written. */
function addDelimiter(
  pieces: Pieces,
  word: Uint8Array,
  name: string,
  bytes: Uint8Array,
  from: number,
  to: number,
): void {
  if (isDelimiter(word, name, bytes, from, to)) pieces.add(bytes, from, to);
  else pieces.addAll(encode(`${word === BEGIN ? "BEGIN" : "END"}:${name}\r\n`));
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

function addLine(pieces: Pieces, { bytes, from, to }: Property): void {
  if (isCanonical(bytes, from, to)) pieces.add(bytes, from, to);
  else pieces.addAll(fold(unfold(bytes, from, to)));
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

/** Byte ranges to be joined; neighbours of the same source are one range. */
class Pieces {
  readonly #sources: Uint8Array[] = [];
  readonly #ranges: number[] = [];
  #length = 0;

  addAll(bytes: Uint8Array): void {
    this.add(bytes, 0, bytes.length);
  }

  add(source: Uint8Array, from: number, to: number): void {
    if (from >= to) return;
    this.#length += to - from;
    const last = this.#sources.length - 1;
    if (last >= 0 && this.#sources[last] === source && this.#ranges[2 * last + 1] === from) {
      this.#ranges[2 * last + 1] = to;
      return;
    }
    this.#sources.push(source);
    this.#ranges.push(from, to);
  }

  join(): Uint8Array {
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const [i, source] of this.#sources.entries()) {
      const piece = source.subarray(this.#ranges[2 * i], this.#ranges[2 * i + 1]);
      joined.set(piece, at);
      at += piece.length;
    }
    return joined;
  }
}
