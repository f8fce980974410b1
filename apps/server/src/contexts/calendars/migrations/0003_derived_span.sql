-- From when until when the dates of a series are kept beside it is its own: it begins with the series where that lies far
-- ahead, and is short where it recurs very often. Readers expand what lies outside; `derive_at` says when it is due again.
alter table calendars.object add column derived_from timestamptz;
alter table calendars.object add column derive_at timestamptz;
update calendars.object set derived_from = derived_to - interval '49 months', derive_at = now() where derived_to is not null;
drop index calendars.object_to_extend;
create index object_derived_to on calendars.object (org_id, derived_to) where derived_to is not null;
create index object_derived_from on calendars.object (org_id, derived_from) where derived_from is not null;
create index object_to_derive on calendars.object (org_id, derive_at) where derive_at is not null;
