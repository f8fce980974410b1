import { createHash } from "node:crypto";
import { constants, open } from "node:fs/promises";
import { join } from "node:path";
import { MANIFEST_BYTES_MAX, readManifest, type Manifest } from "./manifest.ts";

/** A plug-in as it was read, once: these bytes are the ones that were hashed, and the ones that run. */
export type Plugin<M extends Manifest = Manifest> = {
  readonly manifest: M;
  readonly source: string;
  /** `sha256-` and 64 digits: over manifest and module. What an administrator allows is this. */
  readonly hash: string;
};

export const MODULE_BYTES_MAX = 262_144;

/** Reads a plug-in's folder. `refused` is a sentence for whoever named it. Nothing of it runs. */
export async function readPlugin(folder: string): Promise<{ readonly read: Plugin } | { readonly refused: string }> {
  try {
    const bytes = await readRegular(join(folder, "plugin.json"), MANIFEST_BYTES_MAX);
    const manifest = readManifest(utf8(bytes, "plugin.json"));
    if ("refused" in manifest) return manifest;
    const { entry } = manifest.read;
    const module = await readRegular(join(folder, entry), MODULE_BYTES_MAX);
    return { read: { manifest: manifest.read, source: utf8(module, entry), hash: hashOf(bytes, module) } };
  } catch (cause) {
    if (!(cause instanceof Unreadable) && !(cause instanceof Error && "code" in cause)) throw cause;
    return { refused: `${cause.message}.` };
  }
}

class Unreadable extends Error {}

/** The length in front keeps apart where the one ends and the other begins. */
function hashOf(manifest: Uint8Array, module: Uint8Array): string {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(manifest.length));
  return `sha256-${createHash("sha256").update(length).update(manifest).update(module).digest("hex")}`;
}

/** A file itself, no link to one, no pipe, of at most so many bytes. */
async function readRegular(path: string, bytesMax: number): Promise<Uint8Array> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const stat = await file.stat();
  if (!stat.isFile()) throw new Unreadable(`${path} is no file`);
  const bytes = Buffer.alloc(bytesMax + 1);
  let size = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, size, bytes.length - size);
    size += bytesRead;
    if (size > bytesMax) throw new Unreadable(`${path} has more than ${bytesMax} bytes`);
    if (bytesRead === 0) return bytes.subarray(0, size);
  }
}

function utf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Unreadable(`${name} is no text in UTF-8`, { cause });
  }
}
