import { expand } from "@hourwright/time";
import type { CalendarObject } from "../calendar-object.ts";
import { withValue } from "../content-line.ts";
import { withProperties } from "../property-lines.ts";
import { eventView, type EventView } from "../event-view.ts";
import { QUESTION_STEPS_MAX, occurrenceIdIn, seriesOf, zoneFor } from "../series.ts";
import { timesOf, type TimeValue } from "../time-value.ts";
import { propertiesOf, type Component } from "../tree.ts";
import type { Move } from "./all.ts";
import { floatingZoneOf, type EditContext } from "./context.ts";

/** A master in its new rhythm, with the excluded dates that still mean something; and what has lost its place. */
export type Exceptions = {
  readonly master: Component;
  /** Overrides, and the texts of excluded dates, that were part of the series and have no counterpart any more. */
  readonly dropped: ReadonlySet<EventView | string>;
};

/** `component` is the master after the edit, its EXDATEs already carried along. */
export function exceptionsOf(
  object: CalendarObject,
  component: Component,
  move: Move | null,
  context: EditContext,
): Exceptions {
  const zone = floatingZoneOf(context);
  const before = object.master!;
  const after = eventView(component, object.zones);
  if (after === null) return { master: component, dropped: new Set() };
  const wasIn = membership(before);
  const isIn = membership(after);
  const dropped = new Set<EventView | string>();
  const carry = (localMs: number) => (move === null ? localMs : move.carry(localMs));

  for (const view of object.overrides) {
    const { localMs } = occurrenceIdIn(before, view.recurrenceId!, zone);
    if (wasIn(localMs) && !isIn(carry(localMs))) dropped.add(view);
  }
  const lostMs = new Set<number>();
  for (const exdate of before.exdates) {
    const { localMs, text } = occurrenceIdIn(before, exdate, zone);
    if (!wasIn(localMs) || isIn(carry(localMs))) continue;
    lostMs.add(carry(localMs));
    dropped.add(text);
  }
  const isLost = (time: TimeValue) => lostMs.has(occurrenceIdIn(after, time, zone).localMs);
  const exdates = propertiesOf(component, "EXDATE").flatMap((line) => {
    const { values, texts } = timesOf(line, object.zones);
    const kept = texts.filter((_, i) => !isLost(values[i]!.start));
    if (kept.length === texts.length) return [line];
    return kept.length === 0 ? [] : [withValue(line, kept.join(","))];
  });
  return { master: withProperties(component, "EXDATE", exdates), dropped };

  function membership(master: EventView): (localMs: number) => boolean {
    const series = { ...seriesOf(master, zone), exdatesMs: [] };
    return (localMs) => {
      const fromMs = zoneFor(master.start, zone).toEpochMs(localMs);
      const window = { kind: "between" as const, fromMs, toMs: fromMs + 1 };
      return expand(series, window, QUESTION_STEPS_MAX).epochMs.length > 0;
    };
  }
}
