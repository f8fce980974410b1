-- Files of staff that a job takes in: kept until it is over.
create table workforce.staff_upload (
  org_id  bigint not null,
  id      text not null,
  part    integer not null,
  bytes   bytea not null,
  made_at timestamptz not null,
  primary key (org_id, id, part)
);
call platform.protect('workforce.staff_upload');
