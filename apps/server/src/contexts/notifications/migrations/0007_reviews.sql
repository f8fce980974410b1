-- Who is asked to look at a proposal is told of it, and whoever made it of what is said: the notice names the proposal in the place
-- of an event.
alter table notifications.notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ('invited', 'moved', 'cancelled', 'proposed', 'declined', 'asked',
    'switched-off', 'review', 'review-accepted', 'review-declined'));
