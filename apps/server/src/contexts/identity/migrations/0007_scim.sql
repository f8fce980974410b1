-- Directories that keep people and teams by SCIM (RFC 7643, 7644): who may, and what they say that has no other place.
alter table directory.key drop constraint key_kind_check;
alter table directory.key add constraint key_kind_check check (kind in ('member', 'invitation', 'scim'));

-- A directory is told when somebody was changed, by whomever.
alter table identity.subject add column changed_at timestamptz not null default now();
create function identity.subject_changed() returns trigger
language plpgsql as $$
begin
  new.changed_at := now();
  return new;
end $$;
create trigger subject_changed before update on identity.subject
  for each row execute function identity.subject_changed();

-- The secret is known to the directory alone; `directory.key` has its hash.
create table identity.scim_token (
  org_id     bigint not null,
  id         text not null,
  name       text not null,
  created_at timestamptz not null,
  created_by text not null, -- the name to show
  expires_at timestamptz not null,
  used_at    timestamptz, -- to the hour
  revoked_at timestamptz,
  primary key (org_id, id)
);
call platform.protect('identity.scim_token');

create table identity.scim_user (
  org_id      bigint not null,
  subject_id  text not null,
  user_name   text not null,
  external_id text,
  attributes  jsonb not null, -- what was said and has no other place
  name        text not null, -- what its words were taken for
  email       text,
  manager_id  text,
  changed_at  timestamptz not null,
  removed_at  timestamptz, -- while they are retired, the directory sees them no more
  primary key (org_id, subject_id),
  foreign key (org_id, subject_id) references identity.subject (org_id, id) on delete cascade
);
create unique index scim_user_name on identity.scim_user (org_id, lower(user_name)) where removed_at is null;
create index scim_user_external on identity.scim_user (org_id, external_id) where external_id is not null;
call platform.protect('identity.scim_user');

create table identity.scim_group (
  org_id      bigint not null,
  team_id     text not null,
  external_id text,
  changed_at  timestamptz not null,
  primary key (org_id, team_id),
  foreign key (org_id, team_id) references identity.team (org_id, id) on delete cascade
);
call platform.protect('identity.scim_group');
