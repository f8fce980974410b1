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
const siteKey = (name: string): string => name.trim().toLowerCase();

/** The numbers of the places that things are at, by their ids; those are left out of which nobody has said where they are. */
export function numbersOfSites(
  places: readonly Pick<Place, "name">[],
  things: readonly { readonly id: string; readonly site: string }[],
): ReadonlyMap<string, number> {
  const numbers = new Map(places.map(({ name }, number) => [siteKey(name), number]));
  return new Map(
    things.flatMap(({ id, site }) => {
      const number = numbers.get(siteKey(site));
      return number === undefined ? [] : [[id, number] as const];
    }),
  );
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
