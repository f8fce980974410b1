import { z } from "zod";
import { catalogue } from "../catalogue.ts";
import type { Operation } from "../operation.ts";
import { jsonSchemaOf, nullableOf, pascal, referred, type JsonSchema } from "./schema.ts";

/**
 * The catalogue as GraphQL SDL: queries and commands become fields, named things become types.
 * Files and uploads stay with REST. Not served yet; a test builds a schema from it, so that it stays printable.
 */
export function printGraphql(): string {
  const types = new Map<string, string>();
  const fields = { Query: [] as string[], Mutation: [] as string[] };
  for (const entry of Object.values(catalogue) as Operation[]) {
    if (entry.internal || entry.upload || !(entry.answer instanceof z.ZodType)) continue;
    const name = entry.id.replaceAll(/\.(.)/g, (_, letter: string) => letter.toUpperCase());
    const list = argumentsOf(entry, types);
    const answer =
      entry.status === 204
        ? "Boolean"
        : typeOf(schemaOf(entry.answer, "output", types), `${pascal(entry.id)}Answer`, "type", types);
    fields[entry.kind === "query" ? "Query" : "Mutation"].push(
      `  "${entry.summary.replaceAll('"', "'")}"\n  ${name}${list === "" ? "" : `(${list})`}: ${answer}`,
    );
  }
  const roots = Object.entries(fields).map(([root, lines]) => `type ${root} {\n${lines.join("\n")}\n}`);
  return [...roots, ...types.values()].join("\n\n") + "\n";
}

function argumentsOf(entry: Operation, types: Map<string, string>): string {
  const places = [entry.params, entry.query].filter((schema) => schema !== undefined);
  const plain = places.flatMap((schema) => {
    const root = schemaOf(schema, "input", types);
    return Object.entries(root.properties ?? {}).map(([name, property]) => {
      const required = (root.required ?? []).includes(name) ? "!" : "";
      return `${name}: ${typeOf(property, pascal(`${entry.id}.${name}`), "input", types)}${required}`;
    });
  });
  if (entry.body === undefined) return plain.join(", ");
  return [
    ...plain,
    `input: ${typeOf(schemaOf(entry.body, "input", types), `${pascal(entry.id)}Input`, "input", types)}!`,
  ].join(", ");
}

function schemaOf(schema: z.ZodType, direction: "input" | "output", types: Map<string, string>): JsonSchema {
  const { root, named } = jsonSchemaOf(schema, direction);
  for (const [name, part] of Object.entries(named)) {
    if (!types.has(name)) declare(name, part, direction === "output" ? "type" : "input", types);
  }
  return root;
}

function typeOf(schema: JsonSchema, name: string, kind: "type" | "input", types: Map<string, string>): string {
  const plain = nullableOf(schema).schema;
  const reference = referred(plain);
  if (reference !== null) return reference;
  if (plain.enum !== undefined) return "String"; // Our words carry hyphens, which GraphQL names may not.
  switch (plain.type) {
    case "string":
      return "String";
    case "integer":
      return "Int";
    case "number":
      return "Float";
    case "boolean":
      return "Boolean";
    case "array":
      return `[${typeOf(plain.items!, name, kind, types)}!]`;
    case "object":
      return declare(plain.id ?? name, plain, kind, types);
    default:
      return unionOf(plain, name, kind, types);
  }
}

/** A union of objects becomes one type with every field optional; of anything else, text. */
function unionOf(schema: JsonSchema, name: string, kind: "type" | "input", types: Map<string, string>): string {
  const parts = schema.anyOf ?? schema.oneOf ?? [];
  if (parts.length === 0 || parts.some((part) => part.type !== "object")) return "String";
  const properties = Object.assign({}, ...parts.map((part) => part.properties)) as Record<string, JsonSchema>;
  return declare(name, { type: "object", properties, required: [] }, kind, types);
}

function declare(name: string, schema: JsonSchema, kind: "type" | "input", types: Map<string, string>): string {
  if (types.has(name)) return name;
  types.set(name, ""); // First, so that a type may hold itself.
  const lines = Object.entries(schema.properties ?? {}).map(([field, property]) => {
    const { nullable } = nullableOf(property);
    const required = !nullable && (schema.required ?? []).includes(field) ? "!" : "";
    return `  ${field}: ${typeOf(property, `${name}${pascal(field)}`, kind, types)}${required}`;
  });
  types.set(name, `${kind} ${name} {\n${lines.length > 0 ? lines.join("\n") : "  _: Boolean"}\n}`);
  return name;
}
