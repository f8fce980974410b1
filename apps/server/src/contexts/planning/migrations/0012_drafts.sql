-- Changes that somebody proposes: calls of operations by name, with what they were based on. Nothing moves until somebody accepts.
create table planning.draft (
  org_id     bigint not null,
  id         text not null,
  title      text not null,
  note       text,
  source     text not null check (source in ('hand', 'repairs', 'plan', 'program')),
  maker_id   text not null, -- a person
  reviewers  text[] not null, -- who is asked to look at it
  changes    jsonb not null, -- calls, why, and what they were based on
  taken      jsonb not null, -- for each change who accepted it, in which request, and when; null while nobody has
  ended_how  text check (ended_how in ('declined', 'withdrawn')),
  ended_by   text,
  ended_at   timestamptz,
  is_open    boolean not null, -- neither ended nor accepted as a whole
  made_seq   bigint not null, -- the last change of the log when it was made
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  primary key (org_id, id),
  check (num_nulls(ended_how, ended_by, ended_at) in (0, 3)),
  check (ended_how is null or not is_open)
);
call platform.protect('planning.draft');
create index draft_open on planning.draft (org_id, expires_at) where is_open;
create index draft_of_maker on planning.draft (org_id, maker_id, id desc);
create index draft_of_reviewers on planning.draft using gin (reviewers);
