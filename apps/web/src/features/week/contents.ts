import type { Glyph } from "@hourwright/timeline";
import type { WeekThing } from "@hourwright/timeline";
import { sidesOf, type Clash, type Entry } from "../../data/entries.ts";
import { glyphOf } from "../../ui/glyph.tsx";

/** What a week shows, sorted into hours and lane, with the conflicts of each thing. */
export type WeekContents = {
  readonly timed: readonly WeekThing[];
  readonly whole: readonly WeekThing[];
  readonly entryOf: ReadonlyMap<string, Entry>;
  /** The worst conflict of an entry, by its key. */
  readonly clashOf: ReadonlyMap<string, Clash>;
  readonly clashes: readonly Clash[];
};

/** What of the entries and conflicts touches the days `[fromDay, toDay)`. O(entries + conflicts). */
export function weekContents(
  entries: readonly Entry[],
  clashes: readonly Clash[],
  fromDay: number,
  toDay: number,
): WeekContents {
  const inside = <Item extends { readonly fromDay: number; readonly toDay: number }>(items: readonly Item[]) =>
    items.filter((item) => item.fromDay < toDay && item.toDay > fromDay);
  const shown = inside(entries);
  const entryOf = new Map(shown.map((entry) => [entry.key, entry]));
  const touching = inside(clashes);
  return {
    timed: shown.filter(({ isBar }) => !isBar).map(thingOf),
    whole: shown.filter(({ isBar }) => isBar).map(thingOf),
    entryOf,
    clashOf: worstByEntry(touching),
    clashes: touching,
  };
}

export function thingOf({ key, event, startMs, endMs, fromDay, toDay }: Entry): WeekThing {
  return { id: key, allDay: event.allDay, startMs, endMs, fromDay, toDay };
}

const SEVERITIES = ["look", "should", "must"] as const;

function worstByEntry(clashes: readonly Clash[]): Map<string, Clash> {
  const worst = new Map<string, Clash>();
  const rank = ({ conflict }: Clash) => SEVERITIES.findIndex((severity) => severity === conflict.severity);
  for (const clash of clashes) {
    for (const key of sidesOf(clash)) {
      const before = worst.get(key);
      if (before === undefined || rank(clash) > rank(before)) worst.set(key, clash);
    }
  }
  return worst;
}

/** The sign of a day's worst conflict; null when it has none. */
export function glyphOfDay(clashes: readonly Clash[], day: number): Glyph | null {
  const ofDay = clashes.filter(({ fromDay, toDay }) => fromDay <= day && toDay > day);
  const worst = SEVERITIES.findLast((severity) => ofDay.some(({ conflict }) => conflict.severity === severity));
  const found = ofDay.find(({ conflict }) => conflict.severity === worst);
  return found === undefined ? null : glyphOf(found.conflict.kind);
}
