-- People or things that a rule names: from whom somebody is kept apart, which rooms may be used.
alter table planning.rule add column named text[] not null default '{}';
