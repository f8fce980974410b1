import { alarmsOf, instancesOf, readObject, type Alarm, type CalendarObject, type EventView } from "@hourwright/ical";
import { DAY_MS, findZone, UTC } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { TIME_END_MS } from "../claims/pure.ts";
import type { SeenCalendar } from "./access.ts";
import { derive, type Derived } from "./derive.ts";
import { factsFor } from "./facts.ts";
import { isThing, reaches, type StoredObject } from "./model.ts";
import { AFTER_MS, BEFORE_MS, nearOf, startOf } from "./occurrence.ts";
import { accessTo, eventText, type Window } from "./queries.ts";
import { timeWriter } from "./time-writer.ts";

/** One event, or one of its occurrences, with everything that a form shows. Null: no such occurrence. */
export async function describeEvent(
  unit: Unit,
  object: StoredObject,
  calendar: SeenCalendar,
  recurrenceId: string | null,
  shownZone: string,
): Promise<string | null> {
  const parsed = readObject(object.bytes);
  const near = parsed === null ? null : recurrenceId === null ? startOf(parsed) : nearOf(parsed, recurrenceId);
  if (parsed === null || near === null) return null;
  const around = { fromMs: near - BEFORE_MS, toMs: near + AFTER_MS };
  const facts = await factsFor(unit, [{ object: parsed, calendar }], around, "stay-unknown");
  const deriveIn = (window: Window) => derive(parsed, { ...facts(calendar, object.floatingZone), ...window });

  let window: Window = around;
  let derived = deriveIn(window);
  if (derived.instances.length === 0 && recurrenceId === null) {
    window = { fromMs: near, toMs: TIME_END_MS }; // A rhythm of many years whose first date is excluded.
    derived = deriveIn(window);
  }
  const row = derived.instances.find((each) => recurrenceId === null || each.recurrenceId === recurrenceId);
  if (row === undefined) return null;
  const brief = eventText(
    {
      object_id: object.id,
      recurrence_id: row.recurrenceId,
      calendar_id: object.calendarId,
      start_ms: row.startMs,
      end_ms: row.endMs,
      start_day: row.startDay,
      end_day: row.endDay,
      version: object.version,
      shown: derived.faces[row.face]!.shown,
    },
    calendar,
    timeWriter(shownZone),
  );
  if (brief === null) return null;
  const detail = reaches(accessTo(derived.faces[row.face]!.shown, calendar), "read")
    ? detailOf(viewOf(parsed, row, window, object.floatingZone ?? calendar.zone), derived.faces[row.face]!.subjects)
    : { description: null, priority: 0, alarms: [], resourceIds: [] };
  return `${brief.slice(0, -1)},${JSON.stringify(detail).slice(1)}`;
}

/** The component that says what happens at an occurrence. */
function viewOf(parsed: CalendarObject, row: Derived["instances"][number], window: Window, zoneId: string): EventView {
  const range = { ...window, floatingZone: findZone(zoneId) ?? UTC };
  const { instances } = instancesOf(parsed, range);
  const found = instances.find((each) => (each.recurrenceId ?? "") === row.recurrenceId);
  return found?.view ?? parsed.master ?? parsed.overrides[0]!;
}

function detailOf(view: EventView, subjects: readonly string[]) {
  return {
    description: view.description === "" ? null : view.description,
    priority: view.priority,
    alarms: alarmsOf(view.component).flatMap((alarm) => minutesBefore(alarm) ?? []),
    resourceIds: subjects.filter(isThing),
  };
}

/** Reminders before the start, as a form shows them; others stay in the bytes and are not shown. */
function minutesBefore({ trigger }: Alarm): { minutesBefore: number } | null {
  if (!("after" in trigger) || trigger.related !== "START") return null;
  const { days, ms } = trigger.after;
  const minutes = Math.round(-(days * DAY_MS + ms) / 60_000);
  return minutes < 0 ? null : { minutesBefore: minutes === 0 ? 0 : minutes };
}
