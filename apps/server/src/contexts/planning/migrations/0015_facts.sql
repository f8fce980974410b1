-- Rules and places seldom change and are asked by every write.
call changes.keep_facts_of('planning.rule');
call changes.keep_facts_of('planning.place');
