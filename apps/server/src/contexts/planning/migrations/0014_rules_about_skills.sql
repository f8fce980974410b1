-- Rules that name one thing each, as those about skills do, stand beside each other: one for each holder and what they are about.
alter table planning.rule add column about text not null default '';
alter table planning.rule drop constraint rule_once;
alter table planning.rule add constraint rule_once unique (org_id, constraint_id, holder_id, about);
