// Pure: where a place is, as somebody writes it or copies it from a map.

export type Position = { readonly latitude: number; readonly longitude: number };

/** Two numbers with a point and nothing else, apart by a comma or a space: 50.0755, 14.4378 · geo:50.0755,14.4378?z=17 */
const PAIR = /^\(?(-?\d{1,3}(?:\.\d+)?)°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)°?\)?(?:\?.*)?$/;
/** The same as it is written in German: 50,0755 14,4378 · 50,0755; 14,4378 */
const PAIR_WITH_COMMAS = /^\(?(-?\d{1,3},\d+)°?(?:\s*;\s*|,?\s+)(-?\d{1,3},\d+)°?\)?$/;
/** The same in an address, where other numbers stand as well: these have a fraction. */
const PAIR_IN_ADDRESS = /(-?\d{1,3}\.\d{2,})(?:,|%2C)\s*(-?\d{1,3}\.\d{2,})/i;
/** OpenStreetMap: #map=17/50.0755/14.4378 */
const MAP_HASH = /#map=[\d.]+\/(-?\d{1,3}\.\d+)\/(-?\d{1,3}\.\d+)/;

/** The position that a text names; null where it names none on earth. */
export function readPosition(text: string): Position | null {
  const isAddress = text.includes("://");
  const typed = text.trim().replace(/^geo:/i, "");
  const match = isAddress
    ? (MAP_HASH.exec(text) ?? PAIR_IN_ADDRESS.exec(text))
    : (PAIR_WITH_COMMAS.exec(typed) ?? PAIR.exec(typed));
  if (match === null) return null;
  const [latitude, longitude] = match.slice(1).map((degrees) => Number(degrees.replace(",", "."))) as [number, number];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

/** To about ten centimetres. */
export const positionText = ({ latitude, longitude }: Position): string =>
  [latitude, longitude].map((degrees) => String(Math.round(degrees * 1e6) / 1e6)).join(", ");
