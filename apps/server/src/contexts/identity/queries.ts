import { refuseRequest, type Refused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import { RawJson, type Caller } from "../../platform/operations/context.ts";
import { pageOf } from "../../platform/operations/pages.ts";
import type { Role, Subject } from "./model.ts";
import { scopeOf } from "./departments/queries.ts";
import { peopleInScope } from "./store.ts";

/** One page of people or of things, as JSON made by the database; by name, then id. */
export async function listSubjects(
  unit: Unit,
  kinds: readonly string[],
  query: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly search?: string | undefined;
    readonly retired: boolean;
  },
): Promise<RawJson | Refused<"request/invalid">> {
  const after = pageOf<unknown>(query.cursor) ?? ["", ""];
  if (!isPlace(after)) return refuseRequest("invalid", "cursor", {});
  const search = query.search === undefined ? null : `%${query.search.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await sql<{ page: string }>`
    with page as (
      select s.id, s.name, s.kind, s.email, s.zone, s.policy, s.capacity, s.site, s.version, s.pool_id as "poolId",
        s.retired_at is not null as retired,
        (select m.role from identity.membership m where m.org_id = s.org_id and m.subject_id = s.id and not m.disabled limit 1) as role,
        coalesce((select json_agg(t.name order by t.name) from identity.team_member m
          join identity.team t on t.org_id = m.org_id and t.id = m.team_id
          where m.org_id = s.org_id and m.subject_id = s.id), '[]'::json) as teams
      from identity.subject s
      where s.org_id = ${unit.organisation} and s.kind = any(${[...kinds]}::text[])
        and (s.name, s.id) > (${after[0]}, ${after[1]}) and (s.retired_at is not null) = ${query.retired} and (${search}::text is null or s.name ilike ${search})
      order by s.name, s.id
      limit ${query.limit + 1}
    ), shown as (select * from page order by name, id limit ${query.limit})
    select json_build_object(
      'items', coalesce((select json_agg(shown order by name, id) from shown), '[]'::json),
      'nextCursor', case when (select count(*) from page) > ${query.limit} then (
        select translate(encode(convert_to(json_build_array(name, id)::text, 'UTF8'), 'base64'), E'+/=\\n', '-_')
        from shown order by name desc, id desc limit 1) end
    )::text as page`.execute(unit.db);
  return new RawJson(rows[0]!.page);
}

/** One subject as lists show it. */
export async function shownSubject(unit: Unit, subject: Subject) {
  const { rows } = await sql<{ teams: string[]; role: Role | null }>`
    select coalesce((select json_agg(t.name order by t.name) from identity.team_member m
        join identity.team t on t.org_id = m.org_id and t.id = m.team_id
        where m.org_id = ${unit.organisation} and m.subject_id = ${subject.id}), '[]'::json) as teams,
      (select m.role from identity.membership m
        where m.org_id = ${unit.organisation} and m.subject_id = ${subject.id} and not m.disabled limit 1) as role`.execute(
    unit.db,
  );
  return { ...subject, ...rows[0]! };
}

/** Whether a cursor names a place in such a list: name, id. */
const isPlace = (keys: unknown): keys is readonly [string, string] =>
  Array.isArray(keys) && keys.length === 2 && keys.every((key) => typeof key === "string");

/** Whether a caller may act for a subject: themselves, those in the scope of their role, anybody for administrators. */
export async function mayActFor(unit: Unit, caller: Caller, subjectId: string): Promise<boolean> {
  if (caller.role === "owner" || caller.role === "administrator" || caller.personId === subjectId) return true;
  return caller.role === "manager" && (await peopleInScope(unit, caller.userId)).includes(subjectId);
}

/** Whether a caller answers for somebody's work: as `mayActFor`, and the managers of their department and of those above it. */
export async function answersFor(unit: Unit, caller: Caller, subjectId: string): Promise<boolean> {
  if (await mayActFor(unit, caller, subjectId)) return true;
  return (await scopeOf(unit, caller.personId)).personIds.includes(subjectId);
}

/** The people for whose work a caller answers, without themselves: those in the scope of their role, and of the departments that they manage. */
export async function peopleAnsweredFor(unit: Unit, caller: Caller): Promise<readonly string[]> {
  const inTeams = caller.role === "manager" ? await peopleInScope(unit, caller.userId) : [];
  const { personIds } = await scopeOf(unit, caller.personId);
  return [...new Set([...inTeams, ...personIds])].filter((id) => id !== caller.personId);
}
