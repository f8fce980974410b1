import type { Shift } from "@hourwright/schedule";

export type BidState = "bid" | "won" | "lost" | "withdrawn";

export type Bid = {
  readonly personId: string;
  readonly atMs: number;
  readonly state: BidState;
  /** What came of it. */
  readonly adjustmentId: string | null;
};

/** A shift of nobody on which people bid. `bids`: who bid first first. */
export type OpenShift = {
  readonly id: string;
  readonly day: number;
  /** By the clocks of the zone. */
  readonly shift: Shift;
  readonly zone: string;
  readonly startsMs: number;
  readonly endsMs: number;
  readonly skillId: string | null;
  readonly levelMin: number | null;
  readonly places: number;
  readonly award: "manager" | "first";
  readonly state: "open" | "filled" | "closed";
  readonly note: string;
  readonly postedBy: { readonly personId: string | null; readonly name: string; readonly atMs: number };
  readonly bids: readonly Bid[];
  readonly version: number;
};

/** What the log of changes calls it. */
export const OPEN_SHIFT = "openShift";

export const takenOf = ({ bids }: Pick<OpenShift, "bids">): number =>
  bids.filter(({ state }) => state === "won").length;
