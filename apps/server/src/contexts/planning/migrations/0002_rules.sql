-- The organisation's own settings of the constraint catalogue: a constraint of which there is no rule says nothing.
create table planning.rule (
  org_id        bigint not null,
  id            text not null,
  constraint_id text not null, -- an entry of the catalogue
  scope         text not null check (scope in ('organisation', 'team', 'person')),
  holder_id     text not null, -- the team, person or thing; empty for the organisation
  is_hard       boolean not null,
  weight        double precision not null check (weight > 0),
  parameters    jsonb not null, -- numbers by the names of the constraint's parameters
  version       integer not null default 1,
  primary key (org_id, id),
  constraint rule_once unique (org_id, constraint_id, holder_id),
  check ((scope = 'organisation') = (holder_id = ''))
);
call platform.protect('planning.rule');
