-- Which plug-ins the organisation allows, byte by byte: one of a name, and what was switched off stays off until it is allowed anew.
create table planning.plugin (
  org_id     bigint not null,
  id         text not null,
  name       text not null,
  hash       text not null check (hash ~ '^sha256-[0-9a-f]{64}$'),
  parameters jsonb not null, -- numbers by the names of its parameters
  off        text check (length(off) between 1 and 1000), -- why it was switched off
  version    integer not null default 1,
  primary key (org_id, id),
  constraint plugin_once unique (org_id, name)
);
call platform.protect('planning.plugin');
