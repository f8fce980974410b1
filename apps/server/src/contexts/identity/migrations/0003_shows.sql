-- Whose time somebody sees first: ids of people, things and calendars; empty for everybody's.
alter table identity.membership add column shows text[] not null default '{}';
