import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Place } from "./model.ts";

const COLUMNS = sql`id, name, latitude, longitude, ways, version`;

/** All places of the organisation, in the order in which they were made. */
export async function placesOf(unit: Unit): Promise<readonly Place[]> {
  return unit.known("places", async () => {
    const { rows } = await sql<Place>`
      select ${COLUMNS} from planning.place where org_id = ${unit.organisation} order by id limit ${limits.PLACES_MAX}`.execute(
      unit.db,
    );
    return rows;
  });
}

export async function lockPlace(unit: Unit, id: string): Promise<Place | null> {
  const { rows } = await sql<Place>`
    select ${COLUMNS} from planning.place where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] ?? null;
}

/** False where another is called so. */
export async function insertPlace(unit: Unit, place: Place): Promise<boolean> {
  const { id, name, latitude, longitude, ways, version } = place;
  const { rows } = await sql`
    insert into planning.place (org_id, id, name, latitude, longitude, ways, version)
    values (${unit.organisation}, ${id}, ${name}, ${latitude}, ${longitude}, ${JSON.stringify(ways)}::jsonb, ${version})
    on conflict do nothing returning id`.execute(unit.db);
  return rows.length === 1;
}

/** False where another is called so. */
export async function updatePlace(unit: Unit, place: Place): Promise<boolean> {
  const { id, name, latitude, longitude, ways, version } = place;
  const { rows } = await sql`
    update planning.place set name = ${name}, latitude = ${latitude}, longitude = ${longitude},
      ways = ${JSON.stringify(ways)}::jsonb, version = ${version}
    where org_id = ${unit.organisation} and id = ${id} and not exists (
      select from planning.place other
      where other.org_id = ${unit.organisation} and other.id <> ${id} and lower(other.name) = lower(${name}))
    returning id`.execute(unit.db);
  return rows.length === 1;
}

export async function deletePlace(unit: Unit, id: string): Promise<void> {
  await sql`delete from planning.place where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}
