-- How many people a site needs, with which skill, on which days: rows that are read whole and change seldom.
create table workforce.demand (
  org_id    bigint not null,
  id        text not null,
  name      text not null,
  site      text not null check (site <> ''),
  skill_id  text, -- null: everybody who is there counts
  level_min integer check (level_min between 1 and 5),
  what      jsonb not null check (jsonb_typeof(what) = 'object'), -- weekdays, holidays, dates, stretches
  from_day  date not null,
  to_day    date check (to_day > from_day), -- the first day on which it holds no more; null: until further notice
  version   integer not null default 1,
  primary key (org_id, id)
);
create index demand_of_skill on workforce.demand (org_id, skill_id) where skill_id is not null;
call platform.protect('workforce.demand');
call changes.keep_facts_of('workforce.demand');
