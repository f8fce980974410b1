-- Links to calendars elsewhere. The first kind: an .ics address that is fetched again and again.
create schema providers;

create table providers.feed (
  org_id        bigint not null,
  id            text not null,
  calendar_id   text not null,
  url           text not null, -- often a secret: shown to nobody, written into no log
  etag          text, -- what the source called the copy that is held (RFC 9110 §8.8)
  last_modified text,
  content_hash  text, -- of the bytes that were taken last
  events        integer not null default 0,
  failures      integer not null default 0, -- in a row
  halted        boolean not null default false, -- nearly everything vanished: nothing is removed until somebody says so
  accept        boolean not null default false, -- somebody said so, for the next poll
  removing      boolean not null default false,
  why           text, -- what was wrong the last time: a word of the closed list in model.ts
  detail        text, -- what else is to be said about it
  tried_at      timestamptz,
  fresh_at      timestamptz, -- last known to be as the source has it
  changed_at    timestamptz,
  next_poll_at  timestamptz not null,
  primary key (org_id, id)
);
create unique index feed_of_calendar on providers.feed (org_id, calendar_id);
create index feed_due on providers.feed (org_id, next_poll_at);
call platform.protect('providers.feed');
