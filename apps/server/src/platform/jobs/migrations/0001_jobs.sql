-- Work that outlives its request. The row is the truth; pg-boss only brings ids to workers, and may lose them.
create schema jobs;

create table jobs.job (
  org_id         bigint not null,
  id             text not null,
  kind           text not null, -- as the program's handlers name it: calendars.import
  state          text not null check (state in ('queued', 'running', 'waiting', 'done', 'failed')),
  input          jsonb not null,
  result         jsonb,
  error          text, -- of the last attempt, for people of the house
  progress_done  integer not null default 0,
  progress_total integer not null default 0,
  attempts       integer not null default 0,
  accepted       boolean not null default false, -- what it was waiting for was accepted
  cancel_asked   boolean not null default false,
  created_by     jsonb not null, -- the actor
  request_id     text not null,
  created_at     timestamptz not null,
  ended_at       timestamptz,
  held_by        text, -- the process it runs in, and until when that must say so again
  held_until     timestamptz,
  fed_at         timestamptz, -- when pg-boss was last told
  primary key (org_id, id),
  check ((state = 'running') = (held_by is not null)),
  check ((state in ('done', 'failed')) = (ended_at is not null))
);
call platform.protect('jobs.job');
create index job_by_age on jobs.job (org_id, created_at);
create index job_unfinished on jobs.job (org_id, id) where state in ('queued', 'running');

-- What should be in pg-boss and may not be: ids and kinds only, so it may look across tenants.
create function jobs.to_feed(now timestamptz, fed_before timestamptz, jobs_max integer)
returns table (org_id bigint, id text, kind text)
language sql stable security definer set search_path = jobs, pg_temp as $$
  select job.org_id, job.id, job.kind
  from job
  where state = 'queued' and coalesce(fed_at <= fed_before, true)
    or state = 'running' and held_until <= now and coalesce(fed_at < held_until, true) -- its process is gone
  order by job.created_at
  limit jobs_max
$$;
revoke execute on function jobs.to_feed from public;
grant execute on function jobs.to_feed to hourwright_app;

create function jobs.mark_fed(organisations bigint[], ids text[], now timestamptz)
returns void
language sql security definer set search_path = jobs, pg_temp as $$
  update job set fed_at = now
  from unnest(organisations, ids) as fed (org_id, id)
  where job.org_id = fed.org_id and job.id = fed.id
$$;
revoke execute on function jobs.mark_fed from public;
grant execute on function jobs.mark_fed to hourwright_app;

-- For the start of the only process there can be: what is marked as running was cut off.
create function jobs.release_all()
returns void
language sql security definer set search_path = jobs, pg_temp as $$
  update job set state = 'queued', held_by = null, held_until = null, fed_at = null where state = 'running';
  update job set fed_at = null where state = 'queued';
$$;
revoke execute on function jobs.release_all from public;
grant execute on function jobs.release_all to hourwright_app;
