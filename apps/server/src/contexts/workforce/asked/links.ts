import { createHash, createHmac, hkdfSync } from "node:crypto";
import { sql } from "kysely";
import { DAY_MS } from "@hourwright/time";
import type { Database, Unit } from "../../../platform/db/database.ts";

// Links by which somebody answers one question without signing in. What stands in a link is made anew whenever it is mailed, from a key of
// the server; the database knows only its hash.

export type LinkKind = "cover" | "swap";

export type AskedLinks = {
  /** What stands in the link of somebody who is asked something: 32 letters and digits, of 192 bits. */
  readonly tokenOf: (organisation: number, kind: LinkKind, thingId: string, personId: string) => string;
};

const TOKEN_BYTES = 24;

export function createAskedLinks(secret: string): AskedLinks {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "hourwright asked links", 32));
  return {
    tokenOf: (organisation, kind, thingId, personId) =>
      createHmac("sha256", key)
        .update(JSON.stringify([organisation, kind, thingId, personId]))
        .digest()
        .subarray(0, TOKEN_BYTES)
        .toString("base64url"),
  };
}

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** What became of it is told for so long after the shift. */
const TOLD_MS = 7 * DAY_MS;

/** Lets people answer by their links, until some days after the shift; of one question each has one link. */
export async function putLinks(
  unit: Unit,
  links: AskedLinks,
  { kind, thingId, endsMs }: { readonly kind: LinkKind; readonly thingId: string; readonly endsMs: number },
  people: readonly string[],
): Promise<void> {
  const until = Temporal.Instant.fromEpochMilliseconds(endsMs + TOLD_MS).toString();
  for (const personId of people)
    await sql`
      insert into workforce.asked_link (org_id, hash, kind, thing_id, subject_id, ends_at)
      values (${unit.organisation}, ${hashOf(links.tokenOf(unit.organisation, kind, thingId, personId))}, ${kind}, ${thingId},
        ${personId}, ${until}::timestamptz)
      on conflict (org_id, kind, thing_id, subject_id) do nothing`.execute(unit.db);
}

export type Link = { readonly kind: LinkKind; readonly thingId: string; readonly personId: string };

/** What a link is about; null of one that is none, or is over. */
export async function linkBy(unit: Unit, token: string): Promise<Link | null> {
  const { rows } = await sql<{ kind: LinkKind; thing_id: string; subject_id: string }>`
    select kind, thing_id, subject_id from workforce.asked_link
    where org_id = ${unit.organisation} and hash = ${hashOf(token)} and ends_at > ${instantText(unit.nowMs)}::timestamptz`.execute(
    unit.db,
  );
  const [row] = rows;
  return row === undefined ? null : { kind: row.kind, thingId: row.thing_id, personId: row.subject_id };
}

/** Forgets what is over. */
export async function sweepLinks(unit: Unit): Promise<void> {
  await sql`
    delete from workforce.asked_link
    where org_id = ${unit.organisation} and ends_at <= ${instantText(unit.nowMs)}::timestamptz`.execute(unit.db);
}

const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** To which organisation a link belongs; null for what is none. */
export async function organisationOfLink(database: Database, token: string, nowMs: number): Promise<number | null> {
  if (!TOKEN.test(token)) return null;
  return database.outside(
    async (db) => {
      const { rows } = await sql<{ found: number | null }>`
        select workforce.organisation_of_link(${hashOf(token)}, ${instantText(nowMs)}::timestamptz) as found`.execute(
        db,
      );
      return rows[0]!.found;
    },
    { lane: "read" },
  );
}
