-- Services and their page seldom change and are asked by every hold.
call changes.keep_facts_of('bookings.service');
call changes.keep_facts_of('bookings.page');
