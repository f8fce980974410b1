import type { Unit } from "../../../platform/db/database.ts";
import type { Customer } from "../model.ts";
import type { Sealing } from "../sealing.ts";
import { putCustomer } from "../store.ts";
import type { GivenWith } from "./store.ts";

// What is given with a booking by whoever knows an address. It tells who comes, and changes nothing of who is known.

/** A customer by their address. `given`: encrypted, what was said of them differently now; null where it is what stands. */
export type Given = { readonly customerId: string; readonly given: Buffer | null };

/** The customer with this address: new, or as they stand. One statement. */
export async function customerGiven(unit: Unit, sealing: Sealing, customer: Customer): Promise<Given> {
  const sealed = sealing.seal(unit.organisation, customer);
  const emailKey = sealing.emailKey(unit.organisation, customer.email);
  const { id, standing } = await putCustomer(unit, { id: unit.newId("cus"), emailKey, sealed });
  const stands = standing.equals(sealed) ? customer : sealing.unseal(unit.organisation, standing);
  return { customerId: id, given: isSame(stands, customer) ? null : sealed };
}

const isSame = (one: Customer | null, other: Customer): boolean =>
  one?.name === other.name && one.email === other.email && one.phone === other.phone;

/** Sealed as they stand, and what was given with a booking or a wish. */
export type Kept = { readonly sealed: Buffer | undefined; readonly given: Buffer | null };

/** Who comes, as they said it themselves; null once they were forgotten. What stands besides is not theirs to see. */
export function whoComes({ organisation }: Pick<Unit, "organisation">, sealing: Sealing, kept: Kept): Customer | null {
  if (kept.sealed === undefined) return null;
  return sealing.unseal(organisation, kept.given ?? kept.sealed);
}

/** Whom mail is sent to: who comes, at the address that stands, for it may have been corrected since. */
export function whoIsTold(unit: Pick<Unit, "organisation">, sealing: Sealing, kept: Kept): Customer | null {
  const customer = whoComes(unit, sealing, kept);
  if (customer === null || kept.given === null) return customer;
  return { ...customer, email: sealing.unseal(unit.organisation, kept.sealed!)?.email ?? customer.email };
}

/**
 * As whoever asks sees them: who offers it, with the address that stands, with the number that is known where none was given, and with
 * what was said differently.
 */
export function seenBy(
  unit: Pick<Unit, "organisation">,
  sealing: Sealing,
  kept: Kept,
  by: "customer" | "organisation",
): { readonly customer: Customer | null; readonly differs: Differs | null } {
  const customer = whoComes(unit, sealing, kept);
  if (customer === null || kept.given === null || by === "customer") return { customer, differs: null };
  const stands = sealing.unseal(unit.organisation, kept.sealed!);
  const phone = customer.phone || (stands?.phone ?? "");
  return {
    customer: { ...customer, phone, email: stands?.email ?? customer.email },
    differs: differently(stands, customer),
  };
}

export type Differs = { readonly name: string | null; readonly phone: string | null };

/** Of what was given the parts that are other than what stands: a number that was left out is none. Null: all of it stands. Pure. */
export function differently(stands: Customer | null, given: Customer): Differs | null {
  const name = given.name === stands?.name ? null : given.name;
  const phone = given.phone === "" || given.phone === stands?.phone ? null : given.phone;
  return name === null && phone === null ? null : { name, phone };
}

/** What was given otherwise than a customer stands, each once. */
export function otherwise(
  unit: Pick<Unit, "organisation">,
  sealing: Sealing,
  stands: Customer,
  bookings: readonly GivenWith[],
): (Differs & Pick<GivenWith, "bookingId" | "startMs">)[] {
  const found = new Map<string, Differs & Pick<GivenWith, "bookingId" | "startMs">>();
  for (const { bookingId, startMs, given } of bookings) {
    const said = sealing.unseal(unit.organisation, given);
    const differs = said === null ? null : differently(stands, said);
    const told = JSON.stringify(differs);
    if (differs !== null && !found.has(told)) found.set(told, { bookingId, startMs, ...differs });
  }
  return [...found.values()].slice(0, TOLD_MAX);
}

/** What somebody can still choose from. */
const TOLD_MAX = 5;
