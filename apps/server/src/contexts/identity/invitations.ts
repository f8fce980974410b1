import { randomBytes } from "node:crypto";
import { isRefused, refuseIdentity, refuseRequest, type Refused } from "@hourwright/contract";
import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { systemContext, type AccountPorts, type SignedIn } from "./accounts.ts";
import { createPerson, emailTaken } from "./commands.ts";
import { invitationState, type InvitationState } from "./decide.ts";
import type { Role, Subject } from "./model.ts";
import { insertKey, insertMemberKey, invitationKey } from "./directory.ts";
import { insertMembership, lockSubject, membershipOf, organisationOf, subjectsByEmail, subjectsById } from "./store.ts";
import type { IdentityTables } from "./tables.ts";

/** An invitation as administrators see it. */
export type Invitation = {
  readonly id: string;
  readonly role: Role;
  readonly email: string | null;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly usesMax: number;
  readonly uses: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly state: InvitationState;
};

export type InvitationWish = {
  readonly role: Role;
  readonly email?: string | undefined;
  readonly personId?: string | undefined;
  readonly days: number;
  readonly uses: number;
};

const DAY_MS = 86_400_000;
const LISTED_MAX = 200;

/** 192 random bits: known to the link alone. */
const newToken = (): string => randomBytes(24).toString("base64url");

/**
 * Makes an invitation. The link is in the answer and nowhere else: what is kept is a hash. With an address or a person it
 * is for one; else for whoever has it, as often as `uses` says.
 */
export async function createInvitation(
  ports: Pick<AccountPorts, "database">,
  context: { readonly caller: Caller | null; write<T>(work: (unit: Unit) => Promise<T>): Promise<T> },
  wish: InvitationWish,
): Promise<
  | { invitation: Invitation; token: string }
  | Refused<"identity/role-too-high" | "identity/email-taken" | `request/${string}`>
> {
  const caller = context.caller!;
  if (wish.role === "owner" && caller.role !== "owner")
    return refuseIdentity("role-too-high", "owner", { role: caller.role });
  const token = newToken();
  const made = await context.write(async (unit) => {
    const person = await invitedPerson(unit, wish);
    if (person !== null && isRefused(person)) return person;
    const expiresAtMs = unit.nowMs + wish.days * DAY_MS;
    const row = {
      id: unit.newId("inv"),
      role: wish.role,
      email: wish.email ?? person?.email ?? null,
      subject_id: person?.id ?? null,
      // For one person, once: a second use would be somebody else.
      uses_max: person !== null || wish.email !== undefined ? 1 : wish.uses,
      created_at: Temporal.Instant.fromEpochMilliseconds(unit.nowMs),
      created_by: caller.name,
      expires_at: Temporal.Instant.fromEpochMilliseconds(expiresAtMs),
    };
    await unit
      .tables<IdentityTables>()
      .insertInto("identity.invitation")
      .values({ org_id: unit.organisation, ...row, revoked_at: null })
      .execute();
    unit.record({
      kind: "created",
      thing: { type: "invitation", id: row.id },
      fields: ["role"],
      after: { role: row.role },
    });
    return { ...row, personName: person?.name ?? null, expiresAtMs, nowMs: unit.nowMs };
  });
  if (isRefused(made)) return made;
  await insertKey(ports.database, {
    kind: "invitation",
    token,
    organisation: caller.organisation,
    thingId: made.id,
    expiresAtMs: made.expiresAtMs,
  });
  return { invitation: shown({ ...made, uses: 0, revoked_at: null, person_name: made.personName }, made.nowMs), token };
}

/** The person an invitation is made for: named by id, or here already under its address; null for a newcomer. */
async function invitedPerson(
  unit: Unit,
  { personId, email }: InvitationWish,
): Promise<Subject | null | Refused<"identity/email-taken" | `request/${string}`>> {
  const named = personId === undefined ? undefined : (await subjectsById(unit, [personId]))[0];
  const found = named ?? (email === undefined ? undefined : (await subjectsByEmail(unit, [email]))[0]);
  if (personId !== undefined && (named === undefined || named.kind !== "person" || named.retired))
    return refuseRequest("not-found", "person", {});
  if (found === undefined) return null;
  if (email !== undefined && named !== undefined) {
    const owner = (await subjectsByEmail(unit, [email]))[0];
    if (owner !== undefined && owner.id !== named.id) return emailTaken(owner);
  }
  if ((await membershipOf(unit, found.id)) !== null)
    return refuseIdentity("email-taken", "signs-in", { name: found.name });
  if (found.kind === "person" && !found.retired) return found;
  return found.kind === "outside" ? null : emailTaken(found);
}

