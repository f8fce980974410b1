-- Guests propose other times: who may answer is told of them, and the guest of a no. Then the times of the notice are those
-- that the event had, and what was proposed stands beside them.
alter table notifications.notice
  drop constraint notice_kind_check,
  add constraint notice_kind_check check (kind in ('invited', 'moved', 'cancelled', 'proposed', 'declined')),
  add column proposal_id   text,
  add column recurrence_id text,
  add column wanted_start  text, -- as a change of the event takes it: an instant, or a day
  add column wanted_end    text,
  add column wanted_days   boolean,
  add column note          text check (length(note) <= 200),
  add constraint notice_proposal_check check (
    case when kind in ('proposed', 'declined')
      then num_nulls(proposal_id, wanted_start, wanted_end, wanted_days) = 0
      else num_nonnulls(proposal_id, recurrence_id, wanted_start, wanted_end, wanted_days, note) = 0
    end);
create index notice_of_proposal on notifications.notice (org_id, proposal_id) where proposal_id is not null;
