-- The log that everything else follows: who did what to which thing, numbered without gaps in each organisation.
create schema changes;

-- The last number given. A table of its own: locking the organisation's row would meet the share locks of foreign keys.
create table changes.counter (
  org_id bigint primary key,
  seq    bigint not null check (seq >= 0)
);
call platform.protect('changes.counter');

create table changes.change (
  org_id        bigint not null,
  seq           bigint not null,
  at            timestamptz not null,
  actor         jsonb not null, -- kind, userId, personId, label
  operation     text not null,
  request_id    text not null,
  thing_type    text not null,
  thing_id      text not null,
  collection_id text,
  kind          text not null check (kind in ('created', 'updated', 'removed')),
  fields        text[] not null,
  before        jsonb, -- both are emptied after 30 days, and by erasure
  after         jsonb,
  oversize      boolean not null default false, -- held more than 64 kB, so before and after were not kept
  primary key (org_id, seq)
);
call platform.protect('changes.change');
create index change_of_request on changes.change (org_id, request_id);
create index change_of_thing on changes.change (org_id, thing_type, thing_id, seq);
create index change_of_collection on changes.change (org_id, collection_id, seq);
create index change_with_contents on changes.change (org_id, at) where before is not null or after is not null;
