-- Shifts of nobody on which people bid.
create table workforce.open_shift (
  org_id      bigint not null,
  id          text not null,
  day         date not null,
  shift       jsonb not null check (jsonb_typeof(shift) = 'object'), -- by the clocks of the zone
  zone        text not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null check (ends_at > starts_at),
  skill_id    text,
  level_min   integer,
  places      integer not null check (places > 0),
  taken       integer not null default 0 check (taken between 0 and places), -- no place is given twice
  award       text not null check (award in ('manager', 'first')),
  state       text not null check (state in ('open', 'filled', 'closed')),
  note        text not null default '',
  posted_by   text, -- null: the system
  posted_name text not null,
  posted_at   timestamptz not null,
  version     integer not null default 1,
  primary key (org_id, id),
  check (state <> 'filled' or taken = places)
);
create index open_shift_listed on workforce.open_shift (org_id, day, id);
create index open_shift_open on workforce.open_shift (org_id, starts_at) where state = 'open';
call platform.protect('workforce.open_shift');

create table workforce.bid (
  org_id        bigint not null,
  shift_id      text not null,
  subject_id    text not null,
  at            timestamptz not null,
  state         text not null check (state in ('bid', 'won', 'lost', 'withdrawn')),
  adjustment_id text,
  primary key (org_id, shift_id, subject_id),
  foreign key (org_id, shift_id) references workforce.open_shift on delete cascade,
  check ((state = 'won') = (adjustment_id is not null))
);
create index bid_of_subject on workforce.bid (org_id, subject_id, shift_id);
call platform.protect('workforce.bid');

create function workforce.open_shifts_due(now timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = workforce, pg_temp as $$
  select distinct open_shift.org_id from open_shift where state = 'open' and starts_at <= now limit organisations_max
$$;
revoke execute on function workforce.open_shifts_due from public;
grant execute on function workforce.open_shifts_due to hourwright_app;