type Row = {
  readonly id: string;
  readonly role: Role;
  readonly email: string | null;
  readonly subject_id: string | null;
  readonly person_name: string | null;
  readonly uses_max: number;
  readonly uses: number;
  readonly created_at: Temporal.Instant;
  readonly created_by: string;
  readonly expires_at: Temporal.Instant;
  readonly revoked_at: Temporal.Instant | null;
};

const stateOf = (row: Row, nowMs: number): InvitationState =>
  invitationState(
    {
      uses: row.uses,
      usesMax: row.uses_max,
      expiresAtMs: row.expires_at.epochMilliseconds,
      revoked: row.revoked_at !== null,
    },
    nowMs,
  );

const shown = (row: Row, nowMs: number): Invitation => ({
  id: row.id,
  role: row.role,
  email: row.email,
  personId: row.subject_id,
  personName: row.person_name,
  usesMax: row.uses_max,
  uses: row.uses,
  createdAt: row.created_at.toString(),
  createdBy: row.created_by,
  expiresAt: row.expires_at.toString(),
  state: stateOf(row, nowMs),
});

const columns = sql`i.id, i.role, i.email, i.subject_id, p.name as person_name, i.uses_max, i.uses, i.created_at, i.created_by,
  i.expires_at, i.revoked_at`;
const source = sql`identity.invitation i left join identity.subject p on p.org_id = i.org_id and p.id = i.subject_id`;

export async function listInvitations(unit: Unit): Promise<Invitation[]> {
  const { rows } = await sql<Row>`
    select ${columns} from ${source} where i.org_id = ${unit.organisation} order by i.id desc limit ${LISTED_MAX}`.execute(
    unit.db,
  );
  return rows.map((row) => shown(row, unit.nowMs));
}

export async function revokeInvitation(unit: Unit, id: string): Promise<null | Refused<"request/not-found">> {
  const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  const { rows } = await sql`update identity.invitation set revoked_at = coalesce(revoked_at, ${now}::timestamptz)
    where org_id = ${unit.organisation} and id = ${id} returning id`.execute(unit.db);
  if (rows.length === 0) return refuseRequest("not-found", "invitation", {});
  unit.record({ kind: "removed", thing: { type: "invitation", id }, fields: ["state"] });
  return null;
}

const over = refuseIdentity("invitation-over", "ask", {});

