-- Rosters to come: shifts that nobody but who plans sees, added beside what stands or left out of it. Several of the same days may
-- stand side by side.
create table workforce.draft (
  org_id         bigint not null,
  id             text not null,
  name           text not null,
  from_day       date not null,
  to_day         date not null check (to_day > from_day),
  team_id        text,
  people         text[], -- null beside a team that is null: everybody
  state          text not null check (state in ('open', 'published', 'discarded')),
  created_by     text,
  created_name   text not null,
  created_at     timestamptz not null,
  published_at   timestamptz,
  publication_id text,
  version        integer not null default 1,
  primary key (org_id, id),
  check ((state = 'published') = (publication_id is not null))
);
create index draft_listed on workforce.draft (org_id, state, from_day);
call platform.protect('workforce.draft');

create table workforce.draft_item (
  org_id     bigint not null,
  draft_id   text not null,
  id         text not null,
  kind       text not null check (kind in ('add', 'drop')),
  subject_id text, -- null: an open shift
  day        date not null,
  what       jsonb not null check (jsonb_typeof(what) = 'object'), -- the shift; of what is dropped the minute at which it begins
  skill_id   text,
  primary key (org_id, draft_id, id),
  foreign key (org_id, draft_id) references workforce.draft on delete cascade,
  check (kind = 'add' or subject_id is not null)
);
call platform.protect('workforce.draft_item');
