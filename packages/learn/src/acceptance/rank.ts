import { chanceOf, type Chance, type Confidence } from "./confidence.ts";
import type { Costs } from "./offer.ts";
import { costUnder, newWeights, type Weights } from "./weights.ts";

/** An offer at its place, with the chance that it is taken, where that can be told. */
export type Ranked<T> = { readonly offer: T; readonly chance: Chance };

/** What is offered: what it costs, and how it ranked before anything was learned, where the caller knows that (less is better). */
export type Offer = { readonly costs: Costs; readonly rank?: number };

/**
 * Offers, best first. Below 500 answers by what they cost under the weights, or by their rank and what answers have moved of that
 * cost; from then on by their chance, since that is known better. Equal ones keep their order.
 */
export function rankOffers<T extends Offer>(
  offers: readonly T[],
  weights: Weights,
  confidence: Confidence,
): Ranked<T>[] {
  const defaults = newWeights(weights.defaults);
  const ranked = offers.map((offer) => ({
    offer,
    chance: chanceOf(confidence, offer.costs),
    cost:
      costUnder(weights, offer.costs) + (offer.rank === undefined ? 0 : offer.rank - costUnder(defaults, offer.costs)),
  }));
  const isByChance = confidence.kind === "calibrated";
  ranked.sort((a, b) => (isByChance ? b.chance!.chance - a.chance!.chance : 0) || a.cost - b.cost);
  return ranked.map(({ offer, chance }) => ({ offer, chance }));
}
