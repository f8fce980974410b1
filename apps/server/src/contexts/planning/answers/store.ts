import type { PreferredHours } from "@hourwright/learn";
import { sql } from "kysely";
import type { Unit } from "../../../platform/db/database.ts";
import {
  ANSWERS_OF_A_PERSON_MAX,
  ANSWERS_OF_AN_ORGANISATION_MAX,
  DISMISSALS_OF_A_PERSON_MAX,
  type Answered,
  type Kept,
  type Resets,
} from "./model.ts";

/** What is kept of one person, without their answers. */
export type Learner = {
  readonly isOn: boolean;
  readonly resets: Resets;
  readonly hours: PreferredHours | null;
  /** Another as soon as something else is to be learned. */
  readonly mark: string;
  /** `clash repair` of what they have put aside. */
  readonly dismissed: readonly string[];
};

/** One statement. */
export async function learnerOf(unit: Unit, personId: string): Promise<Learner> {
  const { rows } = await sql<{
    is_on: boolean | null;
    resets: Resets | null;
    hours: PreferredHours | null;
    count: number;
    standing: number;
    newest: string | null;
    touched: string | null;
    dismissed: string[] | null;
  }>`
    select l.is_on, l.resets, l.hours, a.count, a.standing, a.newest, a.touched, d.dismissed
    from (
      select count(*) as count, count(*) filter (where is_standing) as standing, max(id) as newest, max(request_id) as touched
      from planning.answer where org_id = ${unit.organisation} and person_id = ${personId}
    ) as a
    cross join (
      select jsonb_agg(clash || ' ' || repair_id) as dismissed
      from planning.dismissal where org_id = ${unit.organisation} and person_id = ${personId}
    ) as d
    left join planning.learner l on l.org_id = ${unit.organisation} and l.person_id = ${personId}`.execute(unit.db);
  const { is_on, resets, hours, dismissed, ...answers } = rows[0]!;
  return {
    isOn: is_on ?? true,
    resets: resets ?? {},
    hours,
    mark: JSON.stringify([answers, resets]),
    dismissed: dismissed ?? [],
  };
}

/** A person's answers that stand, in order of time. */
export async function answersOf(unit: Unit, personId: string): Promise<Kept[]> {
  const { rows } = await sql<{
    id: string;
    kind: string;
    way: Answered["way"];
    is_accepted: boolean;
    costs: number[];
    passed_over: number[][];
  }>`
    select id, kind, way, is_accepted, costs, passed_over from planning.answer
    where org_id = ${unit.organisation} and person_id = ${personId} and is_standing
    order by id desc limit ${ANSWERS_OF_A_PERSON_MAX}`.execute(unit.db);
  return rows.toReversed().map(({ id, kind, way, is_accepted, costs, passed_over }) => ({
    id,
    kind,
    way,
    isAccepted: is_accepted,
    costs,
    passedOver: passed_over,
  }));
}

/** Adds answers of one person, unless they do not want it; their oldest go. One statement, which waits for nobody else. */
export async function insertAnswers(unit: Unit, personId: string, answers: readonly Answered[]): Promise<void> {
  if (answers.length === 0) return;
  const rows = answers.map(({ kind, way, isAccepted, costs, passedOver }) => ({
    id: unit.newId("ans"),
    kind,
    way,
    is_accepted: isAccepted,
    costs,
    passed_over: passedOver,
  }));
  const at = Temporal.Instant.fromEpochMilliseconds(unit.nowMs).toString();
  await sql`
    with old as (
      delete from planning.answer where org_id = ${unit.organisation} and id in (
        select id from planning.answer where org_id = ${unit.organisation} and person_id = ${personId}
        order by id desc offset ${ANSWERS_OF_A_PERSON_MAX - rows.length})
    )
    insert into planning.answer
      (org_id, id, person_id, request_id, kind, way, is_accepted, costs, passed_over, answered_at)
    select ${unit.organisation}, a.id, ${personId}, ${unit.requestId}, a.kind, a.way, a.is_accepted, a.costs, a.passed_over,
      ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a(id text, kind text, way text, is_accepted boolean,
      costs jsonb, passed_over jsonb)
    where not exists (
      select from planning.learner where org_id = ${unit.organisation} and person_id = ${personId} and not is_on)`.execute(
    unit.db,
  );
}

/** The oldest answers of the organisation go: 30 ms once it has all it may have. */
export async function trimAnswers(unit: Unit): Promise<void> {
  await sql`
    delete from planning.answer where org_id = ${unit.organisation} and id in (
      select id from planning.answer where org_id = ${unit.organisation}
      order by id desc offset ${ANSWERS_OF_AN_ORGANISATION_MAX})`.execute(unit.db);
}

