import { isRefused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { listOrganisations, systemContext } from "../identity/public.ts";
import { at, calendarsById, lockObjects } from "./store.ts";
import { changeObjects, isBarred } from "./write.ts";

const EVERY_MS = 3_600_000;
/** Looked at together; of series, which may write some thousand rows each, one is derived in a unit. */
const OBJECTS_OF_A_UNIT = 20;
/** What wakes it: units that have left something to derive. */
export const HORIZON = "calendars.horizon";

/**
 * Derives again what is due: series whose horizon has to move along, and whatever lies in a calendar of which zone or
 * policy has changed. What clashes then is a conflict.
 */
export function horizonReconciler(database: Database, newId: IdMaker): Reconciler {
  return {
    name: HORIZON,
    everyMs: EVERY_MS,
    async run(signal) {
      let extended = 0;
      for (const { id: organisation } of await listOrganisations(database)) {
        for (const deriveSome of [deriveInCalendar, deriveDue]) {
          for (let more = true; more && !signal.aborted;) {
            const context = systemContext(organisation, HORIZON, newId);
            const step = await database.inOrganisation(context, deriveSome, { lane: "job" });
            extended += step.derived;
            more = step.more;
          }
        }
      }
      return { extended };
    },
  };
}

/** How many objects were derived, and whether there may be more. */
type Step = { readonly derived: number; readonly more: boolean };

/** Some objects of a calendar that has changed, in order of id; the calendar remembers how far that is done. */
async function deriveInCalendar(unit: Unit): Promise<Step> {
  const { rows } = await sql<{ id: string; derive_after: string }>`
    select id, derive_after from calendars.calendar
    where org_id = ${unit.organisation} and derive_after is not null order by id limit 1 for update`.execute(unit.db);
  const calendar = rows[0];
  if (calendar === undefined) return { derived: 0, more: false };
  const { rows: next } = await sql<Due>`
    select id, is_recurring from calendars.object
    where org_id = ${unit.organisation} and calendar_id = ${calendar.id} and id > ${calendar.derive_after}
    order by id limit ${OBJECTS_OF_A_UNIT}`.execute(unit.db);
  const ids = upToOneSeries(next);
  await deriveAgain(unit, ids);
  const isLast = next.length < OBJECTS_OF_A_UNIT && ids.length === next.length;
  const done = isLast ? null : ids.at(-1)!;
  await sql`update calendars.calendar set derive_after = ${done} where org_id = ${unit.organisation} and id = ${calendar.id}`.execute(
    unit.db,
  );
  return { derived: ids.length, more: true };
}

/** Some series whose time has come. */
async function deriveDue(unit: Unit): Promise<Step> {
  const { rows } = await sql<Due>`
    select id, is_recurring from calendars.object
    where org_id = ${unit.organisation} and derive_at <= ${at(unit.nowMs)}::timestamptz
    order by derive_at limit ${OBJECTS_OF_A_UNIT}`.execute(unit.db);
  const ids = upToOneSeries(rows);
  await deriveAgain(unit, ids);
  return { derived: ids.length, more: ids.length < rows.length || rows.length === OBJECTS_OF_A_UNIT };
}

type Due = { readonly id: string; readonly is_recurring: boolean };

/** The first of them, up to the first series. */
function upToOneSeries(due: readonly Due[]): string[] {
  const series = due.findIndex(({ is_recurring }) => is_recurring);
  return due.slice(0, series === -1 ? due.length : series + 1).map(({ id }) => id);
}

async function deriveAgain(unit: Unit, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const held = await lockObjects(unit, ids);
  const calendars = new Map(
    (await calendarsById(unit, [...new Set(held.map(({ calendarId }) => calendarId))])).map((calendar) => [
      calendar.id,
      calendar,
    ]),
  );
  const changes = held.map((before) => ({ before, after: before, calendar: calendars.get(before.calendarId)! }));
  const written = await changeObjects(unit, changes, { onTaken: "report", silent: true });
  if (isRefused(written) || isBarred(written)) throw new Error("deriving again was refused");
  // Nothing that anybody did, but what is shown and taken is no longer the same: kept answers hang on the log's last number.
  unit.record({ kind: "updated", thing: { type: "dates", id: ids[0]! }, fields: ["dates"] });
}
