-- Who cancelled or declined a booking, and when: what figures tell apart. Null of what ended before it was kept.
alter table bookings.booking
  add column ended_at timestamptz,
  add column ended_by text check (ended_by in ('customer', 'organisation')),
  add check ((ended_at is null) = (ended_by is null)),
  add check (ended_at is null or state in ('declined', 'cancelled'));

-- What customers said after a visit. The number stays when its customer is forgotten; what they wrote does not.
create table bookings.rating (
  org_id     bigint not null,
  booking_id text not null,
  score      smallint not null check (score between 1 and 5),
  comment    bytea, -- sealed as the customers are; null: none, or forgotten
  rated_at   timestamptz not null,
  changed_at timestamptz not null,
  primary key (org_id, booking_id),
  foreign key (org_id, booking_id) references bookings.booking (org_id, id) on delete cascade
);
call platform.protect('bookings.rating');

-- How many times were held on a day, and how many of these were booked: holds that end leave no row. Counted from the log of changes,
-- after it was answered.
create table bookings.hold_count (
  org_id     bigint not null,
  day        date not null, -- in the organisation's zone, on which it was held
  service_id text not null,
  held       integer not null default 0,
  booked     integer not null default 0,
  primary key (org_id, day, service_id)
);
call platform.protect('bookings.hold_count');

-- Up to which change it is counted, so that what is read twice counts once; and since which day.
create table bookings.hold_counted (
  org_id bigint not null,
  seq    bigint not null,
  since  date,
  primary key (org_id)
);
call platform.protect('bookings.hold_counted');
