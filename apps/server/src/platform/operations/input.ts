import { refuseRequest, type Operation, type Refused } from "@hourwright/contract";
import type { RawInput } from "./dispatcher.ts";

type Input = Record<"params" | "query" | "body", unknown>;
type FieldError = { readonly place: string; readonly message: string };

/** So many places that are wrong are named: enough for a form, too few to be made to write a book. */
const ERRORS_MAX = 20;

/**
 * What the contract made of queries that nobody can change any more (`fixed`): who hands in the same one again asks the same.
 * Reading a query took longer than answering it from memory.
 */
const parsedQueries = new WeakMap<object, unknown>();

/** Parses the three parts by the contract, or refuses naming every field that is wrong (the first 20). */
export function parseInput(entry: Operation, raw: RawInput): Input | Refused {
  const parsed: Input = { params: {}, query: {}, body: undefined };
  const errors: FieldError[] = [];
  for (const part of ["params", "query", "body"] as const) {
    const schema = entry[part];
    if (schema === undefined) {
      if (part === "body" && entry.upload !== undefined) parsed[part] = raw.body;
      continue;
    }
    const known = part === "query" ? parsedQueries.get(raw.query as object) : undefined;
    const result = known === undefined ? schema.safeParse(raw[part]) : { success: true as const, data: known };
    if (result.success) parsed[part] = result.data;
    else {
      for (const issue of result.error.issues) {
        errors.push({ place: [part, ...issue.path.map(String)].join("."), message: issue.message });
      }
    }
  }
  if (errors.length > 0) return invalid(errors);
  if (typeof raw.query === "object" && raw.query !== null && Object.isFrozen(raw.query))
    parsedQueries.set(raw.query, fixed(parsed.query as object));
  return parsed;
}

function invalid(errors: readonly FieldError[]): Refused {
  const first = errors[0]!;
  return refuseRequest(
    "invalid",
    "field",
    { place: first.place, message: first.message },
    { errors: errors.slice(0, ERRORS_MAX) },
  );
}

/** The same, which nobody changes from now on: a query's values are texts, numbers, booleans and lists of them. */
export function fixed<Values extends object>(values: Values): Values {
  for (const value of Object.values(values)) Object.freeze(value);
  return Object.freeze(values);
}
