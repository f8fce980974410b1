import { entityTag } from "../../../platform/http/reply.ts";
import { fault, type Fault } from "./fault.ts";
import { pathOf, printPath, readFilter, type AttributePath, type Filter } from "./filter.ts";
import { matches, sorted, whyNoFilter } from "./matching.ts";
import { placeOf, type ResourceType } from "./schemas.ts";
import { isObject, textOf, type Resource } from "./values.ts";

// Pure but for a hash: what is asked of a list, and how it is answered (RFC 7644 §3.4.2, §3.9).

const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** Resources of one page, and how many where nobody says. */
export const RESULTS_MAX = 200;
const RESULTS = 100;
const NAMES_MAX = 100;

type Faulty = { readonly fault: Fault };

/** Which attributes are answered; null: those that always are. */
export type Shown = { readonly only: readonly AttributePath[] | null; readonly without: readonly AttributePath[] };

export type Asked = {
  readonly filter: Filter | null;
  readonly sortBy: AttributePath | null;
  readonly isDescending: boolean;
  /** From 1. */
  readonly startIndex: number;
  readonly count: number;
  readonly shown: Shown;
};

/** Reads what is asked, from an address or from the body of a search: there lists are lists, and numbers numbers. */
export function readAsked(type: ResourceType, given: Resource): Asked | Faulty {
  const shown = readShown(given);
  if ("fault" in shown) return shown;
  const filter = given["filter"] === undefined ? null : readFilter(textOf(given["filter"]));
  const why = filter === null ? null : "why" in filter ? filter.why : whyNoFilter(type, filter);
  if (why !== null) return fault("invalidFilter", why);
  const sortBy = given["sortBy"] === undefined ? null : pathOf(textOf(given["sortBy"]));
  if (given["sortBy"] !== undefined && (sortBy === null || placeOf(type, sortBy.schema, sortBy.name) === null))
    return fault("invalidPath", "“sortBy” is no attribute.");
  const [startIndex, count] = [numberOf(given["startIndex"], 1), numberOf(given["count"], RESULTS)];
  if (startIndex === null || count === null)
    return fault("invalidValue", "“startIndex” and “count” are whole numbers.");
  return {
    filter: filter as Filter | null,
    sortBy,
    isDescending: textOf(given["sortOrder"]).toLowerCase() === "descending",
    startIndex: Math.max(1, startIndex),
    count: Math.min(RESULTS_MAX, Math.max(0, count)),
    shown,
  };
}

/** `attributes` or `excludedAttributes`. */
export function readShown(given: Resource): Shown | Faulty {
  const [only, without] = ["attributes", "excludedAttributes"].map((name) => namesOf(given[name])) as [Names, Names];
  if (only === "wrong" || without === "wrong")
    return fault("invalidPath", "“attributes” and “excludedAttributes” name attributes.");
  return { only: only ?? null, without: without ?? [] };
}

type Names = readonly AttributePath[] | null | "wrong";

function namesOf(given: unknown): Names {
  if (given === undefined || given === null || given === "") return null;
  const names = (Array.isArray(given) ? given : textOf(given).split(",")).map((each) => textOf(each).trim());
  const paths = names.filter((name) => name !== "").map(pathOf);
  return paths.length > NAMES_MAX || paths.includes(null) ? "wrong" : (paths as AttributePath[]);
}

function numberOf(given: unknown, otherwise: number): number | null {
  if (given === undefined || given === "") return otherwise;
  const text = textOf(given);
  return /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Those of some resources that are asked for, in order: one page of them. */
export function pageOf(type: ResourceType, asked: Asked, resources: readonly Resource[]): Resource {
  const { filter, sortBy, startIndex, count } = asked;
  const found = filter === null ? resources : resources.filter((each) => matches(type, filter, each));
  const inOrder = sortBy === null ? found : sorted(type, found, sortBy, asked.isDescending);
  return listOf(type, asked, found.length, inOrder.slice(startIndex - 1, startIndex - 1 + count));
}

/** A page that was read as one. */
export const listOf = (
  type: ResourceType,
  { startIndex, shown }: Pick<Asked, "startIndex" | "shown">,
  total: number,
  page: readonly Resource[],
): Resource => ({
  schemas: [LIST],
  totalResults: total,
  startIndex,
  itemsPerPage: page.length,
  Resources: page.map((each) => projected(type, each, shown)),
});

/** The same resource with its version: a hash of all that it shows. */
export function versioned(resource: Resource): Resource {
  const version = entityTag(JSON.stringify(resource));
  return { ...resource, meta: { ...(resource["meta"] as Resource), version } };
}

export const versionOf = (resource: Resource): string => String((resource["meta"] as Resource)["version"]);

const ALWAYS = new Set(["id", "schemas"]);

/** A resource with the attributes that are asked for. */
export function projected(type: ResourceType, resource: Resource, { only, without }: Shown): Resource {
  if (only === null && without.length === 0) return resource;
  const wanted = (only ?? without).map((path) => canonical(type, path));
  const kept = only === null ? cut(resource, "", wanted) : chosen(resource, "", wanted);
  return { ...Object.fromEntries(Object.entries(resource).filter(([name]) => ALWAYS.has(name))), ...kept };
}

/** A path in lower case, as attributes are told apart; those of the extension with its name. */
function canonical(type: ResourceType, { schema, name, sub }: AttributePath): string {
  const whole = printPath({ schema, name, sub: null }).toLowerCase();
  if (type.extension !== null && whole === type.extension.id.toLowerCase()) return whole;
  const isOwn = schema !== null && schema.toLowerCase() === type.schema.id.toLowerCase();
  return printPath({ schema: isOwn ? null : schema, name, sub }).toLowerCase();
}

const keyOf = (above: string, name: string): string =>
  (above === ""
    ? name
    : above.startsWith("urn:") && !above.includes("user:")
      ? `${above}:${name}`
      : `${above}.${name}`
  ).toLowerCase();

function chosen(resource: Resource, above: string, wanted: readonly string[]): Resource {
  const entries = Object.entries(resource).flatMap(([name, value]): [string, unknown][] => {
    const key = keyOf(above, name);
    if (wanted.includes(key)) return [[name, value]];
    if (!wanted.some((each) => each.startsWith(`${key}.`) || each.startsWith(`${key}:`))) return [];
    const part = within(value, (each) => chosen(each, key, wanted));
    return [[name, part]];
  });
  return Object.fromEntries(entries);
}

function cut(resource: Resource, above: string, unwanted: readonly string[]): Resource {
  const entries = Object.entries(resource).flatMap(([name, value]): [string, unknown][] => {
    const key = keyOf(above, name);
    if (unwanted.includes(key)) return [];
    const isCut = unwanted.some((each) => each.startsWith(`${key}.`) || each.startsWith(`${key}:`));
    return [[name, isCut ? within(value, (each) => cut(each, key, unwanted)) : value]];
  });
  return Object.fromEntries(entries);
}

const within = (value: unknown, change: (each: Resource) => Resource): unknown =>
  Array.isArray(value)
    ? value.map((each) => (isObject(each) ? change(each) : (each as unknown)))
    : isObject(value)
      ? change(value)
      : value;
