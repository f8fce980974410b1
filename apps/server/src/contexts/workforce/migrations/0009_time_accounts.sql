-- Time accounts: who came and went when, what is to be corrected of it, and the rules by which hours and leave are counted.
create table workforce.account_rules (
  org_id  bigint not null,
  rules   jsonb not null check (jsonb_typeof(rules) = 'object'),
  version integer not null default 1,
  primary key (org_id)
);
call platform.protect('workforce.account_rules');
call changes.keep_facts_of('workforce.account_rules');

create table workforce.clocked (
  org_id     bigint not null,
  id         text not null,
  subject_id text not null,
  started_at timestamptz not null,
  ended_at   timestamptz check (ended_at >= started_at), -- null: still in
  primary key (org_id, id)
);
create index clocked_of_subject on workforce.clocked (org_id, subject_id, started_at);
create unique index clocked_in_once on workforce.clocked (org_id, subject_id) where ended_at is null;
call platform.protect('workforce.clocked');

create table workforce.correction (
  org_id       bigint not null,
  id           text not null,
  subject_id   text not null,
  clocked_id   text, -- null: of what was forgotten
  day          date not null, -- of the person, on which it counts
  started_at   timestamptz, -- null: it did not happen
  ended_at     timestamptz check (ended_at > started_at),
  state        text not null check (state in ('requested', 'approved', 'declined', 'withdrawn')),
  note         text not null,
  asked_name   text not null,
  asked_at     timestamptz not null,
  decided_name text,
  decided_at   timestamptz,
  answer       text not null default '',
  version      integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, clocked_id) references workforce.clocked,
  check ((started_at is null) = (ended_at is null)),
  check (started_at is not null or clocked_id is not null)
);
create index correction_of_subject on workforce.correction (org_id, subject_id, day);
create index correction_of_pair on workforce.correction (org_id, clocked_id) where clocked_id is not null;
call platform.protect('workforce.correction');
