-- Questions at the beginning of the public page, and where their answers lead.
alter table bookings.page add column routing jsonb not null default '{"questions": [], "rules": []}';
