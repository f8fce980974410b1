import type { ChangeWithContents } from "../../../platform/changes/read.ts";

/** A plug-in that an organisation allows: these bytes with these numbers. One of each name. */
export type AllowedPlugin = AllowedContents & { readonly id: string; readonly version: number };

/** What undo needs of it. */
export type AllowedContents = {
  readonly name: string;
  readonly hash: string;
  readonly values: Readonly<Record<string, number>>;
  /** Why it was switched off; null while it is asked. */
  readonly off: string | null;
};

/** What the log of changes calls it. */
export const PLUGIN = "plugin";

/** The operation by which the system switches one off. */
export const SWITCH_OFF = "plugins.switchOff";

/** What a breach of a plug-in calls its constraint: no entry of the catalogue has a colon. */
export const constraintIdOf = (name: string): string => `plugin:${name}`;

/** Why a plug-in was switched off, where a change says that one was. */
export function switchedOffBy({ thing, operation, actor, after }: ChangeWithContents): string | null {
  if (thing.type !== PLUGIN || operation !== SWITCH_OFF || actor.kind !== "system") return null;
  return (after as AllowedContents | null)?.off ?? null;
}
