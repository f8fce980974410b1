import { z } from "zod";

/** JSON Schema (draft 2020-12) as far as the catalogue uses it: the subset that every printer can print. */
export type JsonSchema = {
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean" | "null";
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly id?: string;
};

/** The schema of a value with its named parts under `$defs`, as they are sent over the wire. */
export function jsonSchemaOf(
  schema: z.ZodType,
  direction: "input" | "output",
): { root: JsonSchema; named: Record<string, JsonSchema> } {
  const {
    $defs,
    $schema: _draft,
    ...root
  } = z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: "any",
    target: "draft-2020-12",
  }) as JsonSchema & { $defs?: Record<string, JsonSchema>; $schema?: string };
  return { root: spelledOut(root), named: spelledOut($defs ?? {}) };
}

/** `type: [T, "null"]` as a union of two, so that null is written in one way only. */
function spelledOut<T>(value: T): T {
  if (Array.isArray(value)) return value.map(spelledOut) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, spelledOut(inner)] as const);
  const { type, description, ...rest } = Object.fromEntries(entries) as { type?: unknown; description?: unknown };
  if (!Array.isArray(type)) return Object.fromEntries(entries) as T;
  const parts = (type as string[]).map((name) => (name === "null" ? { type: name } : { type: name, ...rest }));
  return { anyOf: parts, ...(description === undefined ? {} : { description }) } as T;
}

/** The name a `$ref` points at. */
export const referred = (schema: JsonSchema): string | null => schema.$ref?.split("/").at(-1) ?? null;

/** `T | null` as its `T` and whether null is allowed. Any other union comes back as it is. */
export function nullableOf(schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  const rest = schema.anyOf?.filter((part) => part.type !== "null");
  if (schema.anyOf === undefined || rest === undefined || rest.length === schema.anyOf.length) {
    return { schema, nullable: false };
  }
  return { schema: rest.length === 1 ? rest[0]! : { ...schema, anyOf: rest }, nullable: true };
}

/** `calendar.events` → `CalendarEvents`. */
export const pascal = (words: string): string =>
  words
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");

/** `minutesBefore` → `minutes_before`. */
export const snake = (word: string): string => word.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
