-- The version of what seldom changes: each change to a table of facts counts it up, in its own transaction.
-- Who reads it as its unit begins may use what it knew at the same version.
create table changes.facts (
  org_id  bigint primary key,
  version bigint not null
);
call platform.protect('changes.facts');

-- For a statement that may change what is known.
create function changes.facts_changed() returns trigger
language plpgsql as $$
declare
  organisation bigint := nullif(current_setting('app.org', true), '')::bigint;
begin
  if organisation is null then -- The owner at work, on whosever rows: nothing that was known counts any more.
    insert into changes.facts (org_id, version) select org_id, 1 from changes.counter
    on conflict (org_id) do update set version = facts.version + 1;
  else
    insert into changes.facts (org_id, version) values (organisation, 1)
    on conflict (org_id) do update set version = facts.version + 1;
  end if;
  return null;
end $$;

-- Says that a table holds facts.
create procedure changes.keep_facts_of(target regclass)
language plpgsql as $$
begin
  execute format(
    'create trigger facts after insert or update or delete on %s for each statement execute function changes.facts_changed()',
    target);
end $$;
