-- How old what is known of calendars elsewhere is: of each that is fetched again and again, when it was last known to be as its source
-- has it. Told by whoever fetches them.
create table bookings.calendar_age (
  org_id      bigint not null,
  calendar_id text not null,
  fresh_at    timestamptz, -- null: never yet
  primary key (org_id, calendar_id)
);
call platform.protect('bookings.calendar_age');

-- Whether whoever holds a time without an account does a little work first, so that programs which hold many have much to do.
alter table bookings.page add column asks_for_proof boolean not null default false;
