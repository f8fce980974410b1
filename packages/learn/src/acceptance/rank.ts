import { chanceOf, type Chance, type Confidence } from "./confidence.ts";
import type { Costs } from "./offer.ts";
import { costUnder, type Weights } from "./weights.ts";

/** An offer at its place, with the chance that it is taken, where that can be told. */
export type Ranked<T> = { readonly offer: T; readonly chance: Chance };

/**
 * Offers, best first. Below 500 answers by what they cost under the weights; from then on by their chance, since that is known
 * better. Equal ones keep their order.
 */
export function rankOffers<T extends { readonly costs: Costs }>(
  offers: readonly T[],
  weights: Weights,
  confidence: Confidence,
): Ranked<T>[] {
  const ranked = offers.map((offer) => ({
    offer,
    chance: chanceOf(confidence, offer.costs),
    cost: costUnder(weights, offer.costs),
  }));
  const isByChance = confidence.kind === "calibrated";
  ranked.sort((a, b) => (isByChance ? b.chance!.chance - a.chance!.chance : 0) || a.cost - b.cost);
  return ranked.map(({ offer, chance }) => ({ offer, chance }));
}
