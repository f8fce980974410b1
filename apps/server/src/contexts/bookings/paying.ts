import { limits, refuseBooking, type Refused } from "@hourwright/contract";
import type { OwnPackage } from "./model.ts";

// Pure: whether a package fits what is booked with it, and what it loses and gets back.

type Unfit = Refused<"bookings/package-unfit">;

export const packageNeeded: Unfit = refuseBooking("package-unfit", "needed", {});
export const packageUnknown: Unfit = refuseBooking("package-unfit", "unknown", {});

/** A code as it is looked for: what people read as another character is that one, and signs between do not count. */
export function codeIn(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return code.length === limits.PACKAGE_CODE_CHARACTERS ? code : null;
}

/** A booking takes one unit for each of its places. */
export const unitsOf = (bookings: readonly { readonly places: number }[]): number =>
  bookings.reduce((sum, { places }) => sum + places, 0);

/**
 * Why a package cannot pay for some bookings, all of them; null when it can. It pays for what starts before it expires, whenever
 * that is booked.
 */
export function whyUnfit(
  owned: Pick<OwnPackage, "serviceIds" | "balance" | "expiresMs">,
  serviceId: string,
  bookings: readonly { readonly startMs: number; readonly places: number }[],
): Unfit | null {
  if (!owned.serviceIds.includes(serviceId)) return refuseBooking("package-unfit", "other-service", {});
  if (bookings.some(({ startMs }) => startMs >= owned.expiresMs))
    return refuseBooking(
      "package-unfit",
      "expired",
      {},
      { expiresAt: Temporal.Instant.fromEpochMilliseconds(owned.expiresMs).toString() },
    );
  const wanted = unitsOf(bookings);
  return wanted > owned.balance ? tooFew(owned.balance, wanted) : null;
}

export const tooFew = (left: number, wanted: number): Unfit =>
  refuseBooking("package-unfit", "empty", { left, wanted }, { left, wanted });
