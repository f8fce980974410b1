import { betterAuth, type BetterAuthOptions } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { sql, type Kysely } from "kysely";
import type { Database, Owner } from "../../platform/db/database.ts";
import { hashPassword, pretendToVerify, verifyPassword } from "./passwords.ts";

/** How long a session lives without being used. */
export const SESSION_DAYS = 7;

function options(db: Kysely<unknown>, secret: string, baseUrl: string): BetterAuthOptions {
  return {
    baseURL: baseUrl,
    secret,
    telemetry: { enabled: false },
    // The library brings its own table types.
    database: { db: db as unknown as Kysely<Record<string, never>>, type: "postgres", schemaName: "auth" },
    emailAndPassword: {
      enabled: true,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(password, hash) },
    },
    session: {
      expiresIn: SESSION_DAYS * 86_400,
      // The organisation that the session works in; membership is checked with each request.
      additionalFields: { organisation: { type: "number", required: false, input: false } },
    },
    rateLimit: { enabled: false }, // Our own limits stand before it.
    logger: { level: "error" },
  };
}

/** The library's own tables, in schema `auth`. Safe to repeat. */
export async function migrateAuth({ db }: Owner): Promise<void> {
  await sql`create schema if not exists auth`.execute(db);
  const { runMigrations } = await getMigrations(
    options(db, "only for the schema: it signs nothing", "http://localhost"),
  );
  await runMigrations();
  await sql`call platform.share_schema('auth')`.execute(db);
}

export type NewSession = { readonly id: string; readonly token: string; readonly expiresAtMs: number };

/** Users, their passwords and their sessions. Called between units, never inside one. */
export type SignIn = {
  /** The user's id, or null when the email and the password do not belong together. */
  checkPassword(email: string, password: string): Promise<string | null>;
  findUser(email: string): Promise<string | null>;
  createUser(email: string, name: string, password: string): Promise<string>;
  /** Takes back a user who was just made and belongs to nothing. */
  removeUser(userId: string): Promise<void>;
  startSession(userId: string, organisation: number, client: string): Promise<NewSession>;
  endSession(token: string): Promise<void>;
};

const hasPassword = ({ providerId, password }: { providerId: string; password?: string | null | undefined }) =>
  providerId === "credential" && Boolean(password);

export async function openSignIn(database: Database, secret: string, baseUrl: string): Promise<SignIn> {
  const auth = betterAuth(options(database.kysely, secret, baseUrl));
  const { internalAdapter } = await auth.$context;
  return {
    async checkPassword(email, password) {
      const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
      const hash = found?.accounts.find(hasPassword)?.password;
      if (!found || !hash) {
        await pretendToVerify(password);
        return null;
      }
      return (await verifyPassword(password, hash)) ? found.user.id : null;
    },
    async findUser(email) {
      const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
      return found?.accounts.some(hasPassword) ? found.user.id : null;
    },
    async createUser(email, name, password) {
      const hash = await hashPassword(password);
      // One without a password was left by a process that ended between these two writes: it is finished, not refused.
      const half = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
      const user =
        half !== null && !half.accounts.some(hasPassword)
          ? half.user
          : await internalAdapter.createUser({ email, name, emailVerified: true }, { method: "email-password" });
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: "credential",
        accountId: user.id,
        password: hash,
      });
      return user.id;
    },
    async removeUser(userId) {
      await internalAdapter.deleteUser(userId);
    },
    async startSession(userId, organisation, client) {
      const session = await internalAdapter.createSession(userId, false, { organisation, userAgent: client });
      return { id: session.id, token: session.token, expiresAtMs: session.expiresAt.getTime() };
    },
    endSession: (token) => internalAdapter.deleteSession(token),
  };
}
