-- Notices that the organisation's own people read by mail as well: each once. What it reads is worked out when it is sent.
create table mail.notice_message (
  org_id    bigint not null,
  id        text not null, -- its Message-ID is made of it: the same over all attempts
  notice_id text not null,
  person_id text not null,
  state     text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'withdrawn', 'late')),
  made_at   timestamptz not null,
  due_at    timestamptz not null, -- while it is being sent: when its sender is given up
  attempts  integer not null default 0,
  reason    text not null default '', -- why the last attempt failed; names no address
  sent_at   timestamptz,
  primary key (org_id, id),
  unique (org_id, notice_id)
);
call platform.protect('mail.notice_message');
create index notice_message_due on mail.notice_message (org_id, due_at) where state in ('waiting', 'sending');
create index notice_message_over on mail.notice_message (org_id, made_at);

-- Which organisations have notices to be mailed: numbers only, so it may look across tenants.
create function mail.notices_due(now timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = mail, pg_temp as $$
  select distinct notice_message.org_id from notice_message
  where state in ('waiting', 'sending') and due_at <= now
  limit organisations_max
$$;
revoke execute on function mail.notices_due from public;
grant execute on function mail.notices_due to hourwright_app;