/**
 * Answers of a request that was undone stand no longer, and those of an undo that was undone stand again. They are the newer
 * request's from then on, so doing it twice changes nothing.
 */
export async function turnAnswers(unit: Unit, undoneId: string, byId: string): Promise<void> {
  await sql`
    update planning.answer set is_standing = not is_standing, request_id = ${byId}
    where org_id = ${unit.organisation} and request_id = ${undoneId}`.execute(unit.db);
}

export async function deleteAnswers(unit: Unit, personId: string): Promise<void> {
  await sql`
    delete from planning.answer where org_id = ${unit.organisation} and person_id = ${personId}`.execute(unit.db);
}

/** Switches learning on or off. */
export async function putLearner(unit: Unit, personId: string, isOn: boolean): Promise<void> {
  await sql`
    insert into planning.learner (org_id, person_id, is_on) values (${unit.organisation}, ${personId}, ${isOn})
    on conflict (org_id, person_id) do update set is_on = excluded.is_on`.execute(unit.db);
}

const NOT_LEARNED_MAX = 100_000;

/** Who has said that nothing is learned of them. */
export async function notLearnedFrom(unit: Unit): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from planning.learner
    where org_id = ${unit.organisation} and not is_on
    limit ${NOT_LEARNED_MAX}`.execute(unit.db);
  return new Set(rows.map(({ person_id }) => person_id));
}

/** Answers up to now no longer move these weights; null: none is left to be forgotten. */
export async function putResets(unit: Unit, personId: string, resets: Resets): Promise<void> {
  await sql`
    insert into planning.learner (org_id, person_id, resets)
    values (${unit.organisation}, ${personId}, ${JSON.stringify(resets)}::jsonb)
    on conflict (org_id, person_id) do update set resets = excluded.resets`.execute(unit.db);
}

export async function newestAnswer(unit: Unit, personId: string): Promise<string | null> {
  const { rows } = await sql<{ newest: string | null }>`
    select max(id) as newest from planning.answer
    where org_id = ${unit.organisation} and person_id = ${personId}`.execute(unit.db);
  return rows[0]!.newest;
}

/** Somebody's hours, held until the end of the unit; null where nothing is to be learned of them. */
export async function lockHours(
  unit: Unit,
  personId: string,
): Promise<{ readonly hours: PreferredHours | null; readonly seq: number } | null> {
  const { rows } = await sql<{ is_on: boolean; hours: PreferredHours | null; hours_seq: number }>`
    insert into planning.learner as l (org_id, person_id) values (${unit.organisation}, ${personId})
    on conflict (org_id, person_id) do update set is_on = l.is_on
    returning is_on, hours, hours_seq`.execute(unit.db);
  const { is_on, hours, hours_seq } = rows[0]!;
  return is_on ? { hours, seq: hours_seq } : null;
}

/** Keeps somebody's hours, with all changes up to `seq` in them; `seq` null leaves that as it is. */
export async function putHours(
  unit: Unit,
  personId: string,
  hours: PreferredHours | null,
  seq: number | null,
): Promise<void> {
  await sql`
    update planning.learner set hours = ${hours === null ? null : JSON.stringify(hours)}::jsonb,
      hours_seq = ${seq === null ? sql`hours_seq` : seq}
    where org_id = ${unit.organisation} and person_id = ${personId}`.execute(unit.db);
}

/** Puts a repair aside for one person and clash; the oldest go. */
export async function insertDismissal(unit: Unit, personId: string, clash: string, repairId: string): Promise<void> {
  const at = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
  await sql`
    with old as (
      delete from planning.dismissal where org_id = ${unit.organisation} and person_id = ${personId}
        and (clash, repair_id) in (
          select clash, repair_id from planning.dismissal
          where org_id = ${unit.organisation} and person_id = ${personId}
          order by dismissed_at desc offset ${DISMISSALS_OF_A_PERSON_MAX - 1})
    )
    insert into planning.dismissal (org_id, person_id, clash, repair_id, dismissed_at)
    values (${unit.organisation}, ${personId}, ${clash}, ${repairId}, ${at}::timestamptz)
    on conflict do nothing`.execute(unit.db);
}

export async function deleteDismissal(unit: Unit, personId: string, clash: string, repairId: string): Promise<void> {
  await sql`
    delete from planning.dismissal where org_id = ${unit.organisation} and person_id = ${personId}
      and clash = ${clash} and repair_id = ${repairId}`.execute(unit.db);
}
