import { mostAround } from "@hourwright/availability";
import { refuseBooking, type Refused } from "@hourwright/contract";
import { DAY_MS, findZone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { isBooked } from "./decide.ts";
import type { Booking, Service } from "./model.ts";
import { zoneOf } from "./services.ts";
import { lockWhoBooked, startsOfCustomer } from "./store.ts";

// How often a customer may book the same.

/**
 * Why a customer may not have these dates as well, besides what they have booked; null when they may. Dates count for those after
 * them, as if they had been booked one by one. Locks the customer.
 */
export async function bookedTooOften(
  unit: Unit,
  { id: serviceId, limitPerCustomer, ...service }: Service,
  customerId: string,
  dates: readonly { readonly id: string; readonly startMs: number }[],
): Promise<Refused<"bookings/not-offered"> | null> {
  if (limitPerCustomer === null) return null;
  const { count, days } = limitPerCustomer;
  await lockWhoBooked(unit, customerId);
  const zone = findZone(await zoneOf(unit, service))!;
  const without = dates.map(({ id }) => id);
  const aroundMs = (days + 1) * DAY_MS; // Days of the clock's change are longer than others.
  for (const [index, { startMs }] of dates.entries()) {
    const window = { fromMs: startMs - aroundMs, toMs: startMs + aroundMs };
    const booked = await startsOfCustomer(unit, { serviceId, customerId, without }, window);
    const own = dates.slice(0, index).map((date) => date.startMs);
    if (mostAround([...booked, ...own], startMs, days, zone) < count) continue;
    return refuseBooking("not-offered", "limit", { count, days }, { limit: limitPerCustomer });
  }
  return null;
}

/** The same of a customer's bookings that they would move. */
export async function movedTooClose(
  unit: Unit,
  service: Service,
  moved: readonly { readonly booking: Booking; readonly startMs: number }[],
): Promise<Refused<"bookings/not-offered"> | null> {
  const first = moved[0]?.booking;
  if (first === undefined || !isBooked(first)) return null;
  const dates = moved.map(({ booking: { id }, startMs }) => ({ id, startMs }));
  return bookedTooOften(unit, service, first.customerId, dates);
}
