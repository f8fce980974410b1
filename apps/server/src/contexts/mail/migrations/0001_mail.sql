-- Messages to those who book. A row says of which booking it tells and what has been told; who the customer is and what the message
-- reads are found when it is sent: what is erased before is never written.
create schema mail;

create table mail.message (
  org_id      bigint not null,
  id          text not null, -- its Message-ID is made of it: the same over all attempts
  booking_id  text not null,
  customer_id text not null, -- counted, so that nobody's box is filled
  kind        text not null check (kind in ('news', 'reminder')),
  state       text not null check (state in ('waiting', 'sending', 'sent', 'unknown', 'failed', 'withdrawn', 'late')),
  by_customer boolean not null default false, -- who made the last change that it tells
  starts_at   timestamptz not null, -- of the booking when the message was made
  minutes     integer, -- of a reminder: so long before its start
  made_at     timestamptz not null,
  due_at      timestamptz not null, -- while it is being sent: when its sender is given up
  attempts    integer not null default 0,
  said        jsonb, -- what the last attempt told: state, times and whom; null before the first
  may_be_here boolean not null default false, -- an attempt ended without an answer
  reason      text not null default '', -- why the last attempt failed; names no address
  sent_at     timestamptz,
  primary key (org_id, id),
  check ((kind = 'reminder') = (minutes is not null)),
  check (state <> 'sent' or said is not null)
);
call platform.protect('mail.message');
create unique index message_waits_once on mail.message (org_id, booking_id) where state = 'waiting' and kind = 'news';
create unique index reminder_once on mail.message (org_id, booking_id, starts_at, minutes) where kind = 'reminder';
create index message_due on mail.message (org_id, due_at) where state in ('waiting', 'sending');
create index message_of_booking on mail.message (org_id, booking_id, id);
create index message_of_customer on mail.message (org_id, customer_id, sent_at);
create index message_over on mail.message (org_id, starts_at);
create index message_failed on mail.message (org_id, id) where state = 'failed';

-- Which organisations have messages that are due: numbers only, so it may look across tenants.
create function mail.due(now timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = mail, pg_temp as $$
  select distinct message.org_id from message
  where state in ('waiting', 'sending') and due_at <= now
  limit organisations_max
$$;
revoke execute on function mail.due from public;
grant execute on function mail.due to hourwright_app;
