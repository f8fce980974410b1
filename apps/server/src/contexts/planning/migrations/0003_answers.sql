-- What people answered to repairs that they were offered, and what was learned of it. All of it is one person's, is shown to them
-- alone, and goes when they say so. Answers are the truth: weights and chances are worked out from them again, and have no row.
create table planning.answer (
  org_id      bigint not null,
  id          text not null, -- in order of time: the last 1,000 of a person stay, the last 20,000 of an organisation
  person_id   text not null,
  request_id  text not null, -- that gave it, or the undo or redo that last changed whether it stands
  kind        text not null, -- of the conflict
  way         text not null check (way in ('move', 'shorten', 'instead', 'leave-out', 'remote', 'split', 'chain')),
  is_accepted boolean not null,
  costs       jsonb not null, -- what it asked, in the order of COSTS
  passed_over jsonb not null, -- of an accepted one: what stood before it
  is_standing boolean not null default true,
  answered_at timestamptz not null,
  primary key (org_id, id)
);
call platform.protect('planning.answer');
create index answer_of_person on planning.answer (org_id, person_id, id);
create index answer_of_request on planning.answer (org_id, request_id);

-- Whose answers are learned from: whoever has no row, and whoever has not switched it off.
create table planning.learner (
  org_id    bigint not null,
  person_id text not null,
  is_on     boolean not null default true,
  resets    jsonb not null default '{}', -- by weight: answers up to this id no longer move it
  hours     jsonb, -- sums by quarter of the week, no single thing; null: nothing yet
  hours_seq bigint not null default 0, -- the last change that is in them
  primary key (org_id, person_id)
);
call platform.protect('planning.learner');

-- A repair that somebody does not want for a clash: not offered to them again. A decision, whether anything is learned or not.
create table planning.dismissal (
  org_id       bigint not null,
  person_id    text not null,
  clash        text not null, -- as in planning.kept
  repair_id    text not null,
  dismissed_at timestamptz not null, -- the last 500 of a person stay
  primary key (org_id, person_id, clash, repair_id)
);
call platform.protect('planning.dismissal');
