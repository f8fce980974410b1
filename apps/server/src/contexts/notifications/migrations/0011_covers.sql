-- Who is asked to cover a shift or to swap is told of it, and who asked what became of it; who bid on an open shift too: the call, the
-- shift or the swap stands in the place of an event. Which kinds there are is said by the code: several contexts add to them.
alter table notifications.notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind ~ '^[a-z]+(-[a-z]+){0,3}$' and length(kind) <= 40);

-- What somebody wants to read by mail beside the inbox, and in which language: who has said nothing has all of it, in English.
create table notifications.preference (
  org_id    bigint not null,
  person_id text not null,
  language  text not null check (language in ('en', 'de')),
  unmailed  text[] not null, -- kinds of news that are not mailed
  primary key (org_id, person_id)
);
call platform.protect('notifications.preference');
