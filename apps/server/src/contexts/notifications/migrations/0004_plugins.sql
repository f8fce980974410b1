-- Administrators are told of a plug-in that was switched off: it stands where the event stands, and the title says why.
alter table notifications.notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ('invited', 'moved', 'cancelled', 'proposed', 'declined', 'asked',
    'switched-off'));
