import { limits } from "@hourwright/contract";
import { sql, type RawBuilder } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Answer, Approval, EffectLine, Passed, Policy } from "./model.ts";

const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
const atOrNull = (ms: number | null): string | null => (ms === null ? null : at(ms));

/** A request with what the reading side adds. */
export type Stored = {
  readonly approval: Approval;
  readonly effect: readonly EffectLine[];
  readonly effectMs: number;
  readonly version: number;
};

type Row = {
  readonly id: string;
  readonly kind: string;
  readonly subject_id: string;
  readonly label: string;
  readonly requested_by: string;
  readonly concerns: string;
  readonly asked_at: Temporal.Instant;
  readonly policy: Policy;
  readonly state: Approval["state"];
  readonly passed: readonly Passed[];
  readonly answers: readonly Answer[];
  readonly since: Temporal.Instant | null;
  readonly due_at: Temporal.Instant | null;
  readonly escalations: number;
  readonly ended_at: Temporal.Instant | null;
  readonly ended_by: string | null;
  readonly reason: string | null;
  readonly effect: readonly EffectLine[];
  readonly effect_at: Temporal.Instant;
  readonly version: number;
};

const COLUMNS = sql`a.id, a.kind, a.subject_id, a.label, a.requested_by, a.concerns, a.asked_at, a.policy, a.state, a.passed,
  a.answers, a.since, a.due_at, a.escalations, a.ended_at, a.ended_by, a.reason, a.effect, a.effect_at, a.version`;

function toStored(row: Row): Stored {
  const { effect, effect_at, version } = row;
  return { approval: toApproval(row), effect, effectMs: effect_at.epochMilliseconds, version };
}

function toApproval(row: Row): Approval {
  const { id, kind, label, concerns, policy, passed, answers, reason, state } = row;
  const asked = {
    id,
    kind,
    subjectId: row.subject_id,
    label,
    requestedBy: row.requested_by,
    concerns,
    policy,
    passed,
    answers,
    askedMs: row.asked_at.epochMilliseconds,
  };
  const { escalations, ended_by: endedBy } = row;
  if (state === "waiting") {
    const dueMs = row.due_at?.epochMilliseconds ?? null;
    return { ...asked, state, sinceMs: row.since!.epochMilliseconds, dueMs, escalations };
  }
  const ended = { ...asked, endedMs: row.ended_at!.epochMilliseconds };
  switch (state) {
    case "approved":
      return { ...ended, state };
    case "declined":
      return { ...ended, state, endedBy, reason };
    case "withdrawn":
      return { ...ended, state, endedBy };
    case "lapsed":
      return { ...ended, state, reason };
  }
}

/** A request, locked until the commit. */
export async function lockApproval(unit: Unit, id: string): Promise<Stored | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from approvals.approval a
    where a.org_id = ${unit.organisation} and a.id = ${id} for update`.execute(unit.db);
  return rows[0] === undefined ? null : toStored(rows[0]);
}

/** What waits for a thing, locked; null when nothing does. */
export async function lockWaitingFor(unit: Unit, kind: string, subjectId: string): Promise<Stored | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from approvals.approval a
    where a.org_id = ${unit.organisation} and a.kind = ${kind} and a.subject_id = ${subjectId} and a.state = 'waiting'
    for update`.execute(unit.db);
  return rows[0] === undefined ? null : toStored(rows[0]);
}

