import { fault, isFault, type Fault } from "./fault.ts";
import { booleanOf } from "./matching.ts";
import { partOf, type Attribute, type ResourceType, type Schema } from "./schemas.ts";

// Pure: what is sent as a resource, as its schema has it. What no schema knows is left out (RFC 7644 §3.3).

export type Resource = { readonly [name: string]: unknown };

/** Characters of one text, and values of one attribute; of a group its people. */
export const TEXT_MAX = 1_000;
export const VALUES_MAX = 100;
export const MEMBERS_MAX = 20_000;

type Faulty = { readonly fault: Fault };

/** A resource as it may be written: names in their own case, values of their type, nothing that is only read. */
export function resourceIn(type: ResourceType, body: Resource): Resource | Faulty {
  const own = partsIn([...type.schema.attributes, EXTERNAL_ID], body);
  if (isFault(own)) return own;
  if (type.extension === null) return own;
  const extension = extensionIn(type.extension, body);
  if (isFault(extension)) return extension;
  return Object.keys(extension).length === 0 ? own : { ...own, [type.extension.id]: extension };
}

const EXTERNAL_ID: Attribute = {
  name: "externalId",
  description: "",
  type: "string",
  multiValued: false,
  required: false,
  caseExact: true,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
};

function extensionIn(schema: Schema, body: Resource): Resource | Faulty {
  const key = Object.keys(body).find((each) => each.toLowerCase() === schema.id.toLowerCase());
  const given = key === undefined ? {} : body[key];
  if (!isObject(given)) return given === null ? {} : fault("invalidSyntax", `${schema.id} has attributes.`);
  return partsIn(schema.attributes, given);
}

/** The parts of an object that are known and may be written. */
function partsIn(attributes: readonly Attribute[], given: Resource): Resource | Faulty {
  const byName = new Map(attributes.map((each) => [each.name.toLowerCase(), each]));
  const read: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(given)) {
    const attribute = byName.get(name.toLowerCase());
    if (attribute === undefined || attribute.mutability === "readOnly") continue;
    const value = valueOf(attribute, raw);
    if (isFault(value)) return value;
    if (value !== null) read[attribute.name] = value;
  }
  return read;
}

/** A value as an attribute has it; null: unassigned (null, a text of nothing or of blanks, an empty list). */
export function valueOf(attribute: Attribute, raw: unknown): unknown {
  if (!attribute.multiValued) return oneOf(attribute, raw);
  const given: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const most = attribute.name === "members" ? MEMBERS_MAX : VALUES_MAX;
  if (given.length > most) return fault("invalidValue", `“${attribute.name}” has at most ${most} values.`);
  const values: unknown[] = [];
  for (const each of given) {
    const value = oneOf(attribute, each);
    if (isFault(value)) return value;
    if (value !== null) values.push(value);
  }
  if (values.filter((each) => (each as Resource)["primary"] === true).length > 1)
    return fault("invalidValue", `One value of “${attribute.name}” is the primary one.`);
  return values.length === 0 ? null : values;
}

function oneOf(attribute: Attribute, raw: unknown): unknown {
  if (raw === null || raw === undefined || (typeof raw === "string" && raw.trim() === "")) return null;
  if (attribute.type === "complex") return complexOf(attribute, raw);
  if (attribute.type === "boolean")
    return booleanOf(raw) ?? fault("invalidValue", `“${attribute.name}” is true or false.`);
  if (typeof raw === "number") return String(raw);
  if (typeof raw !== "string") return fault("invalidValue", `“${attribute.name}” is a text.`);
  if (raw.length > TEXT_MAX) return fault("invalidValue", `“${attribute.name}” has at most ${TEXT_MAX} characters.`);
  if (!isText(raw)) return fault("invalidValue", `“${attribute.name}” holds what is no text.`);
  return raw;
}

/** Whether it can be kept: databases know neither NUL nor half a character. */
export const isText = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** The beginning of a text; a character that would be cut through is left out. */
export function shortened(text: string, charactersMax: number): string {
  const cut = text.slice(0, charactersMax);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** Some directories send the value alone where one with parts is meant. */
function complexOf(attribute: Attribute, raw: unknown): unknown {
  const given = typeof raw === "string" && partOf(attribute, "value") !== null ? { value: raw } : raw;
  if (!isObject(given)) return fault("invalidValue", `“${attribute.name}” is made of parts.`);
  const read = partsIn(attribute.subAttributes!, given);
  return isFault(read) || Object.keys(read).length > 0 ? read : null;
}

/** A text, or what is written like one; of anything else nothing: outside objects say themselves what they are as text. */
export const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? `${value}` : "";

export const isObject = (value: unknown): value is Resource =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The required attribute that a resource lacks; null when it has all. */
export const missingIn = (type: ResourceType, resource: Resource): string | null =>
  type.schema.attributes.find(({ required, name }) => required && resource[name] === undefined)?.name ?? null;
