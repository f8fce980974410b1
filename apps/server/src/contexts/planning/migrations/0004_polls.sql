-- When people of the house have no time in common, they are asked: some times, and what each says of them.
create table planning.poll (
  org_id    bigint not null,
  id        text not null,
  title     text not null,
  maker_id  text not null, -- a person
  times     jsonb not null, -- from when to when, epoch ms, by start
  people    text[] not null, -- who is asked
  resources text[] not null, -- what the event will take
  is_closed boolean not null default false,
  picked    integer, -- which of the times
  ends_at   timestamptz not null, -- its last time begins
  made_at   timestamptz not null,
  primary key (org_id, id),
  check (picked is null or is_closed)
);
call platform.protect('planning.poll');
create index poll_open on planning.poll (org_id, ends_at) where not is_closed;

create table planning.poll_answer (
  org_id    bigint not null,
  poll_id   text not null,
  person_id text not null,
  answers   jsonb not null, -- yes, maybe or no, in the order of the times
  primary key (org_id, poll_id, person_id),
  foreign key (org_id, poll_id) references planning.poll (org_id, id) on delete cascade
);
call platform.protect('planning.poll_answer');
