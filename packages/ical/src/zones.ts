import { findZone, type Zone } from "@hourwright/time";
import { rawValue, readText } from "./content-line.ts";
import type { ProblemLog } from "./problem.ts";
import { componentsOf, propertyOf, type Component } from "./tree.ts";
import { clocksOfVtimezone, printOffset, vtimezoneFault } from "./vtimezone.ts";
import { windowsZoneId } from "./windows-zones.ts";
import { spelledZone } from "./zone-spelling.ts";
import { isDescribedBy, zoneWithClocks } from "./zone-match.ts";

/** What a TZID of one calendar means. */
export type Zones = {
  /** The zone of a TZID, or null when nobody knows it. Each is looked up once. */
  find(tzid: string): Zone | null;
  /** The VTIMEZONE of that TZID, or null. */
  component(tzid: string): Component | null;
  /** What is to be said where a property names it; null when it is the name of a zone, or of a VTIMEZONE. */
  remark(tzid: string): ZoneRemark | null;
};

/** A TZID that nobody knows, or that was read as what it seems to mean. `message` goes on after its name. */
type ZoneRemark = {
  readonly code: "zone-unknown" | "zone-by-offset" | "zone-by-places" | "zone-other-case";
  readonly message: string;
};

/** Zones that one file may bring along; there are under 500 in the world. */
const VTIMEZONES_MAX = 1000;

/** Zones known without any VTIMEZONE: IANA ids and the names of Windows. */
export const WORLD_ZONES: Zones = { find: worldZone, component: () => null, remark: () => null };

/**
 * The zones of some VCALENDARs. A TZID that has a VTIMEZONE means its clocks: those of the zone it is named after when
 * they agree ("Europe/Berlin", "W. Europe Standard Time", "/vendor.example/Europe/Berlin"), else of the zone of the
 * world that has them, else its own. A TZID without one is an IANA id, a name of Windows, or an IANA id behind a
 * vendor's prefix, an offset, or the words that Windows shows; upper and lower case matter where two VTIMEZONEs differ in
 * nothing else. Names that the clocks belie are reported, once and when they are first asked for.
 */
export function zonesOf(calendars: readonly Component[], log: ProblemLog | null = null): Zones {
  const components = new Map<string, Component>();
  for (const calendar of calendars) {
    for (const vtimezone of componentsOf(calendar, "VTIMEZONE")) {
      const id = textOf(vtimezone, "TZID") ?? "";
      if (!components.has(id) && components.size < VTIMEZONES_MAX) components.set(id, vtimezone);
    }
  }
  const byLowerCase = new Map([...components.keys()].reverse().map((id) => [id.toLowerCase(), id]));
  const known = new Map<string, Found>();
  return {
    find: (tzid) => found(tzid).zone,
    component: (tzid) => components.get(ownId(tzid)) ?? null,
    remark: (tzid) => found(tzid).remark,
  };

  /** The TZID by which a VTIMEZONE is called that is asked for. */
  function ownId(tzid: string): string {
    return components.has(tzid) ? tzid : (byLowerCase.get(tzid.toLowerCase()) ?? tzid);
  }

  function found(tzid: string): Found {
    let zone = known.get(tzid);
    if (zone === undefined) known.set(tzid, (zone = foundFirst(tzid)));
    return zone;
  }

  function foundFirst(tzid: string): Found {
    const id = ownId(tzid);
    if (id !== tzid) return { zone: found(id).zone, remark: OTHER_CASE };
    const vtimezone = components.get(tzid);
    const zone = vtimezone === undefined ? worldZone(tzid) : describedZone(vtimezone, tzid, log);
    return zone === null ? spelled(tzid) : { zone, remark: null };
  }
}

type Found = { readonly zone: Zone | null; readonly remark: ZoneRemark | null };

const OTHER_CASE: ZoneRemark = {
  code: "zone-other-case",
  message: "which differs in upper and lower case from the TZID of the VTIMEZONE that was taken for it.",
};
const UNKNOWN: ZoneRemark = { code: "zone-unknown", message: "which nobody knows; the time was read as floating." };

/** What a TZID means that is nobody's name. */
function spelled(tzid: string): Found {
  const spelling = spelledZone(tzid);
  if (spelling === null) return { zone: null, remark: UNKNOWN };
  const { zone, by } = spelling;
  if (by === "places") {
    const message = `which is how Windows shows a zone; it was read as ${zone.id}.`;
    return { zone, remark: { code: "zone-by-places", message } };
  }
  const message = `which is no zone; it was read as the offset ${printOffset(zone.offsetMsAt(0))} all year.`;
  return { zone, remark: { code: "zone-by-offset", message } };
}

function describedZone(vtimezone: Component, tzid: string, log: ProblemLog | null): Zone | null {
  const named = worldZone(tzid);
  // Clocks of its own are nobody else's: what answers to the name of a known zone would be taken for it.
  const clocks = clocksOfVtimezone(vtimezone, named === null ? tzid : `${tzid} of the file`);
  if (clocks === null) return named;
  if (named !== null && isDescribedBy(named, clocks)) return named;
  if (named !== null && !clocks.isWhole) {
    const message = `The VTIMEZONE called "${tzid.slice(0, 60)}" contradicts itself; the clocks are those of ${named.id}.`;
    log?.report(vtimezone.line, "zone-contradictory", message);
    return named;
  }
  const location = worldZone(textOf(vtimezone, "X-LIC-LOCATION") ?? "");
  const isThere = location !== null && isDescribedBy(location, clocks);
  const zone = isThere ? location : (zoneWithClocks(clocks) ?? clocks.zone);
  if (named !== null) {
    const whose = zone === clocks.zone ? "clocks of its own" : `the clocks of ${zone.id}`;
    const message = `The VTIMEZONE called "${tzid.slice(0, 60)}" has ${whose}; these count, not its name.`;
    log?.report(vtimezone.line, "zone-named-wrong", message);
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
      const fault = vtimezoneFault(vtimezone);
      if (fault !== null) log.report(fault.line, fault.code, FAULTS[fault.code]);
    }
  }
}

const FAULTS = {
  "zone-malformed": "The VTIMEZONE says no clocks here; this part was ignored.",
  "zone-offset-missing":
    "TZOFFSETFROM is no offset or missing; what held before was taken from the other half, or for the same.",
} as const;

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
