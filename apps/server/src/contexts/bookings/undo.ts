import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { MadeRequest } from "../../platform/bundle/mine.ts";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import { BOOKING, PACKAGE, PACKAGE_KIND, SERVICE } from "./model.ts";

/** The call that takes a change of a service or a booking back; null for a change of something else, and for what customers began. */
export function inverseOfBookings({ thing, kind, before }: ChangeWithContents): OperationCall | null {
  if (thing.type === SERVICE)
    return { id: "services.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === PACKAGE_KIND)
    return { id: "packageKinds.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === PACKAGE && kind !== "removed")
    return { id: "packages.put", input: { params: { id: thing.id }, query: {}, body: { change: before } } };
  if (thing.type !== BOOKING || kind !== "updated") return null;
  return { id: "bookings.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
}

const DONE: Readonly<Record<string, string>> = {
  "bookings.reschedule": "Moved a booking",
  "bookings.cancel": "Cancelled a booking",
  "bookings.standIns": "Found other people or times for bookings",
  "bookings.choose": "Chose another time",
  "bookings.approve": "Approved a booking",
  "bookings.decline": "Declined a booking",
  "bookings.noShow": "Marked a booking",
  "bookings.complete": "Completed a booking",
  "packages.issue": "Issued a package",
  "packages.correct": "Corrected a package",
};

/** What requests did to services and bookings, in a few words; null for what changed none. */
export function summaryOfBookings({ operation, changes }: MadeRequest): string | null {
  if (changes.some(({ thing }) => thing.type === SERVICE)) return "Changed a service";
  if (changes.some(({ thing }) => thing.type === PACKAGE_KIND)) return "Changed a kind of package";
  if (changes.some(({ thing }) => thing.type === PACKAGE)) return DONE[operation] ?? "Changed a package";
  return changes.some(({ thing }) => thing.type === BOOKING) ? (DONE[operation] ?? "Changed a booking") : null;
}
