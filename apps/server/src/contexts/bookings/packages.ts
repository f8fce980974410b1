import { limits, refuseBooking, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { IfMatch } from "../../platform/operations/context.ts";
import { organisationOf } from "../identity/public.ts";
import {
  PACKAGE,
  PACKAGE_KIND,
  takesTime,
  type Booking,
  type Customer,
  type KindContents,
  type OwnPackage,
  type PackageKind,
  type Paid,
  type Service,
} from "./model.ts";
import { customerGiven } from "./customers/given.ts";
import { codeIn, packageNeeded, packageUnknown, tooFew, whyUnfit } from "./paying.ts";
import {
  deleteKind,
  deletePackage,
  insertPackage,
  kindsOf,
  lockKind,
  lockPackage,
  move,
  movementsOf,
  packagesById,
  putKindRow,
  setExpiry,
} from "./package-store.ts";
import type { Sealing } from "./sealing.ts";
import { servicesOf } from "./store.ts";

// Packages: who offers them, who has them, and what bookings take of them. A package is locked before any timeline.

type Unfit = Refused<"bookings/package-unfit">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

const noKind = refuseRequest("not-found", "package-kind", {});
const noPackage = refuseRequest("not-found", "package", {});
const versionChanged = refuseRequest("version-changed", "read", {});

async function whyInvalid(
  unit: Unit,
  { serviceIds }: KindContents,
): Promise<Refused<"bookings/package-invalid"> | null> {
  const known = new Set((await servicesOf(unit)).map(({ id }) => id));
  return serviceIds.every((id) => known.has(id)) ? null : refuseBooking("package-invalid", "services", {});
}

export async function createKind(unit: Unit, contents: KindContents) {
  const wrong = await whyInvalid(unit, contents);
  if (wrong !== null) return wrong;
  if ((await kindsOf(unit)).length >= limits.PACKAGE_KINDS_MAX)
    return refuseBooking("package-invalid", "too-many", { most: limits.PACKAGE_KINDS_MAX });
  const kind: PackageKind = { ...contents, id: unit.newId("pkk"), version: 1 };
  await putKindRow(unit, kind);
  recordKind(unit, kind.id, null, contents);
  return kind;
}

export async function changeKind(
  unit: Unit,
  id: string,
  wish: { readonly [Field in keyof KindContents]?: KindContents[Field] | undefined },
  ifMatch: IfMatch,
): Promise<PackageKind | Gone | Refused<"bookings/package-invalid">> {
  const before = await lockKind(unit, id);
  if (before === null) return noKind;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const contents: KindContents = { ...contentsOf(before), ...given };
  const wrong = await whyInvalid(unit, contents);
  if (wrong !== null) return wrong;
  const after = { ...contents, id, version: before.version + 1 };
  await putKindRow(unit, after);
  recordKind(unit, id, contentsOf(before), contents);
  return after;
}

export async function removeKind(unit: Unit, id: string, ifMatch: IfMatch): Promise<null | Gone> {
  const before = await lockKind(unit, id);
  if (before === null) return noKind;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  await deleteKind(unit, id);
  recordKind(unit, id, contentsOf(before), null);
  return null;
}

/** Puts a kind back as it was before a change, or takes away the one that a change made. */
export async function putKind(unit: Unit, id: string, was: KindContents | null): Promise<null> {
  const before = await lockKind(unit, id);
  if (was === null) await deleteKind(unit, id);
  else await putKindRow(unit, { ...was, id, version: (before?.version ?? 0) + 1 });
  if (was !== null || before !== null) recordKind(unit, id, before === null ? null : contentsOf(before), was);
  return null;
}

const contentsOf = ({ id: _id, version: _version, ...contents }: PackageKind): KindContents => contents;

function recordKind(unit: Unit, id: string, before: KindContents | null, after: KindContents | null): void {
  const kind = before === null ? "created" : after === null ? "removed" : "updated";
  unit.record({ kind, thing: { type: PACKAGE_KIND, id }, fields: ["kind"], before, after });
}

/** What undo needs of a package: what a correction changed. */
export type PackageChange = { readonly units: number; readonly expiresMs: number };

export async function issuePackage(
  unit: Unit,
  sealing: Sealing,
  wish: { readonly kindId: string; readonly customer: Customer; readonly reason: string },
): Promise<OwnPackage | Gone> {
  const kind = (await kindsOf(unit)).find(({ id }) => id === wish.kindId);
  if (kind === undefined) return noKind;
  const { zone } = await organisationOf(unit);
  const today = Temporal.Instant.fromEpochMilliseconds(unit.nowMs).toZonedDateTimeISO(zone).toPlainDate();
  const { customerId } = await customerGiven(unit, sealing, wish.customer);
  const { name, serviceIds, units } = kind;
  const owned: OwnPackage = {
    id: unit.newId("pkg"),
    kindId: kind.id,
    name,
    serviceIds,
    units,
    balance: units,
    customerId,
    issuedMs: unit.nowMs,
    // Whole days of the organisation: the last of them counts to its end.
    expiresMs: today.add({ days: kind.validDays + 1 }).toZonedDateTime(zone).epochMilliseconds,
    version: 1,
  };
  const code = codeIn(sealing.packageCode(owned.id))!;
  await insertPackage(unit, owned, sealing.codeKey(unit.organisation, code), wish.reason.trim());
  unit.record({ kind: "created", thing: { type: PACKAGE, id: owned.id }, fields: ["package"], before: null });
  return owned;
}

export async function correctPackage(
  unit: Unit,
  id: string,
  wish: {
    readonly units: number;
    readonly expiresMs: number | null;
    readonly reason: string;
    readonly ifMatch: IfMatch;
  },
): Promise<OwnPackage | Gone | Unfit> {
  const before = await lockPackage(unit, { id });
  if (before === null) return noPackage;
  if (wish.ifMatch?.includes(before.version) === false) return versionChanged;
  const { units, reason } = wish;
  const balance = await move(unit, id, { kind: "corrected", units, bookingId: null, reason: reason.trim() });
  if (balance === null) return tooFew(before.balance, -units);
  const expiresMs = wish.expiresMs ?? before.expiresMs;
  if (expiresMs !== before.expiresMs) await setExpiry(unit, id, expiresMs);
  const change: PackageChange = { units, expiresMs: before.expiresMs };
  unit.record({ kind: "updated", thing: { type: PACKAGE, id }, fields: ["package"], before: change });
  return { ...before, balance, expiresMs, version: before.version + 1 };
}

/** Takes a correction back, or the whole package (null) while nothing was booked with it. */
export async function putPackage(unit: Unit, id: string, change: PackageChange | null): Promise<null | Gone | Unfit> {
  const before = await lockPackage(unit, { id });
  if (before === null) return noPackage;
  if (change === null) {
    const isUsed = (await movementsOf(unit, id)).some(({ bookingId }) => bookingId !== null);
    if (isUsed) return refuseBooking("package-unfit", "used", {});
    await deletePackage(unit, id);
    unit.record({ kind: "removed", thing: { type: PACKAGE, id }, fields: ["package"], before: null });
    return null;
  }
  const { units, expiresMs } = change;
  const balance = await move(unit, id, { kind: "corrected", units: -units, bookingId: null, reason: "" });
  if (balance === null) return tooFew(before.balance, units);
  await setExpiry(unit, id, expiresMs);
  const back: PackageChange = { units: -units, expiresMs: before.expiresMs };
  unit.record({ kind: "updated", thing: { type: PACKAGE, id }, fields: ["package"], before: back });
  return null;
}

/** Whether a service is booked with packages: `needed` where it can be booked with one alone. */
export const packageUse = (service: Service, kinds: readonly PackageKind[]): "none" | "accepted" | "needed" => {
  if (service.needsPackage) return "needed";
  return kinds.some(({ serviceIds }) => serviceIds.includes(service.id)) ? "accepted" : "none";
};

type ToPay = { readonly id: string; readonly startMs: number; readonly places: number };

/**
 * Takes of a package what bookings cost, all of them or nothing. Null: none is given and none needed. Whoever comes at the same
 * time waits here, and finds what is left then.
 */
export async function payWith(
  unit: Unit,
  sealing: Sealing,
  service: Service,
  bookings: readonly ToPay[],
  given: string,
): Promise<ReadonlyMap<string, Paid> | Unfit | null> {
  if (given.trim() === "") return service.needsPackage ? packageNeeded : null;
  const code = codeIn(given);
  if (code === null) return packageUnknown;
  const owned = await lockPackage(unit, { codeKey: sealing.codeKey(unit.organisation, code) });
  if (owned === null) return packageUnknown;
  const unfit = whyUnfit(owned, service.id, bookings);
  if (unfit !== null) return unfit;
  const paid = new Map<string, Paid>();
  for (const { id, places: units } of bookings) {
    if ((await spend(unit, id, { packageId: owned.id, units })) !== null) return tooFew(owned.balance, units);
    paid.set(id, { packageId: owned.id, units });
  }
  return paid;
}

async function spend(unit: Unit, bookingId: string, { packageId, units }: Paid): Promise<Unfit | null> {
  const left = await move(unit, packageId, { kind: "spent", units: -units, bookingId, reason: "" });
  if (left !== null) return null;
  return tooFew((await packagesById(unit, [packageId])).get(packageId)?.balance ?? 0, units);
}

/**
 * Gives back what bookings took that take no time any more, and takes it again of those that do once more. Who did not come, or
 * came too late to cancel, keeps their time, and the package what was spent.
 */
export async function settle(
  unit: Unit,
  changes: readonly { readonly before: Booking; readonly after: Booking }[],
): Promise<Unfit | null> {
  for (const { before, after } of changes) {
    const paid = "paid" in after ? after.paid : null;
    const [took, takes] = [takesTime(before.state), takesTime(after.state)];
    if (paid === null || took === takes) continue;
    if (takes) {
      const unfit = await spend(unit, after.id, paid);
      if (unfit !== null) return unfit;
    } else await move(unit, paid.packageId, { kind: "given-back", units: paid.units, bookingId: after.id, reason: "" });
  }
  return null;
}

/** Why customers may not move bookings to these times: their package ends before; null where none does. */
export async function pastPackage(
  unit: Unit,
  moved: readonly { readonly booking: Booking; readonly startMs: number }[],
): Promise<Refused<"bookings/not-offered"> | null> {
  const paid = moved.flatMap(({ booking, startMs }) =>
    "paid" in booking && booking.paid !== null ? [{ packageId: booking.paid.packageId, startMs }] : [],
  );
  const owned = await packagesById(
    unit,
    paid.map(({ packageId }) => packageId),
  );
  return paid.some(({ packageId, startMs }) => startMs >= (owned.get(packageId)?.expiresMs ?? Infinity))
    ? refuseBooking("not-offered", "package-ends", {})
    : null;
}
