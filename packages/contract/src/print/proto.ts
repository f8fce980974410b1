import { z } from "zod";
import { catalogue } from "../catalogue.ts";
import type { Operation } from "../operation.ts";
import { jsonSchemaOf, nullableOf, pascal, referred, snake, type JsonSchema } from "./schema.ts";

/** message → field → number. Committed: numbers are added, never used again for another field. */
export type FieldLock = Record<string, Record<string, number>>;

type Printer = { readonly lock: FieldLock; readonly messages: Map<string, string> };

/** The catalogue as proto3, with field numbers from `lock`; the lock with the numbers of new fields comes back. */
export function printProto(lock: FieldLock): { text: string; lock: FieldLock } {
  const printer: Printer = { lock: structuredClone(lock), messages: new Map() };
  const services = new Map<string, string[]>();
  for (const entry of Object.values(catalogue) as Operation[]) {
    if (entry.internal || entry.upload || !(entry.answer instanceof z.ZodType)) continue;
    const [area, verb] = entry.id.split(".") as [string, string];
    const request = requestMessage(entry, printer);
    const answer = answerMessage(entry, entry.answer, printer);
    const lines = services.get(area) ?? [];
    lines.push(`  // ${entry.summary}\n  rpc ${pascal(verb)}(${request}) returns (${answer});`);
    services.set(area, lines);
  }
  const blocks = [...services].map(([area, lines]) => `service ${pascal(area)}Service {\n${lines.join("\n")}\n}`);
  const head = 'syntax = "proto3";\n\npackage hourwright.v1;';
  return { text: [head, ...blocks, ...printer.messages.values()].join("\n\n") + "\n", lock: printer.lock };
}

function requestMessage(entry: Operation, printer: Printer): string {
  const parts = [entry.params, entry.query, entry.body].filter((schema) => schema !== undefined);
  const properties = Object.assign({}, ...parts.map((schema) => fieldsOf(rootOf(schema, "input", printer)))) as Record<
    string,
    JsonSchema
  >;
  return declare(`${pascal(entry.id)}Request`, { type: "object", properties }, printer);
}

function answerMessage(entry: Operation, answer: z.ZodType, printer: Printer): string {
  const root = entry.status === 204 ? { type: "object" as const } : rootOf(answer, "output", printer);
  if (root.id !== undefined) return declare(root.id, root, printer);
  return declare(`${pascal(entry.id)}Answer`, root, printer);
}

const fieldsOf = (schema: JsonSchema): Record<string, JsonSchema> =>
  schema.properties ?? (Object.assign({}, ...(schema.anyOf ?? []).map(fieldsOf)) as Record<string, JsonSchema>);

function rootOf(schema: z.ZodType, direction: "input" | "output", printer: Printer): JsonSchema {
  const { root, named } = jsonSchemaOf(schema, direction);
  for (const [name, part] of Object.entries(named)) declare(name, part, printer);
  return root;
}

function declare(name: string, schema: JsonSchema, printer: Printer): string {
  if (printer.messages.has(name)) return name;
  printer.messages.set(name, ""); // First, so that a message may hold itself.
  const numbers = (printer.lock[name] ??= {});
  const lines = Object.entries(fieldsOf(schema)).map(([field, property]) => {
    numbers[field] ??= Math.max(0, ...Object.values(numbers)) + 1;
    return `  ${fieldType(property, `${name}${pascal(field)}`, printer)} ${snake(field)} = ${numbers[field]};`;
  });
  printer.messages.set(name, `message ${name} {\n${lines.join("\n")}\n}`);
  return name;
}

function fieldType(schema: JsonSchema, name: string, printer: Printer): string {
  const { schema: plain, nullable } = nullableOf(schema);
  if (plain.type === "array") return `repeated ${valueType(nullableOf(plain.items!).schema, name, printer)}`;
  const type = valueType(plain, name, printer);
  return nullable && ["string", "int64", "double", "bool"].includes(type) ? `optional ${type}` : type;
}

function valueType(schema: JsonSchema, name: string, printer: Printer): string {
  const reference = referred(schema);
  if (reference !== null) return reference;
  switch (schema.type) {
    case "integer":
      return "int64";
    case "number":
      return "double";
    case "boolean":
      return "bool";
    case "object":
      return declare(schema.id ?? name, schema, printer);
    default:
      return "string";
  }
}
