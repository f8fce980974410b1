import { timingSafeEqual } from "node:crypto";
import { identityProblems, isRefused } from "@hourwright/contract";
import type { Caller, RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import {
  createFirstOwner,
  endSession,
  refreshTokens,
  signInToDemo,
  signInWithPassword,
  tokenPair,
  type AccountPorts,
  type SignedIn,
} from "./accounts.ts";
import { authenticator, sessionCookie } from "./authenticate.ts";
import { createSubjects } from "./commands.ts";
import { listSubjects } from "./queries.ts";
import { SESSION_DAYS } from "./sign-in.ts";
import { organisationOf } from "./store.ts";
import { hashOf } from "./tokens.ts";

type IdentityIds =
  | "session.read"
  | "session.start"
  | "session.end"
  | "setup.finish"
  | "auth.signIn"
  | "auth.refresh"
  | "auth.signOut"
  | "me.read"
  | "people.list"
  | "people.create"
  | "resources.list"
  | "resources.create";

export type IdentityPorts = AccountPorts & {
  readonly cookieSecret: string;
  /** For a strip at the top of every page; null when there is nothing to say. */
  readonly notice: string | null;
  /** The one-time code of an empty server; null when there is nothing to set up. */
  readonly setupCode: () => string | null;
  readonly setupFinished: () => void;
  /** What a session keeps open ends with it. */
  readonly sessionEnded: (sessionId: string) => void;
};

export function identityOperations(ports: IdentityPorts): Handlers<IdentityIds> {
  const authenticate = authenticator(ports.database, ports.tokens, ports.cookieSecret, ports.clock);

  const end = async (sessionId: string) => {
    await endSession(ports, sessionId);
    ports.sessionEnded(sessionId);
  };
  const start = async (signedIn: SignedIn, context: RequestContext) => {
    const cookie = sessionCookie(signedIn.session.token, ports.cookieSecret, SESSION_DAYS * 86_400);
    context.reply.headers["set-cookie"] = cookie;
    context.reply.actor = signedIn;
    const caller = await authenticate({ authorization: null, cookie: cookie.split(";")[0]! });
    return describeSession(ports, context, caller);
  };

  return {
    "session.read": (_input, context) => describeSession(ports, context, context.caller),
    "session.start": async ({ body }, context) => {
      const signedIn =
        "account" in body
          ? await signInToDemo(ports, body.account, "browser")
          : await signInWithPassword(ports, body.email, body.password, "browser");
      return isRefused(signedIn) ? signedIn : start(signedIn, context);
    },
    "session.end": async (_input, context) => {
      if (context.caller !== null) await end(context.caller.sessionId);
      context.reply.headers["set-cookie"] = sessionCookie("", ports.cookieSecret, 0);
      return null;
    },
    "setup.finish": async ({ body }, context) => {
      const code = ports.setupCode();
      if (code === null) return identityProblems.refuse("setup-done", "Sign in, or ask the owner for an invitation.");
      if (!timingSafeEqual(hashOf(body.code.trim().toUpperCase()), hashOf(code))) {
        return identityProblems.refuse(
          "setup-code-wrong",
          "Read it again in the terminal; it changes with each start.",
        );
      }
      const made = await createFirstOwner(ports, body);
      if (isRefused(made)) return made;
      ports.setupFinished();
      const signedIn = await signInWithPassword(ports, body.email, body.password, "browser");
      if (isRefused(signedIn)) throw new Error("the first owner cannot sign in");
      return start(signedIn, context);
    },
    "auth.signIn": async ({ body }, context) => {
      const signedIn = await signInWithPassword(ports, body.email, body.password, "program");
      if (isRefused(signedIn)) return signedIn;
      context.reply.actor = signedIn;
      return tokenPair(ports, signedIn.session.id, signedIn.userId);
    },
    "auth.refresh": ({ body }) => refreshTokens(ports, body.refreshToken),
    "auth.signOut": async (_input, context) => {
      await end(context.caller!.sessionId);
      context.reply.headers["set-cookie"] = sessionCookie("", ports.cookieSecret, 0);
      return null;
    },
    "me.read": (_input, context) => describeMe(ports, context.caller!),
    "people.list": ({ query }, context) => context.read((unit) => listSubjects(unit, ["person", "outside"], query)),
    "resources.list": ({ query }, context) =>
      context.read((unit) => listSubjects(unit, ["room", "vehicle", "equipment"], query)),
    "people.create": async ({ body }, context) => {
      const created = await context.write(async (unit) => {
        const zone = body.zone ?? (await organisationOf(unit)).zone;
        const made = await createSubjects(unit, [{ kind: "person", name: body.name, email: body.email ?? null, zone }]);
        if (!isRefused(made)) await ports.openCalendarFor(unit, made[0]!.id, body.name, zone);
        return made;
      });
      if (isRefused(created)) return created;
      const person = created[0]!;
      context.reply.headers["location"] = `/v1/people/${person.id}`;
      return { ...person, teams: [], version: 1 };
    },
    "resources.create": async ({ body }, context) => {
      const created = await context.write(async (unit) => {
        const zone = body.zone ?? (await organisationOf(unit)).zone;
        return createSubjects(unit, [{ ...body, zone }]);
      });
      if (isRefused(created)) return created;
      context.reply.headers["location"] = `/v1/resources/${created[0]!.id}`;
      return { ...created[0]!, teams: [], version: 1 };
    },
  };
}

async function describeSession(ports: IdentityPorts, context: RequestContext, caller: Caller | null) {
  const me = caller === null ? null : await describeMe(ports, caller);
  return {
    signedIn: caller !== null,
    demo: ports.demoAccounts.length > 0,
    setup: ports.setupCode() !== null,
    plainHttp: context.plainHttp && !context.isLoopbackClient,
    notice: ports.notice,
    accounts: ports.demoAccounts.map(({ email, name, role }) => ({ email, name, role })),
    me,
  };
}

async function describeMe(ports: IdentityPorts, caller: Caller) {
  const organisation = await ports.database.inOrganisation(
    { organisation: caller.organisation, actor: actorOf(caller), operation: "me.read", requestId: "me" },
    organisationOf,
    { lane: "read" },
  );
  return {
    userId: caller.userId,
    personId: caller.personId,
    name: caller.name,
    email: caller.email,
    role: caller.role,
    organisation: { id: String(caller.organisation), ...organisation },
  };
}

export const actorOf = (caller: Caller) =>
  ({ kind: "user", userId: caller.userId, personId: caller.personId, label: caller.name }) as const;
