import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Sight } from "../../platform/answers/answers.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { Viewer } from "../../platform/operations/context.ts";
import { peopleInScope } from "../identity/public.ts";
import { toCalendar } from "./store.ts";
import { mayWriteInto, reaches, type Access, type Calendar } from "./model.ts";

export type SeenCalendar = Calendar & { readonly access: Access; readonly ownerName: string | null };

type Row = Parameters<typeof toCalendar>[0] & { access: Access; owner_name: string | null };

/** What a viewer may see of events, and where they may write: two for whom it is the same see the same events. */
export const eventSight: Sight = {
  name: "events",
  async read(unit, viewer) {
    const seen = (await calendarsSeenBy(unit, viewer)).map(({ id, access, fed }) => `${id} ${access} ${fed}`);
    return createHash("sha256").update(seen.sort().join("\n")).digest("base64url");
  },
};

/** Most calendars of one organisation that are told to one viewer. */
const CALENDARS_MAX = 20_000;

/**
 * The calendars a caller may see, with what they may do: their own, all for administrators, those in a manager's scope
 * for writing, and the rest as it is shared with them or with everybody. One statement; the first thing every list asks.
 */
export async function calendarsSeenBy(unit: Unit, caller: Viewer, only: string | null = null): Promise<SeenCalendar[]> {
  const rules = caller.role === "owner" || caller.role === "administrator";
  const scope = caller.role === "manager" ? await peopleInScope(unit, caller.userId) : [];
  const { rows } = await sql<Row>`
    select * from (
      select c.id, c.name, c.colour, c.category, c.owner_subject_id, c.zone, c.policy, c.sharing, c.fed, c.version, p.name as owner_name,
        case
          when ${rules} or c.owner_subject_id = ${caller.personId} then 'own'
          when c.owner_subject_id = any(${scope}::text[]) then 'write'
          else coalesce(s.access, case when c.sharing = 'private' then 'none' else c.sharing end)
        end as access
      from calendars.calendar c
      left join calendars.share s on s.org_id = c.org_id and s.calendar_id = c.id and s.subject_id = ${caller.personId}
      left join identity.subject p on p.org_id = c.org_id and p.id = c.owner_subject_id
      where c.org_id = ${unit.organisation} and (${only}::text is null or c.id = ${only})
    ) seen
    where access <> 'none'
    order by (owner_subject_id is not distinct from ${caller.personId}) desc, name, id
    limit ${CALENDARS_MAX}`.execute(unit.db);
  return rows.map((row) => ({ ...toCalendar(row), access: row.access, ownerName: row.owner_name }));
}

/** One calendar as the caller may use it; null when they may not know that it exists, or not do as much. */
export async function calendarFor(
  unit: Unit,
  caller: Viewer,
  id: string,
  needed: Access,
): Promise<SeenCalendar | "unknown" | "read-only"> {
  const seen = await unit.known(
    `calendar ${id} ${sightOf(caller)}`,
    async () => (await calendarsSeenBy(unit, caller, id))[0],
  );
  if (seen === undefined) return "unknown";
  if (needed === "write") return mayWriteInto(seen) ? seen : "read-only";
  return reaches(seen.access, needed) ? seen : "read-only";
}

/** The calendar that is used when none is named: the caller's own, oldest first. */
export async function ownCalendar(unit: Unit, caller: Viewer): Promise<SeenCalendar | null> {
  return unit.known(`own calendar ${sightOf(caller)}`, async () => {
    const seen = await calendarsSeenBy(unit, caller);
    return (
      seen
        .filter(({ ownerSubjectId, fed }) => ownerSubjectId === caller.personId && !fed)
        .sort((a, b) => (a.id < b.id ? -1 : 1))[0] ?? null
    );
  });
}

const sightOf = ({ role, personId, userId }: Viewer): string => `${role} ${personId} ${userId}`;
