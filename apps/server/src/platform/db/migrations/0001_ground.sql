-- The ground under every schema: the two extensions, and the one way a table becomes a tenant's.
-- The role hourwright_app is made before migrations run: the application steps down to it as it connects.
create extension if not exists btree_gist; -- a number and a range in one exclusion constraint
create extension if not exists pg_trgm; -- search by likeness

create schema if not exists platform;
grant usage on schema platform to hourwright_app;

-- Makes a table a tenant's: rows of one organisation are seen, written and counted in that organisation alone.
-- Row-level security is enabled and not forced: the application's role is what it holds for. Forced, the owner would be
-- blind without being told: a backup would write no rows.
create procedure platform.protect(target regclass)
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  -- After its first local use the setting is empty, not null.
  execute format(
    'create policy one_organisation on %s using (org_id = nullif(current_setting(''app.org'', true), '''')::bigint)',
    target);
  call platform.share(target);
end $$;

-- Opens a table without tenants (sign-in, directory) to the application.
create procedure platform.share(target regclass)
language plpgsql as $$
begin
  execute format('grant usage on schema %I to hourwright_app',
    (select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = target));
  execute format('grant select, insert, update, delete on %s to hourwright_app', target);
end $$;

-- Opens a schema whose tables a library makes for itself, those it has and those it will have.
create procedure platform.share_schema(target text)
language plpgsql as $$
begin
  execute format('grant usage on schema %I to hourwright_app', target);
  execute format('grant select, insert, update, delete on all tables in schema %I to hourwright_app', target);
  execute format('grant usage, select on all sequences in schema %I to hourwright_app', target);
  execute format('grant execute on all functions in schema %I to hourwright_app', target);
  execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to hourwright_app',
    target);
  execute format('alter default privileges in schema %I grant usage, select on sequences to hourwright_app', target);
end $$;
