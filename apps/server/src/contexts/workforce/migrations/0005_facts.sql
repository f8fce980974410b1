-- Holidays seldom change and are asked wherever rules are.
call changes.keep_facts_of('workforce.holiday');
