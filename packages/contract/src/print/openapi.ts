import { z } from "zod";
import { catalogue } from "../catalogue.ts";
import { job } from "../areas/jobs.ts";
import type { Operation } from "../operation.ts";
import { problemAreas } from "../problems.ts";
import { jsonSchemaOf, type JsonSchema } from "./schema.ts";

type Components = Record<string, JsonSchema>;

/** The catalogue as OpenAPI 3.1. O(operations); the same text for the same catalogue. */
export function printOpenApi(serverUrl: string): Record<string, unknown> {
  const components: Components = { Problem: problemSchema };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const entry of Object.values(catalogue) as Operation[]) {
    if (entry.internal) continue;
    const path = (paths[entry.path] ??= {});
    path[entry.method.toLowerCase()] = printOperation(entry, components);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Hourwright",
      version: "0.1.0",
      description: "Every commitment of an organisation on one timeline that cannot be double-booked.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        session: { type: "apiKey", in: "cookie", name: "__Host-hourwright" },
      },
    },
  };
}

function printOperation(entry: Operation, components: Components): Record<string, unknown> {
  const codes = [...entry.problems];
  return {
    operationId: entry.id,
    summary: entry.summary,
    tags: [entry.id.split(".")[0]],
    ...(entry.permission === "everyone" ? { security: [] } : { security: [{ bearer: [] }, { session: [] }] }),
    parameters: [
      ...parametersOf(entry.params, "path", components, entry.example.params),
      ...parametersOf(entry.query, "query", components, entry.example.query),
      ...headersOf(entry),
    ],
    ...requestBodyOf(entry, components),
    responses: {
      [entry.status]: answerOf(entry, components),
      ...(entry.mayLast === true ? { 202: laterAnswer(components) } : {}),
      default: problemAnswer,
    },
    "x-problems": codes,
    "x-permission": entry.permission,
    "x-since": entry.since,
  };
}

function parametersOf(
  schema: z.ZodObject | undefined,
  place: "path" | "query",
  components: Components,
  examples: Readonly<Record<string, string>> = {},
): unknown[] {
  if (schema === undefined) return [];
  const root = named(schema, "input", components);
  return Object.entries(root.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || (root.required ?? []).includes(name),
    schema: property,
    ...(property.description === undefined ? {} : { description: property.description }),
    ...(property.type === "array" ? { style: "form", explode: false } : {}),
    ...(examples[name] === undefined ? {} : { example: examples[name] }),
  }));
}

function headersOf(entry: Operation): unknown[] {
  const text = { type: "string" };
  return [
    ...(entry.idempotent ? [{ name: "Idempotency-Key", in: "header", required: false, schema: text }] : []),
    ...(entry.precondition
      ? [{ name: "If-Match", in: "header", required: entry.precondition === "required", schema: text }]
      : []),
    ...(entry.mayLast ? [{ name: "Prefer", in: "header", required: false, schema: text }] : []),
  ];
}

const laterAnswer = (components: Components): Record<string, unknown> => ({
  description: "It goes on as a job, whose address is in Location",
  content: { "application/json": { schema: named(job, "output", components) } },
});

function requestBodyOf(entry: Operation, components: Components): Record<string, unknown> {
  if (entry.upload) {
    return { requestBody: { required: true, content: { [entry.upload.mediaType]: { schema: { type: "string" } } } } };
  }
  if (entry.body === undefined) return {};
  const schema = named(entry.body, "input", components);
  const example = entry.example.body === undefined ? {} : { example: entry.example.body };
  return { requestBody: { required: true, content: { "application/json": { schema, ...example } } } };
}

function answerOf(entry: Operation, components: Components): Record<string, unknown> {
  if (entry.status === 204) return { description: "Done" };
  if (!(entry.answer instanceof z.ZodType)) {
    return { description: "The file", content: { [entry.answer.mediaType]: { schema: { type: "string" } } } };
  }
  const schema = named(entry.answer, "output", components);
  return { description: entry.summary, content: { "application/json": { schema } } };
}

/** Moves the named parts of a schema into the components and points at them there. */
function named(schema: z.ZodType, direction: "input" | "output", components: Components): JsonSchema {
  const { root, named: parts } = jsonSchemaOf(schema, direction);
  for (const [name, part] of Object.entries(parts)) components[name] = repoint(part);
  if (root.id === undefined) return repoint(root);
  const { id, ...own } = root;
  components[id] = repoint(own);
  return { $ref: `#/components/schemas/${id}` };
}

function repoint<T>(value: T): T {
  if (Array.isArray(value)) return value.map(repoint) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "id" || typeof (value as { id?: unknown }).id !== "string")
      .map(([key, inner]) =>
        key === "$ref" && typeof inner === "string"
          ? [key, inner.replace("#/$defs/", "#/components/schemas/")]
          : [key, repoint(inner)],
      ),
  ) as T;
}

const problemSchema: JsonSchema = {
  type: "object",
  required: ["type", "title", "status", "code"],
  properties: {
    type: { type: "string", description: "A page that explains it" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What to do about it" },
    instance: { type: "string" },
    code: { type: "string", enum: problemAreas.flatMap((area) => area.codes) },
  },
};

const problemAnswer = {
  description: "Refused, RFC 9457",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};
