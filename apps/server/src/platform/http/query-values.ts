import { z } from "zod";

/**
 * The text of a query string as the values its schema speaks of: numbers, booleans, comma-separated lists.
 * What does not look like one stays text, so that the schema's own message names it. A name given twice is a list.
 */
export function queryValues(schema: z.ZodObject, search: URLSearchParams): Record<string, unknown> {
  const values = [...new Set(search.keys())].map((name) => {
    const given = search.getAll(name);
    // Names are anybody's text: what every object has of its own accord is no field of a schema.
    const kind = Object.hasOwn(schema.shape, name) ? kindOf(schema.shape[name] as z.ZodType) : null;
    if (kind === "array")
      return [name, given.flatMap((text) => text.split(",")).filter((text) => text !== "")] as const;
    return [name, given.length > 1 ? given : valueOf(kind, given[0]!)] as const;
  });
  return Object.fromEntries(values); // `__proto__` is a key like any here, and so the schema refuses it.
}

function valueOf(kind: string | null, text: string): unknown {
  if (kind === "number" && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (kind === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** What a schema holds under its defaults and options. */
function kindOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return kindOf(schema.unwrap() as z.ZodType);
  }
  return schema.def.type;
}
