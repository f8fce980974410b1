-- Who waits for a time of a service. Who they are stands with all customers: whoever is forgotten waits no more.
create table bookings.wish (
  org_id        bigint not null,
  id            text not null,
  service_id    text not null,
  customer_id   text not null,
  state         text not null check (state in ('waiting', 'offered', 'booked', 'withdrawn', 'over')),
  wanted        jsonb not null, -- days, hours, length, whom and how many, as the contract has it
  zone          text not null, -- the customer's
  language      text not null,
  made_at       timestamptz not null,
  ends_at       timestamptz not null, -- nothing is waited for from then on
  passed        bigint[] not null default '{}', -- starts that they let pass, in milliseconds: none of them is offered again
  hold_id       text, -- of the last offer
  offered_start timestamptz, -- of the offer that stands
  offered_until timestamptz,
  version       integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, customer_id) references bookings.customer (org_id, id) on delete cascade,
  check ((state = 'offered') = (offered_until is not null) and (state = 'offered') = (offered_start is not null)),
  check (state not in ('offered', 'booked') or hold_id is not null)
);
create index wish_by_id on bookings.wish (id); -- who has its link knows no organisation
create index wish_open on bookings.wish (org_id, service_id) where state in ('waiting', 'offered');
create index wish_of_customer on bookings.wish (org_id, customer_id);
create index wish_of_hold on bookings.wish (org_id, hold_id) where hold_id is not null;
create index wish_ended on bookings.wish (org_id, ends_at);
-- Nobody is offered two things at once, whoever offers.
create unique index wish_offered_once on bookings.wish (org_id, customer_id) where state = 'offered';
call platform.protect('bookings.wish');

-- Where somebody waits: numbers only, so it may look across tenants.
create function bookings.organisations_waiting(organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = bookings, pg_temp as $$
  select distinct wish.org_id from wish
  limit organisations_max
$$;
revoke execute on function bookings.organisations_waiting from public;
grant execute on function bookings.organisations_waiting to hourwright_app;

create or replace function bookings.organisation_of(asked text)
returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    (select org_id from bookings.service where id = asked limit 1),
    (select org_id from bookings.booking where id = asked limit 1),
    (select org_id from bookings.wish where id = asked limit 1),
    (select organisation from directory.booking_address where who = asked))
$$;
