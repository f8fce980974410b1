import { sql, type Kysely, type Selectable } from "kysely";
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
    .values(subjects.map((subject) => rowOf(unit, subject)))
    .execute();
}

const rowOf = (unit: Unit, { poolId, retired, ...subject }: Subject) => ({
  org_id: unit.organisation,
  ...subject,
  pool_id: poolId,
  retired_at: retired ? Temporal.Instant.fromEpochMilliseconds(unit.nowMs) : null,
});

type SubjectRow = Omit<Subject, "poolId" | "retired"> & {
  readonly pool_id: string | null;
  readonly retired_at: Temporal.Instant | null;
};

const toSubject = (row: SubjectRow): Subject => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  email: row.email,
  zone: row.zone,
  policy: row.policy,
  capacity: row.capacity,
  site: row.site,
  poolId: row.pool_id,
  retired: row.retired_at !== null,
  version: row.version,
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
    .where("retired_at", "is", null)
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

/** Locks one subject until the commit; null when there is none. */
export async function lockSubject(unit: Unit, id: string): Promise<Subject | null> {
  const row = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.subject")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toSubject(row);
}

/** Stores a subject as it is from now on, with the next version. */
export async function updateSubject(unit: Unit, subject: Subject): Promise<void> {
  const { org_id: _, id, ...row } = rowOf(unit, subject);
  await unit
    .tables<IdentityTables>()
    .updateTable("identity.subject")
    .set(row)
    .where("org_id", "=", unit.organisation)
    .where("id", "=", id)
    .execute();
}

/** Inserts those whose address is not taken yet; two who invite the same stranger make one outside person. */
export async function insertOutsidePeople(unit: Unit, people: readonly Subject[]): Promise<void> {
  if (people.length === 0) return;
  await unit
    .tables<IdentityTables>()
    .insertInto("identity.subject")
    .values(people.map((subject) => rowOf(unit, subject)))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function insertOrganisation(
  unit: Unit,
  organisation: Pick<Organisation, "name" | "zone" | "firstWeekday" | "demo">,
): Promise<void> {
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
  return toOrganisation(await organisationQuery(unit).executeTakeFirstOrThrow());
}

/** The same, locked until the commit. */
export async function lockOrganisation(unit: Unit): Promise<Organisation> {
  return toOrganisation(await organisationQuery(unit).forUpdate().executeTakeFirstOrThrow());
}

const organisationQuery = (unit: Unit) =>
  unit.tables<IdentityTables>().selectFrom("identity.organisation").selectAll().where("org_id", "=", unit.organisation);

const toOrganisation = (row: Selectable<IdentityTables["identity.organisation"]>): Organisation => ({
  name: row.name,
  zone: row.zone,
  firstWeekday: row.first_weekday,
  demo: row.demo,
  thresholds: { steady: row.steady_from, full: row.full_from, over: row.over_from },
  focusMinutes: row.focus_minutes,
  version: row.version,
});

/** Stores the organisation as it is from now on. */
export async function updateOrganisationRow(unit: Unit, organisation: Organisation): Promise<void> {
  await unit
    .tables<IdentityTables>()
    .updateTable("identity.organisation")
    .set({
      name: organisation.name,
      zone: organisation.zone,
      first_weekday: organisation.firstWeekday,
      steady_from: organisation.thresholds.steady,
      full_from: organisation.thresholds.full,
      over_from: organisation.thresholds.over,
      focus_minutes: organisation.focusMinutes,
      version: organisation.version,
    })
    .where("org_id", "=", unit.organisation)
    .execute();
}

/** The role of a person who can sign in, and whether they may now; null for who has no user. */
export async function membershipOf(
  unit: Unit,
  personId: string,
): Promise<{ readonly userId: string; readonly role: Role; readonly disabled: boolean } | null> {
  const row = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.membership")
    .select(["user_id", "role", "disabled"])
    .where("org_id", "=", unit.organisation)
    .where("subject_id", "=", personId)
    .executeTakeFirst();
  return row === undefined ? null : { userId: row.user_id, role: row.role, disabled: row.disabled };
}

/** Switches a person's sign-in off or on: from the next request of theirs on. */
export async function disableMembership(unit: Unit, personId: string, disabled: boolean): Promise<void> {
  await unit
    .tables<IdentityTables>()
    .updateTable("identity.membership")
    .set({ disabled })
    .where("org_id", "=", unit.organisation)
    .where("subject_id", "=", personId)
    .execute();
}

/** How many owners can sign in. Locks them, so that two who leave at once do not leave none. */
export async function lockOwners(unit: Unit): Promise<number> {
  const rows = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.membership")
    .select("user_id")
    .where("org_id", "=", unit.organisation)
    .where("role", "=", "owner")
    .where("disabled", "=", false)
    .orderBy("user_id")
    .forUpdate()
    .execute();
  return rows.length;
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

export function insertInvitationKey(
  database: Database,
  key: {
    readonly token: string;
    readonly organisation: number;
    readonly invitationId: string;
    readonly expiresAtMs: number;
  },
): Promise<void> {
  return database.outside(async (db) => {
    await global(db)
      .insertInto("directory.key")
      .values({
        kind: "invitation",
        key_hash: hashOf(key.token),
        org_id: key.organisation,
        thing_id: key.invitationId,
        expires_at: Temporal.Instant.fromEpochMilliseconds(key.expiresAtMs),
      })
      .execute();
  });
}
