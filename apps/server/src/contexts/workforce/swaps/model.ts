import type { Leg, Shift } from "@hourwright/schedule";

export type SwapState = "asking" | "agreed" | "declined" | "withdrawn" | "over";

/** A shift that one gives to another, as it was when it was proposed. */
export type SwapLeg = Leg & { readonly shift: Shift; readonly startMs: number; readonly endMs: number };

export type SwapAnswer = {
  readonly personId: string;
  readonly state: "asked" | "yes" | "no";
  readonly answeredMs: number | null;
};

export type Swap = {
  readonly id: string;
  readonly legs: readonly SwapLeg[];
  readonly state: SwapState;
  readonly proposedBy: { readonly personId: string; readonly name: string; readonly atMs: number };
  /** Those who have to agree: everybody who takes part but who proposed it. */
  readonly people: readonly SwapAnswer[];
  /** When the first of the shifts begins. */
  readonly untilMs: number;
  /** Of the adjustments that came of it. */
  readonly groupId: string | null;
  readonly note: string;
  readonly version: number;
};

/** What the log of changes calls it. */
export const SWAP = "swap";

export const peopleIn = (legs: readonly Pick<Leg, "from" | "to">[]): readonly string[] => [
  ...new Set(legs.flatMap(({ from, to }) => [from, to])),
];
