// RFC 7953: VAVAILABILITY as open stretches.

import {
  AVAILABILITY,
  QUESTION_STEPS_MAX,
  componentsOf,
  instancesOf,
  newComponent,
  objectFrom,
  parse,
  propertyOf,
  rawValue,
  viewOf,
  zonesOf,
  type Component,
  type When,
  type Zones,
} from "@hourwright/ical";
import { DAY_MS, STEPS_MAX, normalise, subtract, type Interval, type StepBudget, type Zone } from "@hourwright/time";

/** A file of more is not somebody's opening times. */
export const VAVAILABILITIES_MAX = 200;
/** AVAILABLE components of one file, read or printed. */
export const AVAILABLES_MAX = 2_000;

export type AvailabilityRefusal = {
  readonly code: "no-availability" | "too-many-components" | "too-many-steps";
  readonly message: string;
};

/** When somebody is open by a file; nothing when it is refused. */
export type OpenByFile = { readonly open: readonly Interval[]; readonly refused: AvailabilityRefusal | null };

/**
 * The open stretches of a window by the VAVAILABILITY components of a file [VA1] to [VA4]. Each makes its range busy but
 * for its AVAILABLE stretches, those of lower priority first, so that what counts more is written over what counts less;
 * what none speaks of is open. Floating times are read in `floatingZone`. Never throws, whatever the bytes; linear in
 * them, and at most a million steps of recurrence.
 */
export function openByAvailability(bytes: Uint8Array, window: Interval, floatingZone: Zone): OpenByFile {
  const calendars = parse(bytes).nodes.filter(
    (node): node is Component => node.kind === "component" && node.name === "VCALENDAR",
  );
  const zones = zonesOf(calendars);
  const vtimezones = calendars.flatMap((calendar) => componentsOf(calendar, "VTIMEZONE"));
  const components = calendars.flatMap((calendar) => componentsOf(calendar, "VAVAILABILITY"));
  const availables = components.flatMap((component) => componentsOf(component, "AVAILABLE"));
  if (components.length === 0) return refused("no-availability", "The file holds no VAVAILABILITY.");
  if (components.length > VAVAILABILITIES_MAX || availables.length > AVAILABLES_MAX) {
    const most = `${VAVAILABILITIES_MAX} VAVAILABILITY and ${AVAILABLES_MAX} AVAILABLE components`;
    return refused("too-many-components", `A file has at most ${most}.`);
  }
  const budget: StepBudget = { each: QUESTION_STEPS_MAX, left: STEPS_MAX };
  let open: Interval[] = [window];
  for (const equals of byPriority(components)) {
    const busy: Interval[] = [];
    const free: Interval[] = [];
    for (const component of equals) {
      const range = rangeOf(component, window, zones, floatingZone);
      if (range === null) continue;
      busy.push(range);
      const stretches = availableIn(component, vtimezones, range, floatingZone, budget);
      if (stretches === null) {
        return refused("too-many-steps", "The file has rules that would take too long to follow.");
      }
      free.push(...stretches);
    }
    open = normalise([...subtract(open, normalise(busy)), ...free]);
  }
  return { open, refused: null };
}

function refused(code: AvailabilityRefusal["code"], message: string): OpenByFile {
  return { open: [], refused: { code, message } };
}

/** From the least to the greatest: 0, which is none, then 9 to 1. */
function byPriority(components: readonly Component[]): Component[][] {
  const rankOf = (component: Component) => {
    const { priority } = viewOf({ priority: AVAILABILITY.priority }, component);
    return priority === 0 ? 10 : (priority ?? 10);
  };
  const groups = Map.groupBy(components, rankOf);
  return [...groups].toSorted(([one], [other]) => other - one).map(([, group]) => group);
}

/** What of the window a VAVAILABILITY speaks of: all of it where it says no start or no end. */
function rangeOf(component: Component, window: Interval, zones: Zones, floatingZone: Zone): Interval | null {
  const { start, end, duration } = viewOf(AVAILABILITY, component, zones);
  const startMs = start === null ? -Infinity : epochOf(start, floatingZone);
  const lastsUntilMs = () => {
    if (start === null || duration === null) return Infinity;
    return epochOf({ ...start, localMs: start.localMs + duration.days * DAY_MS }, floatingZone) + duration.ms;
  };
  const endMs = end === null ? lastsUntilMs() : epochOf(end, floatingZone);
  const range = { startMs: Math.max(startMs, window.startMs), endMs: Math.min(endMs, window.endMs) };
  return range.startMs < range.endMs ? range : null;
}

function epochOf({ form, localMs, zone }: When, floatingZone: Zone): number {
  return form === "utc" ? localMs : (zone ?? floatingZone).toEpochMs(localMs);
}

/** The stretches of the AVAILABLE components, cut to the range; null when their rules take too many steps. */
function availableIn(
  component: Component,
  vtimezones: readonly Component[],
  range: Interval,
  floatingZone: Zone,
  budget: StepBudget,
): Interval[] | null {
  const stretches: Interval[] = [];
  for (const same of byUid(componentsOf(component, "AVAILABLE"))) {
    // Recurs as events do, overrides included: read as one.
    const events = same.map((available) => newComponent("VEVENT", available.children));
    const object = objectFrom(newComponent("VCALENDAR", [...vtimezones, ...events]));
    if (object === null) continue;
    const { instances, refused: steps } = instancesOf(
      object,
      { fromMs: range.startMs, toMs: range.endMs, floatingZone },
      budget,
    );
    if (steps !== null) return null;
    for (const { startMs, endMs } of instances) {
      const within = { startMs: Math.max(startMs, range.startMs), endMs: Math.min(endMs, range.endMs) };
      if (within.startMs < within.endMs) stretches.push(within);
    }
  }
  return stretches;
}

/** Components of one UID belong together; without one each stands alone. */
function byUid(components: readonly Component[]): Component[][] {
  const groups = Map.groupBy(components, (component) => {
    const uid = propertyOf(component, "UID");
    return uid === null ? component : rawValue(uid);
  });
  return [...groups.values()];
}
