-- The last plan of each draft: who asked for it and with what, and what came of it. How far it is stands with its job.
create table workforce.roster_plan (
  org_id     bigint not null,
  draft_id   text not null,
  job_id     text not null,
  asked_by   text,
  asked_name text not null,
  asked_at   timestamptz not null,
  wish       jsonb not null check (jsonb_typeof(wish) = 'object'),
  result     jsonb, -- null until it is applied
  primary key (org_id, draft_id),
  foreign key (org_id, draft_id) references workforce.draft on delete cascade
);
call platform.protect('workforce.roster_plan');
