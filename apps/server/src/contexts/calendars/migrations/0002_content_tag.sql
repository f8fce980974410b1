-- What an object says, apart from the file around it: an import compares by it, so that the same events exported again,
-- by another program or by ours, are found unchanged. Objects stored before count as changed the next time they come.
alter table calendars.object add column content_tag text not null default '';
alter table calendars.staged rename column etag to content_tag;
alter table calendars.staged add column floats boolean not null default false; -- the zone of the import matters to it
