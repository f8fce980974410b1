import { waysOver, type KnownWay, type World } from "@hourwright/conflict";

/** Where a site of rooms and things is. */
export type Place = PlaceContents & { readonly id: string; readonly version: number };

/** What undo needs of a place. */
export type PlaceContents = {
  readonly name: string;
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  /** How long the way to others takes, where somebody has said so. */
  readonly ways: readonly { readonly placeId: string; readonly minutes: number }[];
};

/** What the log of changes calls a place. */
export const PLACE = "place";

/** What makes two names of a site the same. */
export const siteKey = (name: string): string => name.trim().toLowerCase();

/** The number of the place that a site names; null where nobody has said where it is. */
export function placeOfSite(places: readonly Pick<Place, "name">[]): (site: string | null) => number | null {
  const numbers = new Map(places.map(({ name }, number) => [siteKey(name), number]));
  return (site) => (site === null ? null : (numbers.get(siteKey(site)) ?? null));
}

/** Ways between places by their numbers, as constraints ask for them. */
export function waysBetween(places: readonly Place[]): World["travelMs"] {
  const numbers = new Map(places.map(({ id }, number) => [id, number]));
  const known = places.flatMap(({ ways }, from) =>
    ways.flatMap(({ placeId, minutes }): KnownWay[] => {
      const to = numbers.get(placeId);
      return to === undefined ? [] : [{ from, to, minutes }];
    }),
  );
  return waysOver(places, known);
}
