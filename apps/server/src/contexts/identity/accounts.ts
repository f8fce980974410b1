import { randomInt } from "node:crypto";
import { isRefused, refuseIdentity, type Refused } from "@hourwright/contract";
import { findZone } from "@hourwright/time";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/clock.ts";
import { tooMany, type RateLimits } from "../../platform/http/rate-limits.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Role } from "./model.ts";
import type { NewSession, SignIn } from "./sign-in.ts";
import { ACCESS_SECONDS, newRefreshToken, REFRESH_DAYS, type AccessTokens } from "./tokens.ts";
import {
  deleteSession,
  insertDirectoryOrganisation,
  insertMemberKey,
  insertRefresh,
  listOrganisations,
  markReady,
  organisationsOfUser,
  useRefresh,
} from "./directory.ts";
import { insertMembership, insertOrganisation } from "./store.ts";
import { createPerson } from "./commands.ts";

export type DemoAccount = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
};

/** How this server lets people in; filled by `compose.ts`. */
export type AccountPorts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly signIn: SignIn;
  readonly tokens: AccessTokens;
  /** The accounts that one click opens; empty outside the demo, and once it is removed. */
  readonly demoAccounts: () => readonly DemoAccount[];
  /** Whether published passwords are barred here, because others can reach this server. */
  readonly demoBarred: () => boolean;
  readonly demoEmails: ReadonlySet<string>;
  /** How many passwords may be tried for one account. */
  readonly limits: Pick<RateLimits, "byAccount" | "forgiveAccount">;
  /** The calendar that a person begins with. */
  readonly openCalendarFor: (unit: Unit, personId: string, name: string, zone: string) => Promise<void>;
};

export type SignedIn = { readonly session: NewSession; readonly userId: string; readonly organisation: number };

type SignInProblem = "identity/wrong-credentials" | "identity/account-disabled" | "request/too-many";

const wrongCredentials = refuseIdentity("wrong-credentials", "check", {});

export async function signInWithPassword(
  ports: AccountPorts,
  email: string,
  password: string,
  client: string,
): Promise<SignedIn | Refused<SignInProblem>> {
  const tries = await ports.limits.byAccount(email);
  if (!tries.allowed) return tooMany(tries);
  const userId = await ports.signIn.checkPassword(email, password);
  if (userId === null) return wrongCredentials;
  await ports.limits.forgiveAccount(email);
  if (ports.demoBarred() && ports.demoEmails.has(email)) return demoBarred;
  return startSession(ports, userId, client);
}

export async function signInToDemo(
  ports: AccountPorts,
  email: string,
  client: string,
): Promise<SignedIn | Refused<SignInProblem | "identity/demo-only">> {
  if (!ports.demoAccounts().some((account) => account.email === email)) {
    return refuseIdentity("demo-only", "sign-in", {});
  }
  const userId = await ports.signIn.findUser(email);
  return userId === null ? wrongCredentials : startSession(ports, userId, client);
}

const demoBarred = refuseIdentity("account-disabled", "reached", {});

async function startSession(
  ports: AccountPorts,
  userId: string,
  client: string,
): Promise<SignedIn | Refused<SignInProblem>> {
  const organisation = (await organisationsOfUser(ports.database, userId))[0];
  if (organisation === undefined) return wrongCredentials;
  const session = await ports.signIn.startSession(userId, organisation, client.slice(0, 200));
  return { session, userId, organisation };
}

export type TokenPair = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly tokenType: "Bearer";
};

export async function tokenPair(ports: AccountPorts, sessionId: string, userId: string): Promise<TokenPair> {
  const nowMs = ports.clock.nowMs();
  const refreshToken = newRefreshToken();
  await insertRefresh(ports.database, refreshToken, sessionId, nowMs + REFRESH_MS);
  return pairOf(ports, sessionId, userId, refreshToken, nowMs);
}

const REFRESH_MS = REFRESH_DAYS * 86_400_000;

async function pairOf(
  ports: AccountPorts,
  sessionId: string,
  userId: string,
  refreshToken: string,
  nowMs: number,
): Promise<TokenPair> {
  const accessToken = await ports.tokens.sign(sessionId, userId, nowMs);
  return { accessToken, refreshToken, expiresIn: ACCESS_SECONDS, tokenType: "Bearer" };
}

