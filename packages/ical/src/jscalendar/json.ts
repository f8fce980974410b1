// JSON as values: what JSCalendar objects are made of, and the patches (RFC 8984 §1.4.9) between them.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** An object while it is built. */
export type Draft = { [name: string]: Json };

/** Changes of an object by pointer, without the leading slash; null takes something out. */
export type Patch = JsonObject;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values say the same; the order of members does not matter. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, i) => isSame(each, other[i]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}

/** RFC 6901: a name as a step of a pointer. */
export function step(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function stepsOf(pointer: string): string[] {
  return pointer.split("/").map((each) => each.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Sets a member, whatever it is called. */
export function setMember(object: Draft, name: string, value: Json): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Members of these are changed as a whole: what an iCalendar object kept belongs together. */
const WHOLE = new Set(["iCalendar"]);

/** The patch that makes `after` of `before`: by small steps where most stays, else whole. */
export function patchBetween(before: JsonObject, after: JsonObject): Patch {
  const patch: Draft = {};
  addChanges(patch, "", before, after);
  return patch;
}

function addChanges(patch: Draft, prefix: string, before: JsonObject, after: JsonObject): void {
  for (const [name, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, name) ? before[name]! : undefined;
    if (isSame(old, value)) continue;
    const pointer = prefix + step(name);
    const isDeep = isObject(old) && isObject(value) && !WHOLE.has(name) && isMostlyIn(old, value);
    if (isDeep) addChanges(patch, `${pointer}/`, old, value);
    else setMember(patch, pointer, value);
  }
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(after, name)) setMember(patch, prefix + step(name), null);
  }
}

/** Whether changing an object is less than writing another: most of it stays. What holds null cannot be changed. */
function isMostlyIn(before: JsonObject, after: JsonObject): boolean {
  const names = Object.keys(before);
  const kept = names.filter((name) => Object.hasOwn(after, name)).length;
  return 2 * kept > names.length && !holdsNull(before) && !holdsNull(after);
}

function holdsNull(object: JsonObject): boolean {
  return Object.values(object).includes(null);
}

/** What makes a patch none of an object (RFC 8984 §1.4.9): the pointer that is wrong, and why. */
export type PatchFault = { readonly pointer: string; readonly message: string };

/**
 * The first pointer of a patch that cannot be followed: what it lies in is not there or is a list, or another pointer
 * sets that as well. Null when the patch can be applied; members in `ignored` are not looked at.
 */
export function patchFault(object: JsonObject, patch: Patch, ignored: ReadonlySet<string>): PatchFault | null {
  for (const pointer of Object.keys(patch)) {
    const message = ignored.has(stepsOf(pointer)[0]!) ? null : wrongWith(pointer, object, patch);
    if (message !== null) return { pointer, message };
  }
  return null;
}

function wrongWith(pointer: string, object: JsonObject, patch: Patch): string | null {
  let inner: Json = object;
  for (let at = pointer.indexOf("/"); at !== -1; at = pointer.indexOf("/", at + 1)) {
    const around = pointer.slice(0, at);
    const name = stepsOf(around).at(-1)!;
    if (Object.hasOwn(patch, around)) return `"${around}" and "${pointer}" are both changed.`;
    if (!isObject(inner) || !Object.hasOwn(inner, name)) return `There is no "${around}" in which to change anything.`;
    inner = inner[name]!;
    if (!isObject(inner)) return `"${around}" is no object in which to change anything.`;
  }
  return null;
}

/** The object with a patch applied; steps that lead nowhere are left out. Each object is copied once. */
export function patched(object: JsonObject, patch: Patch): JsonObject {
  const result: Draft = { ...object };
  const copies = new Set<JsonObject>([result]);
  for (const [pointer, value] of Object.entries(patch)) {
    const steps = stepsOf(pointer);
    const last = steps.pop()!;
    let inner: Draft | null = result;
    for (const name of steps) inner = inner === null ? null : copiedMember(inner, name, copies);
    if (inner === null) continue;
    if (value === null) delete inner[last];
    else setMember(inner, last, value);
  }
  return result;
}

/** A member that is an object, as a copy that may be changed; null when it is none. */
function copiedMember(object: Draft, name: string, copies: Set<JsonObject>): Draft | null {
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  if (!isObject(inner)) return null;
  if (copies.has(inner)) return inner;
  const copy: Draft = { ...inner };
  copies.add(copy);
  setMember(object, name, copy);
  return copy;
}

/** The object without members that are null: JSCalendar says the same of both. */
export function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

/** A set as JSCalendar writes it. */
export function setOf(names: Iterable<string>): JsonObject {
  const set: Draft = {};
  for (const name of names) setMember(set, name, true);
  return set;
}

/** How deep JSON may lie within JSON: alerts of overrides with kept components need 12. */
export const JSON_DEPTH_MAX = 40;

/** How deep a JSON is, counted no further than it matters. */
export function depthOf(value: unknown, around = 1): number {
  if (typeof value !== "object" || value === null || around > JSON_DEPTH_MAX) return around;
  let deepest = around;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner, around + 1));
  return deepest;
}
