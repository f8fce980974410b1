import { fault, isFault, type Fault } from "./fault.ts";
import { readTarget, termsOf, type Filter, type Target } from "./filter.ts";
import { elementMatches, whyNoElementFilter } from "./matching.ts";
import { partOf, placeOf, type Attribute, type Place, type ResourceType } from "./schemas.ts";
import { isObject, MEMBERS_MAX, missingIn, textOf, valueOf, VALUES_MAX, type Resource } from "./values.ts";

// Pure: what becomes of a resource by a PATCH (RFC 7644 §3.5.2), as the standard says and as directories send it.

/** Operations of one request. */
export const OPERATIONS_MAX = 1_000;
/** Comparisons of all filters of one request: who sends more waits, and everybody with them. About a second. */
export const COMPARISONS_MAX = 2_000_000;
const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

type Verb = "add" | "replace" | "remove";
export type Operation = { readonly verb: Verb; readonly target: Target | null; readonly value: unknown };
type Faulty = { readonly fault: Fault };

/** Reads the body of a PATCH. The verb may be written "Replace", and the list "operations". */
export function readPatch(body: Resource): readonly Operation[] | Faulty {
  const { schemas } = body;
  if (!Array.isArray(schemas) || !schemas.some((each) => textOf(each).toLowerCase() === PATCH_OP.toLowerCase()))
    return fault("invalidSyntax", `“schemas” names ${PATCH_OP}.`);
  const list = body["Operations"] ?? body["operations"];
  if (!Array.isArray(list) || list.length === 0)
    return fault("invalidSyntax", "“Operations” is a list of what to change.");
  if (list.length > OPERATIONS_MAX) return fault("invalidValue", `A request has at most ${OPERATIONS_MAX} operations.`);
  const read: Operation[] = [];
  for (const each of list as readonly unknown[]) {
    const operation = operationOf(each);
    if (isFault(operation)) return operation;
    read.push(operation);
  }
  return read;
}

function operationOf(given: unknown): Operation | Faulty {
  if (!isObject(given)) return fault("invalidSyntax", "An operation has “op”, “path” and “value”.");
  const verb = textOf(given["op"]).toLowerCase();
  if (verb !== "add" && verb !== "replace" && verb !== "remove")
    return fault("invalidSyntax", "“op” is add, replace or remove.");
  const { path, value } = given;
  if (path === undefined || path === null || path === "") {
    if (verb === "remove") return fault("noTarget", "To remove something a path says what.");
    return isObject(value)
      ? { verb, target: null, value }
      : fault("invalidValue", "Without a path the value has attributes.");
  }
  if (typeof path !== "string") return fault("invalidPath", "A path is a text.");
  const target = readTarget(path);
  if ("why" in target) return fault("invalidPath", `“${path.slice(0, 200)}”: ${target.why}`);
  if (verb !== "remove" && value === undefined) return fault("invalidValue", `“${path.slice(0, 200)}” has no value.`);
  return { verb, target, value };
}

/** A resource after some operations, one after the other: all of them, or the first fault. */
export function patched(type: ResourceType, resource: Resource, operations: readonly Operation[]): Resource | Faulty {
  let at: Resource | Faulty = resource;
  let comparisons = 0;
  for (const operation of operations) {
    comparisons += comparisonsOf(type, at, operation.target);
    if (comparisons > COMPARISONS_MAX)
      return fault("invalidFilter", `Its filters compare more than ${COMPARISONS_MAX} times: send fewer at once.`);
    at =
      operation.target === null
        ? mergedInto(type, at, operation)
        : changedAt(type, at, operation.verb, operation.target, operation.value);
    if (isFault(at)) return at;
  }
  const missing = missingIn(type, at);
  return missing === null ? at : fault("mutability", `“${missing}” cannot be taken away.`);
}

/** What the filter of an operation costs; one that names a member by its id is found for next to nothing. */
function comparisonsOf(type: ResourceType, resource: Resource, target: Target | null): number {
  if (target === null || target.filter === null) return 0;
  const place = placeOf(type, target.path.schema, target.path.name);
  if (place === null || idIn(place.attribute, target.filter) !== null) return 0;
  const values = valueAt(resource, place);
  return Array.isArray(values) ? values.length * termsOf(target.filter) : 0;
}

/** Without a path: each attribute of the value. What is unknown or only read is passed over, as in a whole resource. */
function mergedInto(type: ResourceType, resource: Resource, { verb, value }: Operation): Resource | Faulty {
  let at: Resource | Faulty = resource;
  for (const [name, part] of Object.entries(value as Resource)) {
    if (isExtension(type, name)) {
      if (!isObject(part)) return fault("invalidValue", `“${name}” has attributes.`);
      at = mergedInto(type, at, { verb, target: null, value: inExtension(name, part) });
    } else {
      const target = readTarget(name);
      const place = "why" in target ? null : placeOf(type, target.path.schema, target.path.name);
      if ("why" in target || place === null || place.attribute.mutability === "readOnly") continue;
      at = changedAt(type, at, verb, target, part);
    }
    if (isFault(at)) return at;
  }
  return at;
}

