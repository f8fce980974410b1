-- Times offered to a customer instead of their own, because whoever it was with is away: starts, until when one of them can be
-- chosen, and who is away. It is part of the booking, and goes with whatever else becomes of it.
alter table bookings.booking
  add column offer jsonb,
  add check (offer is null or state in ('requested', 'confirmed'));
create index booking_offered on bookings.booking (org_id, starts_at, id) where offer is not null;
