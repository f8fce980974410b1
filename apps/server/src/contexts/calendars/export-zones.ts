import {
  componentsOf,
  print,
  vtimezoneCalled,
  vtimezoneOf,
  withZoneNames,
  WORLD_ZONES,
  zonesOf,
  type Component,
  type Zones,
} from "@hourwright/ical";
import { findZone, parseBasicTime, type Zone } from "@hourwright/time";
import { TIME_MIN_MS } from "../claims/pure.ts";

/** TZIDs of one file; there are under 500 zones in the world, and every program has names of its own for them. */
const ZONES_MAX = 2_000;

/**
 * The VTIMEZONEs of a file that is put together from many objects, which may mean different clocks by one TZID. In the
 * file each TZID means one: a name that the clocks belie, or that only its maker knows, becomes that of the zone; what
 * has clocks of its own keeps its name, with a number when another had it first.
 */
export class ExportZones {
  /** By TZID of the file. */
  readonly #used = new Map<string, { readonly zone: Zone; readonly brought: Component | null; earliestMs: number }>();
  /** What clocks of an object's own are called, by the TZID and VTIMEZONE they came with. */
  readonly #own = new Map<string, string>();
  readonly #written = new Set<string>();

  /** The components of an object's VCALENDAR as they stand in the file. */
  componentsOf(calendar: Component): Component[] {
    const zones = zonesOf([calendar]);
    const names = new Map<string, string>();
    const components = componentsOf(calendar).filter(({ name }) => name !== "VTIMEZONE");
    return components.map((component) =>
      withZoneNames(component, (tzid, value) => {
        let name = names.get(tzid);
        if (name === undefined) names.set(tzid, (name = this.#nameFor(tzid, zones)));
        const used = this.#used.get(name);
        if (used !== undefined) used.earliestMs = Math.min(used.earliestMs, earliestIn(value));
        return name;
      }),
    );
  }

  /** The VTIMEZONEs of what was met since the last call, by TZID. */
  unwritten(): Component[] {
    const tzids = [...this.#used.keys()].filter((tzid) => !this.#written.has(tzid)).sort();
    for (const tzid of tzids) this.#written.add(tzid);
    return tzids.map((tzid) => {
      const { zone, brought, earliestMs } = this.#used.get(tzid)!;
      return brought === null
        ? vtimezoneOf(zone, tzid, Math.max(earliestMs, TIME_MIN_MS))
        : vtimezoneCalled(brought, tzid);
    });
  }

  /** What a TZID of an object is called in the file. One that nobody knows keeps its name, and floats as before. */
  #nameFor(tzid: string, zones: Zones): string {
    const zone = zones.find(tzid);
    if (zone === null || this.#used.size >= ZONES_MAX) return tzid;
    if (findZone(zone.id) === null) return this.#nameForOwn(tzid, zone, zones.component(tzid));
    const name = WORLD_ZONES.find(tzid)?.id === zone.id ? tzid : zone.id;
    if (!this.#used.has(name)) this.#used.set(name, { zone, brought: null, earliestMs: NOW_ENOUGH_MS });
    return name;
  }

  #nameForOwn(tzid: string, zone: Zone, brought: Component | null): string {
    const key = `${tzid}\n${brought === null ? "" : Buffer.from(print([brought])).toString()}`;
    let name = this.#own.get(key);
    if (name !== undefined) return name;
    name = tzid;
    for (let number = 2; this.#used.has(name) || WORLD_ZONES.find(name) !== null; number++)
      name = `${tzid} (${number})`;
    this.#own.set(key, name);
    this.#used.set(name, { zone, brought, earliestMs: NOW_ENOUGH_MS });
    return name;
  }
}

/** The earliest date in a list of times, as if it were UTC; an offset more or less does not matter to a VTIMEZONE. */
function earliestIn(value: string): number {
  const times = (value.match(/\d{8}(?:T\d{6})?/g) ?? []).map((text) => parseBasicTime(text)?.localMs ?? Infinity);
  return Math.min(NOW_ENOUGH_MS, ...times);
}

/** From when on a zone is described when nothing with a date is written in it. */
const NOW_ENOUGH_MS = Temporal.Instant.from("2020-01-01T00:00Z").epochMilliseconds;
