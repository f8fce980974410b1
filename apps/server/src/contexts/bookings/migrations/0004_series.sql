-- Dates that were booked together: each is a booking of its own, and knows which of how many it is.
alter table bookings.booking
  add column series_id text,
  add column series_index smallint,
  add column series_count smallint,
  add check ((series_id is null) = (series_index is null) and (series_id is null) = (series_count is null)),
  add check (series_index between 1 and series_count);
create index booking_of_series on bookings.booking (org_id, series_id) where series_id is not null;
