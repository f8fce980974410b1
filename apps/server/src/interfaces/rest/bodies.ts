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

/** The parts of a body; throws when they are more than so many bytes. */
export async function* bounded(body: AsyncIterable<unknown>, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of body) {
    bytes += (part as Uint8Array).byteLength;
    if (bytes > bytesMax) throw new TooLarge(bytesMax);
    yield part as Uint8Array;
  }
}

/** A body as text; throws where it is not UTF-8. */
export async function textOf(parts: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for await (const part of parts) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}
