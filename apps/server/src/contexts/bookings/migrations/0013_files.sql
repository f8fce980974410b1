-- Files that customers send as answers. They belong to what is held or booked and go with it; name and contents are encrypted, in
-- parts of bounded size. A file is nobody's until all its parts are here.
create table bookings.file (
  org_id     bigint not null,
  id         text not null,
  booking_id text not null, -- of a series the date that was named when it was sent
  question   text not null, -- its id
  name       bytea not null, -- encrypted
  type       text not null check (type in ('pdf', 'png', 'jpeg', 'webp', 'heic', 'text')),
  bytes      integer not null check (bytes between 1 and 10485760),
  mark       text not null, -- a keyed hash of its contents: says "the same", never what
  is_whole   boolean not null default false,
  made_at    timestamptz not null,
  primary key (org_id, id),
  unique (org_id, booking_id, question, mark),
  foreign key (org_id, booking_id) references bookings.booking (org_id, id) on delete cascade
);
call platform.protect('bookings.file');

create table bookings.file_part (
  org_id  bigint not null,
  file_id text not null,
  number  smallint not null check (number between 0 and 39),
  sealed  bytea not null check (octet_length(sealed) <= 262172), -- 262,144 bytes, nonce and tag
  primary key (org_id, file_id, number),
  foreign key (org_id, file_id) references bookings.file (org_id, id) on delete cascade
);
alter table bookings.file_part alter column sealed set storage external; -- What is encrypted does not grow smaller.
call platform.protect('bookings.file_part');
