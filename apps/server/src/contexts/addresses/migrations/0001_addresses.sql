-- Private addresses at which other calendars follow somebody's shifts or a league. What stands in an address is made anew from a key of the
-- server, and never stored.
create schema addresses;

create table addresses.address (
  org_id     bigint not null,
  id         text not null,
  hash       bytea not null, -- SHA-256 of what stands in it
  person_id  text not null, -- who made it: it tells what they may see
  kind       text not null check (kind in ('shifts', 'league')),
  league_id  text,
  team_id    text,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique nulls not distinct (org_id, person_id, kind, league_id, team_id),
  check ((kind = 'league') = (league_id is not null)),
  check (kind = 'league' or team_id is null)
);
create index address_hash on addresses.address (hash);
call platform.protect('addresses.address');

-- To which organisation an address belongs: by what only who has the address knows.
create function addresses.organisation_of(asked bytea)
returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select org_id from addresses.address where hash = asked limit 1
$$;
revoke execute on function addresses.organisation_of(bytea) from public;
grant execute on function addresses.organisation_of(bytea) to hourwright_app;
