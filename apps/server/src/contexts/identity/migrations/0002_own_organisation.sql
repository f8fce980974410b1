-- An organisation of one's own: settings, things that are retired, pools of like things, and invitations by link.
alter table identity.organisation
  add column steady_from   double precision not null default 0.65, -- parts of the open time, from which a day has a level
  add column full_from     double precision not null default 0.8,
  add column over_from     double precision not null default 0.95,
  add column focus_minutes smallint not null default 60 check (focus_minutes between 15 and 480),
  add check (0 < steady_from and steady_from < full_from and full_from < over_from);

-- What is retired keeps its id, its history and what is planned; it is offered to nobody.
alter table identity.subject add column retired_at timestamptz;

-- Things that are as good as each other. An event that names the pool takes one of them, under this row's lock.
create table identity.pool (
  org_id  bigint not null,
  id      text not null,
  name    text not null,
  version integer not null default 1,
  primary key (org_id, id)
);
call platform.protect('identity.pool');

alter table identity.subject add column pool_id text;
alter table identity.subject add constraint subject_pool foreign key (org_id, pool_id) references identity.pool (org_id, id);
create index subject_of_pool on identity.subject (org_id, pool_id, id) where pool_id is not null;

create table identity.invitation (
  org_id     bigint not null,
  id         text not null,
  role       text not null check (role in ('owner', 'administrator', 'manager', 'member')),
  email      text check (email = lower(email)), -- for this address alone
  subject_id text, -- the person who is claimed with it
  uses_max   integer not null check (uses_max > 0),
  uses       integer not null default 0 check (uses <= uses_max),
  created_at timestamptz not null,
  created_by text not null, -- the name to show
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, subject_id) references identity.subject (org_id, id)
);
call platform.protect('identity.invitation');

-- The token of an invitation is known to its link alone; here stands its hash.
alter table directory.key drop constraint key_kind_check;
alter table directory.key add constraint key_kind_check check (kind in ('member', 'invitation'));

-- What has happened once to this server and must not happen again: the demo was removed.
create table directory.mark (
  name text primary key,
  at   timestamptz not null default now()
);
call platform.share('directory.mark');
