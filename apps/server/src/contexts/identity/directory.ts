import { sql, type Kysely } from "kysely";
import type { Database } from "../../platform/db/database.ts";
import type { IdentityTables } from "./tables.ts";
import { hashOf } from "./tokens.ts";

// Global tables: asked between units, before or beside an organisation.

const global = (db: Kysely<unknown>) => db as unknown as Kysely<IdentityTables>;

export function insertDirectoryOrganisation(database: Database, slug: string, demo: boolean): Promise<number> {
  return database.outside(async (db) => {
    const row = await global(db)
      .insertInto("directory.organisation")
      .values({ slug, demo })
      .returning("id")
      .executeTakeFirstOrThrow();
    return row.id;
  });
}

/** The organisations that are complete. */
export function listOrganisations(database: Database): Promise<{ id: number; slug: string; demo: boolean }[]> {
  return database.outside((db) =>
    global(db)
      .selectFrom("directory.organisation")
      .select(["id", "slug", "demo"])
      .where("ready", "=", true)
      .orderBy("id")
      .limit(100_000)
      .execute(),
  );
}

/** Says that an organisation has all that it begins with. */
export function markReady(database: Database, organisation: number): Promise<void> {
  return database.outside(async (db) => {
    await global(db)
      .updateTable("directory.organisation")
      .set({ ready: true })
      .where("id", "=", organisation)
      .execute();
  });
}

/** Organisations begun before `beforeMs` and never finished: their process was ended in the middle. */
export function unfinishedOrganisations(database: Database, beforeMs: number): Promise<number[]> {
  return database.outside(async (db) => {
    const rows = await global(db)
      .selectFrom("directory.organisation")
      .select("id")
      .where("ready", "=", false)
      .where("made_at", "<=", Temporal.Instant.fromEpochMilliseconds(beforeMs))
      .execute();
    return rows.map(({ id }) => id);
  });
}

