-- Almost everything lasts a day at most, and a question about one hour need not look back a month for it: what lasts longer is found
-- by indexes of its own, of which those of at most 32 days are few as well.
alter table claims.claim add column is_brief boolean not null
  generated always as (ends_at - starts_at <= interval '25 hours') stored;
create index claim_of_days on claims.claim (org_id, track, starts_at) where not is_brief and not is_long;
create index claim_of_days_in_time on claims.claim (org_id, starts_at) where not is_brief and not is_long;
