import { HOUR_MS, MINUTE_MS } from "@hourwright/time";

/** A place on the earth, in degrees: north and east are positive. */
export type Place = { readonly latitude: number; readonly longitude: number };

/** How long the way between two places takes, where somebody has said so: minutes, by their numbers, in both directions. */
export type KnownWay = { readonly from: number; readonly to: number; readonly minutes: number };

const EARTH_KM = 6_371;
/** Ways on the ground are longer than the line through the air, by so much in towns. */
const DETOUR = 1.3;
/** Where a rule says nothing: a car in town. */
export const SPEED_KMH = 40;

/** Kilometres over the ground in a straight line (haversine formula, Sinnott 1984). */
export function distanceKm(from: Place, to: Place): number {
  const [lat, lon] = [radians(to.latitude - from.latitude), radians(to.longitude - from.longitude)];
  const chord =
    Math.sin(lat / 2) ** 2 + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(lon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Ways between places by their numbers: as somebody has said, else by distance and speed. No way from a place to itself. */
export function waysOver(places: readonly Place[], known: readonly KnownWay[]) {
  const minutes = new Map(known.flatMap(({ from, to, minutes: m }) => [[keyOf(from, to), m] as const]));
  return (from: number, to: number, speedKmh = SPEED_KMH): number => {
    const said = minutes.get(keyOf(from, to)) ?? minutes.get(keyOf(to, from));
    if (said !== undefined) return said * MINUTE_MS;
    const [one, other] = [places[from], places[to]];
    if (from === to || one === undefined || other === undefined) return 0;
    return ((DETOUR * distanceKm(one, other)) / speedKmh) * HOUR_MS;
  };
}

const keyOf = (from: number, to: number): string => `${from} ${to}`;
