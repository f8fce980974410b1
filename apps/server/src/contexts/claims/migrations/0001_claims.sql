-- Time taken, and when it may be taken: one timeline for each subject, the only place in which time is taken.
-- Nobody and nothing is in two places at once, whichever context asks. `check.ts` refuses first and says why; the
-- exclusion constraint is what makes it true when two ask in the same millisecond.
create schema claims;

create table claims.timeline (
  org_id     bigint not null,
  subject_id text not null,
  track      bigint generated always as identity, -- text keys in the exclusion cost about 2.5 times as much
  policy     text not null check (policy in ('forbid', 'warn', 'allow', 'observe')),
  capacity   integer,
  zone       text not null,
  primary key (org_id, subject_id),
  unique (org_id, track)
);
call platform.protect('claims.timeline');

create table claims.claim (
  org_id     bigint not null,
  id         bigint generated always as identity,
  track      bigint not null,
  starts_at  timestamptz not null,
  ends_at    timestamptz not null check (starts_at < ends_at),
  guard      tstzrange not null, -- the time with its buffers
  status     text not null check (status in ('held', 'confirmed', 'contested')),
  expires_at timestamptz, -- of a hold
  policy     text not null check (policy in ('forbid', 'warn', 'allow', 'observe')), -- 'observe' is an observation
  role       text not null check (role in ('owner', 'participant', 'resource')),
  attends    boolean not null default false, -- an owner may be invited as well: that is a kind of conflict of its own
  places     integer not null default 1 check (places > 0),
  site       text,
  source     text not null, -- the context that owns the commitment
  commitment text not null, -- in calendars: the UID
  occurrence text not null, -- the recurrence id; empty for what happens once
  label      text not null,
  wall_start text, -- what people meant, with its zone: governments change clocks
  zone       text,
  batch      text, -- the import that brought it; hidden while the import is pending
  -- Longer ones are few; a window asks for them apart, so that it needs to look back only so far for the others.
  is_long    boolean generated always as (ends_at - starts_at > interval '32 days') stored,
  primary key (org_id, id),
  foreign key (org_id, track) references claims.timeline (org_id, track),
  check ((status = 'held') = (expires_at is not null)),
  -- A contested claim asked for time that was taken: it takes nothing, and is a conflict.
  constraint claim_one_at_a_time exclude using gist (org_id with =, track with =, guard with &&)
    where (policy = 'forbid' and status <> 'contested')
);
create index claim_of_track on claims.claim (org_id, track, starts_at);
create index claim_in_time on claims.claim (org_id, starts_at);
create index claim_long on claims.claim (org_id, track, starts_at) where is_long;
create index claim_of_commitment on claims.claim (org_id, source, commitment);
create index claim_held on claims.claim (org_id, track, expires_at) where status = 'held';
create index claim_contested on claims.claim (org_id, track, starts_at) where status = 'contested';
call platform.protect('claims.claim');
grant usage on all sequences in schema claims to hourwright_app;

-- Batches that are still being written: their claims hold their time, and readers leave them out.
create table claims.pending_batch (
  org_id bigint not null,
  batch  text not null,
  primary key (org_id, batch)
);
call platform.protect('claims.pending_batch');

-- When a subject may be claimed: stretches handed in by their owners, each with its reason.
create table claims.availability (
  org_id    bigint not null,
  id        bigint generated always as identity,
  track     bigint not null,
  starts_at timestamptz not null,
  ends_at   timestamptz not null check (starts_at < ends_at),
  reason    text not null,
  primary key (org_id, id),
  foreign key (org_id, track) references claims.timeline (org_id, track)
);
create index availability_of_track on claims.availability (org_id, track, starts_at);
call platform.protect('claims.availability');
grant usage on all sequences in schema claims to hourwright_app;
