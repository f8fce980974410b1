-- Who has a week of their own, even an empty one: somebody who never works is not somebody who works like all others.
create table workforce.own_week (
  org_id     bigint not null,
  subject_id text not null,
  primary key (org_id, subject_id)
);
call platform.protect('workforce.own_week');
insert into workforce.own_week (org_id, subject_id)
select distinct org_id, subject_id from workforce.working_time where subject_id <> '';

-- A time of the day to the minute, as it was said; two stretches of a day do not meet.
alter table workforce.working_time
  add constraint one_stretch_at_a_time exclude using gist (org_id with =, subject_id with =, weekday with =,
    int4range((extract(epoch from opens) / 60)::integer, (extract(epoch from closes) / 60)::integer) with &&);
