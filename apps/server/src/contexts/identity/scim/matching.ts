import { readFilter, type AttributePath, type Filter, type Literal, type Operator } from "./filter.ts";
import { partOf, placeOf, type Attribute, type ResourceType } from "./schemas.ts";
import { textOf, type Resource } from "./values.ts";

// Pure: whether a resource is what a filter looks for (RFC 7644 §3.4.2.2), and how resources are sorted.

/** What a path leads to: an attribute without parts, and its values in a resource. */
type Found = { readonly attribute: Attribute; readonly values: readonly unknown[] };

/**
 * Whether a filter holds. An attribute that the resource has not, or that there is not, has no value: it is equal to null and to nothing
 * else. Of several values one is enough; `ne` is whatever `eq` is not. Linear in filter and values.
 */
export function matches(type: ResourceType, filter: Filter, resource: Resource): boolean {
  switch (filter.kind) {
    case "and":
      return filter.filters.every((each) => matches(type, each, resource));
    case "or":
      return filter.filters.some((each) => matches(type, each, resource));
    case "not":
      return !matches(type, filter.filter, resource);
    case "values": {
      const attribute = attributeAt(type, filter.path);
      return (
        attribute !== null &&
        elementsAt(type, filter.path, resource).some((each) => elementMatches(attribute, filter.filter, each))
      );
    }
    default: {
      const attribute = attributeAt(type, filter.path);
      return attribute !== null
        ? holds(filter, leafOf(attribute, filter.path.sub), elementsAt(type, filter.path, resource), filter.path.sub)
        : holds(filter, null, [], null);
    }
  }
}

/** The same for one value of several: its parts are the attributes. */
export function elementMatches(attribute: Attribute, filter: Filter, element: unknown): boolean {
  switch (filter.kind) {
    case "and":
      return filter.filters.every((each) => elementMatches(attribute, each, element));
    case "or":
      return filter.filters.some((each) => elementMatches(attribute, each, element));
    case "not":
      return !elementMatches(attribute, filter.filter, element);
    case "values":
      return false;
    default: {
      const part = partOf(attribute, filter.path.name);
      return holds(filter, part, part === null ? [] : [element], part?.name ?? null);
    }
  }
}

type Leaf = Extract<Filter, { kind: "compare" | "present" }>;

function holds(filter: Leaf, leaf: Attribute | null, elements: readonly unknown[], sub: string | null): boolean {
  const found: Found = {
    attribute: leaf ?? NOTHING,
    values: leaf === null ? [] : elements.flatMap((each) => valuesIn(leaf, each, sub)),
  };
  if (filter.kind === "present") return found.values.length > 0;
  return compared(found, filter.operator, filter.value);
}

const NOTHING: Attribute = {
  name: "",
  description: "",
  type: "string",
  multiValued: false,
  required: false,
  caseExact: true,
  mutability: "readOnly",
  returned: "default",
  uniqueness: "none",
};

/** Of a complex value its part, and where none is named its `value`; a whole without one counts as something that is there. */
function valuesIn(leaf: Attribute, element: unknown, sub: string | null): unknown[] {
  if (element === undefined || element === null || element === "") return [];
  if (typeof element !== "object") return [element];
  const value = (element as Resource)[sub === null ? "value" : leaf.name];
  if (value !== undefined && value !== null && value !== "") return [value];
  return sub === null && leaf.type === "complex" && Object.keys(element).length > 0 ? [element] : [];
}

function compared(found: Found, operator: Operator, value: Literal): boolean {
  if (operator === "ne") return !compared(found, "eq", value);
  if (value === null) return operator === "eq" && found.values.length === 0;
  const wanted = comparable(found.attribute, value);
  return wanted !== null && found.values.some((each) => isSo(operator, comparable(found.attribute, each), wanted));
}

type Comparable = string | number | boolean;

function isSo(operator: Operator, value: Comparable | null, wanted: Comparable): boolean {
  if (value === null || typeof value !== typeof wanted) return false;
  const texts = typeof value === "string" && typeof wanted === "string" ? ([value, wanted] as const) : null;
  switch (operator) {
    case "co":
      return texts !== null && texts[0].includes(texts[1]);
    case "sw":
      return texts !== null && texts[0].startsWith(texts[1]);
    case "ew":
      return texts !== null && texts[0].endsWith(texts[1]);
    case "gt":
      return value > wanted;
    case "ge":
      return value >= wanted;
    case "lt":
      return value < wanted;
    case "le":
      return value <= wanted;
    default:
      return value === wanted;
  }
}

/** A value as it is compared: moments as milliseconds, texts without case where case says nothing. Null: it is none of its kind. */
function comparable({ type, caseExact }: Attribute, value: unknown): Comparable | null {
  if (type === "boolean") return booleanOf(value);
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  if (type === "dateTime") return momentOf(value);
  return caseExact ? value : value.toLowerCase();
}

/** Directories write "True" for true. */
export function booleanOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.toLowerCase() : "";
  return text === "true" ? true : text === "false" ? false : null;
}

