import {
  componentsOf,
  parameterOf,
  propertyOf,
  rawValue,
  vtimezoneOf,
  WORLD_ZONES,
  type Component,
} from "@hourwright/ical";
import { findZone, parseBasicTime } from "@hourwright/time";
import { TIME_MIN_MS } from "../claims/public.ts";

/** TZIDs of one file; there are under 500 zones in the world, and every program has names of its own for them. */
const ZONES_MAX = 2_000;

/**
 * The VTIMEZONEs of a file that is put together from many objects: one for each TZID that is named. Objects may bring
 * different ones under one name. A zone that everybody knows gets a fresh one, which holds from the earliest time that
 * is written in it; another keeps the one that was met first.
 */
export class ExportZones {
  readonly #earliestMs = new Map<string, number>();
  readonly #brought = new Map<string, Component>();
  readonly #written = new Set<string>();

  /** Takes notice of the zones that an object's VCALENDAR names and brings. */
  notice(calendar: Component): void {
    for (const component of componentsOf(calendar)) {
      if (component.name === "VTIMEZONE") this.#noticeBrought(component);
      else this.#noticeNamed(component);
    }
  }

  /** The VTIMEZONEs that were noticed since the last call, by TZID. */
  unwritten(): Component[] {
    const tzids = [...this.#earliestMs.keys()].filter((tzid) => !this.#written.has(tzid)).sort();
    for (const tzid of tzids) this.#written.add(tzid);
    return tzids.flatMap((tzid) => this.#vtimezone(tzid) ?? []);
  }

  #vtimezone(tzid: string): Component | null {
    const brought = this.#brought.get(tzid);
    // A name that is not IANA's means what came with it, before what we know under that name.
    const zone = findZone(tzid) ?? (brought === undefined ? WORLD_ZONES.find(tzid) : null);
    if (zone === null) return brought ?? null;
    return vtimezoneOf(zone, tzid, Math.max(this.#earliestMs.get(tzid)!, TIME_MIN_MS));
  }

  #noticeBrought(vtimezone: Component): void {
    const property = propertyOf(vtimezone, "TZID");
    const tzid = property === null ? "" : rawValue(property).trim();
    if (!this.#brought.has(tzid) && this.#brought.size < ZONES_MAX) this.#brought.set(tzid, vtimezone);
  }

  #noticeNamed(component: Component): void {
    for (const child of component.children) {
      if (child.kind === "component") this.#noticeNamed(child);
      const tzid = child.kind === "property" ? parameterOf(child, "TZID")?.trim() : undefined;
      if (child.kind !== "property" || tzid === undefined) continue;
      const before = this.#earliestMs.get(tzid);
      if (before === undefined && this.#earliestMs.size >= ZONES_MAX) continue;
      const earliest = earliestIn(rawValue(child));
      this.#earliestMs.set(tzid, Math.min(before ?? Infinity, earliest));
    }
  }
}

/** The earliest date in a list of times, as if it were UTC; an offset more or less does not matter to a VTIMEZONE. */
function earliestIn(value: string): number {
  const times = (value.match(/\d{8}(?:T\d{6})?/g) ?? []).map((text) => parseBasicTime(text)?.localMs ?? Infinity);
  return Math.min(NOW_ENOUGH_MS, ...times);
}

/** From when on a zone is described when nothing with a date is written in it. */
const NOW_ENOUGH_MS = Temporal.Instant.from("2020-01-01T00:00Z").epochMilliseconds;
