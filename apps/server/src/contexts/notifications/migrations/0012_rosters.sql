-- Whoever a published roster concerns is told of it: the publication stands in the place of an event. Which kinds there are is said by the
-- code: several contexts add to them.
alter table notifications.notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind ~ '^[a-z]+(-[a-z]+){0,3}$' and length(kind) <= 40);
