-- What people are told of changes that others made. A notice waits some seconds, so that undo takes it back as well.
create schema notifications;

create table notifications.notice (
  org_id     bigint not null,
  id         text not null,
  person_id  text not null, -- who is told
  request_id text not null, -- what made the change: undo and "tell them now" ask by it
  event_id   text not null,
  kind       text not null check (kind in ('invited', 'moved', 'cancelled')),
  title      text not null,
  starts_at  timestamptz not null,
  ends_at    timestamptz not null,
  all_day    boolean not null,
  by_person  text,
  by_name    text not null,
  state      text not null check (state in ('waiting', 'sent', 'withdrawn')),
  made_at    timestamptz not null, -- when the change was made
  due_at     timestamptz not null,
  read_at    timestamptz,
  primary key (org_id, id),
  unique (org_id, request_id, event_id, person_id), -- one a person and change, however often the change is looked at
  check (read_at is null or state = 'sent')
);
call platform.protect('notifications.notice');
create index notice_waiting on notifications.notice (org_id, due_at) where state = 'waiting';
create index notice_of_person on notifications.notice (org_id, person_id, id desc) where state = 'sent';

-- Which organisations have notices that are due: numbers only, so it may look across tenants.
create function notifications.due(now timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = notifications, pg_temp as $$
  select distinct notice.org_id from notice where state = 'waiting' and due_at <= now limit organisations_max
$$;
revoke execute on function notifications.due from public;
grant execute on function notifications.due to hourwright_app;
