-- What somebody wrote stands with its booking alone, where forgetting a customer empties it: the log says only that there is something.
update changes.change set
  before = before - 'reason' || jsonb_build_object('hasReason', coalesce(before ->> 'reason', '') <> ''),
  after = after - 'reason' || jsonb_build_object('hasReason', coalesce(after ->> 'reason', '') <> '')
where thing_type = 'booking' and (before ? 'reason' or after ? 'reason');
