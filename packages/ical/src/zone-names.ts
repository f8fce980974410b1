import { findZone } from "@hourwright/time";
import { escapeText, newProperty, parameterOf, parametersOf, rawValue, readText } from "./content-line.ts";
import { componentsOf, propertyOf, withChildren, withReplaced, type Component, type Node } from "./tree.ts";
import { WORLD_ZONES, type Zones } from "./zones.ts";

/** A component with other TZIDs: each line that names one is asked about, and keeps its bytes when the name stays. */
export function withZoneNames(component: Component, nameFor: (tzid: string, value: string) => string): Component {
  const children = component.children.map((child): Node => {
    if (child.kind === "junk") return child;
    if (child.kind === "component") return withZoneNames(child, nameFor);
    const tzid = parameterOf(child, "TZID")?.trim();
    const name = tzid === undefined ? undefined : nameFor(tzid, rawValue(child));
    if (name === undefined || name === tzid) return child;
    const parameters = parametersOf(child).map((each) => (each.name === "TZID" ? { ...each, values: [name] } : each));
    return newProperty(child.name, parameters, rawValue(child));
  });
  return children.every((child, i) => child === component.children[i]) ? component : withChildren(component, children);
}

/** A VTIMEZONE under another TZID. */
export function vtimezoneCalled(vtimezone: Component, tzid: string): Component {
  const line = propertyOf(vtimezone, "TZID");
  return line === null ? vtimezone : withReplaced(vtimezone, line, newProperty("TZID", [], escapeText(tzid)));
}

/**
 * A VCALENDAR in which no TZID is the name of a zone with other clocks, so that it can be written in by whoever means
 * that zone. What the clocks belie gets the name of the zone that has them; unchanged when there is nothing of the kind.
 */
export function withTrueZoneNames(calendar: Component, zones: Zones): Component {
  const names = new Map<string, string>();
  for (const vtimezone of componentsOf(calendar, "VTIMEZONE")) {
    const tzid = tzidOf(vtimezone);
    const known = WORLD_ZONES.find(tzid);
    const zone = known === null ? null : zones.find(tzid);
    if (zone !== null && zone.id !== known!.id) names.set(tzid, zone.id);
  }
  if (names.size === 0) return calendar;
  const renamed = withZoneNames(calendar, (tzid) => {
    const vtimezone = zones.component(tzid); // Called so, or so but for upper and lower case.
    return (vtimezone === null ? undefined : names.get(tzidOf(vtimezone))) ?? tzid;
  });
  const children = renamed.children.flatMap((child): Node[] => {
    const name = child.kind === "component" && child.name === "VTIMEZONE" ? names.get(tzidOf(child)) : undefined;
    if (name === undefined) return [child];
    return findZone(name) === null ? [vtimezoneCalled(child as Component, name)] : []; // A zone of the world gets a fresh one.
  });
  return withChildren(renamed, children);
}

function tzidOf(vtimezone: Component): string {
  const line = propertyOf(vtimezone, "TZID");
  return line === null ? "" : readText(rawValue(line)).trim();
}
