import { randomBytes } from "node:crypto";
import { isRefused, limits, refuseIdentity, refuseRequest, type Refused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Clock } from "../../../platform/clock.ts";
import type { Database, Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { insertKey, scimKey } from "../directory.ts";

// Tokens by which a directory comes in: made and revoked by administrators, shown once.

type Ids = "provisioningTokens.list" | "provisioningTokens.create" | "provisioningTokens.remove";

const DAY_MS = 86_400_000;

/** `address`: where directories come to. */
export function tokenOperations(database: Database, address: string): Handlers<Ids> {
  return {
    "provisioningTokens.list": async (_input, context) => ({ items: await context.read(listTokens), address }),
    "provisioningTokens.create": async ({ body }, context) => {
      const token = `hws_${randomBytes(32).toString("base64url")}`;
      const made = await context.write((unit) => createToken(unit, context, body));
      if (isRefused(made)) return made;
      await insertKey(database, {
        kind: "scim",
        token,
        organisation: context.caller!.organisation,
        thingId: made.id,
        expiresAtMs: Temporal.Instant.from(made.expiresAt).epochMilliseconds,
      });
      context.reply.headers["location"] = `/v1/provisioning/tokens/${made.id}`;
      return { ...made, token };
    },
    "provisioningTokens.remove": ({ params }, context) => context.write((unit) => revokeToken(unit, params.id)),
  };
}

type Row = {
  id: string;
  name: string;
  created_at: Temporal.Instant;
  created_by: string;
  expires_at: Temporal.Instant;
  used_at: Temporal.Instant | null;
  revoked_at: Temporal.Instant | null;
};

async function listTokens(unit: Unit) {
  const { rows } = await sql<Row>`
    select * from identity.scim_token where org_id = ${unit.organisation} and revoked_at is null
    order by id desc limit ${limits.PROVISIONING_TOKENS_MAX}`.execute(unit.db);
  return rows.map(shown);
}

const shown = ({ id, name, created_at, created_by, expires_at, used_at }: Row) => ({
  id,
  name,
  createdAt: created_at.toString(),
  createdBy: created_by,
  expiresAt: expires_at.toString(),
  usedAt: used_at?.toString() ?? null,
});

async function createToken(
  unit: Unit,
  { caller }: RequestContext,
  { name, days }: { readonly name: string; readonly days: number },
): Promise<ReturnType<typeof shown> | Refused<"identity/too-many-tokens">> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.scim_token ${unit.organisation}`}, 0))`.execute(
    unit.db,
  );
  if ((await listTokens(unit)).length >= limits.PROVISIONING_TOKENS_MAX)
    return refuseIdentity("too-many-tokens", "most", { most: limits.PROVISIONING_TOKENS_MAX });
  const row: Row = {
    id: unit.newId("sct"),
    name,
    created_at: Temporal.Instant.fromEpochMilliseconds(unit.nowMs),
    created_by: caller!.name,
    expires_at: Temporal.Instant.fromEpochMilliseconds(unit.nowMs + days * DAY_MS),
    used_at: null,
    revoked_at: null,
  };
  await sql`
    insert into identity.scim_token (org_id, id, name, created_at, created_by, expires_at)
    values (${unit.organisation}, ${row.id}, ${name}, ${row.created_at}::timestamptz, ${row.created_by},
      ${row.expires_at}::timestamptz)`.execute(unit.db);
  unit.record({ kind: "created", thing: { type: "provisioningToken", id: row.id }, fields: ["name"], after: { name } });
  return shown(row);
}

async function revokeToken(unit: Unit, id: string): Promise<null | Refused<"request/not-found">> {
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  const { rows } = await sql<{ name: string }>`
    update identity.scim_token set revoked_at = ${now}::timestamptz
    where org_id = ${unit.organisation} and id = ${id} and revoked_at is null returning name`.execute(unit.db);
  if (rows[0] === undefined) return refuseRequest("not-found", "token", {});
  unit.record({ kind: "removed", thing: { type: "provisioningToken", id }, fields: ["name"], before: rows[0] });
  return null;
}

/** Who comes with a token: one directory of one organisation. */
export type Directory = { readonly organisation: number; readonly tokenId: string };

export const TOKEN = /^Bearer (hws_[\w-]{43})$/i;

/** The directory that a token is of; null for one that is none, or is over. Whether it was revoked is asked in the unit. */
export async function directoryOf(
  database: Database,
  clock: Clock,
  authorization: string | null,
): Promise<Directory | null> {
  const token = TOKEN.exec(authorization ?? "")?.[1];
  return token === undefined ? null : scimKey(database, token, clock.nowMs());
}

/** The name of a token that is good still; null once it was revoked. */
export async function liveToken(unit: Unit, { tokenId }: Directory): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from identity.scim_token where org_id = ${unit.organisation} and id = ${tokenId} and revoked_at is null`.execute(
    unit.db,
  );
  return rows[0]?.name ?? null;
}

/** Notes that a token was used. */
export async function noteUse(unit: Unit, { tokenId }: Directory): Promise<void> {
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  await sql`
    update identity.scim_token set used_at = ${now}::timestamptz
    where org_id = ${unit.organisation} and id = ${tokenId}`.execute(unit.db);
}
