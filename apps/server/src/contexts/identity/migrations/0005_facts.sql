-- People, things, teams and the organisation itself seldom change and are asked by almost every unit.
call changes.keep_facts_of('identity.organisation');
call changes.keep_facts_of('identity.team');
call changes.keep_facts_of('identity.team_member');
call changes.keep_facts_of('identity.membership');

-- Someone from outside comes with many an event, and nothing that was known is different for it.
create function identity.people_came() returns trigger
language plpgsql as $$
begin
  if exists (select from come where kind <> 'outside') then
    insert into changes.facts (org_id, version) select distinct org_id, 1 from come where kind <> 'outside'
    on conflict (org_id) do update set version = facts.version + 1;
  end if;
  return null;
end $$;
create trigger people_came after insert on identity.subject
  referencing new table as come for each statement execute function identity.people_came();
create trigger facts after update or delete on identity.subject
  for each statement execute function changes.facts_changed();
