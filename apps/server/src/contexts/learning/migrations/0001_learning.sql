-- What is learned from an organisation's own history: whether its people agreed, what was, models, and what they foretell.
create schema learning;

create table learning.setting (
  org_id     bigint not null,
  is_on      boolean not null default false,
  consent    text not null default '' check (length(consent) <= 1000), -- to what the people agreed
  key        text not null, -- names people in the history; without it nobody can tell who they are
  read_until timestamptz, -- what began before is in the history
  trained_at timestamptz, -- when a training was asked for last
  registry   text not null, -- as packages/learn prints it
  watches    jsonb not null default '{}', -- sums of what was said and came about, by version
  primary key (org_id),
  check (not is_on or consent <> '')
);
call platform.protect('learning.setting');

-- A line for each commitment that is over: nothing in it says what or whose it was.
create table learning.past (
  org_id   bigint not null,
  id       text not null, -- a keyed hash of the event and its date: read twice, it is there once
  start_at timestamptz not null,
  who      text not null,
  agreed   text not null, -- a hash of the consent under which it was read
  line     text not null,
  primary key (org_id, id)
);
call platform.protect('learning.past');
create index past_in_order on learning.past (org_id, agreed, start_at, id);

create table learning.model (
  org_id  bigint not null,
  version integer not null,
  bytes   text not null,
  report  jsonb not null,
  primary key (org_id, version)
);
call platform.protect('learning.model');

-- What is foretold of coming dates. What was said first stays until the date is over: by it the model is judged.
create table learning.prediction (
  org_id   bigint not null,
  event_id text not null,
  date     text not null, -- which of a series, as it was named first
  version  integer not null,
  start_at timestamptz not null,
  end_at   timestamptz not null,
  said     jsonb not null, -- nine probabilities
  primary key (org_id, event_id, date)
);
call platform.protect('learning.prediction');
create index prediction_due on learning.prediction (org_id, start_at);

-- Which organisations have, or had, it on: numbers only, so it may look across tenants.
create function learning.organisations(organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = learning, pg_temp as $$
  select setting.org_id from setting order by 1 limit organisations_max
$$;
revoke execute on function learning.organisations from public;
grant execute on function learning.organisations to hourwright_app;
