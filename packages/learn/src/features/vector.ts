import type { Commitment } from "./commitment.ts";
import { FEATURES, type Feature } from "./features.ts";

export const FEATURE_COUNT = 50;

/** Which features a model was made for. Models of another schema are refused: they would read the wrong numbers [LN2]. */
export type Schema = { readonly version: number; readonly hash: string };

/** `hash` is the SHA-256 of `schemaText()`, kept by a test, so that browsers need no hashing to compare it. */
export const SCHEMA: Schema = {
  version: 1,
  hash: "971faa6d6159822d7847326d3cf4139d14d0ccb7e24838e31ce2ebc564aeff67",
};

/** What the hash of the schema is made of: a line a feature, without the sentences, which may be put better any time. */
export function schemaText(): string {
  const lines = FEATURES.map(({ name, group, unit, from, to }) => [name, group, unit, from, to].join("\t"));
  return `${lines.join("\n")}\n`;
}

/** The fifty numbers of a commitment, each from 0 to 1. What is no number is read as the lower bound [LN3]. */
export function vectorOf(commitment: Commitment): Float64Array {
  const vector = new Float64Array(FEATURE_COUNT);
  for (let i = 0; i < FEATURE_COUNT; i++) vector[i] = scaled(FEATURES[i]!, commitment);
  return vector;
}

function scaled({ of, from, to }: Feature, commitment: Commitment): number {
  const value = of(commitment);
  return Number.isNaN(value) ? 0 : (Math.min(to, Math.max(from, value)) - from) / (to - from);
}
