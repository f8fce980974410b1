import pg from "pg";
import { CannotStart } from "../failure.ts";

/** The role under which everything but migrations and backup runs: row-level security holds for it, and it owns nothing. */
export const APP_ROLE = "hourwright_app";

/**
 * Makes the role where it is missing and `owner` may, and makes sure that `login` can step down to it.
 * A login that cannot is refused: as owner, superuser or with BYPASSRLS it would see every organisation.
 */
export async function ensureRole(owner: pg.ClientBase, login: pg.ClientBase): Promise<void> {
  await attempt(owner, `create role ${APP_ROLE} nologin`);
  const { name, canStepDown } = await loginOf(login);
  if (canStepDown) return;
  await attempt(owner, `grant ${APP_ROLE} to ${pg.escapeIdentifier(name)}`);
  if ((await loginOf(login)).canStepDown) return;
  throw new CannotStart(
    `The database login "${name}" cannot take the role ${APP_ROLE}, so one organisation could read another's rows: ` +
      `as an administrator run "create role ${APP_ROLE} nologin; grant ${APP_ROLE} to ${name};" and start again.`,
  );
}

async function loginOf(client: pg.ClientBase): Promise<{ name: string; canStepDown: boolean }> {
  const { rows } = await client.query<{ name: string; can_step_down: boolean }>(
    `select session_user as name, coalesce((select pg_has_role(session_user, oid, 'member') from pg_roles
     where rolname = '${APP_ROLE}'), false) as can_step_down`,
  );
  return { name: rows[0]!.name, canStepDown: rows[0]!.can_step_down };
}

/** Runs what may have been done already, by us or by another process at the same moment, or may not be ours to do. */
async function attempt(client: pg.ClientBase, text: string): Promise<void> {
  const [duplicate, unique, forbidden, absent, concurrent] = ["42710", "23505", "42501", "42704", "XX000"];
  const expected = [duplicate, unique, forbidden, absent, concurrent];
  try {
    await client.query(text);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !expected.includes(error.code ?? "")) throw error;
  }
}
