import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { MadeRequest } from "../../platform/bundle/mine.ts";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import { WISH } from "./waiting/model.ts";
import { BOOKING, PACKAGE, PACKAGE_KIND, ROUTING, SERVICE } from "./model.ts";

/** The call that takes a change of a service or a booking back; null for a change of something else, and for what customers began. */
export function inverseOfBookings({ thing, kind, before }: ChangeWithContents): OperationCall | null {
  if (thing.type === SERVICE)
    return { id: "services.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === ROUTING) return { id: "bookingPage.putRouting", input: { params: {}, query: {}, body: before } };
  if (thing.type === PACKAGE_KIND)
    return { id: "packageKinds.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
  if (thing.type === PACKAGE && kind !== "removed")
    return { id: "packages.put", input: { params: { id: thing.id }, query: {}, body: { change: before } } };
  if (thing.type === WISH) return inverseOfWish(thing.id, before as { readonly state: string } | null);
  if (thing.type !== BOOKING || kind !== "updated") return null;
  return { id: "bookings.put", input: { params: { id: thing.id }, query: {}, body: { was: before } } };
}

/** What somebody was offered by hand, and that they were taken off the list, is taken back; and that again. */
function inverseOfWish(id: string, before: { readonly state: string } | null): OperationCall | null {
  if (before?.state === "withdrawn")
    return { id: "waitingList.remove", input: { params: { id }, query: {}, body: undefined } };
  if (before === null) return null;
  return { id: "waitingList.put", input: { params: { id }, query: {}, body: {} } };
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
  "waitingList.offer": "Offered a time to somebody who waits",
  "waitingList.remove": "Took somebody off the waiting list",
  "packages.issue": "Issued a package",
  "packages.correct": "Corrected a package",
};

/** What requests did to services and bookings, in a few words; null for what changed none. */
export function summaryOfBookings({ operation, changes }: MadeRequest): string | null {
  if (changes.some(({ thing }) => thing.type === SERVICE)) return "Changed a service";
  if (changes.some(({ thing }) => thing.type === ROUTING)) return "Changed the questions of the public page";
  if (changes.some(({ thing }) => thing.type === PACKAGE_KIND)) return "Changed a kind of package";
  if (changes.some(({ thing }) => thing.type === PACKAGE)) return DONE[operation] ?? "Changed a package";
  if (changes.some(({ thing }) => thing.type === WISH)) return DONE[operation] ?? "Changed the waiting list";
  return changes.some(({ thing }) => thing.type === BOOKING) ? (DONE[operation] ?? "Changed a booking") : null;
}
