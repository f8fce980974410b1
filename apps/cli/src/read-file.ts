import { createReadStream } from "node:fs";

/** More than any calendar or plan that is read whole: what never ends (a device, a pipe) is given up there. */
const FILE_BYTES_MAX = 500_000_000;

/** The bytes of a file, or of what is piped in. Throws, as the file system does, with a sentence of what is too large. */
export async function readBounded(path: string, bytesMax = FILE_BYTES_MAX): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of createReadStream(path) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > bytesMax) {
      const sentence = `It is larger than ${Math.floor(bytesMax / 1_000_000)} MB, and that is the limit.`;
      throw Object.assign(new Error(sentence), { code: "EFBIG" });
    }
    parts.push(part);
  }
  return Buffer.concat(parts, bytes);
}
