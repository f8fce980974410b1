-- When people work: a plain week for everybody or for one person, and the days on which nobody does. Contracts and
-- adjustments come with staff schedules; whatever stands here is handed to claims as stretches of availability.
create schema workforce;

create table workforce.working_time (
  org_id     bigint not null,
  subject_id text not null, -- empty: everybody who has none of their own
  weekday    smallint not null check (weekday between 1 and 7),
  opens      time not null,
  closes     time not null check (opens < closes),
  primary key (org_id, subject_id, weekday, opens)
);
call platform.protect('workforce.working_time');

create table workforce.holiday (
  org_id bigint not null,
  day    date not null,
  name   text not null,
  primary key (org_id, day)
);
call platform.protect('workforce.holiday');

-- How far each person's availability has been handed in, and from which rules.
create table workforce.handed_in (
  org_id     bigint not null,
  subject_id text not null,
  until      date not null,
  rules      text not null, -- hash of the week and the holidays it was made from
  primary key (org_id, subject_id)
);
call platform.protect('workforce.handed_in');
