import type { Unit } from "../../platform/db/database.ts";
import { subjectsById } from "../identity/public.ts";
import { isBooked, isOver } from "./decide.ts";
import type { Booked, Customer, Details, Held } from "./model.ts";
import { whoIsTold } from "./customers/given.ts";
import { linkOf, zoneOf } from "./queries.ts";
import { isAskedAbout } from "./rating/decide.ts";
import { ratedAmong } from "./rating/store.ts";
import type { Sealing } from "./sealing.ts";
import { bookingsById, sealedCustomers } from "./store.ts";
import { linkOfWish } from "./waiting/queries.ts";
import { wishesOfHolds } from "./waiting/store.ts";

/** What is held for somebody who waits, as if they had booked it. */
export type Offered = Held & Details;

/** A booking with what its customer is told of it. */
export type ToldBooking = {
  readonly booking: Booked | Offered;
  /** Null once they were forgotten. */
  readonly customer: Customer | null;
  /** Whose time it takes, by name. */
  readonly names: readonly string[];
  /** In which its times are told: the service's own where one has to be there, else the customer's. */
  readonly zone: string;
  /** The path of its page; of an offer, that of who waits. */
  readonly link: string;
  /** Whether its customer has answered the question after the visit. */
  readonly isRated: boolean;
  /** Until when an offer stands; null of what is booked. */
  readonly offeredUntilMs: number | null;
};

/** Bookings for those who tell customers of them; what is only held is told to nobody. Four statements, however many. */
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
  const rated = await ratedAmong(
    unit,
    bookings.filter(isAskedAbout).map(({ id }) => id),
  );
  return new Map(
    bookings.map((booking) => {
      const told: ToldBooking = {
        booking,
        customer: whoIsTold(unit, sealing, { sealed: sealed.get(booking.customerId), given: booking.given }),
        names: booking.picked.flat().flatMap((id) => names.get(id) ?? []),
        zone: zoneOf(booking),
        link: linkOf(booking.id, sealing),
        isRated: rated.has(booking.id),
        offeredUntilMs: null,
      };
      return [booking.id, told];
    }),
  );
}

/** What is offered to those who wait, by the ids of its holds; what stands no more is not in it. Four statements, however many. */
export async function toldOffers(
  unit: Unit,
  holdIds: readonly string[],
  sealing: Sealing,
): Promise<ReadonlyMap<string, ToldBooking>> {
  const wishes = await wishesOfHolds(unit, [...new Set(holdIds)]);
  const standing = (await bookingsById(unit, [...wishes.keys()])).filter(
    (booking): booking is Held => booking.state === "held" && !isOver(booking, unit.nowMs),
  );
  const sealed = await sealedCustomers(
    unit,
    [...wishes.values()].map(({ customerId }) => customerId),
  );
  const subjects = await subjectsById(unit, [...new Set(standing.flatMap(({ picked }) => picked.flat()))]);
  const names = new Map(subjects.map(({ id, name }) => [id, name]));
  const told = new Map<string, ToldBooking>();
  for (const hold of standing) {
    const { id, customerId, given, language } = wishes.get(hold.id)!;
    told.set(hold.id, {
      booking: {
        ...hold,
        customerId,
        given,
        language,
        paid: null,
        offer: null,
        answers: [],
        previous: null,
        reason: "",
      },
      customer: whoIsTold(unit, sealing, { sealed: sealed.get(customerId), given }),
      names: hold.picked.flat().flatMap((each) => names.get(each) ?? []),
      zone: zoneOf(hold),
      link: linkOfWish(id, sealing),
      isRated: false,
      offeredUntilMs: hold.expiresMs,
    });
  }
  return told;
}
