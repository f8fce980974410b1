-- Who is known by their address stays as they are, whoever gives it. What was said differently with a booking or a wish is kept with
-- it, encrypted as customers are; null where it is what stands.
alter table bookings.booking add column given bytea;
alter table bookings.wish add column given bytea;
create index booking_given on bookings.booking (org_id, customer_id, made_at) where given is not null;
