-- What is offered to somebody who waits is told as well: of the hold that is offered, once.
alter table mail.message drop constraint message_kind_check;
alter table mail.message add constraint message_kind_check check (kind in ('news', 'reminder', 'offer'));
create unique index offer_once on mail.message (org_id, booking_id) where kind = 'offer';
