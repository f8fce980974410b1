import { findZone, type Zone } from "@hourwright/time";
import { rawValue, readText } from "./content-line.ts";
import type { ProblemLog } from "./problem.ts";
import { componentsOf, propertyOf, type Component } from "./tree.ts";
import { badLineOf, clocksOfVtimezone } from "./vtimezone.ts";
import { windowsZoneId } from "./windows-zones.ts";
import { isDescribedBy, zoneWithClocks } from "./zone-match.ts";

/** What a TZID of one calendar means. */
export type Zones = {
  /** The zone of a TZID, or null when nobody knows it. Each is looked up once. */
  find(tzid: string): Zone | null;
  /** The VTIMEZONE of that TZID, or null. */
  component(tzid: string): Component | null;
};

/** Zones that one file may bring along; there are under 500 in the world. */
const VTIMEZONES_MAX = 1000;

/** Zones known without any VTIMEZONE: IANA ids and the names of Windows. */
export const WORLD_ZONES: Zones = { find: worldZone, component: () => null };

/**
 * The zones of some VCALENDARs. A TZID that has a VTIMEZONE means its clocks: those of the zone it is named after when
 * they agree ("Europe/Berlin", "W. Europe Standard Time", "/vendor.example/Europe/Berlin"), else of the zone of the
 * world that has them, else its own. A TZID without one is an IANA id, a name of Windows, or an IANA id behind a
 * vendor's prefix. Names that the clocks belie are reported, once and when they are first asked for.
 */
export function zonesOf(calendars: readonly Component[], log: ProblemLog | null = null): Zones {
  const components = new Map<string, Component>();
  for (const calendar of calendars) {
    for (const vtimezone of componentsOf(calendar, "VTIMEZONE")) {
      const id = textOf(vtimezone, "TZID") ?? "";
      if (!components.has(id) && components.size < VTIMEZONES_MAX) components.set(id, vtimezone);
    }
  }
  const known = new Map<string, Zone | null>();
  return { find, component: (tzid) => components.get(tzid) ?? null };

  function find(tzid: string): Zone | null {
    let zone = known.get(tzid);
    if (zone === undefined) {
      const vtimezone = components.get(tzid);
      zone = vtimezone === undefined ? worldZone(tzid) : describedZone(vtimezone, tzid, log);
      known.set(tzid, zone);
    }
    return zone;
  }
}

function describedZone(vtimezone: Component, tzid: string, log: ProblemLog | null): Zone | null {
  const named = worldZone(tzid);
  // Clocks of its own are nobody else's: what answers to the name of a known zone would be taken for it.
  const clocks = clocksOfVtimezone(vtimezone, named === null ? tzid : `${tzid} of the file`);
  if (clocks === null) return named;
  if (named !== null && isDescribedBy(named, clocks)) return named;
  if (named !== null && !clocks.isWhole) {
    const message = `The VTIMEZONE called "${tzid.slice(0, 60)}" contradicts itself; the clocks are those of ${named.id}.`;
    log?.warn(vtimezone.line, "zone-contradictory", message);
    return named;
  }
  const location = worldZone(textOf(vtimezone, "X-LIC-LOCATION") ?? "");
  const isThere = location !== null && isDescribedBy(location, clocks);
  const zone = isThere ? location : (zoneWithClocks(clocks) ?? clocks.zone);
  if (named !== null) {
    const whose = zone === clocks.zone ? "clocks of its own" : `the clocks of ${zone.id}`;
    const message = `The VTIMEZONE called "${tzid.slice(0, 60)}" has ${whose}; these count, not its name.`;
    log?.warn(vtimezone.line, "zone-named-wrong", message);
  }
  return zone;
}

function textOf(component: Component, name: string): string | null {
  const property = propertyOf(component, name);
  return property === null ? null : readText(rawValue(property)).trim();
}

/** Reports the VTIMEZONEs that cannot be read as clocks; whoever names them floats, unless the world knows the name. */
export function checkZones(calendars: readonly Component[], log: ProblemLog): void {
  for (const calendar of calendars) {
    for (const vtimezone of componentsOf(calendar, "VTIMEZONE")) {
      const line = badLineOf(vtimezone);
      if (line !== null) log.error(line, "zone-malformed", "The VTIMEZONE says no clocks here; this part was ignored.");
    }
  }
}

function worldZone(tzid: string): Zone | null {
  const direct = findZone(tzid);
  if (direct !== null) return direct;
  const windows = windowsZoneId(tzid);
  if (windows !== null) return findZone(windows);
  if (!tzid.includes("/")) return null;
  const parts = tzid.split("/").slice(-3); // "America/Argentina/Salta" is the longest shape of an IANA id.
  for (let i = 0; i < parts.length - 1; i++) {
    const zone = findZone(parts.slice(i).join("/"));
    if (zone !== null) return zone;
  }
  return null;
}
