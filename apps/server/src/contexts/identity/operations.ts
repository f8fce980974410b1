import { timingSafeEqual } from "node:crypto";
import { isRefused, refuseIdentity } from "@hourwright/contract";
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
import { sessionCookie, type Authenticate } from "./authenticate.ts";
import {
  acceptInvitation,
  createInvitation,
  describeInvitation,
  listInvitations,
  revokeInvitation,
} from "./invitations.ts";
import { SESSION_DAYS } from "./sign-in.ts";
import { organisationOf, setShownFirst, shownFirst } from "./store.ts";
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
  | "me.update"
  | "invitations.create"
  | "invitations.list"
  | "invitations.remove"
  | "join.read"
  | "join.accept"
  | "demo.remove";

export type IdentityPorts = AccountPorts & {
  readonly cookieSecret: string;
  readonly authenticate: Authenticate;
  /** For a strip at the top of every page; null when there is nothing to say. */
  readonly notice: string | null;
  /** The one-time code of an empty server; null when there is nothing to set up. */
  readonly setupCode: () => string | null;
  readonly setupFinished: () => void;
  /** What a session keeps open ends with it. */
  readonly sessionEnded: (sessionId: string) => void;
  /** Whether starting an organisation of one's own wants the code, because other machines reach this server. */
  readonly startNeedsCode: boolean;
  readonly publicUrl: string;
  /** Whether the demo organisations are here. */
  readonly hasDemo: () => boolean;
  /** Removes them; null when there are none. */
  readonly removeDemo: () => Promise<number | null>;
};

export function identityOperations(ports: IdentityPorts): Handlers<IdentityIds> {
  const end = async (sessionId: string) => {
    await endSession(ports, sessionId);
    ports.sessionEnded(sessionId);
  };
  const start = async (signedIn: SignedIn, context: RequestContext) => {
    const cookie = sessionCookie(signedIn.session.token, ports.cookieSecret, SESSION_DAYS * 86_400);
    context.reply.headers["set-cookie"] = cookie;
    context.reply.actor = signedIn;
    const arrived = await ports.authenticate({ authorization: null, cookie: cookie.split(";")[0]! });
    return describeSession(ports, context, arrived?.caller ?? null);
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
      if (code === null) return refuseIdentity("setup-done", "sign-in", {});
      const isRight = timingSafeEqual(hashOf((body.code ?? "").trim().toUpperCase()), hashOf(code));
      if (!isRight && (ports.startNeedsCode || !ports.hasDemo())) {
        return refuseIdentity("setup-code-wrong", "read", {});
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
    "auth.refresh": ({ body }) => refreshTokens(ports, body.refreshToken, ports.sessionEnded),
    "auth.signOut": async (_input, context) => {
      await end(context.caller!.sessionId);
      context.reply.headers["set-cookie"] = sessionCookie("", ports.cookieSecret, 0);
      return null;
    },
    "me.read": (_input, context) => describeMe(ports, context.caller!),
    "me.update": async ({ body }, context) => {
      const { userId } = context.caller!;
      await context.write((unit) => setShownFirst(unit, userId, body.shows));
      return describeMe(ports, context.caller!);
    },
    "invitations.create": async ({ body }, context) => {
      const made = await createInvitation(ports, context, body);
      if (isRefused(made)) return made;
      context.reply.headers["location"] = `/v1/invitations/${made.invitation.id}`;
      return { ...made.invitation, link: `${ports.publicUrl}/join/${made.token}` };
    },
    "invitations.list": async (_input, context) => ({ items: await context.read(listInvitations) }),
    "invitations.remove": ({ params }, context) => context.write((unit) => revokeInvitation(unit, params.id)),
    "join.read": ({ params }) => describeInvitation(ports, params.token),
    "join.accept": async ({ body }, context) => {
      const joined = await acceptInvitation(ports, body);
      return isRefused(joined) ? joined : start(joined, context);
    },
    "demo.remove": async () => {
      const removed = await ports.removeDemo();
      if (removed === null) return refuseIdentity("no-demo", "nothing", {});
      const setupCode = ports.startNeedsCode ? null : ports.setupCode();
      return { removed, setupCode };
    },
  };
}

async function describeSession(ports: IdentityPorts, context: RequestContext, caller: Caller | null) {
  const me = caller === null ? null : await describeMe(ports, caller);
  const hasDemo = ports.hasDemo();
  return {
    signedIn: caller !== null,
    demo: ports.demoAccounts().length > 0,
    setup: ports.setupCode() !== null && !hasDemo,
    start:
      ports.setupCode() === null
        ? ("no" as const)
        : hasDemo && !ports.startNeedsCode
          ? ("free" as const)
          : ("code" as const),
    besideDemo: hasDemo && me !== null && (me.role === "owner" || me.role === "administrator"),
    plainHttp: context.plainHttp && !context.isLoopbackClient,
    notice: ports.notice,
    accounts: ports.demoAccounts().map(({ email, name, role }) => ({ email, name, role })),
    me,
  };
}

async function describeMe(ports: IdentityPorts, caller: Caller) {
  const { organisation, shows } = await ports.database.inOrganisation(
    { organisation: caller.organisation, actor: actorOf(caller), operation: "me.read", requestId: "me" },
    async (unit) => ({ organisation: await organisationOf(unit), shows: await shownFirst(unit, caller.userId) }),
    { lane: "read" },
  );
  return {
    userId: caller.userId,
    personId: caller.personId,
    name: caller.name,
    email: caller.email,
    role: caller.role,
    organisation: { id: String(caller.organisation), ...organisation },
    shows: [...shows],
  };
}

export const actorOf = (caller: Caller) =>
  ({ kind: "user", userId: caller.userId, personId: caller.personId, label: caller.name }) as const;
