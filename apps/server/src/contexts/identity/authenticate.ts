import { createHmac, timingSafeEqual } from "node:crypto";
import { sql, type Kysely } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Arrived, Caller, Role } from "../../platform/operations/context.ts";
import { together } from "../../platform/together.ts";
import { KnownArrivals } from "./known-arrivals.ts";
import type { AccessTokens } from "./tokens.ts";

/** `__Host-`: only over https or on localhost, only this host, only the whole site. */
export const SESSION_COOKIE = "__Host-hourwright";

type Credentials = { readonly authorization: string | null; readonly cookie: string };

/** Sessions looked up by one statement. */
const SESSIONS_MAX = 200;

/** Who asks, by what they carry; null without credentials, and for those that have ended. */
export type Authenticate = (credentials: Credentials) => Promise<Arrived | null>;

/**
 * By bearer token or by the browser's cookie: who came lately is known (`KnownArrivals`), the others are found by one
 * statement for all who come while it cannot yet be asked. A bearer token that is wrong is not replaced by a cookie: the
 * client meant the token. One for each process.
 */
export function authenticator(
  database: Database,
  tokens: AccessTokens,
  secret: string,
  clock: Clock,
): Authenticate & Disposable {
  const known = new KnownArrivals(database, clock);
  const find = together<Asked, Arrived | null>(
    (take) =>
      database.outside(
        async (db) => {
          const asked = take();
          const keep = known.begin();
          const arrived = await arrivedBy(db, asked);
          arrived.forEach((each, i) => keep(keyOf(asked[i]!), each));
          return arrived;
        },
        { lane: "read" },
      ),
    SESSIONS_MAX,
  );
  const lookUp = (asked: Asked): Arrived | Promise<Arrived | null> => {
    // One that fails is asked again by who comes after its time, and hears why.
    const again = () => void find(asked).catch(() => {});
    return known.get(keyOf(asked), again) ?? find(asked);
  };
  const authenticate: Authenticate = async ({ authorization, cookie }) => {
    if (authorization !== null) {
      const token = /^Bearer ([\w.-]{1,4096})$/i.exec(authorization)?.[1];
      const sessionId = token === undefined ? null : await tokens.read(token, clock.nowMs());
      return sessionId === null ? null : lookUp({ session: sessionId, via: "token" });
    }
    const token = readSessionCookie(cookie, secret);
    return token === null ? null : lookUp({ session: token, via: "cookie" });
  };
  return Object.assign(authenticate, { [Symbol.dispose]: () => known[Symbol.dispose]() });
}

const keyOf = ({ session, via }: Asked): string => `${via} ${session}`;

type CallerRow = {
  place: number;
  session_id: string;
  user_id: string;
  org_id: number;
  subject_id: string;
  role: Role;
  name: string;
  email: string;
  as_of: number;
};

/** A session by its id, which is in an access token, or by the token that its cookie holds. */
type Asked = { readonly session: string; readonly via: Caller["via"] };

/** Who asks in each of some sessions, and what was the last change of their organisation then. One statement. */
async function arrivedBy(db: Kysely<unknown>, asked: readonly Asked[]): Promise<(Arrived | null)[]> {
  const sessions = asked.map(({ session }) => session);
  const byToken = asked.map(({ via }) => via === "cookie");
  const { rows } = await sql<CallerRow>`
    select * from identity.callers_of(${sessions}::text[], ${byToken}::boolean[])`.execute(db);
  const found = new Map(rows.map((row) => [row.place, row]));
  return asked.map(({ via }, i) => {
    const row = found.get(i + 1);
    return row === undefined ? null : { caller: toCaller(row, via), asOf: row.as_of };
  });
}

/** Who asks in each of some sessions, as of now; those that have ended are left out. One statement. */
export async function callersOf(database: Database, sessionIds: readonly string[]): Promise<Caller[]> {
  if (sessionIds.length === 0) return [];
  const asked = sessionIds.map((session) => ({ session, via: "token" }) as const);
  const arrived = await database.outside((db) => arrivedBy(db, asked), { lane: "read" });
  return arrived.flatMap((each) => (each === null ? [] : [each.caller]));
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
