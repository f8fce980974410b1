-- What was published, who was told what, and who has said that they know. Its shifts are approved adjustments.
alter table workforce.adjustment
  drop constraint adjustment_kind_check,
  add constraint adjustment_kind_check check (kind in ('absence', 'change', 'given', 'taken', 'extra', 'overtime', 'cover',
    'activation', 'rostered', 'cancelled'));

create table workforce.publication (
  org_id         bigint not null,
  id             text not null,
  draft_id       text not null,
  name           text not null,
  from_day       date not null,
  to_day         date not null check (to_day > from_day),
  note           text not null default '',
  published_by   text,
  published_name text not null,
  published_at   timestamptz not null,
  state          text not null check (state in ('published', 'withdrawn')),
  added          integer not null,
  dropped        integer not null,
  open_shifts    integer not null,
  version        integer not null default 1,
  primary key (org_id, id)
);
create index publication_listed on workforce.publication (org_id, published_at, id);
call platform.protect('workforce.publication');

create table workforce.publication_person (
  org_id          bigint not null,
  publication_id  text not null,
  subject_id      text not null,
  told            jsonb not null check (jsonb_typeof(told) = 'object'), -- what is new, changed and dropped for them
  adjustments     text[] not null, -- in the order of their approval
  acknowledged_at timestamptz,
  primary key (org_id, publication_id, subject_id),
  foreign key (org_id, publication_id) references workforce.publication on delete cascade
);
create index publication_of_person on workforce.publication_person (org_id, subject_id, publication_id);
call platform.protect('workforce.publication_person');
