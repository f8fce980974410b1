-- What an organisation keeps in mind of its customers, and what they have agreed to. Encrypted as the customers themselves are.
alter table bookings.customer
  add column notes   bytea, -- null: none
  add column made_at timestamptz not null default now(),
  add column version integer not null default 1;
create index customer_by_age on bookings.customer (org_id, id desc);

create table bookings.consent (
  org_id       bigint not null,
  customer_id  text not null,
  text         text not null, -- as the question was asked
  given_at     timestamptz not null,
  withdrawn_at timestamptz,
  primary key (org_id, customer_id, text),
  foreign key (org_id, customer_id) references bookings.customer (org_id, id) on delete cascade
);
call platform.protect('bookings.consent');
