import { limits } from "@hourwright/contract";
import { DAY_MS, dateOf, printWallTime } from "@hourwright/time";
import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import { EDITION, type HolidayType, type RegionHoliday, type RegionNames, type RegionYears } from "./model.ts";

/** A good year back and two ahead are always among them. */
const YEARS_BACK = 2;
const YEARS_AHEAD = 3;
/** Rows that one organisation reads: some dozen regions with all their kinds of holidays. */
const REGION_DAYS_MAX = 20_000;
/** Regions that an organisation works out. */
const REGIONS_MAX = 200;

/** The years that are worked out for a region, as of a day. */
export const yearsAround = (today: number): { readonly fromYear: number; readonly toYear: number } => ({
  fromYear: dateOf(today).year - YEARS_BACK,
  toYear: dateOf(today).year + YEARS_AHEAD,
});

/** Regions that a layer or a contract names and whose holidays are not known until a day, or by other tables. */
export async function regionsBehind(unit: Unit, until: string): Promise<readonly string[]> {
  const { rows } = await sql<{ region: string }>`
    select n.region
    from (
      select l.layer ->> 'region' as region
      from workforce.layers o cross join lateral jsonb_array_elements(o.layers) as l(layer)
      where o.org_id = ${unit.organisation} and l.layer ->> 'kind' = 'holidays'
      union
      select c.terms ->> 'region' from workforce.contract c where c.org_id = ${unit.organisation}) n
    left join workforce.region r on r.org_id = ${unit.organisation} and r.region = n.region
    where n.region is not null and (r.region is null or r.until < ${until}::date or r.edition <> ${EDITION})
    order by 1 limit ${REGIONS_MAX}`.execute(unit.db);
  return rows.map(({ region }) => region);
}

/** Keeps what is known of a region in place of what was. */
export async function storeRegion(unit: Unit, { region, names, days }: RegionYears, toYear: number): Promise<void> {
  await sql`
    insert into workforce.region (org_id, region, names, until, edition)
    values (${unit.organisation}, ${region}, ${JSON.stringify(names)}::jsonb, ${`${toYear}-12-31`}::date, ${EDITION})
    on conflict (org_id, region) do update set names = excluded.names, until = excluded.until, edition = excluded.edition`.execute(
    unit.db,
  );
  await sql`delete from workforce.region_holiday where org_id = ${unit.organisation} and region = ${region}`.execute(
    unit.db,
  );
  await sql`
    insert into workforce.region_holiday (org_id, region, day, key, kind, from_minute, names)
    select ${unit.organisation}, ${region}, h.day, h.key, h.kind, h.from_minute, h.names
    from unnest(${days.map(({ day }) => printWallTime(day * DAY_MS, "date"))}::date[], ${days.map(({ key }) => key)}::text[],
      ${days.map(({ type }) => type)}::text[], ${days.map(({ fromMinute }) => fromMinute)}::smallint[],
      ${days.map(({ names }) => JSON.stringify(names))}::jsonb[]) as h(day, key, kind, from_minute, names)
    on conflict do nothing`.execute(unit.db);
}

export type KnownRegions = ReadonlyMap<
  string,
  { readonly names: RegionNames; readonly days: readonly RegionHoliday[] }
>;

/** The regions of the organisation with their holidays, in order. */
export async function knownRegions(unit: Unit): Promise<KnownRegions> {
  return unit.known("regions", async () => {
    const { rows } = await sql<{
      region: string;
      called: RegionNames;
      day: number;
      key: string;
      kind: HolidayType;
      from_minute: number | null;
      names: RegionHoliday["names"];
    }>`
      select h.region, r.names as called, (h.day - date '1970-01-01')::bigint as day, h.key, h.kind, h.from_minute, h.names
      from workforce.region_holiday h join workforce.region r on r.org_id = h.org_id and r.region = h.region
      where h.org_id = ${unit.organisation} order by h.region, h.day, h.from_minute nulls first, h.key limit ${REGION_DAYS_MAX}`.execute(
      unit.db,
    );
    return new Map(
      [...Map.groupBy(rows, ({ region }) => region)].map(([region, days]) => [
        region,
        {
          names: days[0]!.called,
          days: days.map(({ day, key, kind, from_minute, names }) => ({
            day,
            key,
            type: kind,
            fromMinute: from_minute,
            names,
          })),
        },
      ]),
    );
  });
}

/** Days that the organisation has named holidays, by day of the epoch. */
export async function namedDays(unit: Unit): Promise<readonly { readonly day: number; readonly name: string }[]> {
  return unit.known("named days", async () => {
    const { rows } = await sql<{ day: number; name: string }>`
      select (day - date '1970-01-01')::bigint as day, name from workforce.holiday
      where org_id = ${unit.organisation} order by day limit ${limits.HOLIDAYS_MAX}`.execute(unit.db);
    return rows;
  });
}
