// TZIDs that are no name of a zone, though anybody sees what they mean: an offset, or the words that Windows shows.

import { HOUR_MS, MINUTE_MS, dayNumber, DAY_MS, findZone, fixedZone, type Zone } from "@hourwright/time";
import { WINDOWS_ZONE_IDS, windowsZoneId } from "./windows-zones.ts";

export type SpelledZone = {
  readonly zone: Zone;
  /** What the TZID was taken for: so many hours from UTC all year, or a zone with the places it lists. */
  readonly by: "offset" | "places";
};

/** `GMT+0200`, `UTC+02:00`, `UTC-5`, `+0200`: the sign says how far ahead of UTC, unlike that of Etc/GMT+2. */
const OFFSET = /^(?:GMT|UTC)? ?([+-]\d{1,2}(?:[:.]?\d{2})?)$/i;
/** `(UTC+01:00) Amsterdam, Berlin, Bern`, `(GMT-08.00) Pacific Time (US & Canada)`. */
const SHOWN = /^\((?:GMT|UTC) ?([+-]\d{1,2}(?:[:.]?\d{2})?)?\) ?([^\n]{0,200})$/i;

/**
 * The zone that is meant by an offset, or by what Outlook shows instead of a name; null when the text is neither. Of the
 * places that are listed the first counts whose clocks have that offset in winter, those that Windows names a zone
 * after before others; where there is none, the offset all year.
 */
export function spelledZone(tzid: string): SpelledZone | null {
  const bare = OFFSET.exec(tzid);
  const shown = bare === null ? SHOWN.exec(tzid) : null;
  if (bare === null && shown === null) return null;
  const offsetMs = offsetOf((bare ?? shown)![1] ?? "+0");
  if (offsetMs === null) return null;
  const place = shown === null ? null : zoneOfPlaces(shown[2]!, offsetMs);
  return place === null ? { zone: zoneOfOffset(tzid, offsetMs), by: "offset" } : { zone: place, by: "places" };
}

/** The world's clocks are between 12 hours behind UTC and 14 ahead. */
const HOURS_BEHIND_MAX = 12;
const HOURS_AHEAD_MAX = 14;

function offsetOf(text: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{1,2})[:.]?(\d{2})?$/.exec(text)!;
  const ms = (sign === "-" ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS);
  const isInWorld = ms >= -HOURS_BEHIND_MAX * HOUR_MS && ms <= HOURS_AHEAD_MAX * HOUR_MS && Number(minutes ?? 0) < 60;
  return isInWorld ? ms + 0 : null;
}

/** Whole hours have a name in the world, which others can read as well; it counts the other way round. */
function zoneOfOffset(tzid: string, offsetMs: number): Zone {
  if (offsetMs === 0) return findZone("UTC")!;
  if (offsetMs % HOUR_MS !== 0) return fixedZone(tzid, offsetMs);
  return findZone(`Etc/GMT${offsetMs > 0 ? "-" : "+"}${Math.abs(offsetMs) / HOUR_MS}`)!;
}

function zoneOfPlaces(text: string, offsetMs: number): Zone | null {
  const places = text
    .replaceAll(/\([^)]*\)/g, "")
    .split(/[,/;]/)
    .map((place) => place.trim().toLowerCase());
  const found = places
    .flatMap((place) => windowsZoneId(place.replace(/ time$/, " standard time")) ?? idsByPlace().get(place) ?? [])
    .map((id) => findZone(id)!)
    .filter((zone) => hasOffset(zone, offsetMs));
  return found.find(({ id }) => NAMED_BY_WINDOWS.has(id)) ?? found[0] ?? null;
}

/** When clocks are asked: a winter and a summer before and after several countries gave up changing theirs. */
const YEARS = [2019, 2025].map((year) => [1, 7].map((month) => dayNumber(year, month, 1) * DAY_MS));

/** Whether it is the offset of a zone outside of summer time. */
function hasOffset(zone: Zone, offsetMs: number): boolean {
  return YEARS.some((moments) => Math.min(...moments.map((atMs) => zone.offsetMsAt(atMs))) === offsetMs);
}

const NAMED_BY_WINDOWS = new Set(WINDOWS_ZONE_IDS);
let byPlace: Map<string, string[]> | null = null;

/** The IANA ids by the place that each names, in lower case with blanks. */
function idsByPlace(): Map<string, string[]> {
  if (byPlace !== null) return byPlace;
  byPlace = new Map();
  for (const id of new Set([...WINDOWS_ZONE_IDS, ...Intl.supportedValuesOf("timeZone")])) {
    const place = id
      .slice(id.lastIndexOf("/") + 1)
      .replaceAll("_", " ")
      .toLowerCase();
    byPlace.set(place, [...(byPlace.get(place) ?? []), id]);
  }
  return byPlace;
}
