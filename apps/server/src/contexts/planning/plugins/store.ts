import { sql } from "kysely";
import { limits } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { AllowedContents, AllowedPlugin } from "./model.ts";

type PluginRow = {
  id: string;
  name: string;
  hash: string;
  parameters: Record<string, number>;
  off: string | null;
  version: number;
};

const COLUMNS = sql`id, name, hash, parameters, off, version`;

/** All plug-ins that the organisation allows, or allowed until they were switched off, in the order in which they were allowed first. */
export async function allowedPluginsOf(unit: Unit): Promise<AllowedPlugin[]> {
  const { rows } = await sql<PluginRow>`
    select ${COLUMNS} from planning.plugin
    where org_id = ${unit.organisation} order by id limit ${limits.PLUGINS_ALLOWED_MAX}`.execute(unit.db);
  return rows.map(toPlugin);
}

export async function lockPlugin(
  unit: Unit,
  by: { readonly id: string } | { readonly name: string },
): Promise<AllowedPlugin | null> {
  const which = "id" in by ? sql`id = ${by.id}` : sql`name = ${by.name}`;
  const { rows } = await sql<PluginRow>`
    select ${COLUMNS} from planning.plugin where org_id = ${unit.organisation} and ${which} for update`.execute(
    unit.db,
  );
  return rows[0] === undefined ? null : toPlugin(rows[0]);
}

/** False where another of that name is allowed. */
export async function insertPlugin(
  unit: Unit,
  { id, name, hash, values, off, version }: AllowedPlugin,
): Promise<boolean> {
  const { rows } = await sql`
    insert into planning.plugin (org_id, id, name, hash, parameters, off, version)
    values (${unit.organisation}, ${id}, ${name}, ${hash}, ${JSON.stringify(values)}::jsonb, ${off}, ${version})
    on conflict do nothing returning id`.execute(unit.db);
  return rows.length === 1;
}

export async function updatePlugin(unit: Unit, { id, hash, values, off, version }: AllowedPlugin): Promise<void> {
  await sql`
    update planning.plugin set hash = ${hash}, parameters = ${JSON.stringify(values)}::jsonb, off = ${off}, version = ${version}
    where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

export async function deletePlugin(unit: Unit, id: string): Promise<void> {
  await sql`delete from planning.plugin where org_id = ${unit.organisation} and id = ${id}`.execute(unit.db);
}

const toPlugin = ({ parameters, ...row }: PluginRow): AllowedPlugin => ({ ...row, values: parameters });

export const contentsOf = ({ name, hash, values, off }: AllowedPlugin): AllowedContents => ({
  name,
  hash,
  values,
  off,
});
