import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { pathOf, type Tree } from "../departments/decide.ts";
import type { Kept, Person, Team } from "./mapping.ts";
import type { Narrow } from "./matching.ts";
import { ENTERPRISE } from "./schemas.ts";
import { isText, type Resource } from "./values.ts";

/** One writer of a directory at a time: names are compared before they are written. */
export async function lockDirectory(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.scim ${unit.organisation}`}, 0))`.execute(
    unit.db,
  );
}

type PersonRow = {
  id: string;
  name: string;
  email: string | null;
  zone: string;
  retired: boolean;
  changed_at: Temporal.Instant;
  user_name: string | null;
  external_id: string | null;
  attributes: Resource | null;
  kept_name: string | null;
  kept_email: string | null;
  department_id: string | null;
  teams: { id: string; name: string }[];
  manager_id: string | null;
  manager_name: string | null;
};

/** Which people are asked for: all of them by id, those that an index finds, or some. */
export type Which = Narrow | { readonly by: "ids"; readonly ids: readonly string[] } | null;

/** People whom a directory may see: everybody who is or was here, but those it has removed. */
export async function readUsers(
  unit: Unit,
  tree: Tree,
  which: Which,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Person[]> {
  if (which !== null && "value" in which && !isText(which.value)) return [];
  const { rows } = await sql<PersonRow>`
    select s.id, s.name, s.email, s.zone, s.retired_at is not null as retired,
      greatest(s.changed_at, u.changed_at) as changed_at, u.user_name, u.external_id, u.attributes,
      u.name as kept_name, u.email as kept_email, d.department_id, m.id as manager_id, m.name as manager_name,
      coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name, t.id)
        from identity.team_member tm join identity.team t on t.org_id = tm.org_id and t.id = tm.team_id
        where tm.org_id = s.org_id and tm.subject_id = s.id), '[]'::json) as teams
    from identity.subject s
    left join identity.scim_user u on u.org_id = s.org_id and u.subject_id = s.id and u.removed_at is null
    left join identity.department_person d on d.org_id = s.org_id and d.subject_id = s.id
    left join identity.subject m on m.org_id = s.org_id and m.id = u.manager_id
    where ${seen(unit, which)}
    order by s.id offset ${offset} limit ${limit}`.execute(unit.db);
  return rows.map((row) => toPerson(row, tree));
}

/** How many there are. */
export async function countUsers(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from identity.subject s where ${seen(unit, null)}`.execute(unit.db);
  return rows[0]!.count;
}

const seen = (unit: Unit, which: Which) => sql<boolean>`
  s.org_id = ${unit.organisation} and s.kind = 'person' and ${found(unit, which)}
  and not (s.retired_at is not null and exists (select from identity.scim_user gone
    where gone.org_id = s.org_id and gone.subject_id = s.id and gone.removed_at is not null))`;

/** Each by an index of its own: one condition of several parts is asked of everybody. */
function found({ organisation }: Unit, which: Which) {
  switch (which?.by) {
    case "ids":
      return sql<boolean>`s.id = any(${[...which.ids]}::text[])`;
    case "id":
      return sql<boolean>`s.id = ${which.value}`;
    case "externalId":
      return sql<boolean>`s.id in (select subject_id from identity.scim_user
        where org_id = ${organisation} and external_id = ${which.value})`;
    case "userName":
      // Whom no directory has named is called by the address, else by the id.
      return sql<boolean>`s.id in (
        select id from identity.subject where org_id = ${organisation} and email = lower(${which.value})
        union all
        select id from identity.subject where org_id = ${organisation} and id = ${idOf(which.value)}
        union all
        select subject_id from identity.scim_user
        where org_id = ${organisation} and lower(user_name) = lower(${which.value}) and removed_at is null)`;
    default:
      return sql<boolean>`true`;
  }
}

/** An id as ids are written, whatever the case in which it came. */
const idOf = (text: string): string =>
  text.replace(
    /^([a-z]+)_(\w+)$/i,
    (_, prefix: string, rest: string) => `${prefix.toLowerCase()}_${rest.toUpperCase()}`,
  );

const toPerson = (row: PersonRow, tree: Tree): Person => ({
  id: row.id,
  name: row.name,
  email: row.email,
  zone: row.zone,
  retired: row.retired,
  changedMs: row.changed_at.epochMilliseconds,
  kept:
    row.user_name === null
      ? null
      : {
          userName: row.user_name,
          externalId: row.external_id,
          attributes: row.attributes ?? {},
          name: row.kept_name!,
          email: row.kept_email,
        },
  department: pathOf(tree, row.department_id)
    .map(({ name }) => name)
    .toReversed(),
  teams: row.teams,
  manager: row.manager_id === null ? null : { id: row.manager_id, name: row.manager_name! },
});

/** Numbers that a directory has given people, each of one alone: one that two have is nobody's. */
export async function employeeNumbers(unit: Unit): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ number: string; subject_id: string }>`
    select number, min(subject_id) as subject_id
    from (select attributes -> ${ENTERPRISE}::text ->> 'employeeNumber' as number, subject_id from identity.scim_user
      where org_id = ${unit.organisation} and removed_at is null) numbered
    where number is not null group by number having count(*) = 1 limit ${NUMBERS_MAX}`.execute(unit.db);
  return new Map(rows.map(({ number, subject_id }) => [number, subject_id]));
}

const NUMBERS_MAX = 20_000;

/** Whether somebody is here whom a directory has removed: they come back by being made again. */
export async function wasRemoved(unit: Unit, personId: string): Promise<boolean> {
  const { rows } = await sql`
    select from identity.scim_user where org_id = ${unit.organisation} and subject_id = ${personId}
      and removed_at is not null`.execute(unit.db);
  return rows.length > 0;
}

export async function keepUser(unit: Unit, personId: string, kept: Kept, managerId: string | null): Promise<void> {
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  await sql`
    insert into identity.scim_user
      (org_id, subject_id, user_name, external_id, attributes, name, email, manager_id, changed_at, removed_at)
    values (${unit.organisation}, ${personId}, ${kept.userName}, ${kept.externalId},
      ${JSON.stringify(kept.attributes)}::jsonb, ${kept.name}, ${kept.email}, ${managerId}, ${now}::timestamptz, null)
    on conflict (org_id, subject_id) do update set user_name = excluded.user_name, external_id = excluded.external_id,
      attributes = excluded.attributes, name = excluded.name, email = excluded.email, manager_id = excluded.manager_id,
      changed_at = excluded.changed_at, removed_at = null`.execute(unit.db);
}

/** The directory sees somebody no more, and what it had said of them is forgotten. */
export async function forgetUser(unit: Unit, personId: string): Promise<void> {
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  await sql`
    insert into identity.scim_user (org_id, subject_id, user_name, attributes, name, changed_at, removed_at)
    values (${unit.organisation}, ${personId}, ${personId}, '{}'::jsonb, '', ${now}::timestamptz, ${now}::timestamptz)
    on conflict (org_id, subject_id) do update set user_name = excluded.user_name, external_id = null,
      attributes = excluded.attributes, name = '', email = null, manager_id = null, changed_at = excluded.changed_at,
      removed_at = excluded.removed_at`.execute(unit.db);
}

type TeamRow = {
  id: string;
  name: string;
  external_id: string | null;
  changed_at: Temporal.Instant | null;
  members: { id: string; name: string }[] | null;
};

/** Teams of an organisation that a directory may see at once. */
export const GROUPS_MAX = 5_000;

/** The teams, or one of them, by id; with their people where they are asked for. */
export async function readGroups(unit: Unit, id: string | null, hasMembers: boolean): Promise<Team[]> {
  if (id !== null && !isText(id)) return [];
  const { rows } = await sql<TeamRow>`
    select t.id, t.name, g.external_id, g.changed_at,
      case when ${hasMembers}::boolean then coalesce((
        select json_agg(json_build_object('id', s.id, 'name', s.name) order by s.id)
        from identity.team_member m join identity.subject s on s.org_id = m.org_id and s.id = m.subject_id
        where m.org_id = t.org_id and m.team_id = t.id and s.kind = 'person'), '[]'::json) end as members
    from identity.team t left join identity.scim_group g on g.org_id = t.org_id and g.team_id = t.id
    where t.org_id = ${unit.organisation} and (${id}::text is null or t.id = ${id})
    order by t.id limit ${GROUPS_MAX}`.execute(unit.db);
  return rows.map(({ external_id, changed_at, ...row }) => ({
    ...row,
    externalId: external_id,
    changedMs: changed_at?.epochMilliseconds ?? null,
  }));
}

/** Another team of this name, whatever its case. */
export async function teamNamed(unit: Unit, name: string, butNot: string | null): Promise<boolean> {
  const { rows } = await sql`
    select from identity.team where org_id = ${unit.organisation} and lower(name) = lower(${name})
      and id is distinct from ${butNot} limit 1`.execute(unit.db);
  return rows.length > 0;
}

export async function countGroups(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from identity.team where org_id = ${unit.organisation}`.execute(unit.db);
  return rows[0]!.count;
}

export async function putGroup(unit: Unit, id: string, name: string, externalId: string | null): Promise<void> {
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  await sql`
    insert into identity.team (org_id, id, name) values (${unit.organisation}, ${id}, ${name})
    on conflict (org_id, id) do update set name = excluded.name`.execute(unit.db);
  await sql`
    insert into identity.scim_group (org_id, team_id, external_id, changed_at)
    values (${unit.organisation}, ${id}, ${externalId}, ${now}::timestamptz)
    on conflict (org_id, team_id) do update
      set external_id = excluded.external_id, changed_at = excluded.changed_at`.execute(unit.db);
}

/** Puts people into a team and others out of it. */
export async function changeMembers(
  unit: Unit,
  teamId: string,
  { into, out }: { readonly into: readonly string[]; readonly out: readonly string[] },
): Promise<void> {
  if (out.length > 0)
    await sql`
      delete from identity.team_member
      where org_id = ${unit.organisation} and team_id = ${teamId} and subject_id = any(${[...out]}::text[])`.execute(
      unit.db,
    );
  if (into.length > 0)
    await sql`
      insert into identity.team_member (org_id, team_id, subject_id)
      select ${unit.organisation}, ${teamId}, subject_id from unnest(${[...into]}::text[]) as subject_id
      order by subject_id on conflict do nothing`.execute(unit.db);
}

/** What hangs on a team, so that it cannot go: teams below it, and managers whose scope it is. */
export async function holdersOf(
  unit: Unit,
  id: string,
): Promise<{ readonly below: number; readonly managers: number }> {
  const { rows } = await sql<{ below: number; managers: number }>`
    select (select count(*) from identity.team where org_id = ${unit.organisation} and parent_id = ${id}) as below,
      (select count(*) from identity.membership where org_id = ${unit.organisation} and scope_team_id = ${id}) as managers`.execute(
    unit.db,
  );
  return rows[0]!;
}

export async function deleteGroup(unit: Unit, id: string): Promise<void> {
  await sql`delete from identity.team where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}
