import { findZone, type Zone } from "@hourwright/time";
import { rawValue } from "./content-line.ts";
import type { ProblemLog } from "./problem.ts";
import { componentsOf, propertyOf, type Component } from "./tree.ts";
import { badLineOf, zoneOfVtimezone } from "./vtimezone.ts";
import { windowsZoneId } from "./windows-zones.ts";

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
 * The zones of some VCALENDARs: an IANA id, a name of Windows, an IANA id behind a vendor's prefix
 * ("/freeassociation.sourceforge.net/Europe/Berlin"), else the clocks of the VTIMEZONE itself.
 */
export function zonesOf(calendars: readonly Component[]): Zones {
  const components = new Map<string, Component>();
  for (const calendar of calendars) {
    for (const vtimezone of componentsOf(calendar, "VTIMEZONE")) {
      const tzid = propertyOf(vtimezone, "TZID");
      const id = tzid === null ? "" : rawValue(tzid).trim();
      if (!components.has(id) && components.size < VTIMEZONES_MAX) components.set(id, vtimezone);
    }
  }
  const known = new Map<string, Zone | null>();
  return { find, component: (tzid) => components.get(tzid) ?? null };

  function find(tzid: string): Zone | null {
    let zone = known.get(tzid);
    if (zone === undefined) {
      const vtimezone = components.get(tzid);
      zone = worldZone(tzid) ?? (vtimezone === undefined ? null : zoneOfVtimezone(vtimezone, tzid));
      known.set(tzid, zone);
    }
    return zone;
  }
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