const isExtension = (type: ResourceType, name: string): boolean =>
  type.extension?.id.toLowerCase() === name.toLowerCase();

const inExtension = (schema: string, part: Resource): Resource =>
  Object.fromEntries(Object.entries(part).map(([name, value]) => [`${schema}:${name}`, value]));

function changedAt(
  type: ResourceType,
  resource: Resource,
  verb: Verb,
  target: Target,
  value: unknown,
): Resource | Faulty {
  const { schema, name } = target.path;
  if (schema !== null && isExtension(type, `${schema}:${name}`) && target.filter === null) {
    const whole = `${schema}:${name}`;
    if (verb === "remove") return without(resource, type.extension!.id);
    return mergedInto(type, resource, { verb, target: null, value: { [whole]: value } });
  }
  const place = placeOf(type, schema, name);
  if (place === null) return fault("invalidPath", `There is no attribute “${name}”.`);
  const part = target.sub === null ? null : partOf(place.attribute, target.sub);
  if (target.sub !== null && part === null) return fault("invalidPath", `“${name}” has no part “${target.sub}”.`);
  if (place.attribute.mutability === "readOnly" || part?.mutability === "readOnly")
    return fault("mutability", `“${name}” is only read.`);
  const before = valueAt(resource, place);
  const after = place.attribute.multiValued
    ? severalChanged(place.attribute, (before ?? []) as readonly Resource[], verb, { ...target, part }, value)
    : oneChanged(place.attribute, before, verb, { ...target, part }, value);
  return isFault(after) ? after : withValue(resource, place, after);
}

type At = Target & { readonly part: Attribute | null };

/** Null: unassigned. A value with parts is changed in those that are given. */
function oneChanged(attribute: Attribute, before: unknown, verb: Verb, { filter, part }: At, value: unknown): unknown {
  if (filter !== null) return fault("invalidPath", `“${attribute.name}” has one value: nothing is looked for in it.`);
  if (part !== null) return withPart((before ?? {}) as Resource, part, verb, value);
  if (verb === "remove") return null;
  const given = valueOf(attribute, value);
  if (isFault(given) || given === null || attribute.type !== "complex") return given;
  return { ...((before ?? {}) as Resource), ...(given as Resource) };
}

function withPart(before: Resource, part: Attribute, verb: Verb, value: unknown): Resource | Faulty | null {
  const given = verb === "remove" ? null : valueOf(part, value);
  if (isFault(given)) return given;
  const after = given === null ? without(before, part.name) : { ...before, [part.name]: given };
  return Object.keys(after).length === 0 ? null : after;
}

function severalChanged(
  attribute: Attribute,
  before: readonly Resource[],
  verb: Verb,
  at: At,
  value: unknown,
): unknown {
  if (at.filter !== null) {
    const why = whyNoElementFilter(attribute, at.filter);
    return why === null
      ? foundChanged(attribute, before, verb, { ...at, filter: at.filter }, value)
      : fault("invalidFilter", why);
  }
  if (at.part !== null) return everyChanged(attribute, before, verb, at.part, value);
  if (verb === "remove") return value === undefined || value === null ? null : taken(attribute, before, value);
  const given = valueOf(attribute, value);
  if (isFault(given)) return given;
  const anew = (given ?? []) as readonly Resource[];
  return verb === "replace" ? bounded(attribute, distinct(anew)) : bounded(attribute, added(before, anew));
}

/** Values that a directory names to be removed, as some do. */
function taken(attribute: Attribute, before: readonly Resource[], value: unknown): readonly Resource[] | Faulty {
  const given = valueOf(attribute, value);
  if (isFault(given)) return given;
  const gone = new Set(((given ?? []) as readonly Resource[]).map((each) => each["value"]));
  return before.filter((each) => !gone.has(each["value"]));
}

/** Those there and those that are new; one that is the primary now makes the others be so no more. */
function added(before: readonly Resource[], anew: readonly Resource[]): readonly Resource[] {
  const told = new Set(anew.map((each) => each["value"]));
  const known = new Set(before.filter((each) => told.has(each["value"])).map(keyOf));
  const more = distinct(anew).filter((each) => !known.has(keyOf(each)));
  return more.some(isPrimary) ? [...before.map(notPrimary), ...more] : [...before, ...more];
}

const distinct = (values: readonly Resource[]): Resource[] => [
  ...new Map(values.map((each) => [keyOf(each), each])).values(),
];

const keyOf = (value: Resource): string =>
  value["value"] === undefined
    ? JSON.stringify(value)
    : JSON.stringify([value["value"], textOf(value["type"]).toLowerCase()]);

const isPrimary = (value: Resource): boolean => value["primary"] === true;
const notPrimary = (value: Resource): Resource => (isPrimary(value) ? without(value, "primary") : value);

