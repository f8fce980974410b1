-- Swaps of two and three: the others answer first, then who approves.
create table workforce.swap (
  org_id        bigint not null,
  id            text not null,
  legs          jsonb not null check (jsonb_typeof(legs) = 'array'),
  state         text not null check (state in ('asking', 'agreed', 'declined', 'withdrawn', 'over')),
  proposed_by   text not null,
  proposed_name text not null,
  proposed_at   timestamptz not null,
  until         timestamptz not null, -- when the first of the shifts begins
  group_id      text, -- of the adjustments that came of it
  note          text not null default '',
  version       integer not null default 1,
  primary key (org_id, id),
  check ((state = 'agreed') = (group_id is not null))
);
create index swap_asking on workforce.swap (org_id, until) where state = 'asking';
call platform.protect('workforce.swap');

create table workforce.swap_asked (
  org_id      bigint not null,
  swap_id     text not null,
  subject_id  text not null,
  state       text not null check (state in ('asked', 'yes', 'no')),
  answered_at timestamptz,
  primary key (org_id, swap_id, subject_id),
  foreign key (org_id, swap_id) references workforce.swap on delete cascade
);
create index swap_asked_of_subject on workforce.swap_asked (org_id, subject_id, swap_id desc);
call platform.protect('workforce.swap_asked');

create function workforce.swaps_due(now timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = workforce, pg_temp as $$
  select distinct swap.org_id from swap where state = 'asking' and until <= now limit organisations_max
$$;
revoke execute on function workforce.swaps_due from public;
grant execute on function workforce.swaps_due to hourwright_app;
