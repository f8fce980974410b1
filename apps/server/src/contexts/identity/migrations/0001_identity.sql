-- Who there is: organisations, the people and things whose time is kept, and who may do what.
-- `directory` holds the few global tables that are asked before the organisation is known, by exact hash only.
create schema directory;
create schema identity;

create table directory.organisation (
  id   bigint generated always as identity primary key,
  slug text not null unique, -- 'larkfield': names it for programs and tests
  demo boolean not null default false,
  made_at timestamptz not null default now(),
  ready boolean not null default false -- false while it is being filled; one that never got ready is forgotten
);
call platform.share('directory.organisation');

create table directory.key (
  kind       text not null check (kind in ('member')),
  key_hash   bytea not null, -- SHA-256 of what is known: for a member, the user's id
  org_id     bigint not null references directory.organisation (id),
  thing_id   text not null, -- what it leads to: for a member, the person
  expires_at timestamptz,
  primary key (kind, key_hash, org_id)
);
call platform.share('directory.key');

create table directory.secret (
  name  text primary key,
  value text not null -- made at the first start when the setting is not given; every process of a database uses the same
);
call platform.share('directory.secret');

-- Refresh tokens of programs. A token is used once; used twice, it ends its session: somebody has a copy.
create table auth.refresh (
  token_hash bytea primary key,
  session_id text not null references auth.session (id) on delete cascade,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index refresh_of_session on auth.refresh (session_id);
call platform.share('auth.refresh');

create table identity.organisation (
  org_id        bigint primary key,
  name          text not null,
  zone          text not null,
  first_weekday smallint not null default 1 check (first_weekday between 1 and 7),
  demo          boolean not null default false,
  created_at    timestamptz not null,
  version       integer not null default 1
);
call platform.protect('identity.organisation');

-- A person needs no user, and a room is asked for its time like a person: both are subjects.
create table identity.subject (
  org_id   bigint not null,
  id       text not null,
  kind     text not null check (kind in ('person', 'room', 'vehicle', 'equipment', 'outside')),
  name     text not null,
  email    text check (email = lower(email)),
  zone     text not null,
  policy   text not null check (policy in ('forbid', 'warn', 'allow', 'observe')),
  capacity integer check (capacity > 0),
  site     text,
  version  integer not null default 1,
  primary key (org_id, id)
);
create unique index subject_email on identity.subject (org_id, email) where email is not null;
create index subject_kind on identity.subject (org_id, kind, id);
call platform.protect('identity.subject');

create table identity.team (
  org_id    bigint not null,
  id        text not null,
  name      text not null,
  parent_id text,
  primary key (org_id, id),
  foreign key (org_id, parent_id) references identity.team (org_id, id)
);
call platform.protect('identity.team');

create table identity.team_member (
  org_id     bigint not null,
  team_id    text not null,
  subject_id text not null,
  primary key (org_id, team_id, subject_id),
  foreign key (org_id, team_id) references identity.team (org_id, id) on delete cascade,
  foreign key (org_id, subject_id) references identity.subject (org_id, id) on delete cascade
);
create index team_of_subject on identity.team_member (org_id, subject_id);
call platform.protect('identity.team_member');

-- Joins a user, who has no organisation, to a person of this one. A manager's scope is a team and those below it.
create table identity.membership (
  org_id        bigint not null,
  user_id       text not null,
  subject_id    text not null,
  role          text not null check (role in ('owner', 'administrator', 'manager', 'member')),
  scope_team_id text,
  disabled      boolean not null default false,
  primary key (org_id, user_id),
  foreign key (org_id, subject_id) references identity.subject (org_id, id),
  foreign key (org_id, scope_team_id) references identity.team (org_id, id)
);
call platform.protect('identity.membership');

-- What a session says of who asks: one statement before the organisation is known, so it looks below the policies,
-- by one exact session. Membership is checked each time; a disabled one finds nothing.
create function identity.caller_of(asked text, by_token boolean)
returns table (session_id text, user_id text, expires_at timestamptz, org_id bigint, subject_id text, role text, name text, email text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s."userId", s."expiresAt", m.org_id, m.subject_id, m.role, p.name, u.email
  from auth.session s
  join auth."user" u on u.id = s."userId"
  join identity.membership m on m.org_id = s.organisation and m.user_id = s."userId" and not m.disabled
  join identity.subject p on p.org_id = m.org_id and p.id = m.subject_id
  where (case when by_token then s.token = asked else s.id = asked end) and s."expiresAt" > now()
$$;
revoke execute on function identity.caller_of(text, boolean) from public;
grant execute on function identity.caller_of(text, boolean) to hourwright_app;
grant usage on schema identity to hourwright_app;
