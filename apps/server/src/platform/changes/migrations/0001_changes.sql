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

-- How far each reader of the log has come. A hold keeps two processes from reading the same changes at once.
create table changes.consumer (
  org_id      bigint not null,
  name        text not null,
  seq         bigint not null,
  held_by     text,
  held_until  timestamptz,
  failures    integer not null default 0, -- in a row, since the last success
  last_error  text,
  primary key (org_id, name)
);
call platform.protect('changes.consumer');

-- Which organisations have changes that a reader has not seen: numbers only, so it may look across tenants.
create function changes.behind(reader text, now timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = changes, pg_temp as $$
  select counter.org_id
  from counter
  left join consumer on consumer.org_id = counter.org_id and consumer.name = reader
  where counter.seq > coalesce(consumer.seq, 0) and coalesce(consumer.held_until <= now, true)
  order by counter.org_id
  limit organisations_max
$$;
revoke execute on function changes.behind from public;
grant execute on function changes.behind to hourwright_app;

-- The answers to requests that carried an Idempotency-Key, kept 48 hours.
create table changes.idempotency (
  org_id    bigint not null,
  actor     text not null,
  operation text not null,
  key       text not null check (length(key) <= 255),
  body_hash text not null,
  answer    jsonb not null,
  at        timestamptz not null,
  primary key (org_id, actor, operation, key)
);
call platform.protect('changes.idempotency');
create index idempotency_by_age on changes.idempotency (org_id, at);

-- Which organisations hold contents or keys that are to be forgotten: numbers only.
create function changes.to_forget(contents_before timestamptz, keys_before timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = changes, pg_temp as $$
  select counter.org_id
  from counter
  where exists (select from change where change.org_id = counter.org_id and at < contents_before
      and (before is not null or after is not null))
    or exists (select from idempotency where idempotency.org_id = counter.org_id and at < keys_before)
  order by counter.org_id
  limit organisations_max
$$;
revoke execute on function changes.to_forget from public;
grant execute on function changes.to_forget to hourwright_app;

-- For the start of the only process there can be: every place that is held was left so by a process that is gone.
create function changes.release_all()
returns void
language sql security definer set search_path = changes, pg_temp as $$
  update consumer set held_by = null, held_until = null where held_by is not null
$$;
revoke execute on function changes.release_all from public;
grant execute on function changes.release_all to hourwright_app;
