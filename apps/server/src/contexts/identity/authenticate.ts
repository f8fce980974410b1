import { createHmac, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Caller, Role } from "../../platform/operations/context.ts";
import type { AccessTokens } from "./tokens.ts";

/** `__Host-`: only over https or on localhost, only this host, only the whole site. */
export const SESSION_COOKIE = "__Host-hourwright";

type Credentials = { readonly authorization: string | null; readonly cookie: string };

/**
 * Who asks: by bearer token or by the browser's cookie, one statement. Null without credentials, and for those that
 * have ended. A bearer token that is wrong is not replaced by a cookie: the client meant the token.
 */
export function authenticator(database: Database, tokens: AccessTokens, secret: string, clock: Clock) {
  return async ({ authorization, cookie }: Credentials): Promise<Caller | null> => {
    if (authorization !== null) {
      const token = /^Bearer ([\w.-]{1,4096})$/i.exec(authorization)?.[1];
      const sessionId = token === undefined ? null : await tokens.read(token, clock.nowMs());
      return sessionId === null ? null : callerOf(database, sessionId, "token");
    }
    const token = readSessionCookie(cookie, secret);
    return token === null ? null : callerOf(database, token, "cookie");
  };
}

type CallerRow = {
  session_id: string;
  user_id: string;
  org_id: number;
  subject_id: string;
  role: Role;
  name: string;
  email: string;
};

async function callerOf(database: Database, asked: string, via: Caller["via"]): Promise<Caller | null> {
  const { rows } = await database.outside(
    (db) => sql<CallerRow>`select * from identity.caller_of(${asked}, ${via === "cookie"})`.execute(db),
    { lane: "read" },
  );
  const row = rows[0];
  return row === undefined ? null : toCaller(row, via);
}

/** Who asks in each of some sessions, as of now; those that have ended are left out. One statement. */
export async function callersOf(database: Database, sessionIds: readonly string[]): Promise<Caller[]> {
  if (sessionIds.length === 0) return [];
  const { rows } = await database.outside(
    (db) =>
      sql<CallerRow>`
        select caller.*
        from unnest(${[...sessionIds]}::text[]) as asked(id)
        cross join lateral identity.caller_of(asked.id, false) as caller`.execute(db),
    { lane: "read" },
  );
  return rows.map((row) => toCaller(row, "token"));
}

function toCaller(row: CallerRow, via: Caller["via"]): Caller {
  return {
    userId: row.user_id,
    personId: row.subject_id,
    organisation: row.org_id,
    role: row.role,
    name: row.name,
    email: row.email,
    sessionId: row.session_id,
    via,
  };
}

/** `token.signature`: the signature keeps made-up tokens away from the database. */
export function sessionCookie(token: string, secret: string, maxAgeSeconds: number): string {
  const value = token === "" ? "" : `${token}.${signatureOf(token, secret)}`;
  return `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; Secure; SameSite=Lax`;
}

export function readSessionCookie(header: string, secret: string): string | null {
  const value = header
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${SESSION_COOKIE}=`))
    ?.slice(SESSION_COOKIE.length + 1);
  const split = value?.lastIndexOf(".") ?? -1;
  if (value === undefined || split < 1) return null;
  const token = value.slice(0, split);
  const given = Buffer.from(value.slice(split + 1), "base64url");
  const expected = Buffer.from(signatureOf(token, secret), "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

const signatureOf = (token: string, secret: string): string =>
  createHmac("sha256", `session cookies:${secret}`).update(token).digest("base64url");
