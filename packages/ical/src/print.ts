import { fold } from "./content-line.ts";
import type { Component, Node, Property } from "./tree.ts";
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
 * Everything that was read, in canonical form: CRLF, folded at 75 octets, closed. What was no content line is left
 * out. Byte-identical when the input already has that form; printing what was printed changes nothing.
 */
export function print(nodes: readonly Node[]): Uint8Array {
  const pieces = new Pieces();
  for (const node of nodes) addCanonical(pieces, node);
  return pieces.join();
}

function addCanonical(pieces: Pieces, node: Node): void {
  switch (node.kind) {
    case "property":
      pieces.addAll(canonicalLine(node));
      return;
    case "component":
      addComponent(pieces, node);
      return;
    case "junk":
  }
}

function addComponent(pieces: Pieces, component: Component): void {
  pieces.addAll(encode(`BEGIN:${component.name}\r\n`));
  for (const child of component.children) addCanonical(pieces, child);
  pieces.addAll(encode(`END:${component.name}\r\n`));
}

function canonicalLine({ bytes, from, to }: Property): Uint8Array {
  const line = unfold(bytes, from, to);
  const isCanonical = line.length <= 75 && line.length === to - from - 2 && bytes[to - 1] === 10;
  return isCanonical ? bytes.subarray(from, to) : fold(line);
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
