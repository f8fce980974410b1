-- Who is asked in a poll is told of it: the notice names the poll in the place of an event.
alter table notifications.notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ('invited', 'moved', 'cancelled', 'proposed', 'declined', 'asked'));
