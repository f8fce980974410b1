-- What people are able to do: the skills that an organisation names, and who has which, how well and until when.
create table workforce.skill (
  org_id     bigint not null,
  id         text not null,
  name       text not null,
  levels     text[] not null default '{}', -- what they are called, the lowest first; none: they are numbers
  removed_at timestamptz, -- who had it has it again when that is undone
  version    integer not null default 1,
  primary key (org_id, id),
  check (cardinality(levels) <= 5)
);
create unique index skill_name on workforce.skill (org_id, lower(name)) where removed_at is null;
call platform.protect('workforce.skill');

create table workforce.person_skill (
  org_id     bigint not null,
  subject_id text not null,
  skill_id   text not null,
  level      smallint not null check (level between 1 and 5),
  from_day   date not null,
  until_day  date check (until_day >= from_day), -- the last one; null: it does not end
  version    integer not null default 1,
  primary key (org_id, subject_id, skill_id)
);
create index person_skill_by_skill on workforce.person_skill (org_id, skill_id, subject_id);
call platform.protect('workforce.person_skill');
