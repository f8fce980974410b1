import { sql } from "kysely";
import { DAY_MS } from "@hourwright/time";
import type { Database, Unit } from "../../../platform/db/database.ts";
import { hashOfToken, isToken, linkTokens } from "../../../platform/http/link-tokens.ts";

// Links by which somebody answers one question without signing in.

export type LinkKind = "cover" | "swap";

export type AskedLinks = {
  /** What stands in the link of somebody who is asked something. */
  readonly tokenOf: (organisation: number, kind: LinkKind, thingId: string, personId: string) => string;
};

export const createAskedLinks = (secret: string): AskedLinks => ({ tokenOf: linkTokens(secret, "asked links") });

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
      values (${unit.organisation}, ${hashOfToken(links.tokenOf(unit.organisation, kind, thingId, personId))}, ${kind}, ${thingId},
        ${personId}, ${until}::timestamptz)
      on conflict (org_id, kind, thing_id, subject_id) do nothing`.execute(unit.db);
}

export type Link = { readonly kind: LinkKind; readonly thingId: string; readonly personId: string };

/** What a link is about; null of one that is none, or is over. */
export async function linkBy(unit: Unit, token: string): Promise<Link | null> {
  const { rows } = await sql<{ kind: LinkKind; thing_id: string; subject_id: string }>`
    select kind, thing_id, subject_id from workforce.asked_link
    where org_id = ${unit.organisation} and hash = ${hashOfToken(token)} and ends_at > ${instantText(unit.nowMs)}::timestamptz`.execute(
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

/** To which organisation a link belongs; null for what is none. */
export async function organisationOfLink(database: Database, token: string, nowMs: number): Promise<number | null> {
  if (!isToken(token)) return null;
  return database.outside(
    async (db) => {
      const { rows } = await sql<{ found: number | null }>`
        select workforce.organisation_of_link(${hashOfToken(token)}, ${instantText(nowMs)}::timestamptz) as found`.execute(
        db,
      );
      return rows[0]!.found;
    },
    { lane: "read" },
  );
}
