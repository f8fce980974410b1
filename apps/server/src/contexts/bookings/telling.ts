import type { Unit } from "../../platform/db/database.ts";
import { subjectsById } from "../identity/public.ts";
import { isBooked } from "./decide.ts";
import type { Booked, Customer } from "./model.ts";
import { linkOf, zoneOf } from "./queries.ts";
import type { Sealing } from "./sealing.ts";
import { bookingsById, sealedCustomers } from "./store.ts";

/** A booking with what its customer is told of it. */
export type ToldBooking = {
  readonly booking: Booked;
  /** Null once they were forgotten. */
  readonly customer: Customer | null;
  /** Whose time it takes, by name. */
  readonly names: readonly string[];
  /** In which its times are told: the service's own where one has to be there, else the customer's. */
  readonly zone: string;
  /** The path of its page. */
  readonly link: string;
};

/** Bookings for those who tell customers of them; what is only held is told to nobody. Three statements, however many. */
export async function toldBookings(
  unit: Unit,
  ids: readonly string[],
  sealing: Sealing,
): Promise<ReadonlyMap<string, ToldBooking>> {
  const bookings = (await bookingsById(unit, [...new Set(ids)])).filter(isBooked);
  const sealed = await sealedCustomers(
    unit,
    bookings.map(({ customerId }) => customerId),
  );
  const subjects = await subjectsById(unit, [...new Set(bookings.flatMap(({ picked }) => picked.flat()))]);
  const names = new Map(subjects.map(({ id, name }) => [id, name]));
  return new Map(
    bookings.map((booking) => {
      const kept = sealed.get(booking.customerId);
      const told: ToldBooking = {
        booking,
        customer: kept === undefined ? null : sealing.unseal(unit.organisation, kept),
        names: booking.picked.flat().flatMap((id) => names.get(id) ?? []),
        zone: zoneOf(booking),
        link: linkOf(booking.id, sealing),
      };
      return [booking.id, told];
    }),
  );
}
