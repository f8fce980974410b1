-- When somebody may be taken is asked by every hold and seldom changes.
call changes.keep_facts_of('claims.availability');
