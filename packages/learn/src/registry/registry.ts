import type { DataCard } from "../card.ts";
import type { Schema } from "../features/vector.ts";
import type { Verdict } from "../measures/gate.ts";
import type { KeyedHash } from "../pseudonym.ts";

/**
 * Where a model stands: let through by the gate or not, tried on 5 % of people, asked for all others, replaced or put away,
 * or taken back because a monitor said so.
 */
export const MODEL_STATES = ["refused", "candidate", "canary", "serving", "retired", "rolled back"] as const;
export type ModelState = (typeof MODEL_STATES)[number];

/** How good it was on held-out weeks, in short; the limit only of simulated histories. */
export type Summary = {
  readonly auc: number | null;
  readonly f1: number | null;
  readonly calibrationError: number | null;
  readonly baselineAuc: number | null;
  readonly limitAuc: number | null;
};

/** What is known of one model, without its numbers. */
export type Entry = {
  readonly version: number;
  readonly schema: Schema;
  readonly card: DataCard;
  readonly verdict: Verdict;
  readonly summary: Summary;
  /** How the probabilities of labels spread on held-out weeks: counts in ten steps, for the monitor of drift. */
  readonly scores: readonly number[];
  readonly state: ModelState;
  /** By which version it was replaced: it comes back when that one is taken back. */
  readonly replacedBy: number | null;
  readonly steps: readonly Step[];
};

/** When it came into a state, and why. */
export type Step = { readonly at: string; readonly state: ModelState; readonly why: string };

/** `given`: the highest version that there ever was; left out while none was removed by a program that counts so. */
export type Registry = { readonly entries: readonly Entry[]; readonly given?: number };

export const EMPTY_REGISTRY: Registry = { entries: [] };
export const ENTRIES_MAX = 1_000;
/** The part of people for whom a canary is asked. */
export const CANARY_PART = 0.05;

export const entryOf = ({ entries }: Registry, version: number): Entry | undefined =>
  entries.find((entry) => entry.version === version);

export const entryIn = ({ entries }: Registry, state: "canary" | "serving"): Entry | undefined =>
  entries.find((entry) => entry.state === state);

/**
 * Which version is asked for somebody, or null: then nothing is foretold. The canary's 5 % are the same people for as long as it is
 * tried, and others for the next one, by a keyed hash [LN10].
 */
export function versionFor(registry: Registry, id: string, hash: KeyedHash): number | null {
  const canary = entryIn(registry, "canary");
  if (canary !== undefined && partOf(hash(`canary ${canary.version} ${id}`)) < CANARY_PART) return canary.version;
  return entryIn(registry, "serving")?.version ?? null;
}

/** The first 32 bits of a hash as a number in [0, 1). */
const partOf = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16) / 4_294_967_296;
