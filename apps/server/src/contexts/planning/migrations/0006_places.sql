-- Where the sites of rooms and things are. A site is a name that things carry; what is called the same is the same.
create table planning.place (
  org_id    bigint not null,
  id        text not null,
  name      text not null,
  latitude  double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  ways      jsonb not null, -- how long the way to others takes, where somebody has said so: placeId, minutes
  version   integer not null default 1,
  primary key (org_id, id)
);
call platform.protect('planning.place');
create unique index place_by_name on planning.place (org_id, lower(name));