export function insertMemberKey(
  database: Database,
  userId: string,
  organisation: number,
  personId: string,
): Promise<void> {
  return database.outside(async (db) => {
    await global(db)
      .insertInto("directory.key")
      .values({ kind: "member", key_hash: hashOf(userId), org_id: organisation, thing_id: personId, expires_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** The organisations of a user, oldest first. */
export function organisationsOfUser(database: Database, userId: string): Promise<number[]> {
  return database.outside(
    async (db) => {
      const rows = await global(db)
        .selectFrom("directory.key")
        .select("org_id")
        .where("kind", "=", "member")
        .where("key_hash", "=", hashOf(userId))
        .orderBy("org_id")
        .execute();
      return rows.map((row) => row.org_id);
    },
    { lane: "read" },
  );
}

/** A secret that all processes of this database share: made once, by whoever comes first. */
export function sharedSecret(database: Database, name: string, make: () => string): Promise<string> {
  return database.outside(async (db) => {
    await global(db)
      .insertInto("directory.secret")
      .values({ name, value: make() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await global(db)
      .selectFrom("directory.secret")
      .select("value")
      .where("name", "=", name)
      .executeTakeFirstOrThrow();
    return row.value;
  });
}

export function insertRefresh(
  database: Database,
  token: string,
  sessionId: string,
  expiresAtMs: number,
): Promise<void> {
  return database.outside(async (db) => {
    await global(db)
      .insertInto("auth.refresh")
      .values(refreshRow(token, sessionId, expiresAtMs))
      .execute();
  });
}

const refreshRow = (token: string, sessionId: string, expiresAtMs: number) => ({
  token_hash: hashOf(token),
  session_id: sessionId,
  expires_at: Temporal.Instant.fromEpochMilliseconds(expiresAtMs),
  used_at: null,
});

/** `ended` is the session that ends with a token's second use. */
export type RefreshUse =
  | { readonly sessionId: string; readonly userId: string }
  | { readonly ended: string }
  | "unknown";

/**
 * Trades a refresh token for the next one. Used a second time, it ends its session: somebody else holds a copy.
 * One transaction, so that the next one is never left to a session that another has just ended.
 */
export function useRefresh(
  database: Database,
  token: string,
  next: string,
  nowMs: number,
  nextExpiresAtMs: number,
): Promise<RefreshUse> {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toString();
  return database.outside(
    async (db) => {
      const { rows } = await sql<{ session_id: string; user_id: string }>`
        update auth.refresh r set used_at = ${now}::timestamptz from auth.session s
        where r.token_hash = ${hashOf(token)} and r.used_at is null and r.expires_at > ${now}::timestamptz and s.id = r.session_id
        returning r.session_id, s."userId" as user_id`.execute(db);
      if (rows[0] !== undefined) {
        const { session_id: sessionId, user_id: userId } = rows[0];
        await global(db)
          .insertInto("auth.refresh")
          .values(refreshRow(next, sessionId, nextExpiresAtMs))
          .execute();
        return { sessionId, userId };
      }
      const gone = await sql<{ id: string }>`delete from auth.session s using auth.refresh r
        where r.token_hash = ${hashOf(token)} and r.used_at is not null and s.id = r.session_id returning s.id`.execute(
        db,
      );
      return gone.rows[0] === undefined ? "unknown" : { ended: gone.rows[0].id };
    },
    { transaction: true },
  );
}

/** Ends a session by its id, with its refresh tokens. */
export function deleteSession(database: Database, sessionId: string): Promise<void> {
  return database.outside(async (db) => {
    await sql`delete from auth.session where id = ${sessionId}`.execute(db);
  });
}

/** Whether something that happens once to a server has happened. */
export function hasMark(database: Database, name: string): Promise<boolean> {
  return database.outside(async (db) => {
    const row = await global(db)
      .selectFrom("directory.mark")
      .select("name")
      .where("name", "=", name)
      .executeTakeFirst();
    return row !== undefined;
  });
}

export function setMark(database: Database, name: string): Promise<void> {
  return database.outside(async (db) => {
    await global(db)
      .insertInto("directory.mark")
      .values({ name })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** From now on nobody comes into an organisation, and no reconciler works in it. */
export function closeOrganisation(database: Database, organisation: number): Promise<void> {
  return database.outside(
    async (db) => {
      await global(db)
        .updateTable("directory.organisation")
        .set({ ready: false, made_at: Temporal.Instant.fromEpochMilliseconds(0) }) // Old: begun removals are ended at the next start.
        .where("id", "=", organisation)
        .execute();
      await sql`delete from auth.session where organisation = ${organisation}`.execute(db);
    },
    { transaction: true },
  );
}

/** Removes users who belong to no organisation any more, of those with these addresses. */
export function deleteUsersWithout(database: Database, emails: readonly string[]): Promise<void> {
  return database.outside(
    async (db) => {
      const { rows } = await sql<{ id: string }>`
        select id from auth."user" where email = any(${[...emails]}::text[])`.execute(db);
      for (const { id } of rows) {
        const key = hashOf(id);
        await sql`delete from auth.account where "userId" = ${id} and not exists (select from directory.key where kind = 'member' and key_hash = ${key})`.execute(
          db,
        );
        await sql`delete from auth."user" where id = ${id} and not exists (select from directory.key where kind = 'member' and key_hash = ${key})`.execute(
          db,
        );
      }
    },
    { transaction: true },
  );
}

/** The invitation behind a token; null for a token that is none. */
export function invitationKey(
  database: Database,
  token: string,
): Promise<{ readonly organisation: number; readonly invitationId: string } | null> {
  return database.outside(
    async (db) => {
      const row = await global(db)
        .selectFrom("directory.key")
        .select(["org_id", "thing_id"])
        .where("kind", "=", "invitation")
        .where("key_hash", "=", hashOf(token))
        .executeTakeFirst();
      return row === undefined ? null : { organisation: row.org_id, invitationId: row.thing_id };
    },
    { lane: "read" },
  );
}

/** Keeps to whom a key belongs: an invitation, or the token of a directory. Of the key itself a hash is kept. */
export function insertKey(
  database: Database,
  key: {
    readonly kind: "invitation" | "scim";
    readonly token: string;
    readonly organisation: number;
    readonly thingId: string;
    readonly expiresAtMs: number;
  },
): Promise<void> {
  return database.outside(async (db) => {
    await global(db)
      .insertInto("directory.key")
      .values({
        kind: key.kind,
        key_hash: hashOf(key.token),
        org_id: key.organisation,
        thing_id: key.thingId,
        expires_at: Temporal.Instant.fromEpochMilliseconds(key.expiresAtMs),
      })
      .execute();
  });
}

/** The directory behind a token, and its organisation; null for a token that is none, or is over. */
export function scimKey(
  database: Database,
  token: string,
  nowMs: number,
): Promise<{ readonly organisation: number; readonly tokenId: string } | null> {
  return database.outside(
    async (db) => {
      const row = await global(db)
        .selectFrom("directory.key")
        .innerJoin("directory.organisation", "directory.organisation.id", "directory.key.org_id")
        .select(["org_id", "thing_id"])
        .where("kind", "=", "scim")
        .where("key_hash", "=", hashOf(token))
        .where("expires_at", ">", Temporal.Instant.fromEpochMilliseconds(nowMs))
        .where("ready", "=", true)
        .executeTakeFirst();
      return row === undefined ? null : { organisation: row.org_id, tokenId: row.thing_id };
    },
    { lane: "read" },
  );
}

/** Ends all sessions of a user in one organisation; answers which there were. */
export function endSessionsOf(database: Database, organisation: number, userId: string): Promise<string[]> {
  return database.outside(async (db) => {
    const { rows } = await sql<{ id: string }>`
      delete from auth.session where organisation = ${organisation} and "userId" = ${userId} returning id`.execute(db);
    return rows.map(({ id }) => id);
  });
}
