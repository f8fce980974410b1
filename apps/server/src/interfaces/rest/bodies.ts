import type { Readable } from "node:stream";

// Bodies of requests, read with a bound.

/** A body went past its bound while it was read. */
export class TooLarge extends Error {
  override name = "TooLarge";
  readonly bytesMax: number;
  constructor(bytesMax: number) {
    super(`the body is longer than ${bytesMax} bytes`);
    this.bytesMax = bytesMax;
  }
}

/**
 * The parts of a body; throws when they are more than so many bytes. Whoever stops reading it is still connected and can be answered:
 * the rest is let go by, for as long as a request may last.
 */
export async function* bounded(body: Readable, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const part of body.iterator({ destroyOnReturn: false })) {
      bytes += (part as Uint8Array).byteLength;
      if (bytes > bytesMax) throw new TooLarge(bytesMax);
      yield part as Uint8Array;
    }
  } finally {
    body.resume();
  }
}

/** A body as text; throws where it is not UTF-8. */
export async function textOf(parts: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for await (const part of parts) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}
