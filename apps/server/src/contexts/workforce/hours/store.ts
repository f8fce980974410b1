import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { EDITION } from "../holidays/model.ts";
import type { Layers, StoredLayer } from "./model.ts";
import { ORGANISATION } from "./model.ts";

const NONE: Layers = { layers: [], version: 0 };

/** The layers of some; of whom none were ever set, none. */
export async function layersOf(unit: Unit, owners: readonly string[]): Promise<ReadonlyMap<string, Layers>> {
  const { rows } = await sql<{ owner: string; layers: readonly StoredLayer[]; version: number }>`
    select owner, layers, version from workforce.layers
    where org_id = ${unit.organisation} and owner = any(${[...owners]}::text[])`.execute(unit.db);
  const known = new Map(rows.map(({ owner, ...own }) => [owner, own]));
  return new Map(owners.map((owner) => [owner, known.get(owner) ?? NONE]));
}

/** The same of one, and nobody else changes them until the unit ends. */
export async function lockLayers(unit: Unit, owner: string): Promise<Layers> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`workforce.layers ${unit.organisation} ${owner}`}, 0))`.execute(
    unit.db,
  );
  return (await layersOf(unit, [owner])).get(owner)!;
}

export async function storeLayers(unit: Unit, owner: string, { layers, version }: Layers): Promise<void> {
  await sql`
    insert into workforce.layers (org_id, owner, layers, version)
    values (${unit.organisation}, ${owner}, ${JSON.stringify(layers)}::jsonb, ${version})
    on conflict (org_id, owner) do update set layers = excluded.layers, version = excluded.version`.execute(unit.db);
}

export type Behind = {
  readonly subjectId: string;
  readonly zone: string;
  readonly isThing: boolean;
  /** What their availability should be made from; null where none should stand: who is retired, things that nobody says anything of. */
  readonly rules: string | null;
  /** Whose availability was never made. */
  readonly isNew: boolean;
};

/** Owners with layers of their own: as many as there are people and things. */
const OWNERS_MAX = 100_000;

/**
 * Those whose availability does not reach as far as it should, or was made from other layers, holidays or in another zone; and
 * those who have some and should have none. `places`: where things stand, in lower case, with the place's id. `only`: of these alone.
 */
export async function subjectsBehind(
  unit: Unit,
  until: string,
  places: readonly { readonly id: string; readonly name: string }[],
  limit: number,
  only: readonly string[] | null = null,
): Promise<Behind[]> {
  const org = unit.organisation;
  const { rows } = await sql<{ id: string; zone: string; kind: string; rules: string | null; is_new: boolean }>`
    with hashed as (
      select owner, md5(layers::text) as hash from workforce.layers
      where org_id = ${org} and layers <> '[]'::jsonb limit ${OWNERS_MAX}),
    everybody as (
      select concat_ws(' ', coalesce((select hash from hashed where owner = ${ORGANISATION}), '-'),
        md5(coalesce((select string_agg(day || name, ' ' order by day) from workforce.holiday where org_id = ${org}), '')),
        md5(${EDITION} || coalesce((select string_agg(region || until || edition, ' ' order by region) from workforce.region
          where org_id = ${org}), ''))) as rules),
    place as (
      select p.site, h.hash from unnest(${places.map(({ name }) => siteOf(name))}::text[], ${places.map(({ id }) => id)}::text[]) as p(site, id)
      join hashed h on h.owner = p.id),
    wanted as (
      select s.id, s.zone, s.kind,
        case when s.retired_at is null and (s.kind = 'person' or s.kind <> 'outside' and (own.hash is not null or place.hash is not null))
          then concat_ws(' ', everybody.rules, coalesce(place.hash, '-'), coalesce(own.hash, '-'), s.zone, agreed.version) end as rules
      from identity.subject s cross join everybody
      left join hashed own on own.owner = s.id
      left join place on place.site = lower(btrim(s.site))
      left join workforce.schedule agreed on agreed.org_id = s.org_id and agreed.subject_id = s.id
      where s.org_id = ${org} ${only === null ? sql`` : sql`and s.id = any(${[...only]}::text[])`})
    select w.id, w.zone, w.kind, w.rules, h.subject_id is null as is_new from wanted w
    left join workforce.handed_in h on h.org_id = ${org} and h.subject_id = w.id
    where case when w.rules is null then h.subject_id is not null
      else h.subject_id is null or h.until < ${until}::date or h.rules <> w.rules end
    order by w.id limit ${limit}`.execute(unit.db);
  return rows.map(({ id, zone, kind, rules, is_new: isNew }) => ({
    subjectId: id,
    zone,
    isThing: kind !== "person",
    rules,
    isNew,
  }));
}

/** Where a thing stands, as a place is called: whatever the case. */
export const siteOf = (name: string): string => name.trim().toLowerCase();

export async function markHandedIn(
  unit: Unit,
  subjects: readonly { readonly subjectId: string; readonly rules: string }[],
  until: string,
): Promise<void> {
  await sql`
    insert into workforce.handed_in (org_id, subject_id, until, rules)
    select ${unit.organisation}, s.id, ${until}::date, s.rules
    from unnest(${subjects.map(({ subjectId }) => subjectId)}::text[], ${subjects.map(({ rules }) => rules)}::text[]) as s(id, rules)
    on conflict (org_id, subject_id) do update set until = excluded.until, rules = excluded.rules`.execute(unit.db);
}

export async function forgetHandedIn(unit: Unit, subjectIds: readonly string[]): Promise<void> {
  await sql`delete from workforce.handed_in where org_id = ${unit.organisation} and subject_id = any(${[...subjectIds]}::text[])`.execute(
    unit.db,
  );
}
