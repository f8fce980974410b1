-- What customers book: services, and bookings from their hold to their end. A booking's time is taken by `claims` alone, under the
-- commitment `session_id`: those who share a session (a class with places) share its claims; else it is the booking's own id.
create schema bookings;

create table bookings.page (
  org_id      bigint not null,
  who         text, -- its part of public addresses; null while nothing is public
  greeting    text not null default '',
  hue         smallint not null default 250 check (hue between 0 and 359),
  logo        text, -- a data address
  calendar_id text not null, -- in which everybody of the organisation sees what is booked
  primary key (org_id)
);
call platform.protect('bookings.page');

-- Addresses are given once, over all organisations, and are free again when theirs is gone.
create table directory.booking_address (
  who          text primary key,
  organisation bigint not null references directory.organisation (id) on delete cascade
);
create index booking_address_of on directory.booking_address (organisation);
call platform.share('directory.booking_address');

create table bookings.service (
  org_id   bigint not null,
  id       text not null,
  slug     text not null,
  contents jsonb not null, -- as the contract has it
  version  integer not null default 1,
  primary key (org_id, id),
  unique (org_id, slug)
);
create index service_by_id on bookings.service (id); -- who asks for it in public knows no organisation
call platform.protect('bookings.service');

-- Who customers are stands here alone, encrypted: erasing somebody is erasing one row.
create table bookings.customer (
  org_id    bigint not null,
  id        text not null,
  email_key text not null, -- a keyed hash: says "the same", never who
  sealed    bytea not null, -- name, address, phone
  primary key (org_id, id),
  unique (org_id, email_key)
);
call platform.protect('bookings.customer');

create table bookings.booking (
  org_id            bigint not null,
  id                text not null,
  service_id        text not null, -- of one that may be gone since
  session_id        text not null,
  state             text not null check (state in ('held', 'requested', 'confirmed', 'declined', 'cancelled', 'no-show', 'completed')),
  starts_at         timestamptz not null,
  ends_at           timestamptz not null check (starts_at < ends_at),
  expires_at        timestamptz, -- of a hold
  places            integer not null check (places > 0),
  picked            jsonb not null, -- whose time it takes, role by role: lists of subjects
  subjects          text[] not null, -- the same in one list
  candidates        jsonb not null, -- who could have been it, role by role: for fair shares, until it is booked
  terms             jsonb not null, -- what was agreed: name of the service, buffers, until when it may be changed, where, policy
  customer_id       text,
  answers           jsonb not null default '[]',
  zone              text not null, -- the customer's
  language          text not null default 'en',
  reason            text not null default '',
  previous_start    timestamptz,
  previous_end      timestamptz,
  made_at           timestamptz not null,
  version           integer not null default 1,
  primary key (org_id, id),
  check ((state = 'held') = (expires_at is not null)),
  check (state = 'held' or customer_id is not null)
);
create index booking_by_id on bookings.booking (id); -- who has its link knows no organisation
create index booking_in_time on bookings.booking (org_id, starts_at, id);
create index booking_of_service on bookings.booking (org_id, service_id, starts_at);
create index booking_of_session on bookings.booking (org_id, session_id);
create index booking_of_customer on bookings.booking (org_id, customer_id, starts_at) where customer_id is not null;
create index booking_of_subject on bookings.booking using gin (subjects);
create index booking_held on bookings.booking (org_id, expires_at) where state = 'held';
call platform.protect('bookings.booking');

-- Fair shares: what each who can be a role is owed in bookings.
create table bookings.credit (
  org_id     bigint not null,
  service_id text not null,
  role       integer not null,
  subject_id text not null,
  owed       double precision not null,
  primary key (org_id, service_id, role, subject_id)
);
call platform.protect('bookings.credit');

-- To which organisation something public belongs: a page, a service, a hold or a booking. Says no more than that.
create function bookings.organisation_of(asked text)
returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    (select org_id from bookings.service where id = asked limit 1),
    (select org_id from bookings.booking where id = asked limit 1),
    (select organisation from directory.booking_address where who = asked))
$$;
revoke execute on function bookings.organisation_of(text) from public;
grant execute on function bookings.organisation_of(text) to hourwright_app;
