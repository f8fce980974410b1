import { z } from "zod";

/**
 * The text of a query string as the values its schema speaks of: numbers, booleans, comma-separated lists.
 * What does not look like one stays text, so that the schema's own message names it. A name given twice is a list.
 */
export function queryValues(schema: z.ZodObject, search: URLSearchParams): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    const given = search.getAll(name);
    const kind = kindOf(schema.shape[name] as z.ZodType | undefined);
    if (kind === "array") values[name] = given.flatMap((text) => text.split(",")).filter((text) => text !== "");
    else values[name] = given.length > 1 ? given : valueOf(kind, given[0]!);
  }
  return values;
}

function valueOf(kind: string | null, text: string): unknown {
  if (kind === "number" && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (kind === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** What a schema holds under its defaults and options. */
function kindOf(schema: z.ZodType | undefined): string | null {
  if (schema === undefined) return null;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return kindOf(schema.unwrap() as z.ZodType);
  }
  return schema.def.type;
}
