import { sql, type Kysely } from "kysely";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { Organisation, Role, Subject } from "./model.ts";
import type { IdentityTables } from "./tables.ts";
import { hashOf } from "./tokens.ts";

const global = (db: Kysely<unknown>) => db as unknown as Kysely<IdentityTables>;

export async function insertSubjects(unit: Unit, subjects: readonly Subject[]): Promise<void> {
  if (subjects.length === 0) return;
  await unit
    .tables<IdentityTables>()
    .insertInto("identity.subject")
    .values(subjects.map((subject) => ({ org_id: unit.organisation, ...subject })))
    .execute();
}

const toSubject = (row: Subject & { org_id?: number }): Subject => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  email: row.email,
  zone: row.zone,
  policy: row.policy,
  capacity: row.capacity,
  site: row.site,
});

export async function subjectsById(unit: Unit, ids: readonly string[]): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const rows = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.subject")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("id", "in", ids)
    .execute();
  return rows.map(toSubject);
}

/** The ids of an organisation's people, at most `limit`, those here longest first. */
export async function peopleOf(unit: Unit, limit: number): Promise<string[]> {
  const rows = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.subject")
    .select("id")
    .where("org_id", "=", unit.organisation)
    .where("kind", "=", "person")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export async function subjectsByEmail(unit: Unit, emails: readonly string[]): Promise<Subject[]> {
  if (emails.length === 0) return [];
  const rows = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.subject")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("email", "in", emails)
    .execute();
  return rows.map(toSubject);
}

/** Inserts those whose address is not taken yet; two who invite the same stranger make one outside person. */
export async function insertOutsidePeople(unit: Unit, people: readonly Subject[]): Promise<void> {
  if (people.length === 0) return;
  await unit
    .tables<IdentityTables>()
    .insertInto("identity.subject")
    .values(people.map((subject) => ({ org_id: unit.organisation, ...subject })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function insertOrganisation(unit: Unit, organisation: Organisation): Promise<void> {
  await unit
    .tables<IdentityTables>()
    .insertInto("identity.organisation")
    .values({
      org_id: unit.organisation,
      name: organisation.name,
      zone: organisation.zone,
      first_weekday: organisation.firstWeekday,
      demo: organisation.demo,
      created_at: Temporal.Instant.fromEpochMilliseconds(unit.nowMs),
    })
    .execute();
}

export async function organisationOf(unit: Unit): Promise<Organisation> {
  const row = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.organisation")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .executeTakeFirstOrThrow();
  return { name: row.name, zone: row.zone, firstWeekday: row.first_weekday, demo: row.demo };
}

export type NewMembership = {
  readonly userId: string;
  readonly personId: string;
  readonly role: Role;
  readonly scopeTeamId: string | null;
};

export async function insertMembership(unit: Unit, membership: NewMembership): Promise<void> {
  await unit
    .tables<IdentityTables>()
    .insertInto("identity.membership")
    .values({
      org_id: unit.organisation,
      user_id: membership.userId,
      subject_id: membership.personId,
      role: membership.role,
      scope_team_id: membership.scopeTeamId,
    })
    .execute();
}

export async function insertTeams(
  unit: Unit,
  teams: readonly {
    readonly id: string;
    readonly name: string;
    readonly parentId?: string | null;
    readonly members: readonly string[];
  }[],
): Promise<void> {
  if (teams.length === 0) return;
  const tables = unit.tables<IdentityTables>();
  await tables
    .insertInto("identity.team")
    .values(
      teams.map(({ id, name, parentId }) => ({ org_id: unit.organisation, id, name, parent_id: parentId ?? null })),
    )
    .execute();
  const members = teams.flatMap(({ id, members }) =>
    members.map((member) => ({ org_id: unit.organisation, team_id: id, subject_id: member })),
  );
  if (members.length > 0) await tables.insertInto("identity.team_member").values(members).execute();
}

/** The people a manager answers for: those of the scope team and of the teams below it. */
export async function peopleInScope(unit: Unit, userId: string): Promise<string[]> {
  const { rows } = await sql<{ subject_id: string }>`
    with recursive scope(team_id) as (
      select scope_team_id from identity.membership
      where org_id = ${unit.organisation} and user_id = ${userId} and scope_team_id is not null
      union
      select t.id from identity.team t join scope s on t.parent_id = s.team_id where t.org_id = ${unit.organisation}
    )
    select distinct m.subject_id from scope s join identity.team_member m on m.team_id = s.team_id
    where m.org_id = ${unit.organisation}`.execute(unit.db);
  return rows.map((row) => row.subject_id);
}

// Global tables: asked between units, before or beside an organisation.

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

export type RefreshUse = { readonly sessionId: string; readonly userId: string } | "unknown" | "used-before";

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
      const gone = await sql`delete from auth.session s using auth.refresh r
        where r.token_hash = ${hashOf(token)} and r.used_at is not null and s.id = r.session_id returning s.id`.execute(
        db,
      );
      return gone.rows.length > 0 ? "used-before" : "unknown";
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
