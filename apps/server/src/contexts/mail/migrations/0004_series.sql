-- Dates that were booked, moved or cancelled together are told together: `carrier` is the message that tells of this date as well.
alter table mail.message add column series_id text, add column carrier text;
create index message_of_series on mail.message (org_id, series_id) where series_id is not null and state in ('waiting', 'sending');
create index message_carried on mail.message (org_id, carrier) where carrier is not null;
