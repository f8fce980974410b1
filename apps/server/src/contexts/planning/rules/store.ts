import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { aboutOf } from "./decide.ts";
import type { Rule, RuleContents } from "./model.ts";

type RuleRow = {
  id: string;
  constraint_id: string;
  scope: Rule["scope"];
  holder_id: string;
  is_hard: boolean;
  weight: number;
  parameters: Record<string, number>;
  named: string[];
  version: number;
};

const COLUMNS = sql`id, constraint_id, scope, holder_id, is_hard, weight, parameters, named, version`;

/** All rules of the organisation, in the order in which they were made. */
export async function rulesOf(unit: Unit): Promise<readonly Rule[]> {
  return unit.known("rules", async () => {
    const { rows } = await sql<RuleRow>`
      select ${COLUMNS} from planning.rule where org_id = ${unit.organisation} order by id limit ${limits.RULES_MAX}`.execute(
      unit.db,
    );
    return rows.map(toRule);
  });
}

export async function lockRule(unit: Unit, id: string): Promise<Rule | null> {
  const { rows } = await sql<RuleRow>`
    select ${COLUMNS} from planning.rule where org_id = ${unit.organisation} and id = ${id} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toRule(rows[0]);
}

/** False where there is a rule of that constraint for that holder, about the same where it is about something. */
export async function insertRule(unit: Unit, { id, version, ...rule }: Rule): Promise<boolean> {
  const { rows } = await sql`
    insert into planning.rule (org_id, id, constraint_id, scope, holder_id, is_hard, weight, parameters, named, about, version)
    values (${unit.organisation}, ${id}, ${rule.constraintId}, ${rule.scope}, ${rule.holderId ?? ""}, ${rule.isHard},
      ${rule.weight}, ${JSON.stringify(rule.values)}::jsonb, ${[...rule.namedIds]}::text[], ${aboutOf(rule)}, ${version})
    on conflict do nothing returning id`.execute(unit.db);
  return rows.length === 1;
}

export async function updateRule(unit: Unit, { id, isHard, weight, values, namedIds, version }: Rule): Promise<void> {
  await sql`update planning.rule set is_hard = ${isHard}, weight = ${weight}, parameters = ${JSON.stringify(values)}::jsonb,
    named = ${[...namedIds]}::text[], version = ${version} where org_id = ${unit.organisation} and id = ${id}`.execute(
    unit.db,
  );
}

/** How many rules name something. */
export async function rulesNaming(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select asked.id, count(*) as count from planning.rule r join unnest(${[...ids]}::text[]) as asked(id) on asked.id = any(r.named)
    where r.org_id = ${unit.organisation} group by asked.id`.execute(unit.db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

export async function deleteRule(unit: Unit, id: string): Promise<void> {
  await sql`delete from planning.rule where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

const toRule = (row: RuleRow): Rule => ({
  id: row.id,
  constraintId: row.constraint_id,
  scope: row.scope,
  holderId: row.holder_id === "" ? null : row.holder_id,
  isHard: row.is_hard,
  weight: row.weight,
  values: row.parameters,
  namedIds: row.named,
  version: row.version,
});

export const contentsOf = ({
  constraintId,
  scope,
  holderId,
  isHard,
  weight,
  values,
  namedIds,
}: Rule): RuleContents => ({
  constraintId,
  scope,
  holderId,
  isHard,
  weight,
  values,
  namedIds,
});
