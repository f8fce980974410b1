-- What some sessions say of who asks, with the number of each organisation's last change in the same snapshot; else as
-- `caller_of`, which it replaces: that was planned anew for each session. PL/pgSQL keeps its plan: one for any number, along
-- the indexes, so that it stays right while the tables grow. Embedded, 16 sessions take 1 ms instead of 14.
drop function identity.caller_of(text, boolean);
create function identity.callers_of(asked text[], by_token boolean[])
returns table (place bigint, session_id text, user_id text, org_id bigint, subject_id text, role text, name text, email text, as_of bigint)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
begin
  return query
    select a.place, s.id, s."userId", m.org_id, m.subject_id, m.role, p.name, u.email, coalesce(c.seq, 0)
    from unnest(asked, by_token) with ordinality as a(key, is_token, place)
    cross join lateral (
      select id, "userId", organisation, "expiresAt" from auth.session where not a.is_token and id = a.key
      union all
      select id, "userId", organisation, "expiresAt" from auth.session where a.is_token and token = a.key
    ) s
    join auth."user" u on u.id = s."userId"
    join identity.membership m on m.org_id = s.organisation and m.user_id = s."userId" and not m.disabled
    join identity.subject p on p.org_id = m.org_id and p.id = m.subject_id
    left join changes.counter c on c.org_id = m.org_id
    where s."expiresAt" > now();
end
$$;
revoke execute on function identity.callers_of(text[], boolean[]) from public;
grant execute on function identity.callers_of(text[], boolean[]) to hourwright_app;
