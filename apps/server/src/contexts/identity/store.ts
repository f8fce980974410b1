import { sql, type Selectable } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Organisation, Role, Subject } from "./model.ts";
import type { IdentityTables } from "./tables.ts";

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
  const subjects = await unit.knownEach("subject", ids, async (missing) => {
    const rows = await unit
      .tables<IdentityTables>()
      .selectFrom("identity.subject")
      .selectAll()
      .where("org_id", "=", unit.organisation)
      .where("id", "in", missing)
      .execute();
    return new Map(rows.map((row) => [row.id, toSubject(row)]));
  });
  return [...subjects.values()];
}

/** The ids of an organisation's people, at most `limit`, those here longest first. */
export async function peopleOf(unit: Unit, limit: number): Promise<readonly string[]> {
  return unit.known(`people ${limit}`, async () => {
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
  });
}

/** Everybody who is or was here, people from outside left out: at most `limit`, by id. */
export async function everybody(unit: Unit, limit: number): Promise<Subject[]> {
  const rows = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.subject")
    .selectAll()
    .where("org_id", "=", unit.organisation)
    .where("kind", "=", "person")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(toSubject);
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
  return unit.known("organisation", async () =>
    toOrganisation(await organisationQuery(unit).executeTakeFirstOrThrow()),
  );
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

/** People who run the organisation and can sign in, by id, at most so many. */
export async function administratorsOf(unit: Unit, most: number): Promise<string[]> {
  const rows = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.membership")
    .select("subject_id")
    .where("org_id", "=", unit.organisation)
    .where("role", "in", ["owner", "administrator"])
    .where("disabled", "=", false)
    .orderBy("subject_id")
    .limit(most)
    .execute();
  return rows.map(({ subject_id }) => subject_id);
}

/** People of a role who can sign in, by id, at most so many. */
export function peopleOfRole(unit: Unit, role: Role, most: number): Promise<readonly string[]> {
  return unit.known(`people of role ${role} ${most}`, async () => {
    const rows = await unit
      .tables<IdentityTables>()
      .selectFrom("identity.membership")
      .select("subject_id")
      .where("org_id", "=", unit.organisation)
      .where("role", "=", role)
      .where("disabled", "=", false)
      .orderBy("subject_id")
      .limit(most)
      .execute();
    return rows.map(({ subject_id }) => subject_id);
  });
}

/** Those of some people who can sign in. */
export async function signInsOf(unit: Unit, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = await unit.knownEach("signs in", ids, async (missing) => {
    const rows = await unit
      .tables<IdentityTables>()
      .selectFrom("identity.membership")
      .select("subject_id")
      .where("org_id", "=", unit.organisation)
      .where("subject_id", "in", missing)
      .where("disabled", "=", false)
      .execute();
    const found = new Set(rows.map(({ subject_id }) => subject_id));
    return new Map(missing.map((id) => [id, found.has(id)]));
  });
  return new Set([...known].filter(([, can]) => can).map(([id]) => id));
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
  readonly shows?: readonly string[];
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
      shows: [...(membership.shows ?? [])],
    })
    .execute();
}

/** Whose time a member sees first; empty for everybody's. */
export async function shownFirst(unit: Unit, userId: string): Promise<readonly string[]> {
  const row = await unit
    .tables<IdentityTables>()
    .selectFrom("identity.membership")
    .select("shows")
    .where("org_id", "=", unit.organisation)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.shows ?? [];
}

export async function setShownFirst(unit: Unit, userId: string, shows: readonly string[]): Promise<void> {
  await unit
    .tables<IdentityTables>()
    .updateTable("identity.membership")
    .set({ shows: [...shows] })
    .where("org_id", "=", unit.organisation)
    .where("user_id", "=", userId)
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

/** The ids of everybody and everything that can be taken here, at most `SUBJECTS_MAX`; people from outside are left out. */
export async function subjectIds(unit: Unit): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from identity.subject
    where org_id = ${unit.organisation} and kind <> 'outside' and retired_at is null order by id limit ${SUBJECTS_MAX}`.execute(
    unit.db,
  );
  return rows.map(({ id }) => id);
}

const SUBJECTS_MAX = 20_000;

export async function teamsById(unit: Unit, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from identity.team where org_id = ${unit.organisation} and id = any(${[...ids]}::text[])`.execute(
    unit.db,
  );
  return rows;
}

