import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { KindContents, Movement, OwnPackage, PackageKind } from "./model.ts";

// Packages in the database: the only file beside the migration that knows their columns.

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
const epochMs = (column: string) => sql`(date_part('epoch', ${sql.ref(column)}) * 1000)::bigint`;

type KindRow = { id: string; version: number; contents: KindContents };
const toKind = ({ id, version, contents }: KindRow): PackageKind => ({ ...contents, id, version });

/** All kinds; known, since they seldom change and each public page asks for them. */
export async function kindsOf(unit: Unit): Promise<readonly PackageKind[]> {
  return unit.known("kinds of packages", async () => {
    const { rows } = await sql<KindRow>`
      select id, version, contents from bookings.package_kind where org_id = ${unit.organisation}
      order by id limit ${limits.PACKAGE_KINDS_MAX}`.execute(unit.db);
    return rows.map(toKind);
  });
}

export async function lockKind(unit: Unit, id: string): Promise<PackageKind | null> {
  const { rows } = await sql<KindRow>`
    select id, version, contents from bookings.package_kind
    where org_id = ${unit.organisation} and id = ${id} for update`.execute(unit.db);
  return rows.map(toKind)[0] ?? null;
}

export async function putKindRow(unit: Unit, { id, version, ...contents }: PackageKind): Promise<void> {
  await sql`
    insert into bookings.package_kind (org_id, id, contents, version)
    values (${unit.organisation}, ${id}, ${JSON.stringify(contents)}::jsonb, ${version})
    on conflict (org_id, id) do update set contents = excluded.contents, version = excluded.version`.execute(unit.db);
}

export async function deleteKind(unit: Unit, id: string): Promise<void> {
  await sql`delete from bookings.package_kind where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

type PackageRow = {
  id: string;
  kind_id: string;
  name: string;
  service_ids: string[];
  units: number;
  balance: number;
  customer_id: string;
  issued_ms: number;
  expires_ms: number;
  version: number;
};
const columns = sql`id, kind_id, name, service_ids, units, balance, customer_id, ${epochMs("issued_at")} as issued_ms,
  ${epochMs("expires_at")} as expires_ms, version`;

const toPackage = (row: PackageRow): OwnPackage => ({
  id: row.id,
  kindId: row.kind_id,
  name: row.name,
  serviceIds: row.service_ids,
  units: row.units,
  balance: row.balance,
  customerId: row.customer_id,
  issuedMs: row.issued_ms,
  expiresMs: row.expires_ms,
  version: row.version,
});

/** Locks it until the unit ends: who spends of it waits for who spends just now. */
export async function lockPackage(unit: Unit, by: { readonly id: string } | { readonly codeKey: string }) {
  const { rows } = await sql<PackageRow>`
    select ${columns} from bookings.package
    where org_id = ${unit.organisation} and ${"id" in by ? sql`id = ${by.id}` : sql`code_key = ${by.codeKey}`}
    for update`.execute(unit.db);
  return rows.map(toPackage)[0] ?? null;
}

export async function packagesById(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, OwnPackage>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<PackageRow>`
    select ${columns} from bookings.package
    where org_id = ${unit.organisation} and id = any(${[...new Set(ids)]}::text[])`.execute(unit.db);
  return new Map(rows.map((row) => [row.id, toPackage(row)]));
}

/** The latest first; of one customer, or of all. */
export async function findPackages(
  unit: Unit,
  asked: { readonly emailKey: string | null; readonly before: string | null; readonly limit: number },
): Promise<OwnPackage[]> {
  const { rows } = await sql<PackageRow>`
    select ${columns} from bookings.package
    where org_id = ${unit.organisation}
      ${asked.before === null ? sql`` : sql`and id < ${asked.before}`}
      ${
        asked.emailKey === null
          ? sql``
          : sql`and customer_id in (
              select c.id from bookings.customer c where c.org_id = ${unit.organisation} and c.email_key = ${asked.emailKey})`
      }
    order by id desc limit ${asked.limit}`.execute(unit.db);
  return rows.map(toPackage);
}

export async function insertPackage(unit: Unit, owned: OwnPackage, codeKey: string, reason: string): Promise<void> {
  await sql`
    insert into bookings.package (org_id, id, kind_id, name, service_ids, units, balance, customer_id, code_key, issued_at,
      expires_at, version)
    values (${unit.organisation}, ${owned.id}, ${owned.kindId}, ${owned.name}, ${[...owned.serviceIds]}::text[], ${owned.units},
      0, ${owned.customerId}, ${codeKey}, ${at(owned.issuedMs)}::timestamptz, ${at(owned.expiresMs)}::timestamptz, 0)`.execute(
    unit.db,
  );
  await move(unit, owned.id, { kind: "issued", units: owned.units, bookingId: null, reason });
}

/**
 * Adds to what is left, or takes from it, and writes down that it did: one statement, so that what is left is always the sum of
 * the movements. Null, and nothing happens, where less than nothing would be left.
 */
export async function move(
  unit: Unit,
  packageId: string,
  { kind, units, bookingId, reason }: Pick<Movement, "kind" | "units" | "bookingId" | "reason">,
): Promise<number | null> {
  const { rows } = await sql<{ balance: number }>`
    with moved as (
      update bookings.package set balance = balance + ${units}::integer, version = version + 1
      where org_id = ${unit.organisation} and id = ${packageId} and balance + ${units}::integer >= 0
      returning balance, version
    )
    insert into bookings.package_movement (org_id, package_id, number, kind, units, balance, booking_id, reason, moved_at)
    select ${unit.organisation}, ${packageId}, version, ${kind}, ${units}::integer, balance, ${bookingId}, ${reason},
      ${at(unit.nowMs)}::timestamptz
    from moved returning balance`.execute(unit.db);
  return rows[0]?.balance ?? null;
}

export async function setExpiry(unit: Unit, packageId: string, expiresMs: number): Promise<void> {
  await sql`
    update bookings.package set expires_at = ${at(expiresMs)}::timestamptz
    where org_id = ${unit.organisation} and id = ${packageId}`.execute(unit.db);
}

export async function deletePackage(unit: Unit, packageId: string): Promise<void> {
  await sql`delete from bookings.package where org_id = ${unit.organisation} and id = ${packageId}`.execute(unit.db);
}

/** Movements that one answer tells. */
const MOVEMENTS_TOLD_MAX = 500;

/** The latest first. */
export async function movementsOf(unit: Unit, packageId: string): Promise<Movement[]> {
  const { rows } = await sql<Omit<Movement, "bookingId" | "atMs"> & { booking_id: string | null; at_ms: number }>`
    select number, kind, units, balance, booking_id, reason, ${epochMs("moved_at")} as at_ms
    from bookings.package_movement where org_id = ${unit.organisation} and package_id = ${packageId}
    order by number desc limit ${MOVEMENTS_TOLD_MAX}`.execute(unit.db);
  return rows.map(({ booking_id, at_ms, ...row }) => ({ ...row, bookingId: booking_id, atMs: at_ms }));
}
