-- Calendars, and what lies in them. The truth of an event is its exact iCalendar bytes, one row for each UID and
-- calendar, master and overrides together; everything else here is derived from them in the same transaction.
create schema calendars;

create table calendars.calendar (
  org_id           bigint not null,
  id               text not null,
  name             text not null,
  colour           smallint not null check (colour between 0 and 359), -- a hue
  category         text check (category in ('programme', 'fixture', 'booking', 'leave', 'admin', 'facility')),
  owner_subject_id text, -- whose time its events take; null for a calendar of the organisation
  zone             text not null,
  policy           text not null check (policy in ('forbid', 'warn', 'allow', 'observe')),
  sharing          text not null check (sharing in ('private', 'busy', 'read', 'write')),
  version          integer not null default 1,
  primary key (org_id, id)
);
create index calendar_of_owner on calendars.calendar (org_id, owner_subject_id);
call platform.protect('calendars.calendar');

create table calendars.share (
  org_id      bigint not null,
  calendar_id text not null,
  subject_id  text not null,
  access      text not null check (access in ('none', 'busy', 'read', 'write')),
  primary key (org_id, calendar_id, subject_id),
  foreign key (org_id, calendar_id) references calendars.calendar (org_id, id) on delete cascade
);
create index share_of_subject on calendars.share (org_id, subject_id);
call platform.protect('calendars.share');

create table calendars.object (
  org_id        bigint not null,
  id            text not null,
  calendar_id   text not null,
  name          text not null, -- its name in the collection, as CalDAV will ask for it
  uid           text not null,
  kind          text not null check (kind in ('VEVENT', 'VTODO', 'VJOURNAL')),
  bytes         bytea not null,
  etag          text not null, -- hash of the bytes
  version       integer not null,
  sequence      integer not null,
  title         text not null,
  floating_zone text, -- where its floating times are read; the calendar's zone when null
  is_recurring  boolean not null,
  starts_at     timestamptz, -- first and last moment it can touch; null end: no end
  ends_at       timestamptz,
  derived_to    timestamptz, -- how far its occurrences are derived; null for what happens once
  problem       text, -- why some of its occurrences are not derived
  import_id     text, -- the import that brought or changed it last
  primary key (org_id, id),
  unique (org_id, calendar_id, uid),
  unique (org_id, calendar_id, name),
  foreign key (org_id, calendar_id) references calendars.calendar (org_id, id)
);
create index object_of_uid on calendars.object (org_id, uid);
create index object_of_import on calendars.object (org_id, import_id, id) where import_id is not null;
create index object_to_extend on calendars.object (org_id, derived_to) where derived_to is not null;
call platform.protect('calendars.object');

-- How an occurrence looks: the master's face and one for each override, so that a series is described once.
create table calendars.face (
  org_id    bigint not null,
  object_id text not null,
  face      integer not null,
  shown     text not null, -- a JSON object: the fields of the API's event that all its occurrences share
  subjects  text[] not null, -- whose time it takes
  primary key (org_id, object_id, face),
  foreign key (org_id, object_id) references calendars.object (org_id, id) on delete cascade
);
call platform.protect('calendars.face');

create table calendars.instance (
  org_id        bigint not null,
  object_id     text not null,
  recurrence_id text not null, -- empty for what happens once
  calendar_id   text not null,
  face          integer not null,
  starts_at     timestamptz not null,
  ends_at       timestamptz not null check (starts_at <= ends_at),
  start_day     date, -- of all-day ones: a date stays a date
  end_day       date,
  import_id     text,
  is_long       boolean generated always as (ends_at - starts_at > interval '32 days') stored,
  primary key (org_id, object_id, recurrence_id),
  foreign key (org_id, object_id) references calendars.object (org_id, id) on delete cascade
);
create index instance_of_calendar on calendars.instance (org_id, calendar_id, starts_at);
create index instance_in_time on calendars.instance (org_id, starts_at);
create index instance_of_object on calendars.instance (org_id, object_id, starts_at);
create index instance_long on calendars.instance (org_id, starts_at) where is_long;
call platform.protect('calendars.instance');

-- Which objects take a subject's time: the way from a person to their events.
create table calendars.involvement (
  org_id     bigint not null,
  subject_id text not null,
  object_id  text not null,
  primary key (org_id, subject_id, object_id),
  foreign key (org_id, object_id) references calendars.object (org_id, id) on delete cascade
);
create index involvement_of_object on calendars.involvement (org_id, object_id);
call platform.protect('calendars.involvement');

-- An import: the upload as it came, what was found in it, and what became of it.
create table calendars.import (
  org_id      bigint not null,
  id          text not null,
  job_id      text, -- what works on it; null while it is being uploaded
  calendar_id text not null,
  zone        text, -- where floating times are read
  file_name   text,
  request_id  text not null, -- undo asks for it
  caller      jsonb not null,
  state       text not null check (state in ('uploading', 'uploaded', 'staged', 'pending', 'visible', 'undone')),
  bytes       bigint not null,
  created_at  timestamptz not null,
  primary key (org_id, id)
);
create index import_of_request on calendars.import (org_id, request_id);
create index import_pending on calendars.import (org_id, id) where state = 'pending';
call platform.protect('calendars.import');

create table calendars.upload (
  org_id    bigint not null,
  import_id text not null,
  part      integer not null,
  bytes     bytea not null,
  primary key (org_id, import_id, part)
);
call platform.protect('calendars.upload');

create table calendars.staged (
  org_id    bigint not null,
  import_id text not null,
  position  integer not null,
  uid       text not null,
  kind      text not null,
  bytes     bytea not null,
  etag      text not null,
  addresses jsonb not null, -- who is invited: [{email, name}]
  primary key (org_id, import_id, position)
);
call platform.protect('calendars.staged');
