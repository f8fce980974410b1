-- Calendars and their shares seldom change and are asked by every write.
call changes.keep_facts_of('calendars.calendar');
call changes.keep_facts_of('calendars.share');
