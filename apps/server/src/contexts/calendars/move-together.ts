import { isRefused, refuseCalendar, refusePlanning, refuseRequest, type Refused } from "@hourwright/contract";
import { changeEvent, objectBytes, type CalendarObject } from "@hourwright/ical";
import { findZone, UTC } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import {
  barredProblem,
  editProblem,
  heldForWriting,
  isSingle,
  noSuchOccurrence,
  type Held,
  type WriteProblem,
} from "./events.ts";
import { EVENT_BYTES_MAX } from "./model.ts";
import { instanceTimes, lockObjects } from "./store.ts";
import { whenOf } from "./times.ts";
import { changeObjects, isBarred, type ObjectChange } from "./write.ts";

export type MoveWish = {
  readonly eventId: string;
  readonly recurrenceId: string | null;
  readonly start: string;
  readonly end: string;
  readonly from?: { readonly start: string; readonly end: string } | undefined;
};

/**
 * Moves several events or dates of series in one taking of time, so that each may go where another of them was. All or none;
 * answers the ids of the events.
 */
export async function moveTogether(
  unit: Unit,
  caller: Caller,
  { moves, preventConflicts }: { readonly moves: readonly MoveWish[]; readonly preventConflicts: boolean },
): Promise<readonly string[] | Refused<WriteProblem | "planning/repair-stale">> {
  const wanted = Map.groupBy(moves, ({ eventId }) => eventId);
  const ids = [...wanted.keys()].sort();
  await lockObjects(unit, ids); // All at once and in order: of two who move the same events, none waits for the other in a circle.
  const changes: ObjectChange[] = [];
  for (const id of ids) {
    const held = await heldForWriting(unit, caller, id, null);
    if (isRefused(held)) return held;
    const own = wanted.get(id)!;
    if (!(await standWhereTheyWere(unit, id, own))) return stale;
    const edited = editedBy(unit, held, own);
    if (isRefused(edited)) return edited;
    const bytes = objectBytes(edited);
    if (bytes.byteLength > EVENT_BYTES_MAX) return refuseCalendar("too-large", "bytes", { most: EVENT_BYTES_MAX });
    const { object, calendar } = held;
    changes.push({
      before: object,
      after: { ...object, bytes, version: object.version + 1 },
      parsed: edited,
      calendar,
    });
  }
  const written = await changeObjects(unit, changes, { onTaken: preventConflicts ? "refuse" : "insist" });
  if (isRefused(written)) return written;
  return isBarred(written) ? barredProblem(unit, written) : ids;
}

const stale = refusePlanning("repair-stale", "moved-since", {});

const endsBeforeStart = refuseCalendar("ends-before-start", "end", {});
const wholeDays = refuseRequest("invalid", "whole-days", {});

/** The moves of one event, made one after the other. */
function editedBy(unit: Unit, { object, calendar, parsed }: Held, moves: readonly MoveWish[]) {
  const home = findZone(object.floatingZone ?? calendar.zone) ?? UTC;
  let edited: CalendarObject = parsed;
  for (const { recurrenceId, start, end } of moves) {
    if (recurrenceId !== null && isSingle(edited)) return noSuchOccurrence(recurrenceId);
    const zone = (edited.master ?? edited.overrides[0]!).start.zone ?? home;
    const [from, to] = [whenOf(start, null, zone), whenOf(end, null, zone)];
    if (isRefused(from)) return from;
    if (isRefused(to)) return to;
    if (msOf(start) >= msOf(end)) return endsBeforeStart;
    if ((edited.master ?? edited.overrides[0]!).start.form === "date") return wholeDays;
    const edit = changeEvent(
      edited,
      { scope: recurrenceId === null ? "all" : "this", recurrenceId },
      { start: from, end: to },
      { nowMs: unit.nowMs, newUid: "", floatingZone: home },
    );
    if (edit.refused !== undefined) return editProblem(edit.refused);
    edited = edit.object ?? edited;
  }
  return edited;
}

async function standWhereTheyWere(unit: Unit, id: string, moves: readonly MoveWish[]): Promise<boolean> {
  const told = moves.filter(({ from }) => from !== undefined);
  if (told.length === 0) return true;
  const times = await instanceTimes(
    unit,
    id,
    told.map(({ recurrenceId }) => recurrenceId ?? ""),
  );
  return told.every(({ recurrenceId, from }) => {
    const now = times.get(recurrenceId ?? "");
    return now !== undefined && now.startMs === msOf(from!.start) && now.endMs === msOf(from!.end);
  });
}

const msOf = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
