-- Another time that a guest proposes for an event they may not move: one for each guest and occurrence, a new one takes
-- the place of the one before. Whether it was accepted is not kept: then the event is at that time.
create table calendars.proposal (
  org_id        bigint not null,
  object_id     text not null,
  recurrence_id text not null, -- '' for what happens once
  person_id     text not null, -- the guest
  id            text not null,
  start_text    text not null, -- as a change of the event takes it: an instant, or a day
  end_text      text not null,
  all_day       boolean not null,
  starts_at     timestamptz not null,
  ends_at       timestamptz not null check (starts_at < ends_at),
  was_starts_at timestamptz not null, -- when the event was: once it is elsewhere, the proposal is over
  was_ends_at   timestamptz not null,
  note          text check (length(note) <= 200),
  told          text[] not null check (cardinality(told) between 1 and 20), -- who is asked
  declined      boolean not null,
  primary key (org_id, object_id, recurrence_id, person_id),
  unique (org_id, id)
);
call platform.protect('calendars.proposal');
