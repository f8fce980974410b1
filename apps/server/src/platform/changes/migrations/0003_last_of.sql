-- The number of an organisation's last change, before the organisation is entered: it comes with who asks, in the same
-- statement, and answers that were worked out as of that number are true for them. A number only, so it looks below the policies.
create function changes.last_of(organisation bigint)
returns bigint
language sql stable security definer set search_path = changes, pg_temp as $$
  select coalesce((select seq from counter where org_id = organisation), 0)
$$;
revoke execute on function changes.last_of from public;
grant execute on function changes.last_of to hourwright_app;
