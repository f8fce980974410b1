import { isRefused, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { noBooking } from "../changing.ts";
import { isBooked } from "../decide.ts";
import type { Booked } from "../model.ts";
import { shownBookings } from "../queries.ts";
import { rate, RATING } from "./decide.ts";
import { putRating, ratingsOf } from "./store.ts";
import type { Sealing } from "../sealing.ts";
import { bookingById, lockBooking, lockWhoBooked, sealedCustomers } from "../store.ts";

export function ratingOperations(ports: {
  readonly sealing: Sealing;
  readonly isMailed: boolean;
}): Handlers<"bookings.rate"> {
  return {
    "bookings.rate": async ({ params, body }, context) => {
      if (!ports.sealing.isLinkKey(params.id, body.key)) return noBooking;
      const { score, comment } = body;
      const said = { score, comment: comment.trim() };
      return context.write(async (unit) => {
        const rated = await rateBooking(unit, ports.sealing, params.id, said);
        return isRefused(rated) ? rated : (await shownBookings(unit, [rated], ports, "customer"))[0]!;
      });
    },
  };
}

/** What a customer says of a visit. The log says that something was said, and neither what nor by whom. */
async function rateBooking(
  unit: Unit,
  sealing: Sealing,
  id: string,
  said: { readonly score: number; readonly comment: string },
): Promise<Booked | Refused<"request/not-found" | "bookings/not-asked" | "bookings/rating-closed">> {
  const found = await bookingById(unit, id);
  if (found === null) return noBooking;
  // Whoever forgets them waits, or is waited for: nothing is written of somebody who is forgotten.
  if (isBooked(found)) await lockWhoBooked(unit, found.customerId);
  const booking = await lockBooking(unit, id);
  if (booking === null) return noBooking;
  const given = (await ratingsOf(unit, [id], sealing)).get(id) ?? null;
  const rating = rate(booking, given, said, unit.nowMs);
  if (isRefused(rating)) return rating;
  if (!isBooked(booking) || !(await sealedCustomers(unit, [booking.customerId])).has(booking.customerId))
    return noBooking;
  if (rating === given) return booking;
  await putRating(unit, id, rating, sealing);
  unit.record({ kind: given === null ? "created" : "updated", thing: { type: RATING, id }, fields: ["rating"] });
  return booking;
}