function momentOf(text: string): number | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/** What keeps a filter from being asked of a kind of resource: true is not greater than false. Null: nothing. */
export function whyNoFilter(type: ResourceType, filter: Filter): string | null {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.filters.map((each) => whyNoFilter(type, each)).find((why) => why !== null) ?? null;
    case "not":
      return whyNoFilter(type, filter.filter);
    case "values": {
      const attribute = attributeAt(type, filter.path);
      if (attribute !== null && (!attribute.multiValued || attribute.type !== "complex"))
        return `“${filter.path.name}” has no values with parts.`;
      return attribute === null ? null : whyNoElementFilter(attribute, filter.filter);
    }
    case "compare": {
      const attribute = attributeAt(type, filter.path);
      const leaf = attribute === null ? null : leafOf(attribute, filter.path.sub);
      return leaf === null ? null : whyNoComparison(leaf, filter.operator, filter.value);
    }
    default:
      return null;
  }
}

/** The same for the filter within brackets. */
export function whyNoElementFilter(attribute: Attribute, filter: Filter): string | null {
  if (filter.kind === "and" || filter.kind === "or")
    return filter.filters.map((each) => whyNoElementFilter(attribute, each)).find((why) => why !== null) ?? null;
  if (filter.kind === "not") return whyNoElementFilter(attribute, filter.filter);
  if (filter.kind !== "compare") return null;
  const part = partOf(attribute, filter.path.name);
  return part === null ? null : whyNoComparison(part, filter.operator, filter.value);
}

function whyNoComparison({ name, type }: Attribute, operator: Operator, value: Literal): string | null {
  if (operator === "eq" || operator === "ne") {
    if (value === null || type === "complex") return null;
    if (type === "boolean" && booleanOf(value) === null) return `“${name}” is true or false.`;
  } else if (type === "boolean" || type === "complex" || value === null || typeof value === "boolean")
    return `“${name}” cannot be compared by “${operator}”.`;
  if (type === "dateTime" && (typeof value !== "string" || momentOf(value) === null))
    return `“${name}” is a moment: "2027-03-01T08:00:00Z".`;
  return null;
}

const attributeAt = (type: ResourceType, { schema, name }: AttributePath): Attribute | null =>
  placeOf(type, schema, name)?.attribute ?? null;

/** What is compared where a path ends: of a complex attribute its part, or `value`, or itself. */
const leafOf = (attribute: Attribute, sub: string | null): Attribute | null =>
  sub !== null ? partOf(attribute, sub) : (partOf(attribute, "value") ?? attribute);

function elementsAt(type: ResourceType, { schema, name }: AttributePath, resource: Resource): readonly unknown[] {
  const place = placeOf(type, schema, name);
  if (place === null) return [];
  const holder = place.extension === null ? resource : (resource[place.extension] as Resource | undefined);
  const value = holder?.[place.attribute.name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** Who a filter finds at most, where it asks for one value that is kept apart: read by an index, and then judged by all of it. */
export type Narrow = { readonly by: "id" | "userName" | "externalId"; readonly value: string };

export function narrowedBy(filter: Filter): Narrow | null {
  if (filter.kind === "and") return filter.filters.map(narrowedBy).find((each) => each !== null) ?? null;
  if (filter.kind !== "compare" || filter.operator !== "eq" || typeof filter.value !== "string") return null;
  const { name, sub } = filter.path;
  const by = sub === null ? NARROWING.find((each) => each.toLowerCase() === name.toLowerCase()) : undefined;
  return by === undefined ? null : { by, value: filter.value };
}

const NARROWING = ["id", "userName", "externalId"] as const;

/** Whether a list is found by an index or read page by page: directories ask for one before they make one. Else everybody is read. */
export function isFoundDirectly({ filter, sortBy }: { readonly filter?: unknown; readonly sortBy?: unknown }): boolean {
  if (filter === undefined) return sortBy === undefined;
  const read = readFilter(textOf(filter));
  return !("why" in read) && narrowedBy(read) !== null;
}

/** Resources in the order of an attribute (RFC 7644 §3.4.2.3): those without it last, whichever way; alike ones by id. */
export function sorted(
  type: ResourceType,
  resources: readonly Resource[],
  path: AttributePath,
  isDescending: boolean,
): Resource[] {
  const attribute = attributeAt(type, path);
  const leaf = attribute === null ? null : leafOf(attribute, path.sub);
  const keyOf = (resource: Resource): Comparable | null => {
    if (leaf === null) return null;
    const elements = elementsAt(type, path, resource);
    const first = elements.find((each) => (each as Resource | null)?.["primary"] === true) ?? elements[0];
    const value = valuesIn(leaf, first, path.sub)[0];
    return value === undefined ? null : comparable(leaf, value);
  };
  const turn = isDescending ? -1 : 1;
  return resources
    .map((resource) => ({ resource, key: keyOf(resource), id: String(resource["id"]) }))
    .toSorted((one, other) => {
      if (one.key === null || other.key === null)
        return Number(one.key === null) - Number(other.key === null) || order(one.id, other.id);
      return turn * order(one.key, other.key) || order(one.id, other.id);
    })
    .map(({ resource }) => resource);
}

const order = (one: Comparable, other: Comparable): number => (one < other ? -1 : one > other ? 1 : 0);