export async function approvalById(unit: Unit, id: string): Promise<Stored | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from approvals.approval a where a.org_id = ${unit.organisation} and a.id = ${id}`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toStored(rows[0]);
}

/** False where the thing is asked for already. */
export async function insertApproval(
  unit: Unit,
  { approval, effect }: Pick<Stored, "approval" | "effect">,
): Promise<boolean> {
  const { id, kind, subjectId, label, requestedBy, concerns, askedMs, policy } = approval;
  const { state, since, dueMs, lookMs } = movingOf(approval, unit.nowMs);
  const { rows } = await sql`
    insert into approvals.approval (org_id, id, kind, subject_id, label, requested_by, concerns, asked_at, policy, state, passed,
      answers, since, due_at, effect, effect_at, look_at)
    values (${unit.organisation}, ${id}, ${kind}, ${subjectId}, ${label}, ${requestedBy}, ${concerns}, ${at(askedMs)}::timestamptz,
      ${JSON.stringify(policy)}::jsonb, ${state}, '[]', '[]', ${since}::timestamptz, ${dueMs}::timestamptz,
      ${JSON.stringify(effect)}::jsonb, ${at(unit.nowMs)}::timestamptz, ${lookMs}::timestamptz)
    on conflict (org_id, kind, subject_id) where state = 'waiting' do nothing returning id`.execute(unit.db);
  return rows.length > 0;
}

/** Stores what became of a request; `lookMs`: when who is asked is worked out again. */
export async function updateApproval(unit: Unit, approval: Approval, lookMs: number): Promise<void> {
  const { state, since, dueMs, lookMs: look } = movingOf(approval, lookMs);
  await sql`
    update approvals.approval set state = ${state}, passed = ${JSON.stringify(approval.passed)}::jsonb,
      answers = ${JSON.stringify(approval.answers)}::jsonb, since = ${since}::timestamptz, due_at = ${dueMs}::timestamptz,
      escalations = ${approval.state === "waiting" ? approval.escalations : 0},
      ended_at = ${"endedMs" in approval ? at(approval.endedMs) : null}::timestamptz,
      ended_by = ${"endedBy" in approval ? approval.endedBy : null}, reason = ${"reason" in approval ? approval.reason : null},
      look_at = ${look}::timestamptz, version = version + 1
    where org_id = ${unit.organisation} and id = ${approval.id}`.execute(unit.db);
}

function movingOf(approval: Approval, lookMs: number) {
  if (approval.state !== "waiting") return { state: approval.state, since: null, dueMs: null, lookMs: null };
  const { state, sinceMs, dueMs } = approval;
  return { state, since: at(sinceMs), dueMs: atOrNull(dueMs), lookMs: at(Math.min(lookMs, dueMs ?? lookMs)) };
}

/** When who is asked is worked out again, where nothing of the request itself has changed. */
export async function lookAgainAt(unit: Unit, id: string, lookMs: number): Promise<void> {
  await sql`
    update approvals.approval set look_at = ${at(lookMs)}::timestamptz
    where org_id = ${unit.organisation} and id = ${id} and state = 'waiting'`.execute(unit.db);
}

/** What waits for somebody, or for whom they are asked in the place of, is looked at soon: their deputies changed. */
export async function lookSoonFor(unit: Unit, personId: string): Promise<void> {
  await sql`
    update approvals.approval a set look_at = ${at(unit.nowMs)}::timestamptz
    from approvals.asked k
    where a.org_id = ${unit.organisation} and k.org_id = a.org_id and k.approval_id = a.id and k.person_id = ${personId}
      and a.state = 'waiting'`.execute(unit.db);
}

export async function countWaiting(unit: Unit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from approvals.approval where org_id = ${unit.organisation} and state = 'waiting'`.execute(
    unit.db,
  );
  return rows[0]!.count;
}

/** Requests that are to be looked at, the longest due first. */
export async function dueApprovals(unit: Unit, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from approvals.approval
    where org_id = ${unit.organisation} and state = 'waiting' and look_at <= ${at(unit.nowMs)}::timestamptz
    order by look_at, id limit ${most}`.execute(unit.db);
  return rows.map(({ id }) => id);
}

/** Says who is asked now; who was asked before and is not any more stays named. Answers who is asked anew. */
export async function putAsked(unit: Unit, id: string, people: readonly string[]): Promise<string[]> {
  await sql`
    update approvals.asked set is_open = false
    where org_id = ${unit.organisation} and approval_id = ${id} and is_open and person_id <> all(${[...people]}::text[])`.execute(
    unit.db,
  );
  const { rows } = await sql<{ person_id: string }>`
    insert into approvals.asked (org_id, approval_id, person_id, is_open)
    select ${unit.organisation}, ${id}, person_id, true from unnest(${[...people]}::text[]) as person_id order by person_id
    on conflict (org_id, approval_id, person_id) do update set is_open = true where not asked.is_open
    returning person_id`.execute(unit.db);
  return rows.map(({ person_id }) => person_id);
}

/** Who is asked now of each of some requests, in order of id. */
export async function askedNow(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ approval_id: string; people: string[] }>`
    select approval_id, array_agg(person_id order by person_id) as people from approvals.asked
    where org_id = ${unit.organisation} and approval_id = any(${[...ids]}::text[]) and is_open group by approval_id`.execute(
    unit.db,
  );
  return new Map(rows.map(({ approval_id, people }) => [approval_id, people]));
}

/** Whether somebody is asked, or ever was. */
export async function wasAsked(unit: Unit, id: string, personId: string): Promise<boolean> {
  const { rows } = await sql`
    select from approvals.asked where org_id = ${unit.organisation} and approval_id = ${id} and person_id = ${personId}`.execute(
    unit.db,
  );
  return rows.length > 0;
}

/** Which requests a list shows. `people` null: those of everybody. */
export type Sought =
  | { readonly view: "decide"; readonly personId: string }
  | { readonly view: "asked"; readonly personId: string; readonly state: Approval["state"] | null }
  | { readonly view: "scope"; readonly people: readonly string[] | null; readonly state: Approval["state"] | null };

/** A page: what is to be decided oldest first, all else newest first. */
export async function listApprovals(
  unit: Unit,
  sought: Sought,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<Stored[]> {
  const isOldestFirst = sought.view === "decide";
  const beyond = isOldestFirst ? sql`a.id > ${after}` : sql`a.id < ${after}`;
  const order = isOldestFirst ? sql`a.id` : sql`a.id desc`;
  const { rows } = await sql<Row>`
    select ${COLUMNS} from approvals.approval a
    where a.org_id = ${unit.organisation} and ${which(unit, sought)} and (${after}::text is null or ${beyond})
    order by ${order} limit ${limit}`.execute(unit.db);
  return rows.map(toStored);
}

function which(unit: Unit, sought: Sought): RawBuilder<unknown> {
  if (sought.view === "decide")
    return sql`a.state = 'waiting' and a.id in (select approval_id from approvals.asked
      where org_id = ${unit.organisation} and person_id = ${sought.personId} and is_open)`;
  const inState = sought.state === null ? sql`true` : sql`a.state = ${sought.state}`;
  if (sought.view === "asked")
    return sql`(a.requested_by = ${sought.personId} or a.concerns = ${sought.personId}) and ${inState}`;
  return sought.people === null ? inState : sql`a.concerns = any(${[...sought.people]}::text[]) and ${inState}`;
}

export type StoredPolicy = { readonly kind: string; readonly policy: Policy; readonly version: number };

/** The policies that were set, by kind: shared, read only. */
export async function policiesOf(unit: Unit): Promise<readonly StoredPolicy[]> {
  return unit.known("approval policies", async () => {
    const { rows } = await sql<StoredPolicy>`
      select kind, contents as policy, version from approvals.policy where org_id = ${unit.organisation}
      order by kind limit ${limits.APPROVAL_POLICIES_MAX}`.execute(unit.db);
    return rows;
  });
}

/** A policy as it is now, locked. */
export async function lockPolicy(unit: Unit, kind: string): Promise<StoredPolicy | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`approvals.policy ${unit.organisation}`}, 0))`.execute(
    unit.db,
  );
  const { rows } = await sql<StoredPolicy>`
    select kind, contents as policy, version from approvals.policy
    where org_id = ${unit.organisation} and kind = ${kind} for update`.execute(unit.db);
  return rows[0] ?? null;
}

