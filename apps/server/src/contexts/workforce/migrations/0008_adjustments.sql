-- Adjustments: what differs from the contract, asked for by people, proposed by who manages them. What is approved stands in the
-- order of its approval; halves of one swap share a group and are decided together.
create table workforce.adjustment (
  org_id       bigint not null,
  id           text not null,
  group_id     text not null, -- the id of its first half
  subject_id   text not null,
  kind         text not null check (kind in ('absence', 'change', 'given', 'taken', 'extra', 'overtime', 'cover', 'activation')),
  what         jsonb not null check (jsonb_typeof(what) = 'object'),
  first_day    date not null, -- the days it may touch
  last_day     date not null check (last_day >= first_day),
  state        text not null check (state in ('requested', 'approved', 'declined', 'withdrawn')),
  note         text not null default '',
  asked_by     text, -- a person; null: the system
  asked_name   text not null,
  asked_at     timestamptz not null,
  decided_by   text,
  decided_name text,
  decided_at   timestamptz,
  answer       text not null default '', -- why it was declined
  position     integer, -- among those of the person that were approved
  version      integer not null default 1,
  primary key (org_id, id),
  check ((position is null) = (state <> 'approved')),
  unique (org_id, subject_id, position)
);
create index adjustment_of_subject on workforce.adjustment (org_id, subject_id, last_day, first_day) where state in ('requested', 'approved');
create index adjustment_of_group on workforce.adjustment (org_id, group_id);
create index adjustment_listed on workforce.adjustment (org_id, state, first_day, id);
call platform.protect('workforce.adjustment');
