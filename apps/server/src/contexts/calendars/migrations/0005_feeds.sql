-- A calendar whose events come from an address: they are read, and written by the poll alone. Invitations in it invite
-- nobody here: whoever writes a feed must not fill other people's time.
alter table calendars.calendar add column fed boolean not null default false;
