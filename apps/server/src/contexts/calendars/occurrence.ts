import { instancesOf, readObject, type CalendarObject, type Instance } from "@hourwright/ical";
import { DAY_MS, findZone, parseBasicTime, UTC } from "@hourwright/time";
import type { Calendar, StoredObject } from "./model.ts";

/** Around the moment that is asked for: an occurrence may have been moved, and the first may be excluded. */
export const BEFORE_MS = 40 * DAY_MS;
export const AFTER_MS = 400 * DAY_MS;
/** Dates looked through for one: a rule of every minute names more than anybody takes part in. */
const DATES_MAX = 2_000;

/**
 * One date of an event, as its bytes say it: `recurrenceId` null means what happens once. Null when there is no such date,
 * or it was cancelled. Some milliseconds for a series.
 */
export function occurrenceOf(object: StoredObject, calendar: Calendar, recurrenceId: string | null): Instance | null {
  const parsed = readObject(object.bytes);
  if (parsed === null || parsed.kind !== "VEVENT") return null;
  const near = recurrenceId === null ? startOf(parsed) : nearOf(parsed, recurrenceId);
  if (near === null) return null;
  const floatingZone = findZone(object.floatingZone ?? calendar.zone) ?? UTC;
  const range = { fromMs: near - BEFORE_MS, toMs: near + AFTER_MS, floatingZone, datesMax: DATES_MAX };
  const found = instancesOf(parsed, range).instances.find((each) => each.recurrenceId === recurrenceId);
  return found === undefined || found.view.status === "CANCELLED" ? null : found;
}

/** Roughly when an event begins; null when there is none. Zones differ by less than what is looked around. */
export const startOf = ({ master, overrides }: CalendarObject): number | null =>
  (master ?? overrides[0])?.start.localMs ?? null;

/** Roughly when the occurrence of that name is: where it was moved to, else the time that names it. */
export function nearOf({ overrides }: CalendarObject, recurrenceId: string): number | null {
  const named = parseBasicTime(recurrenceId);
  if (named === null) return null;
  const override = overrides.find((view) => view.recurrenceId!.localMs === named.localMs);
  return override?.start.localMs ?? named.localMs;
}
