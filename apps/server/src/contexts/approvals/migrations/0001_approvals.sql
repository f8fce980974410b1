-- What is asked for and who approves it: open to every context, which keeps its own things and is told what was decided.
create schema approvals;

-- How a kind of request is approved; without a row holds what the code says.
create table approvals.policy (
  org_id   bigint not null,
  kind     text not null,
  contents jsonb not null,
  version  integer not null default 1,
  primary key (org_id, kind)
);
call platform.protect('approvals.policy');

create table approvals.approval (
  org_id       bigint not null,
  id           text not null,
  kind         text not null,
  subject_id   text not null, -- of the context whose kind it is
  label        text not null,
  requested_by text not null,
  concerns     text not null,
  asked_at     timestamptz not null,
  policy       jsonb not null, -- as it was when it was asked
  state        text not null check (state in ('waiting', 'approved', 'declined', 'withdrawn', 'lapsed')),
  passed       jsonb not null, -- steps that are behind: how, and when
  answers      jsonb not null,
  since        timestamptz, -- of the step at which it waits
  due_at       timestamptz,
  escalations  integer not null default 0 check (escalations >= 0),
  ended_at     timestamptz,
  ended_by     text,
  reason       text,
  effect       jsonb not null, -- what approving would do, as its kind worked it out
  effect_at    timestamptz not null,
  look_at      timestamptz, -- when who is asked is worked out anew, at the latest when its time runs out
  version      integer not null default 1,
  primary key (org_id, id),
  check ((state = 'waiting') = (ended_at is null)),
  check ((state = 'waiting') = (since is not null)),
  check ((state = 'waiting') = (look_at is not null)),
  check (state = 'waiting' or due_at is null)
);
-- A thing is asked for once at a time.
create unique index approval_waiting on approvals.approval (org_id, kind, subject_id) where state = 'waiting';
create index approval_of_subject on approvals.approval (org_id, kind, subject_id, id);
create index approval_asked_by on approvals.approval (org_id, requested_by, id desc);
create index approval_concerning on approvals.approval (org_id, concerns, id desc);
create index approval_to_look_at on approvals.approval (org_id, look_at) where state = 'waiting';
call platform.protect('approvals.approval');

-- Who is asked, or was: worked out from policy, departments, absences and deputies, so that a list need not.
create table approvals.asked (
  org_id      bigint not null,
  approval_id text not null,
  person_id   text not null,
  is_open     boolean not null,
  primary key (org_id, approval_id, person_id),
  foreign key (org_id, approval_id) references approvals.approval (org_id, id) on delete cascade
);
create index asked_of_person on approvals.asked (org_id, person_id, approval_id) where is_open;
call platform.protect('approvals.asked');

create table approvals.deputy (
  org_id    bigint not null,
  id        text not null, -- their order is that of ids: the first who can is asked
  person_id text not null,
  deputy_id text not null check (deputy_id <> person_id),
  from_day  date,
  until_day date check (until_day >= from_day),
  primary key (org_id, id)
);
create index deputy_of_person on approvals.deputy (org_id, person_id, id);
create index person_of_deputy on approvals.deputy (org_id, deputy_id, id);
call platform.protect('approvals.deputy');

call changes.keep_facts_of('approvals.policy');

-- Which organisations have requests that are to be looked at: numbers only, so it may look across tenants.
create function approvals.due(now timestamptz, organisations_max integer)
returns table (org_id bigint)
language sql stable security definer set search_path = approvals, pg_temp as $$
  select distinct approval.org_id from approval where state = 'waiting' and look_at <= now limit organisations_max
$$;
revoke execute on function approvals.due from public;
grant execute on function approvals.due to hourwright_app;
