import { limits } from "@hourwright/contract";
import type { Demand } from "@hourwright/roster";
import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { dayText } from "../contracts/terms.ts";
import type { StoredDemand } from "./model.ts";

type What = Pick<Demand, "weekdays" | "onHolidays" | "dates" | "stretches">;

type Row = {
  id: string;
  name: string;
  site: string;
  skill_id: string | null;
  level_min: number | null;
  what: What;
  first: number;
  beyond: number | null;
  version: number;
};

const COLUMNS = sql`id, name, site, skill_id, level_min, what, (from_day - date '1970-01-01')::bigint as first,
  (to_day - date '1970-01-01')::bigint as beyond, version`;

const toDemand = (row: Row): StoredDemand => ({
  id: row.id,
  name: row.name,
  site: row.site,
  skillId: row.skill_id,
  levelMin: row.level_min,
  ...row.what,
  fromDay: row.first,
  toDay: row.beyond,
  version: row.version,
});

/** All demands, by site and name. */
export async function demandsOf(unit: Unit): Promise<readonly StoredDemand[]> {
  return unit.known("demands", async () => {
    const { rows } = await sql<Row>`
      select ${COLUMNS} from workforce.demand where org_id = ${unit.organisation}
      order by lower(site), lower(name), id limit ${limits.DEMANDS_MAX}`.execute(unit.db);
    return rows.map(toDemand);
  });
}

/** One writer of demands at a time: how many rows a site has is counted before one more is written. */
export async function lockDemands(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`workforce.demand ${unit.organisation}`}, 0))`.execute(
    unit.db,
  );
}

export async function lockDemand(unit: Unit, id: string): Promise<StoredDemand | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from workforce.demand where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toDemand(rows[0]);
}

export async function putDemandRow(unit: Unit, demand: StoredDemand): Promise<void> {
  await insertDemands(unit, [demand]);
}

/** Writes demands as they are now. */
export async function insertDemands(unit: Unit, demands: readonly StoredDemand[]): Promise<void> {
  const rows = demands.map(({ id, name, site, skillId, levelMin, fromDay, toDay, version, ...rest }) => {
    const { weekdays, onHolidays, dates, stretches } = rest;
    return {
      id,
      name,
      site,
      skill_id: skillId,
      level_min: levelMin,
      what: { weekdays, onHolidays, dates, stretches } satisfies What,
      from_day: dayText(fromDay),
      to_day: toDay === null ? null : dayText(toDay),
      version,
    };
  });
  await sql`
    insert into workforce.demand (org_id, id, name, site, skill_id, level_min, what, from_day, to_day, version)
    select ${unit.organisation}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, name text, site text,
      skill_id text, level_min integer, what jsonb, from_day date, to_day date, version integer)
    on conflict (org_id, id) do update set name = excluded.name, site = excluded.site, skill_id = excluded.skill_id,
      level_min = excluded.level_min, what = excluded.what, from_day = excluded.from_day, to_day = excluded.to_day,
      version = excluded.version`.execute(unit.db);
}

export async function deleteDemand(unit: Unit, id: string): Promise<void> {
  await sql`delete from workforce.demand where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

/** What demands that name a skill are called. */
export async function demandsNaming(unit: Unit, skillId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from workforce.demand where org_id = ${unit.organisation} and skill_id = ${skillId} order by lower(name), id
    limit ${limits.DEMANDS_MAX}`.execute(unit.db);
  return rows.map(({ name }) => name);
}
