-- Leagues: of what each is made, when its rounds are, and which match is when. What is published stands in the calendars as well.
create schema leagues;

create table leagues.league (
  org_id      bigint not null,
  id          text not null,
  calendar_id text not null,
  name        text not null,
  setup       jsonb not null check (jsonb_typeof(setup) = 'object'), -- teams, days, rules as they were asked for
  days        jsonb not null check (jsonb_typeof(days) = 'array'), -- of the rounds, in order
  score       jsonb not null, -- when it was changed last
  version     integer not null,
  primary key (org_id, id)
);
call platform.protect('leagues.league');

create table leagues.fixture (
  org_id    bigint not null,
  league_id text not null,
  id        text not null,
  round     integer not null check (round >= 0),
  home_id   text not null,
  away_id   text not null check (away_id <> home_id),
  own       jsonb, -- the day, time and venue that were chosen for it alone
  locked    boolean not null,
  event_id  text, -- published as this
  primary key (org_id, league_id, id),
  foreign key (org_id, league_id) references leagues.league on delete cascade
);
call platform.protect('leagues.fixture');

-- The last plan of each league: who asked for it and with what, and what came of it. How far it is stands with its job.
create table leagues.plan (
  org_id     bigint not null,
  league_id  text not null,
  job_id     text not null,
  asked_by   text,
  asked_name text not null,
  asked_at   timestamptz not null,
  wish       jsonb not null check (jsonb_typeof(wish) = 'object'),
  result     jsonb, -- null until it is applied
  primary key (org_id, league_id),
  foreign key (org_id, league_id) references leagues.league on delete cascade
);
call platform.protect('leagues.plan');
