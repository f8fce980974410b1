import { LAYERS, parseDate, printDate, type CivilDate, type Layer } from "@hourwright/timeline";

/** How closely the year is looked at: as density, in full, one month through the lens, one day beside it. */
export const ZOOMS = ["density", "year", "month", "day"] as const;
export type ZoomStep = (typeof ZOOMS)[number];

/** What is shown unless one chooses: when everybody is free is asked for. */
export const LAYERS_SHOWN: readonly Layer[] = LAYERS.filter((layer) => layer !== "team");

/** The state that an address holds: it can be shared, bookmarked and walked back through. */
export type Address = {
  readonly place: "year" | "conflicts";
  readonly year: number;
  readonly on: CivilDate | null;
  /** Ids of the people, things and calendars shown; empty for all. */
  readonly who: readonly string[];
  /** The conflict that is being looked at. */
  readonly conflict: string | null;
  readonly zoom: ZoomStep;
  /** What of the year is shown, in the order of `LAYERS`. */
  readonly layers: readonly Layer[];
};

const YEAR_MIN = 1900;
const YEAR_MAX = 2199;
const WHO_MAX = 500;

/** Reads an address; whatever it does not say, or says wrongly, is today's year with everyone. */
export function parseAddress(text: string, thisYear: number): Address {
  const url = new URL(text, "http://localhost");
  const [place, yearText = ""] = url.pathname.split("/").slice(1);
  const on = parseDate(url.searchParams.get("on") ?? "");
  const year = /^\d{4}$/.test(yearText) ? Number(yearText) : (on?.year ?? thisYear);
  const who = ["people", "calendars"].flatMap((name) => url.searchParams.get(name)?.split(",") ?? []);
  return {
    place: place === "conflicts" ? "conflicts" : "year",
    year: Math.min(YEAR_MAX, Math.max(YEAR_MIN, year)),
    on: on !== null && on.year === year ? on : null,
    who: who.filter((id) => id !== "").slice(0, WHO_MAX),
    conflict: url.searchParams.get("conflict"),
    zoom: ZOOMS.find((step) => step === url.searchParams.get("zoom")) ?? "year",
    layers: layersOf(url.searchParams.get("layer")),
  };
}

export function printAddress({ place, year, on, who, conflict, zoom, layers }: Address): string {
  const query: string[] = [];
  if (on !== null) query.push(`on=${printDate(on)}`);
  const calendars = who.filter((id) => id.startsWith("cal_"));
  const people = who.filter((id) => !id.startsWith("cal_"));
  if (people.length > 0) query.push(`people=${people.map(encodeURIComponent).join(",")}`);
  if (calendars.length > 0) query.push(`calendars=${calendars.map(encodeURIComponent).join(",")}`);
  if (conflict !== null) query.push(`conflict=${encodeURIComponent(conflict)}`);
  if (zoom !== "year") query.push(`zoom=${zoom}`);
  if (layers.join() !== LAYERS_SHOWN.join()) query.push(`layer=${layers.join()}`);
  return `/${place}/${year}${query.length === 0 ? "" : `?${query.join("&")}`}`;
}

function layersOf(text: string | null): readonly Layer[] {
  if (text === null) return LAYERS_SHOWN;
  const named = text.split(",");
  return LAYERS.filter((layer) => named.includes(layer));
}