function foundChanged(
  attribute: Attribute,
  before: readonly Resource[],
  verb: Verb,
  { filter, part }: At & { readonly filter: Filter },
  value: unknown,
): unknown {
  const isFound = findingBy(attribute, filter);
  if (verb === "remove" && part === null) return before.filter((each) => !isFound(each));
  if (!before.some(isFound)) {
    if (verb === "remove") return before;
    const made = verb === "add" ? madeBy(attribute, filter) : null;
    if (made === null) return fault("noTarget", `No value of “${attribute.name}” is so.`);
    const whole = elementChanged(attribute, made, verb, part, value);
    return isFault(whole) ? whole : bounded(attribute, added(before, whole === null ? [] : [whole]));
  }
  return eachChanged(before, isFound, (each) => elementChanged(attribute, each, verb, part, value));
}

/** Directories name one member by each operation, and a group has thousands: that is compared without asking what the filter is. */
function findingBy(attribute: Attribute, filter: Filter): (each: Resource) => boolean {
  const id = idIn(attribute, filter);
  return id === null ? (each) => elementMatches(attribute, filter, each) : (each) => each["value"] === id;
}

function idIn(attribute: Attribute, filter: Filter): string | null {
  const isById =
    filter.kind === "compare" && filter.operator === "eq" && partOf(attribute, filter.path.name)?.name === "value";
  return isById && typeof filter.value === "string" && partOf(attribute, "value")?.caseExact === true
    ? filter.value
    : null;
}

function everyChanged(
  attribute: Attribute,
  before: readonly Resource[],
  verb: Verb,
  part: Attribute,
  value: unknown,
): unknown {
  if (before.length > 0)
    return eachChanged(
      before,
      () => true,
      (each) => withPart(each, part, verb, value),
    );
  if (verb === "remove") return before;
  if (verb === "replace") return fault("noTarget", `“${attribute.name}” has no values.`);
  const made = withPart({}, part, verb, value);
  return isFault(made) ? made : made === null ? [] : [made];
}

function elementChanged(
  attribute: Attribute,
  element: Resource,
  verb: Verb,
  part: Attribute | null,
  value: unknown,
): Resource | Faulty | null {
  if (part !== null) return withPart(element, part, verb, value);
  const given = valueOf({ ...attribute, multiValued: false }, Array.isArray(value) ? (value as unknown[])[0] : value);
  return isFault(given) ? given : { ...element, ...((given ?? {}) as Resource) };
}

function eachChanged(
  before: readonly Resource[],
  isFound: (each: Resource) => boolean,
  change: (each: Resource) => Resource | Faulty | null,
): readonly Resource[] | Faulty {
  const after: { readonly element: Resource; readonly wasPrimary: boolean }[] = [];
  for (const each of before) {
    const element = isFound(each) ? change(each) : each;
    if (isFault(element)) return element;
    if (element !== null) after.push({ element, wasPrimary: isPrimary(each) });
  }
  const becomes = after.some(({ element, wasPrimary }) => isPrimary(element) && !wasPrimary);
  const all = after.map(({ element, wasPrimary }) => (becomes && wasPrimary ? notPrimary(element) : element));
  return all.filter(isPrimary).length > 1 ? fault("invalidValue", "One value is the primary one.") : all;
}

/** The value that a filter describes, where it says what each part is: directories add `emails[type eq "work"].value`. */
function madeBy(attribute: Attribute, filter: Filter): Resource | null {
  if (filter.kind === "and") {
    const made = filter.filters.map((each) => madeBy(attribute, each));
    return made.every((each) => each !== null) ? (Object.assign({}, ...made) as Resource) : null;
  }
  if (filter.kind !== "compare" || filter.operator !== "eq") return null;
  const part = partOf(attribute, filter.path.name);
  const value = part === null ? null : valueOf(part, filter.value);
  return part === null || value === null || isFault(value) ? null : { [part.name]: value };
}

function bounded(attribute: Attribute, values: readonly Resource[]): readonly Resource[] | Faulty {
  const most = attribute.name === "members" ? MEMBERS_MAX : VALUES_MAX;
  return values.length > most ? fault("invalidValue", `“${attribute.name}” has at most ${most} values.`) : values;
}

function valueAt(resource: Resource, { extension, attribute }: Place): unknown {
  const holder = extension === null ? resource : (resource[extension] as Resource | undefined);
  return holder?.[attribute.name];
}

function withValue(resource: Resource, { extension, attribute: { name } }: Place, value: unknown): Resource {
  const isNothing = value === null || (Array.isArray(value) && value.length === 0);
  if (extension === null) return isNothing ? without(resource, name) : { ...resource, [name]: value };
  const holder = (resource[extension] ?? {}) as Resource;
  return { ...resource, [extension]: isNothing ? without(holder, name) : { ...holder, [name]: value } };
}

const without = (resource: Resource, name: string): Resource =>
  Object.fromEntries(Object.entries(resource).filter(([key]) => key !== name));
