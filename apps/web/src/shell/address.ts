import { isZone } from "../data/zones.ts";
import { LAYERS, parseDate, printDate, type CivilDate, type Layer } from "@hourwright/timeline";

/** How closely the year is looked at: as density, in full, one month through the lens, one day beside it. */
export const ZOOMS = ["density", "year", "month", "day"] as const;
export type ZoomStep = (typeof ZOOMS)[number];

/** What is shown unless one chooses: when everybody is free is asked for. */
export const LAYERS_SHOWN: readonly Layer[] = LAYERS.filter((layer) => layer !== "team");

/** What of the conflicts is listed. */
export const TABS = ["open", "kept", "resolved", "graph"] as const;
export type Tab = (typeof TABS)[number];

export const PLACES = ["year", "week", "day", "agenda", "conflicts"] as const;

/** The state that an address holds: it can be shared, bookmarked and walked back through. */
export type Address = {
  readonly place: (typeof PLACES)[number];
  readonly year: number;
  readonly on: CivilDate | null;
  /** Ids of the people, things and calendars shown; empty for all. */
  readonly who: readonly string[];
  /** Who of them fills the columns of a week, the others beside them; null when that is not said. */
  readonly main: string | null;
  /** Zones shown beside the organisation's; null when nothing is said of them. */
  readonly zones: readonly string[] | null;
  /** The conflict that is being looked at. */
  readonly conflict: string | null;
  readonly tab: Tab;
  readonly zoom: ZoomStep;
  /** What of the year is shown, in the order of `LAYERS`. */
  readonly layers: readonly Layer[];
};

const YEAR_MIN = 1900;
const YEAR_MAX = 2199;
const WHO_MAX = 500;
/** Beside the organisation's: four in all. */
export const ZONES_MAX = 3;

/** Reads an address; whatever it does not say, or says wrongly, is today's year with everyone. */
export function parseAddress(text: string, thisYear: number): Address {
  const url = new URL(text, "http://localhost");
  const [place, yearText = ""] = url.pathname.split("/").slice(1);
  const on = parseDate(url.searchParams.get("on") ?? "");
  const year = /^\d{4}$/.test(yearText) ? Number(yearText) : (on?.year ?? thisYear);
  const who = ["people", "calendars"].flatMap((name) => url.searchParams.get(name)?.split(",") ?? []);
  return {
    place: PLACES.find((name) => name === place) ?? "year",
    year: Math.min(YEAR_MAX, Math.max(YEAR_MIN, year)),
    on: on !== null && on.year === year ? on : null,
    who: who.filter((id) => id !== "").slice(0, WHO_MAX),
    main: url.searchParams.get("main"),
    zones: zonesOf(url.searchParams.get("zones")),
    conflict: url.searchParams.get("conflict"),
    tab: TABS.find((tab) => place === "conflicts" && tab === url.searchParams.get("tab")) ?? "open",
    zoom: ZOOMS.find((step) => step === url.searchParams.get("zoom")) ?? "year",
    layers: layersOf(url.searchParams.get("layer")),
  };
}

export function printAddress({ place, year, on, who, main, zones, conflict, tab, zoom, layers }: Address): string {
  const query: string[] = [];
  if (on !== null) query.push(`on=${printDate(on)}`);
  const calendars = who.filter((id) => id.startsWith("cal_"));
  const people = who.filter((id) => !id.startsWith("cal_"));
  if (people.length > 0) query.push(`people=${people.map(encodeURIComponent).join(",")}`);
  if (calendars.length > 0) query.push(`calendars=${calendars.map(encodeURIComponent).join(",")}`);
  if (main !== null) query.push(`main=${encodeURIComponent(main)}`);
  if (zones !== null) query.push(`zones=${zones.join()}`);
  if (conflict !== null) query.push(`conflict=${encodeURIComponent(conflict)}`);
  if (tab !== "open" && place === "conflicts") query.push(`tab=${tab}`);
  if (zoom !== "year") query.push(`zoom=${zoom}`);
  if (layers.join() !== LAYERS_SHOWN.join()) query.push(`layer=${layers.join()}`);
  return `/${place}/${year}${query.length === 0 ? "" : `?${query.join("&")}`}`;
}

/** Zones that are known here, each once; their names hold nothing that an address must escape. */
function zonesOf(text: string | null): readonly string[] | null {
  if (text === null) return null;
  return [...new Set(text.split(",").filter((name) => isZone(name) && !/^[+-]/.test(name)))].slice(0, ZONES_MAX);
}

function layersOf(text: string | null): readonly Layer[] {
  if (text === null) return LAYERS_SHOWN;
  const named = text.split(",");
  return LAYERS.filter((layer) => named.includes(layer));
}