/** The next tokens of a session. `ended` hears of the session that a token's second use has ended. */
export async function refreshTokens(
  ports: AccountPorts,
  token: string,
  ended: (sessionId: string) => void,
): Promise<TokenPair | Refused<"identity/session-ended">> {
  const nowMs = ports.clock.nowMs();
  const next = newRefreshToken();
  const use = await useRefresh(ports.database, token, next, nowMs, nowMs + REFRESH_MS);
  if (use === "unknown") return refuseIdentity("session-ended", "ended", {});
  if ("sessionId" in use) return pairOf(ports, use.sessionId, use.userId, next, nowMs);
  ended(use.ended);
  return refuseIdentity("session-ended", "twice", {});
}

export const endSession = (ports: AccountPorts, sessionId: string): Promise<void> =>
  deleteSession(ports.database, sessionId);

/** A code that people read from a terminal: no letters that look like digits. */
export function newSetupCode(): string {
  const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const part = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]!).join("");
  return `${part()}-${part()}-${part()}`;
}

export type FirstOwner = {
  readonly organisation: string;
  readonly zone: string;
  readonly firstWeekday: number;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

export type NewOrganisation = {
  readonly slug: string;
  readonly name: string;
  readonly zone: string;
  readonly firstWeekday: number;
  readonly demo: boolean;
};

/** Makes an organisation with its owner. Safe against two at once: the slug is unique. */
export async function createFirstOwner(
  ports: AccountPorts,
  wish: FirstOwner,
): Promise<Refused<"identity/setup-done" | "identity/unknown-zone"> | { userId: string }> {
  if (findZone(wish.zone) === null) return refuseIdentity("unknown-zone", "zone", { zone: wish.zone });
  const done = refuseIdentity("setup-done", "sign-in", {});
  if ((await listOrganisations(ports.database)).some(({ demo }) => !demo)) return done;
  const organisation = await openOrganisation(ports, {
    slug: "first",
    name: wish.organisation,
    zone: wish.zone,
    firstWeekday: wish.firstWeekday,
    demo: false,
  });
  if (organisation === null) return done;
  const { userId } = await createMember(ports, organisation, { ...wish, role: "owner" });
  await markReady(ports.database, organisation);
  return { userId };
}

/** Opens an organisation; null when the slug is taken. */
export async function openOrganisation(
  ports: Pick<AccountPorts, "database" | "newId">,
  wish: NewOrganisation,
): Promise<number | null> {
  let organisation: number;
  try {
    organisation = await insertDirectoryOrganisation(ports.database, wish.slug, wish.demo);
  } catch (error) {
    if ((error as { code?: string }).code === "23505") return null; // unique_violation: the slug.
    throw error;
  }
  await ports.database.inOrganisation(systemContext(organisation, "organisation.open", ports.newId), (unit) =>
    insertOrganisation(unit, wish),
  );
  return organisation;
}

export const systemContext = (organisation: number, operation: string, newId: IdMaker) => ({
  organisation,
  operation,
  requestId: newId("req"),
  actor: { kind: "system", userId: null, personId: null, label: "Hourwright" } as const,
});

export type NewMember = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly zone: string;
  readonly role: Role;
};

/** A person who can sign in, with a calendar of their own. */
export async function createMember(
  ports: Pick<AccountPorts, "database" | "newId" | "signIn" | "openCalendarFor">,
  organisation: number,
  wish: NewMember,
): Promise<{ userId: string; personId: string }> {
  const personId = await ports.database.inOrganisation(
    systemContext(organisation, "member.create", ports.newId),
    async (unit) => {
      const person = await createPerson(unit, { name: wish.name, email: wish.email, zone: wish.zone });
      if (isRefused(person)) throw new Error(`a member's zone and address were checked before: ${wish.zone}`);
      await ports.openCalendarFor(unit, person.id, wish.name, wish.zone);
      return person.id;
    },
  );
  const userId = await joinMember(ports, organisation, personId, wish);
  return { userId, personId };
}

/** Gives a person who exists a way to sign in. */
export async function joinMember(
  ports: Pick<AccountPorts, "database" | "newId" | "signIn">,
  organisation: number,
  personId: string,
  wish: {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly role: Role;
    readonly scopeTeamId?: string | null;
    readonly shows?: readonly string[];
  },
): Promise<string> {
  const userId =
    (await ports.signIn.findUser(wish.email)) ?? (await ports.signIn.createUser(wish.email, wish.name, wish.password));
  await ports.database.inOrganisation(systemContext(organisation, "member.join", ports.newId), async (unit) => {
    await insertMembership(unit, {
      userId,
      personId,
      role: wish.role,
      scopeTeamId: wish.scopeTeamId ?? null,
      shows: wish.shows ?? [],
    });
    unit.record({ kind: "updated", thing: { type: "person", id: personId }, fields: ["role"] }); // Lists show it.
  });
  await insertMemberKey(ports.database, userId, organisation, personId);
  return userId;
}
