import { limits, refusePlanning, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { IfMatch } from "../../../platform/operations/context.ts";
import { PLACE, type Place, type PlaceContents } from "./model.ts";
import { deletePlace, insertPlace, lockPlace, placesOf, updatePlace } from "./store.ts";

type Invalid = Refused<"planning/place-invalid">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

const notFound = refuseRequest("not-found", "place", {});
const versionChanged = refuseRequest("version-changed", "read", {});
const calledSo = (name: string): Invalid => refusePlanning("place-invalid", "named", { name });

export async function createPlace(unit: Unit, contents: PlaceContents): Promise<Place | Invalid> {
  const others = await placesOf(unit);
  if (others.length >= limits.PLACES_MAX)
    return refusePlanning("place-invalid", "too-many", { most: limits.PLACES_MAX });
  const made = tidy(contents);
  const wrong = nameless(made) ?? wrongWays(made, others);
  if (wrong !== null) return wrong;
  const place: Place = { ...made, id: unit.newId("plc"), version: 1 };
  if (!(await insertPlace(unit, place))) return calledSo(place.name);
  record(unit, place.id, "created", null, made);
  return place;
}

export async function changePlace(
  unit: Unit,
  id: string,
  wish: { readonly [Key in keyof PlaceContents]?: PlaceContents[Key] | undefined },
  ifMatch: IfMatch,
): Promise<Place | Invalid | Gone> {
  const before = await lockPlace(unit, id);
  if (before === null) return notFound;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const contents = tidy({ ...contentsOf(before), ...given });
  const others = (await placesOf(unit)).filter((place) => place.id !== id);
  const wrong = nameless(contents) ?? wrongWays(contents, others, before.ways);
  if (wrong !== null) return wrong;
  const after: Place = { id, version: before.version + 1, ...contents };
  if (!(await updatePlace(unit, after))) return calledSo(after.name);
  record(unit, id, "updated", contentsOf(before), contents);
  return after;
}

export async function removePlace(unit: Unit, id: string, ifMatch: IfMatch): Promise<null | Gone> {
  const before = await lockPlace(unit, id);
  if (before === null) return notFound;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  await deletePlace(unit, id);
  record(unit, id, "removed", contentsOf(before), null);
  return null;
}

/** Puts a place back as it was before a change, or takes away the one that a change made. */
export async function putPlace(
  unit: Unit,
  id: string,
  was: PlaceContents | null,
): Promise<{ readonly id: string } | Invalid> {
  const before = await lockPlace(unit, id);
  if (was === null) await deletePlace(unit, id);
  else {
    const place = { ...was, id, version: (before?.version ?? 0) + 1 };
    if (!(await (before === null ? insertPlace : updatePlace)(unit, place))) return calledSo(was.name);
  }
  const kind = before === null ? "created" : was === null ? "removed" : "updated";
  if (before !== null || was !== null) record(unit, id, kind, before === null ? null : contentsOf(before), was);
  return { id };
}

const nameless = ({ name }: PlaceContents): Invalid | null =>
  name === "" ? refusePlanning("place-invalid", "name", {}) : null;

/** Ways lead to other places that there are, or were: undo may bring one back. */
function wrongWays(
  { ways }: PlaceContents,
  others: readonly Place[],
  before: PlaceContents["ways"] = [],
): Invalid | null {
  const known = new Set([...others.map(({ id }) => id), ...before.map(({ placeId }) => placeId)]);
  return ways.every(({ placeId }) => known.has(placeId)) ? null : refusePlanning("place-invalid", "way", {});
}

const tidy = (contents: PlaceContents): PlaceContents => ({ ...contents, name: contents.name.trim() });

const contentsOf = ({ name, latitude, longitude, ways }: Place): PlaceContents => ({ name, latitude, longitude, ways });

function record(
  unit: Unit,
  id: string,
  kind: "created" | "updated" | "removed",
  before: PlaceContents | null,
  after: PlaceContents | null,
): void {
  unit.record({ kind, thing: { type: PLACE, id }, fields: ["place"], before, after });
}