/** One invitation, locked until the commit when it is to be used. */
async function openInvitation(unit: Unit, id: string, isUsed: boolean): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select ${columns} from ${source} where i.org_id = ${unit.organisation} and i.id = ${id} ${isUsed ? sql`for update of i` : sql``}`.execute(
    unit.db,
  );
  const row = rows[0];
  return row !== undefined && stateOf(row, unit.nowMs) === "open" ? row : null;
}

/** What a link says to whoever opens it. A wrong, old, used or revoked one says the same. */
export async function describeInvitation(ports: AccountPorts, token: string) {
  const key = await invitationKey(ports.database, token);
  if (key === null) return over;
  return ports.database.inOrganisation(
    systemContext(key.organisation, "join.read", ports.newId),
    async (unit) => {
      const found = await openInvitation(unit, key.invitationId, false);
      if (found === null) return over;
      const { name } = await organisationOf(unit);
      const { role, email, person_name: personName, expires_at: expiresAt } = found;
      return { organisation: name, role, email, name: personName, expiresAt: expiresAt.toString() };
    },
    { lane: "read" },
  );
}

export type JoinWish = {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

type JoinProblem =
  | "identity/invitation-over"
  | "identity/invitation-not-yours"
  | "identity/email-taken"
  | "identity/wrong-credentials";

/**
 * Joins with a link: look → make or check the user (between units) → take one use, the person and the membership in one
 * unit. A user who was made for nothing, because somebody else took the last use meanwhile, is removed again.
 */
export async function acceptInvitation(ports: AccountPorts, wish: JoinWish): Promise<SignedIn | Refused<JoinProblem>> {
  const key = await invitationKey(ports.database, wish.token);
  if (key === null) return over;
  const context = () => systemContext(key.organisation, "join.accept", ports.newId);
  const first = await ports.database.inOrganisation(context(), (unit) => look(unit, key.invitationId, wish), {
    lane: "read",
  });
  if (isRefused(first)) return first;

  const known = await ports.signIn.findUser(wish.email);
  // Who has an account on this server proves it; the same answer as a wrong password at the door.
  if (known !== null && (await ports.signIn.checkPassword(wish.email, wish.password)) !== known)
    return refuseIdentity("wrong-credentials", "join", {});
  const userId = known ?? (await ports.signIn.createUser(wish.email, wish.name, wish.password));
  const joined = await ports.database.inOrganisation(context(), (unit) =>
    join(unit, ports, key.invitationId, wish, userId),
  );
  if (isRefused(joined)) {
    if (known === null) await ports.signIn.removeUser(userId);
    return joined;
  }
  await insertMemberKey(ports.database, userId, key.organisation, joined.personId);
  const session = await ports.signIn.startSession(userId, key.organisation, "browser");
  return { session, userId, organisation: key.organisation };
}

/** Whether the invitation is open and for this address: asked before an account is made, and again under the lock. */
async function look(unit: Unit, id: string, wish: JoinWish, isUsed = false): Promise<Row | Refused<JoinProblem>> {
  const found = await openInvitation(unit, id, isUsed);
  if (found === null) return over;
  if (found.email !== null && found.email !== wish.email) return refuseIdentity("invitation-not-yours", "address", {});
  const owner = (await subjectsByEmail(unit, [wish.email]))[0];
  // A link for anybody must not make anybody of somebody who is here.
  if (owner !== undefined && owner.kind !== "outside" && owner.id !== found.subject_id)
    return refuseIdentity("email-taken", "invited", {});
  if (found.subject_id !== null && (await membershipOf(unit, found.subject_id)) !== null) return over;
  return found;
}

async function join(
  unit: Unit,
  ports: AccountPorts,
  id: string,
  wish: JoinWish,
  userId: string,
): Promise<{ readonly personId: string } | Refused<JoinProblem>> {
  const found = await look(unit, id, wish, true);
  if (isRefused(found)) return found;
  await sql`update identity.invitation set uses = uses + 1 where org_id = ${unit.organisation} and id = ${id}`.execute(
    unit.db,
  );
  const personId = found.subject_id ?? (await newPerson(unit, ports, wish));
  const { rows } =
    await sql`select from identity.membership where org_id = ${unit.organisation} and user_id = ${userId}`.execute(
      unit.db,
    );
  if (rows.length > 0) return refuseIdentity("email-taken", "member", {});
  if (found.subject_id !== null) await claimPerson(unit, found.subject_id, wish.email);
  await insertMembership(unit, { userId, personId, role: found.role, scopeTeamId: null });
  unit.record(
    { kind: "updated", thing: { type: "invitation", id }, fields: ["uses"] },
    { kind: "updated", thing: { type: "person", id: personId }, fields: ["role"] },
  );
  return { personId };
}

/** A person who had no address takes the one they sign in with. */
async function claimPerson(unit: Unit, personId: string, email: string): Promise<void> {
  const person = await lockSubject(unit, personId);
  if (person?.email === null)
    await sql`update identity.subject set email = ${email}, version = version + 1 where org_id = ${unit.organisation} and id = ${personId}`.execute(
      unit.db,
    );
}

async function newPerson(unit: Unit, ports: AccountPorts, wish: JoinWish): Promise<string> {
  const { zone } = await organisationOf(unit);
  const person = await createPerson(unit, { name: wish.name, email: wish.email, zone });
  if (isRefused(person)) throw new Error(`somebody has ${wish.email}, and was looked for before`);
  await ports.openCalendarFor(unit, person.id, person.name, zone);
  return person.id;
}
