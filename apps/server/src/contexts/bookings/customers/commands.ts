import { refuseBooking, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { IfMatch } from "../../../platform/operations/context.ts";
import { isBooked } from "../decide.ts";
import type { Booked, Customer } from "../model.ts";
import type { Sealing } from "../sealing.ts";
import { bookingById } from "../store.ts";
import type { Written } from "./decide.ts";
import { differently } from "./given.ts";
import {
  customerById,
  eraseCustomer,
  insertCustomers,
  isExpected,
  lockByAddress,
  lockCustomer,
  updateCustomers,
  withdrawConsent,
  type NewRecord,
  type SealedRecord,
} from "./store.ts";

/** What the log of changes calls them. It names nobody and holds nothing of them: who a customer is stands in one row alone. */
export const CUSTOMER = "customer";

export const noCustomer = refuseRequest("not-found", "customer", {});
const versionChanged = refuseRequest("version-changed", "read", {});
const known = (customer: Customer) => refuseBooking("customer-known", "email", { email: customer.email });

export type Noted = Customer & { readonly notes: string };
type Known = Refused<"bookings/customer-known">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

export async function createCustomer(unit: Unit, sealing: Sealing, wish: Noted): Promise<SealedRecord | Known> {
  const record = recordOf(unit, sealing, unit.newId("cus"), wish);
  if ((await insertCustomers(unit, [record])) === 0) {
    const [standing] = (await lockByAddress(unit, [record.emailKey])).values();
    // The same again is the same customer: whoever was not answered may ask once more.
    const isSaidAgain = standing !== undefined && isSame(notedOf(unit, sealing, standing), wish);
    return isSaidAgain ? standing : known(wish);
  }
  tell(unit, record.id, "created");
  return (await customerById(unit, record.id))!;
}

export async function updateCustomer(
  unit: Unit,
  sealing: Sealing,
  id: string,
  wish: { readonly [Field in keyof Noted]?: Noted[Field] | undefined },
  ifMatch: IfMatch,
): Promise<SealedRecord | Known | Gone> {
  const before = await lockCustomer(unit, id);
  if (before === null) return noCustomer;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const after: Noted = { ...notedOf(unit, sealing, before), ...given };
  if (!(await updateCustomers(unit, [recordOf(unit, sealing, id, after)]))) return known(after);
  tell(unit, id, "updated");
  return (await customerById(unit, id))!;
}

/** Who they are from now on is what was given with a booking of theirs; a number that was left out stays. */
export async function takeOver(unit: Unit, sealing: Sealing, bookingId: string): Promise<SealedRecord | Gone> {
  const booking = await bookingById(unit, bookingId);
  const before = booking === null || !isBooked(booking) ? null : await lockCustomer(unit, booking.customerId);
  if (before === null) return noCustomer;
  const { given } = booking as Booked;
  const said = given === null ? null : sealing.unseal(unit.organisation, given);
  const stands = notedOf(unit, sealing, before);
  if (said === null || differently(stands, said) === null) return before;
  const after = { ...stands, name: said.name, phone: said.phone || stands.phone };
  await updateCustomers(unit, [recordOf(unit, sealing, before.id, after)]);
  tell(unit, before.id, "updated");
  return (await customerById(unit, before.id))!;
}

export async function forgetCustomer(
  unit: Unit,
  id: string,
): Promise<null | Gone | Refused<"bookings/customer-expected">> {
  if ((await lockCustomer(unit, id)) === null) return noCustomer;
  if (await isExpected(unit, id)) return refuseBooking("customer-expected", "ahead", {});
  await eraseCustomer(unit, id);
  tell(unit, id, "removed");
  return null;
}

export async function withdraw(unit: Unit, id: string, text: string): Promise<SealedRecord | Gone> {
  const customer = await lockCustomer(unit, id);
  if (customer === null) return noCustomer;
  if (!(await withdrawConsent(unit, id, text))) return refuseRequest("not-found", "consent", { text });
  tell(unit, id, "updated");
  return customer;
}

/** What a file has brought, or would. */
export type Brought = { readonly created: number; readonly updated: number; readonly unchanged: number };

/** Takes in the customers of a file: who is known by their address is brought up to it, and keeps what the file leaves out. */
export async function takeIn(
  unit: Unit,
  sealing: Sealing,
  customers: readonly Written[],
  isDryRun: boolean,
): Promise<Brought> {
  const keyOf = ({ email }: Written) => sealing.emailKey(unit.organisation, email);
  const standing = await lockByAddress(unit, customers.map(keyOf));
  const news = customers.filter((customer) => !standing.has(keyOf(customer)));
  const changed = customers.flatMap((customer) => {
    const record = standing.get(keyOf(customer));
    if (record === undefined) return [];
    const before = notedOf(unit, sealing, record);
    const { name, email } = customer;
    const after = { name, email, phone: customer.phone || before.phone, notes: customer.notes || before.notes };
    return isSame(before, after) ? [] : [recordOf(unit, sealing, record.id, after)];
  });
  const made = { created: news.length, updated: changed.length, unchanged: standing.size - changed.length };
  if (isDryRun) return made;
  const created = await insertCustomers(
    unit,
    news.map((customer) => recordOf(unit, sealing, unit.newId("cus"), customer)),
  );
  await updateCustomers(unit, changed);
  if (created + changed.length > 0) tell(unit, "file", "updated");
  return { ...made, created, unchanged: made.unchanged + news.length - created };
}

const isSame = (one: Noted, other: Noted): boolean =>
  one.name === other.name && one.email === other.email && one.phone === other.phone && one.notes === other.notes;

/** What a customer is, as far as it can still be read. */
export function notedOf(unit: Pick<Unit, "organisation">, sealing: Sealing, { sealed, notes }: SealedRecord): Noted {
  const customer = sealing.unseal(unit.organisation, sealed) ?? { name: "", email: "", phone: "" };
  return { ...customer, notes: notes === null ? "" : (sealing.unsealNotes(unit.organisation, notes) ?? "") };
}

const recordOf = (unit: Unit, sealing: Sealing, id: string, { name, email, phone, notes }: Noted): NewRecord => ({
  id,
  emailKey: sealing.emailKey(unit.organisation, email),
  sealed: sealing.seal(unit.organisation, { name, email, phone }),
  notes: notes === "" ? null : sealing.sealNotes(unit.organisation, notes),
});

const tell = (unit: Unit, id: string, kind: "created" | "updated" | "removed"): void =>
  unit.record({ kind, thing: { type: CUSTOMER, id }, fields: ["customer"] });
