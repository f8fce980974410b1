-- Contracts: what holds of one person from a day on. A change is a further row; no row that has begun is written anew but for its end.
create table workforce.rule_set (
  org_id         bigint not null,
  id             text not null,
  name           text not null,
  rules          jsonb not null check (jsonb_typeof(rules) = 'array'),
  weekly_minutes integer not null, -- hours that somebody is to be able to work under these rules
  version        integer not null default 1,
  primary key (org_id, id)
);
create unique index rule_set_name on workforce.rule_set (org_id, lower(name));
call platform.protect('workforce.rule_set');
call changes.keep_facts_of('workforce.rule_set');

create table workforce.contract (
  org_id      bigint not null,
  id          text not null,
  subject_id  text not null,
  from_day    date not null,
  to_day      date check (to_day > from_day), -- the first day on which it holds no more; null: until further notice
  terms       jsonb not null check (jsonb_typeof(terms) = 'object'), -- hours, weeks that take turns, region, site
  cost        jsonb, -- of an hour; read by administrators alone
  rule_set_id text,
  version     integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, rule_set_id) references workforce.rule_set,
  constraint one_contract_at_a_time exclude using gist (org_id with =, subject_id with =, daterange(from_day, to_day) with &&)
);
create index contract_of_subject on workforce.contract (org_id, subject_id, from_day);
create index contract_of_rule_set on workforce.contract (org_id, rule_set_id) where rule_set_id is not null;
call platform.protect('workforce.contract');
call changes.keep_facts_of('workforce.contract');

-- How often what somebody's schedule is made of has changed: whose hours are to be handed in again is found without reading it all.
create table workforce.schedule (
  org_id     bigint not null,
  subject_id text not null,
  version    integer not null default 1,
  primary key (org_id, subject_id)
);
call platform.protect('workforce.schedule');
