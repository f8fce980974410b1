-- A visit is asked about once it is over: of each booking once.
alter table mail.message drop constraint message_kind_check;
alter table mail.message add constraint message_kind_check check (kind in ('news', 'reminder', 'offer', 'rating'));
create unique index rating_once on mail.message (org_id, booking_id) where kind = 'rating';
