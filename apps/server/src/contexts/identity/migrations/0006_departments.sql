-- Departments: a tree, each person in one at most, managed by people who answer for it and for all below it.
create table identity.department (
  org_id    bigint not null,
  id        text not null,
  name      text not null,
  parent_id text,
  version   integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, parent_id) references identity.department (org_id, id),
  check (parent_id <> id)
);
-- Side by side no two are called alike; at the top neither.
create unique index department_name on identity.department (org_id, coalesce(parent_id, ''), lower(name));
call platform.protect('identity.department');

create table identity.department_manager (
  org_id        bigint not null,
  department_id text not null,
  subject_id    text not null,
  primary key (org_id, department_id, subject_id),
  foreign key (org_id, department_id) references identity.department (org_id, id) on delete cascade,
  foreign key (org_id, subject_id) references identity.subject (org_id, id) on delete cascade
);
create index department_managed_by on identity.department_manager (org_id, subject_id);
call platform.protect('identity.department_manager');

create table identity.department_person (
  org_id        bigint not null,
  subject_id    text not null,
  department_id text not null,
  primary key (org_id, subject_id),
  foreign key (org_id, department_id) references identity.department (org_id, id) on delete cascade,
  foreign key (org_id, subject_id) references identity.subject (org_id, id) on delete cascade
);
create index person_of_department on identity.department_person (org_id, department_id, subject_id);
call platform.protect('identity.department_person');

call changes.keep_facts_of('identity.department');
call changes.keep_facts_of('identity.department_manager');
call changes.keep_facts_of('identity.department_person');