/** Rooms and things of which somebody has said where they are. */
const SITES_MAX = 50_000;

export async function sitesOfThings(unit: Unit): Promise<readonly { readonly id: string; readonly site: string }[]> {
  return unit.known("sites of things", async () => {
    const { rows } = await sql<{ id: string; site: string }>`
      select id, site from identity.subject where org_id = ${unit.organisation} and site is not null
      limit ${SITES_MAX}`.execute(unit.db);
    return rows;
  });
}

/** Teams of an organisation. */
const TEAMS_MAX = 5_000;

export async function listTeams(
  unit: Unit,
): Promise<{ id: string; name: string; parentId: string | null; members: number }[]> {
  const { rows } = await sql<{ id: string; name: string; parentId: string | null; members: number }>`
    select t.id, t.name, t.parent_id as "parentId", count(m.subject_id) as members
    from identity.team t left join identity.team_member m on m.org_id = t.org_id and m.team_id = t.id
    where t.org_id = ${unit.organisation} group by t.id, t.name, t.parent_id order by t.name, t.id
    limit ${TEAMS_MAX}`.execute(unit.db);
  return rows;
}

/** The teams of some people, by the people's ids. */
export async function teamsOfPeople(
  unit: Unit,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  return unit.knownEach("teams of", ids, async (missing) => {
    const { rows } = await sql<{ subject_id: string; teams: string[] }>`
      select subject_id, array_agg(team_id order by team_id) as teams from identity.team_member
      where org_id = ${unit.organisation} and subject_id = any(${[...missing]}::text[]) group by subject_id`.execute(
      unit.db,
    );
    const none = missing.map((id): [string, readonly string[]] => [id, []]);
    return new Map([...none, ...rows.map(({ subject_id, teams }): [string, readonly string[]] => [subject_id, teams])]);
  });
}

/** The people of some teams who are still here, those here longest first. */
export async function peopleOfTeams(unit: Unit, teamIds: readonly string[], limit: number): Promise<readonly string[]> {
  return unit.known(`people of ${teamIds.join(" ")} ${limit}`, async () => {
    const { rows } = await sql<{ id: string }>`
      select distinct s.id from identity.team_member m
      join identity.subject s on s.org_id = m.org_id and s.id = m.subject_id
      where m.org_id = ${unit.organisation} and m.team_id = any(${[...teamIds]}::text[])
        and s.kind = 'person' and s.retired_at is null order by s.id limit ${limit}`.execute(unit.db);
    return rows.map(({ id }) => id);
  });
}

/** Who has somebody in the scope of their role: managers of a team of theirs, or of one that it is part of. */
export async function managersOfTeamsOf(unit: Unit, personId: string): Promise<readonly string[]> {
  return unit.known(`managers of the teams of ${personId}`, async () => {
    const { rows } = await sql<{ subject_id: string }>`
    with recursive above(team_id) as (
      select team_id from identity.team_member where org_id = ${unit.organisation} and subject_id = ${personId}
      union
      select t.parent_id from identity.team t join above a on t.id = a.team_id
      where t.org_id = ${unit.organisation} and t.parent_id is not null
    )
    select distinct m.subject_id from identity.membership m join above a on a.team_id = m.scope_team_id
    where m.org_id = ${unit.organisation} and m.role = 'manager' and not m.disabled order by m.subject_id`.execute(
      unit.db,
    );
    return rows.map((row) => row.subject_id);
  });
}

/** The people a manager answers for: those of the scope team and of the teams below it. */
export async function peopleInScope(unit: Unit, userId: string): Promise<readonly string[]> {
  return unit.known(`people in the scope of ${userId}`, async () => {
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
  });
}
