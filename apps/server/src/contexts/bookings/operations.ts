import { Lru } from "@hourwright/std";
import type { Call } from "../../platform/bundle/bundle.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { bookedOperations, type BookedIds, type BookedPorts } from "./booking-operations.ts";
import { figureOperations, type FigureIds } from "./figures/operations.ts";
import { fileOperations, type FileIds } from "./files/operations.ts";
import { holdOperations, type HoldIds, type HoldPorts } from "./hold-operations.ts";
import { packageOperations, type PackageIds } from "./package-operations.ts";
import { ratingOperations } from "./rating/operations.ts";
import { serviceOperations, type ServiceIds } from "./service-operations.ts";
import { slotOperations, type SlotIds } from "./slot-operations.ts";
import { standInOperations } from "./stand-in-operations.ts";
import { organisationOf } from "./store.ts";
import { waitingOperations, type WaitingIds } from "./waiting/operations.ts";

/** Commands that write beside others of their moment, in one transaction (ADR 27). */
export const sharedWrites: ReadonlySet<string> = new Set<HoldIds>(["holds.create"]);

export type BookingPorts = HoldPorts & BookedPorts & { readonly call: Call };

/** Public ids whose organisation is remembered: it never changes. */
const DOORS_KEPT_MAX = 20_000;

/** Says to which organisation a page, a service or a booking belongs. */
export function publicDoor(database: Database): (id: string) => Promise<number | null> {
  const known = new Lru<string, number>(DOORS_KEPT_MAX);
  return async (id) => {
    const kept = known.get(id);
    if (kept !== undefined) return kept;
    const found = await organisationOf(database, id);
    if (found !== null && id.includes("_")) known.set(id, found); // The address of a page may be given to another.
    return found;
  };
}

export function bookingOperations(
  ports: BookingPorts,
): Handlers<
  | ServiceIds
  | SlotIds
  | HoldIds
  | BookedIds
  | FileIds
  | PackageIds
  | WaitingIds
  | FigureIds
  | "bookings.rate"
  | "bookings.standIns"
> {
  return {
    ...serviceOperations,
    ...slotOperations(ports),
    ...holdOperations(ports),
    ...bookedOperations(ports),
    ...fileOperations(ports.sealing),
    ...packageOperations(ports.sealing),
    ...standInOperations(ports),
    ...waitingOperations(ports),
    ...ratingOperations(ports),
    ...figureOperations(ports),
  };
}
