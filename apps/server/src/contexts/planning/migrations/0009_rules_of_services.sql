-- A rule may hold for what is booked of one service alone: it is its holder.
alter table planning.rule drop constraint rule_scope_check;
alter table planning.rule add constraint rule_scope_check
  check (scope in ('organisation', 'team', 'person', 'calendar', 'service'));
