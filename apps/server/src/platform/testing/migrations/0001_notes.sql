-- A tenant's table as every context makes one, for the platform's own tests.
create schema notes;
create table notes.note (
  org_id bigint not null,
  id     text not null,
  title  text not null,
  primary key (org_id, id)
);
call platform.protect('notes.note');
