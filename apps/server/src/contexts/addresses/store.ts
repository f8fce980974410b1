import { limits } from "@hourwright/contract";
import { sql } from "kysely";
import type { Database, Unit } from "../../platform/db/database.ts";
import { hashOfToken, isToken } from "../../platform/http/link-tokens.ts";
import type { Address, Followed } from "./model.ts";

type Row = {
  id: string;
  person_id: string;
  kind: Followed["kind"];
  league_id: string | null;
  team_id: string | null;
  created_at: Temporal.Instant;
};

const toAddress = ({ id, person_id, kind, league_id, team_id, created_at }: Row): Address => ({
  id,
  personId: person_id,
  what: kind === "shifts" ? { kind } : { kind, leagueId: league_id!, teamId: team_id },
  createdMs: created_at.epochMilliseconds,
});

/** Those of one person, newest first. */
export async function addressesOf(unit: Unit, personId: string): Promise<readonly Address[]> {
  const { rows } = await sql<Row>`
    select * from addresses.address where org_id = ${unit.organisation} and person_id = ${personId}
    order by id desc limit ${limits.CALENDAR_ADDRESSES_MAX}`.execute(unit.db);
  return rows.map(toAddress);
}

/** Makes others of the same person wait until the unit ends. */
export async function lockAddresses(unit: Unit, personId: string): Promise<void> {
  const key = `addresses.address ${unit.organisation} ${personId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(unit.db);
}

export async function insertAddress(unit: Unit, { id, personId, what, createdMs }: Address, token: string) {
  const [leagueId, teamId] = what.kind === "league" ? [what.leagueId, what.teamId] : [null, null];
  await sql`
    insert into addresses.address (org_id, id, hash, person_id, kind, league_id, team_id, created_at)
    values (${unit.organisation}, ${id}, ${hashOfToken(token)}, ${personId}, ${what.kind}, ${leagueId}, ${teamId},
      ${Temporal.Instant.fromEpochMilliseconds(createdMs)}::timestamptz)`.execute(unit.db);
}

/** What was taken away; null when the person has no such address. */
export async function deleteAddress(unit: Unit, personId: string, id: string): Promise<Address | null> {
  const { rows } = await sql<Row>`
    delete from addresses.address where org_id = ${unit.organisation} and person_id = ${personId} and id = ${id}
    returning *`.execute(unit.db);
  return rows[0] === undefined ? null : toAddress(rows[0]);
}

export async function addressBy(unit: Unit, token: string): Promise<Address | null> {
  const { rows } = await sql<Row>`
    select * from addresses.address where org_id = ${unit.organisation} and hash = ${hashOfToken(token)}`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toAddress(rows[0]);
}

/** To which organisation an address belongs; null for what is none. */
export async function organisationOfAddress(database: Database, token: string): Promise<number | null> {
  if (!isToken(token)) return null;
  return database.outside(
    async (db) => {
      const { rows } = await sql<{ found: number | null }>`
        select addresses.organisation_of(${hashOfToken(token)}) as found`.execute(db);
      return rows[0]!.found;
    },
    { lane: "read" },
  );
}
