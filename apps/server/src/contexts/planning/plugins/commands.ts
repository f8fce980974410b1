import { isRefused, limits, refusePlanning, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { IfMatch } from "../../../platform/operations/context.ts";
import { allowanceOf } from "./decide.ts";
import type { FoundPlugin } from "./folder.ts";
import { PLUGIN, type AllowedContents, type AllowedPlugin } from "./model.ts";
import { allowedPluginsOf, contentsOf, deletePlugin, insertPlugin, lockPlugin, updatePlugin } from "./store.ts";

type Invalid = Refused<"planning/plugin-invalid">;

const tooMany = refusePlanning("plugin-invalid", "too-many", { most: limits.PLUGINS_ALLOWED_MAX });
const otherOfName = refusePlanning("plugin-invalid", "named", {});

/** Allows what lies in the folder under a hash, in place of what was allowed under its name; it is asked again if it was off. */
export async function allowPlugin(
  unit: Unit,
  found: readonly FoundPlugin[],
  wish: { readonly hash: string; readonly values: Readonly<Record<string, number>> },
): Promise<AllowedPlugin | Invalid> {
  const contents = allowanceOf(found, wish);
  if (isRefused(contents)) return contents;
  const before = await lockPlugin(unit, { name: contents.name });
  if (before !== null) {
    const after = { ...contents, id: before.id, version: before.version + 1 };
    await updatePlugin(unit, after);
    record(unit, before.id, "updated", contentsOf(before), contents);
    return after;
  }
  if ((await allowedPluginsOf(unit)).length >= limits.PLUGINS_ALLOWED_MAX) return tooMany;
  const allowed: AllowedPlugin = { ...contents, id: unit.newId("plg"), version: 1 };
  if (!(await insertPlugin(unit, allowed))) return otherOfName; // Somebody allowed it in the same moment.
  record(unit, allowed.id, "created", null, contents);
  return allowed;
}

export async function forgetPlugin(
  unit: Unit,
  id: string,
  ifMatch: IfMatch,
): Promise<null | Refused<"request/not-found" | "request/version-changed">> {
  const before = await lockPlugin(unit, { id });
  if (before === null) return refuseRequest("not-found", "plugin", {});
  if (ifMatch?.includes(before.version) === false) return refuseRequest("version-changed", "read", {});
  await deletePlugin(unit, id);
  record(unit, id, "removed", contentsOf(before), null);
  return null;
}

/** Puts what is allowed of a plug-in back as it was before a change, or takes away what a change allowed. */
export async function putPlugin(
  unit: Unit,
  id: string,
  was: AllowedContents | null,
): Promise<{ readonly id: string } | Invalid> {
  const before = await lockPlugin(unit, { id });
  if (before === null && was === null) return { id };
  if (was === null) await deletePlugin(unit, id);
  else if (before !== null) await updatePlugin(unit, { ...was, id, version: before.version + 1 });
  else {
    if ((await allowedPluginsOf(unit)).length >= limits.PLUGINS_ALLOWED_MAX) return tooMany;
    if (!(await insertPlugin(unit, { ...was, id, version: 1 }))) return otherOfName;
  }
  const kind = before === null ? "created" : was === null ? "removed" : "updated";
  record(unit, id, kind, before === null ? null : contentsOf(before), was);
  return { id };
}

/** Switches off what is allowed as it was asked; nothing where it was allowed anew, or forgotten, meanwhile. */
export async function switchPluginOff(unit: Unit, { id, version }: AllowedPlugin, sentence: string): Promise<void> {
  const before = await lockPlugin(unit, { id });
  if (before === null || before.version !== version || before.off !== null) return;
  const contents = { ...contentsOf(before), off: sentence };
  await updatePlugin(unit, { ...contents, id, version: version + 1 });
  record(unit, id, "updated", contentsOf(before), contents);
}

function record(
  unit: Unit,
  id: string,
  kind: "created" | "updated" | "removed",
  before: AllowedContents | null,
  after: AllowedContents | null,
): void {
  unit.record({ kind, thing: { type: PLUGIN, id }, fields: ["plugin"], before, after });
}
