-- A calendar of which zone or policy has changed has everything in it derived again, some at a time: the id up to which
-- that is done; null when nothing is to do.
alter table calendars.calendar add column derive_after text;
create index calendar_to_derive on calendars.calendar (org_id, id) where derive_after is not null;
