-- Conflicts are found again each time and have no row. What people decided about them has: which are kept, and what was
-- put right by repairs.
create schema planning;

-- Both stay as they are. A clash is what clashes and when: when one of them moves it is another clash, and counts.
create table planning.kept (
  org_id      bigint not null,
  clash       text not null, -- hash of the kind, the subjects, and the two dates with their times
  conflict_id text not null,
  starts_at   timestamptz not null, -- the time both want: marks are read by window
  ends_at     timestamptz not null check (starts_at < ends_at),
  person_id   text not null, -- who decided so
  kept_at     timestamptz not null,
  note        text check (length(note) <= 200),
  primary key (org_id, clash)
);
call platform.protect('planning.kept');
create index kept_in_time on planning.kept (org_id, starts_at);

-- A conflict that a repair has removed, as it was. Whether it still stands, the log of changes knows: undo says so there.
create table planning.resolution (
  org_id      bigint not null,
  id          text not null, -- in order of time
  request_id  text not null,
  kind        text not null,
  person_id   text not null,
  user_id     text not null,
  resolved_at timestamptz not null,
  dates       jsonb not null, -- the two dates: source, commitment, occurrence, and when they were
  moves       jsonb not null, -- which of them went where
  primary key (org_id, id)
);
call platform.protect('planning.resolution');
