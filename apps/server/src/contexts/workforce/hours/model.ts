import type { Catalogue, OperationInput } from "@hourwright/contract";

/** One layer of opening times as it is written and stored. */
export type StoredLayer = OperationInput<Catalogue["availability.putLayers"]>["body"]["layers"][number];
export type LayerOf<Kind extends StoredLayer["kind"]> = Extract<StoredLayer, { kind: Kind }>;

/** Whose layers: the id of a person, thing or place, or this for everybody. */
export const ORGANISATION = "organisation";

/** What the log of changes calls them. */
export const LAYERS = "availabilityLayers";

/** The layers of one, with a version that rises with each change; 0: none was ever set. */
export type Layers = { readonly layers: readonly StoredLayer[]; readonly version: number };

/** One whose layers count for a subject. */
export type Owned = { readonly id: string; readonly name: string; readonly layers: readonly StoredLayer[] };

/** Which layer of whom decides, as it is told. */
export type Decider = {
  readonly kind: StoredLayer["kind"] | "day" | "contract" | "any";
  readonly of: string | null;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly region: string | null;
  readonly regionNames: Readonly<Record<string, string>>;
  readonly reason: string | null;
};
