-- Packages of lessons. What is left of one is kept beside its movements: both are written by one statement, and neither goes
-- below nothing, whoever comes at once.
create table bookings.package_kind (
  org_id   bigint not null,
  id       text not null,
  contents jsonb not null, -- as the contract has it
  version  integer not null default 1,
  primary key (org_id, id)
);
call platform.protect('bookings.package_kind');
call changes.keep_facts_of('bookings.package_kind');

create table bookings.package (
  org_id      bigint not null,
  id          text not null,
  kind_id     text not null, -- of one that may be gone since
  name        text not null,
  service_ids text[] not null, -- as it was issued: later changes of the kind change nothing of it
  units       integer not null check (units > 0),
  balance     integer not null check (balance >= 0),
  customer_id text not null,
  code_key    text not null, -- a keyed hash of its code
  issued_at   timestamptz not null,
  expires_at  timestamptz not null,
  version     integer not null default 1,
  primary key (org_id, id),
  unique (org_id, code_key)
);
create index package_of_customer on bookings.package (org_id, customer_id);
call platform.protect('bookings.package');

create table bookings.package_movement (
  org_id     bigint not null,
  package_id text not null,
  number     integer not null, -- the version of the package that it made
  kind       text not null check (kind in ('issued', 'spent', 'given-back', 'corrected')),
  units      integer not null,
  balance    integer not null check (balance >= 0), -- after it
  booking_id text,
  reason     text not null default '',
  moved_at   timestamptz not null,
  primary key (org_id, package_id, number),
  foreign key (org_id, package_id) references bookings.package (org_id, id) on delete cascade,
  check (case kind when 'spent' then units < 0 when 'corrected' then true else units > 0 end),
  check ((booking_id is not null) = (kind in ('spent', 'given-back')))
);
create index package_movement_of_booking on bookings.package_movement (org_id, booking_id) where booking_id is not null;
call platform.protect('bookings.package_movement');

-- With which package it was booked, and how many units it took.
alter table bookings.booking
  add column package_id text,
  add column package_units integer check (package_units > 0),
  add check ((package_id is null) = (package_units is null));
