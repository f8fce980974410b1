-- Cover: a shift of somebody who is away, for which people are asked one after the other or all at once. Who says yes first has it.
create table workforce.cover (
  org_id        bigint not null,
  id            text not null,
  subject_id    text not null, -- whose shift it is
  day           date not null,
  from_minute   integer not null,
  shift         jsonb not null check (jsonb_typeof(shift) = 'object'), -- by their clocks
  zone          text not null,
  starts_at     timestamptz not null,
  ends_at       timestamptz not null check (ends_at > starts_at),
  skill_id      text,
  level_min     integer,
  how           text not null check (how in ('in-order', 'at-once')),
  minutes_each  integer not null check (minutes_each > 0),
  despite_rules boolean not null,
  note          text not null default '',
  state         text not null check (state in ('asking', 'covered', 'nobody', 'over', 'cancelled')),
  called_by     text not null,
  called_name   text not null,
  called_at     timestamptz not null,
  covered_by    text,
  adjustment_id text,
  ended_at      timestamptz,
  due_at        timestamptz, -- when somebody looks again: who was asked last has not answered, or the shift begins
  version       integer not null default 1,
  primary key (org_id, id),
  check ((state = 'covered') = (covered_by is not null)),
  check ((state = 'asking') = (ended_at is null)),
  check ((state = 'asking') = (due_at is not null))
);
create unique index cover_once on workforce.cover (org_id, subject_id, day, from_minute) where state = 'asking';
create index cover_due on workforce.cover (org_id, due_at) where state = 'asking';
create index cover_listed on workforce.cover (org_id, subject_id, id);
call platform.protect('workforce.cover');

create table workforce.cover_asked (
  org_id      bigint not null,
  cover_id    text not null,
  subject_id  text not null,
  place       integer not null, -- in the order in which they are asked
  state       text not null check (state in ('waiting', 'asked', 'late', 'yes', 'no', 'cannot', 'not-needed')),
  asked_at    timestamptz,
  until       timestamptz,
  answered_at timestamptz,
  why         text not null default '',
  primary key (org_id, cover_id, subject_id),
  foreign key (org_id, cover_id) references workforce.cover on delete cascade,
  check (state not in ('asked', 'late', 'yes') or asked_at is not null)
);
create unique index covered_once on workforce.cover_asked (org_id, cover_id) where state = 'yes';
create index cover_asked_of_subject on workforce.cover_asked (org_id, subject_id, cover_id desc);
call platform.protect('workforce.cover_asked');

-- Links by which somebody answers without signing in. The link itself is made anew from a key of the server, and never stored.
create table workforce.asked_link (
  org_id     bigint not null,
  hash       bytea not null, -- SHA-256 of what stands in the link
  kind       text not null check (kind in ('cover', 'swap')),
  thing_id   text not null,
  subject_id text not null,
  ends_at    timestamptz not null, -- nothing is told by it any more
  primary key (org_id, hash),
  unique (org_id, kind, thing_id, subject_id)
);
create index asked_link_hash on workforce.asked_link (hash);
create index asked_link_over on workforce.asked_link (org_id, ends_at);
call platform.protect('workforce.asked_link');

-- To which organisation a link belongs: by what only who has the link knows.
create function workforce.organisation_of_link(asked bytea, now timestamptz)
returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select org_id from workforce.asked_link where hash = asked and ends_at > now limit 1
$$;
revoke execute on function workforce.organisation_of_link(bytea, timestamptz) from public;
grant execute on function workforce.organisation_of_link(bytea, timestamptz) to hourwright_app;

-- Which organisations have calls that are to be looked at: numbers only.
create function workforce.covers_due(now timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = workforce, pg_temp as $$
  select distinct cover.org_id from cover where state = 'asking' and due_at <= now limit organisations_max
$$;
revoke execute on function workforce.covers_due from public;
grant execute on function workforce.covers_due to hourwright_app;
