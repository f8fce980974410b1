import { isRefused, type Refused } from "@hourwright/contract";
import { changeEvent, createEvent, objectBytes, readObject, type CalendarObject } from "@hourwright/ical";
import { findZone, UTC } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { SeenCalendar } from "./access.ts";
import { editProblem, uidOfEvent, type WriteProblem } from "./events.ts";
import { fieldsOf } from "./event-wish.ts";
import type { StoredObject } from "./model.ts";
import { lockObjects, uidKey } from "./store.ts";
import { zonedWhen } from "./times.ts";
import { changeObjects, isBarred, type Barred, type ObjectChange } from "./write.ts";

/** One event as it is to be; null: it is to be gone. */
export type EventPut = {
  readonly id: string;
  readonly is: {
    readonly title: string;
    readonly description: string;
    readonly location: string | null;
    readonly startMs: number;
    readonly endMs: number;
    readonly zone: string;
    readonly resourceIds: readonly string[];
  } | null;
};

/**
 * Makes, changes and removes single events of a calendar that the caller may write to, in one taking of time, so that each may go
 * where another of them was: all or none. They are locked against repairs and plans. An event that is gone is made anew. Taken time
 * is refused, and told as who bars it; undo is left to whoever asks.
 */
export async function putTogether(
  unit: Unit,
  caller: Caller,
  calendar: SeenCalendar,
  puts: readonly EventPut[],
): Promise<null | Barred | Refused<WriteProblem>> {
  if (puts.length === 0) return null;
  const ids = puts.map(({ id }) => id).sort();
  const known = new Map((await lockObjects(unit, ids)).map((object) => [object.id, object]));
  const changes: ObjectChange[] = [];
  for (const put of puts) {
    const change = await changeOf(unit, caller, calendar, { put, before: known.get(put.id) ?? null });
    if (isRefused(change)) return change;
    if (change !== null) changes.push(change);
  }
  const written = await changeObjects(unit, changes, { onTaken: "refuse", undoneElsewhere: true });
  return isRefused(written) || isBarred(written) ? written : null;
}

async function changeOf(
  unit: Unit,
  caller: Caller,
  calendar: SeenCalendar,
  { put: { id, is }, before }: { readonly put: EventPut; readonly before: StoredObject | null },
): Promise<ObjectChange | null | Refused<WriteProblem>> {
  if (is === null) return before === null ? null : { before, after: null, calendar };
  const { title, description, location, resourceIds } = is;
  const wish = { title, description, location, resourceIds, locked: true };
  const fields = await fieldsOf(unit, caller, wish, []);
  if (isRefused(fields)) return fields;
  const zone = findZone(is.zone) ?? UTC;
  const span = { start: zonedWhen(is.startMs, zone), end: zonedWhen(is.endMs, zone) };
  const parsed = before === null ? null : readObject(before.bytes);
  if (before === null || parsed === null) {
    const uid = uidOfEvent(id);
    const made = createEvent({ ...fields, ...span }, { uid, nowMs: unit.nowMs });
    const after: StoredObject = {
      id,
      calendarId: calendar.id,
      name: `${id}.ics`,
      uid: uidKey(made.uid),
      kind: "VEVENT",
      bytes: objectBytes(made),
      version: 1,
      floatingZone: null,
    };
    return { before: null, after, parsed: made, calendar };
  }
  const edit = changeEvent(
    parsed,
    { scope: "all", recurrenceId: null },
    { ...fields, ...span },
    { nowMs: unit.nowMs, newUid: "", floatingZone: zone },
  );
  if (edit.refused !== undefined) return editProblem(edit.refused);
  const edited: CalendarObject = edit.object ?? parsed;
  const after = { ...before, bytes: objectBytes(edited), version: before.version + 1 };
  return { before, after, parsed: edited, calendar };
}
