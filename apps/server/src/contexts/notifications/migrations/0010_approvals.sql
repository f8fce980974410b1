-- Who is asked to approve something is told of it, and who asked for it what became of it: the request stands in the place of an event.
alter table notifications.notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ('invited', 'moved', 'cancelled', 'proposed', 'declined', 'asked',
    'switched-off', 'review', 'review-accepted', 'review-declined', 'approval', 'approval-approved', 'approval-declined',
    'approval-lapsed'));
