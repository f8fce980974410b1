import { limits, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../../platform/operations/context.ts";
import { AVAILABILITY } from "../reconcilers.ts";
import { problemOf } from "./decide.ts";
import { LAYERS, ORGANISATION, type Layers, type StoredLayer } from "./model.ts";
import { mayChange } from "./queries.ts";
import { holdersOf, type Holder } from "./sources.ts";
import { lockLayers, storeLayers } from "./store.ts";

type Problem = NonNullable<ReturnType<typeof problemOf>>;
type MayNot = Refused<"request/not-found" | "request/forbidden">;
type Gone = Refused<"request/version-changed">;

export const noHolder = refuseRequest("not-found", "hours", {});
const versionChanged = refuseRequest("version-changed", "read", {});

/** One whose layers somebody may change, or why they may not. */
export async function holderToChange(unit: Unit, caller: Caller, id: string): Promise<Holder | MayNot> {
  const holder = (await holdersOf(unit, [id])).get(id);
  if (holder === undefined) return noHolder;
  if (await mayChange(unit, caller, holder)) return holder;
  return refuseRequest("forbidden", holder.kind === "person" ? "hours" : "hours-of-all", {});
}

type Change = (before: readonly StoredLayer[]) => readonly StoredLayer[];

/** The same as `changeLayers`, of layers that are still as somebody has read them. */
export async function changeLayersAt(
  unit: Unit,
  holder: Holder,
  ifMatch: IfMatch,
  change: Change,
): Promise<Layers | Problem | Gone> {
  const { version } = await lockLayers(unit, holder.id);
  return ifMatch?.includes(version) === false ? versionChanged : changeLayers(unit, holder, change);
}

/** Sets all layers of one. `change` makes them of those that stand, which nobody else changes meanwhile. */
export async function changeLayers(unit: Unit, holder: Holder, change: Change): Promise<Layers | Problem> {
  const before = await lockLayers(unit, holder.id);
  const layers = change(before.layers);
  if (layers.length > limits.LAYERS_OF_ONE_MAX)
    return refuseWork("layer-invalid", "too-many", { most: limits.LAYERS_OF_ONE_MAX });
  const problem = problemOf(layers);
  if (problem !== null) return problem;
  const after: Layers = { layers, version: before.version + 1 };
  await storeLayers(unit, holder.id, after);
  unit.record({
    kind: "updated",
    thing: { type: LAYERS, id: holder.id },
    fields: ["layers"],
    before: { layers: before.layers },
    after: { layers },
  });
  unit.wake(AVAILABILITY);
  return after;
}

/** The id under which layers stand: of a person, or of everybody. */
export const ownerOf = (subjectId: string | null): string => subjectId ?? ORGANISATION;

/** The same with one usual week in place of the weeks without a season; null: without any. */
export function withUsualWeek(layers: readonly StoredLayer[], week: UsualWeek | null): StoredLayer[] {
  const others = layers.filter((layer) => layer.kind !== "weeks" || layer.season !== null);
  if (week === null) return others;
  const usual: StoredLayer = { kind: "weeks", name: "", weeks: [[...week]], anchor: FIRST_MONDAY, season: null };
  return [...others, usual];
}

/** One week takes turns with nobody: any day is its anchor. */
const FIRST_MONDAY = "1970-01-05";

export type UsualWeek = readonly { readonly weekday: number; readonly opens: string; readonly closes: string }[];

/** The first of the weeks that hold outside of seasons; null where there are none. */
export function usualWeek(layers: readonly StoredLayer[]): UsualWeek | null {
  const usual = layers.find((layer) => layer.kind === "weeks" && layer.season === null);
  return usual?.kind === "weeks" ? usual.weeks[0]! : null;
}
