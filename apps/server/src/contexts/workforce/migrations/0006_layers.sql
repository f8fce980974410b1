-- Opening times as layers: of the organisation, of a place, of a person or a thing. What stood as a plain week is a layer of weeks now.
create table workforce.layers (
  org_id  bigint not null,
  owner   text not null, -- 'organisation', or the id of a person, thing or place
  layers  jsonb not null check (jsonb_typeof(layers) = 'array'),
  version integer not null check (version >= 1),
  primary key (org_id, owner)
);
call platform.protect('workforce.layers');

insert into workforce.layers (org_id, owner, layers, version)
select o.org_id, case when o.subject_id = '' then 'organisation' else o.subject_id end,
  jsonb_build_array(jsonb_build_object('kind', 'weeks', 'name', '', 'anchor', '1970-01-05', 'season', null,
    'weeks', jsonb_build_array(coalesce((
      select jsonb_agg(jsonb_build_object('weekday', w.weekday, 'opens', left(w.opens::text, 5), 'closes', left(w.closes::text, 5))
        order by w.weekday, w.opens)
      from workforce.working_time w where w.org_id = o.org_id and w.subject_id = o.subject_id), '[]'::jsonb)))), 1
from (
  select org_id, subject_id from workforce.own_week
  union
  select org_id, subject_id from workforce.working_time where subject_id = ''
) o;
drop table workforce.own_week;
drop table workforce.working_time;
call changes.keep_facts_of('workforce.layers');

-- Public holidays of the regions that an organisation names, worked out ahead.
create table workforce.region (
  org_id  bigint not null,
  region  text not null, -- DE-BY
  names   jsonb not null, -- what it is called, by language
  until   date not null, -- worked out so far
  edition text not null, -- by which tables
  primary key (org_id, region)
);
call platform.protect('workforce.region');

create table workforce.region_holiday (
  org_id      bigint not null,
  region      text not null,
  day         date not null,
  key         text not null, -- what names it in every year
  kind        text not null check (kind in ('public', 'bank', 'school', 'optional', 'observance')),
  from_minute smallint check (from_minute between 1 and 1439), -- closed from then on alone; null: the whole day
  names       jsonb not null, -- by language
  primary key (org_id, region, day, key),
  foreign key (org_id, region) references workforce.region on delete cascade
);
call platform.protect('workforce.region_holiday');
call changes.keep_facts_of('workforce.region_holiday');
