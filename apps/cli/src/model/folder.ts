import { join } from "node:path";
import {
  EMPTY_REGISTRY,
  parseModel,
  parseRegistry,
  printModel,
  printRegistry,
  type Model,
  type Registry,
} from "@hourwright/learn";
import type { CommandPorts } from "../expand.ts";

/** `write` makes the file's folder and leaves either the old file or the whole new one. */
export type ModelPorts = CommandPorts & { write(path: string, text: string): Promise<void>; now(): string };

/** What a call can be refused for, as a sentence; thrown by the readers of this folder and caught in `model`. */
export class Refusal extends Error {}

const registryPath = (folder: string): string => join(folder, "registry.json");
const modelPath = (folder: string, version: number): string => join(folder, `model-${version}.json`);

/** The registry of a folder; the empty one where there is none yet. */
export async function readRegistry(folder: string, io: ModelPorts): Promise<Registry> {
  const path = registryPath(folder);
  const text = await readText(path, io);
  if (text === null) return EMPTY_REGISTRY;
  const registry = parseRegistry(text);
  if ("refused" in registry) throw new Refusal(`${path}: ${registry.refused}`);
  return registry;
}

export async function readModel(folder: string, version: number, io: ModelPorts): Promise<Model> {
  const path = modelPath(folder, version);
  const text = await readText(path, io);
  if (text === null) throw new Refusal(`${path}: there is no such file.`);
  const model = parseModel(text);
  if ("refused" in model) throw new Refusal(`${path}: ${model.refused}`);
  return model;
}

/** A model is written before the registry that names it: what is named is there. */
export async function writeModel(folder: string, version: number, model: Model, io: ModelPorts): Promise<void> {
  await write(modelPath(folder, version), printModel(model), io);
}

export async function writeRegistry(folder: string, registry: Registry, io: ModelPorts): Promise<void> {
  await write(registryPath(folder), printRegistry(registry), io);
}

async function write(path: string, text: string, io: ModelPorts): Promise<void> {
  try {
    await io.write(path, text);
  } catch (cause) {
    throw new Refusal(`${path}: it cannot be written (${(cause as { code?: string }).code ?? "unknown"}).`, { cause });
  }
}

/** A file's text, or null when there is none. */
export async function readText(path: string, io: ModelPorts): Promise<string | null> {
  let bytes: Uint8Array;
  try {
    bytes = await io.read(path);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT") return null;
    throw new Refusal(`${path}: it cannot be read (${code ?? (error as Error).message}).`, { cause: error });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal(`${path}: it is no text in UTF-8.`, { cause });
  }
}