export async function putPolicy(unit: Unit, { kind, policy, version }: StoredPolicy): Promise<void> {
  await sql`
    insert into approvals.policy (org_id, kind, contents, version)
    values (${unit.organisation}, ${kind}, ${JSON.stringify(policy)}::jsonb, ${version})
    on conflict (org_id, kind) do update set contents = excluded.contents, version = excluded.version`.execute(unit.db);
}

export async function deletePolicy(unit: Unit, kind: string): Promise<void> {
  await sql`delete from approvals.policy where org_id = ${unit.organisation} and kind = ${kind}`.execute(unit.db);
}

/** That somebody stands in for another, from one day of theirs until another; null where it has no end. */
export type Deputy = {
  readonly id: string;
  readonly personId: string;
  readonly deputyId: string;
  readonly from: string | null;
  readonly until: string | null;
};

const DEPUTY_COLUMNS = sql`id, person_id as "personId", deputy_id as "deputyId", from_day::text as "from", until_day::text as "until"`;

/** Those named by some people, or who stand in for them, in order. */
export async function deputiesOf(
  unit: Unit,
  people: readonly string[],
  of: "theirs" | "both" = "theirs",
): Promise<Deputy[]> {
  const whose = sql`person_id = any(${[...people]}::text[])`;
  const which = of === "theirs" ? whose : sql`(${whose} or deputy_id = any(${[...people]}::text[]))`;
  const { rows } = await sql<Deputy>`
    select ${DEPUTY_COLUMNS} from approvals.deputy
    where org_id = ${unit.organisation} and ${which} order by id limit ${people.length * DEPUTIES_SHOWN_MAX}`.execute(
    unit.db,
  );
  return rows;
}

/** Of one person, those for whom they stand in too. */
const DEPUTIES_SHOWN_MAX = 100;

export async function insertDeputy(unit: Unit, { id, personId, deputyId, from, until }: Deputy): Promise<void> {
  await sql`
    insert into approvals.deputy (org_id, id, person_id, deputy_id, from_day, until_day)
    values (${unit.organisation}, ${id}, ${personId}, ${deputyId}, ${from}::date, ${until}::date)
    on conflict (org_id, id) do nothing`.execute(unit.db);
}

/** One writer of somebody's deputies at a time. */
export async function lockDeputies(unit: Unit, personId: string): Promise<void> {
  const name = `approvals.deputy ${unit.organisation} ${personId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(unit.db);
}

export async function lockDeputy(unit: Unit, id: string): Promise<Deputy | null> {
  const { rows } = await sql<Deputy>`
    select ${DEPUTY_COLUMNS} from approvals.deputy where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] ?? null;
}

export async function deleteDeputy(unit: Unit, id: string): Promise<void> {
  await sql`delete from approvals.deputy where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}
