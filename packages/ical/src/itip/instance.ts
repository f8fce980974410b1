// One occurrence of a series as a component of its own: what an override starts from, and what a reply is about.

import { DAY_MS, UTC } from "@hourwright/time";
import { writable } from "../edit/occurrence.ts";
import { timeLine, withProperties, type When } from "../property-lines.ts";
import { zoneFor } from "../series.ts";
import { instantOf, type TimeValue } from "../time-value.ts";
import { withChildren, type Component } from "../tree.ts";
import { isPrintable, withoutReplied } from "./lines.ts";
import { governing, seriesOfMaster, timeIn, type Scheduled, type SeriesOfMaster } from "./scheduled.ts";

/** What makes a series, and has no place in one occurrence of it. */
const OF_A_SERIES = new Set(["RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"]);

/**
 * Makes overrides of an object's occurrences; the series is read once, however many are asked for. When somebody
 * answered the series says nothing about when he answered an occurrence of it, so that is left out. `hasExcluded`: also
 * those that EXDATE takes out, for whoever declines them.
 */
export type Instances = {
  /** The occurrence at that instant as an override would have it, or null when the series has none there. */
  at(atMs: number): Component | null;
};

export function instancesIn(object: Scheduled, hasExcluded = false): Instances {
  let series: SeriesOfMaster | null | undefined;
  return {
    at(atMs) {
      series ??= seriesOfMaster(object, hasExcluded);
      const localMs = series?.localOf(atMs) ?? null;
      return localMs === null ? null : instanceAt(object, atMs, localMs);
    },
  };
}

/** The occurrence of `object` at an instant, which its series has at wall time `localMs`. */
function instanceAt(object: Scheduled, atMs: number, localMs: number): Component | null {
  const { zones, like } = object;
  const source = governing(object, atMs);
  if (source === null || like === null) return null;
  const before = timeIn(source.component, "DTSTART", zones);
  if (before === null) return null;
  const shiftMs = shiftOf(object, source.atMs, before);
  const startMs = (before.form === "date" ? Math.floor(localMs / DAY_MS) * DAY_MS : localMs) + shiftMs;
  const start: When = { ...before, localMs: startMs };
  const name: When = { ...like, localMs };
  if (!isPrintable(startMs, before.form) || !isPrintable(localMs, like.form)) return null;

  let made = withoutSeries(source.component);
  made = withProperties(made, "DTSTART", [timeLine("DTSTART", start)]);
  for (const property of ["DTEND", "DUE"]) {
    const end = timeIn(source.component, property, zones);
    const moved = end === null ? null : endOf(end, before, start);
    if (moved === null || !isPrintable(moved.localMs, moved.form)) continue;
    made = withProperties(made, property, [timeLine(property, moved)]);
  }
  return named(withoutReplied(made), name);
}

/** How far a THISANDFUTURE has moved the occurrences that follow it, by the wall. */
function shiftOf({ like }: Scheduled, atMs: number | null, start: TimeValue): number {
  if (atMs === null || like === null) return 0;
  const ownMs = zoneFor(like, UTC).toLocalMs(atMs);
  return start.localMs - (start.form === "date" ? Math.floor(ownMs / DAY_MS) * DAY_MS : ownMs);
}

/** The end that keeps the elapsed length of the first occurrence [IN5], in the form and zone it was written in. */
function endOf(end: TimeValue, before: TimeValue, start: When): When {
  if (end.form === "date" || before.form === "date") {
    return { ...end, localMs: end.localMs + start.localMs - before.localMs };
  }
  const lengthMs = instantOf(end, UTC) - instantOf(before, UTC);
  const startMs = instantOf({ ...before, localMs: start.localMs }, UTC);
  return writable(end, zoneFor(end, UTC), startMs + lengthMs);
}

function withoutSeries(component: Component): Component {
  const children = component.children.filter((child) => child.kind !== "property" || !OF_A_SERIES.has(child.name));
  return withChildren(component, children);
}

function named(component: Component, name: When): Component {
  const uidAt = component.children.findIndex((child) => child.kind === "property" && child.name === "UID") + 1;
  const line = timeLine("RECURRENCE-ID", name);
  return withChildren(component, [...component.children.slice(0, uidAt), line, ...component.children.slice(uidAt)]);
}
