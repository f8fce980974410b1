import { printBasicTime, printRule, type Rule } from "@hourwright/time";
import type { CalendarObject } from "../calendar-object.ts";
import { newProperty } from "../content-line.ts";
import { printDuration } from "../duration.ts";
import { timesLine, withProperties, type When } from "../property-lines.ts";
import { occurrenceIdIn } from "../series.ts";
import { timesOf, type PeriodValue } from "../time-value.ts";
import { propertiesOf, type Component, type Property } from "../tree.ts";
import type { Move } from "./all.ts";
import { floatingZoneOf, type EditContext } from "./context.ts";

/** The master with its RDATE, EXDATE and EXRULE lines carried along when its series moves. */
export function withMovedDates(
  component: Component,
  { master, zones }: CalendarObject,
  move: Move,
  exrules: readonly Rule[],
  context: EditContext,
): Component {
  const zone = floatingZoneOf(context);
  const carried = (period: PeriodValue) => move.carry(occurrenceIdIn(master!, period.start, zone).localMs);
  const exdates = propertiesOf(component, "EXDATE").map((line) =>
    timesLine("EXDATE", move.start, timesOf(line, zones).values.map(carried)),
  );
  const rdates = propertiesOf(component, "RDATE").map((line) => rdateLine(timesOf(line, zones).values));
  const exrule = exrules.map((rule) => newProperty("EXRULE", [], printRule(rule)));
  return [["EXDATE", exdates] as const, ["RDATE", rdates] as const, ["EXRULE", exrule] as const].reduce(
    (moved, [name, lines]) => withProperties(moved, name, lines),
    component,
  );

  function rdateLine(values: readonly PeriodValue[]): Property {
    const isPeriod = move.start.form !== "date" && values.some(({ end }) => end !== null);
    if (!isPeriod) return timesLine("RDATE", move.start, values.map(carried));
    const texts = values.map((period) => {
      const startMs = carried(period);
      const start = printBasicTime(startMs, move.start.form);
      if (period.end === null) return start;
      const { end } = period;
      if ("days" in end) return `${start}/${printDuration(end)}`;
      return `${start}/${printBasicTime(startMs + end.localMs - period.start.localMs, move.start.form)}`;
    });
    const { form, zone: own, tzid }: When = move.start;
    const named = form === "utc" || own === null ? [] : [{ name: "TZID", values: [tzid ?? own.id] }];
    return newProperty("RDATE", [{ name: "VALUE", values: ["PERIOD"] }, ...named], texts.join(","));
  }
}
