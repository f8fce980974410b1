import { assert } from "@hourwright/std";
import pg from "pg";

/**
 * How PostgreSQL's values look in our code: `int8` is a number, times are Temporal's types, and `Date` is nowhere.
 * Libraries with a handle of their own (better-auth, pg-boss) expect `Date`, and get it through `libraryTypes`.
 */
export type ValueTypes = Pick<typeof pg.types, "getTypeParser">;

type Parse = (text: string) => unknown;

const OID = {
  int8: 20,
  int8Array: 1016,
  date: 1082,
  dateArray: 1182,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  timestamptzArray: 1185,
} as const;

const ours = new Map<number, Parse>([
  [OID.int8, wholeNumber],
  [OID.int8Array, (text) => listOf(text, wholeNumber)],
  [OID.date, Temporal.PlainDate.from],
  [OID.dateArray, (text) => listOf(text, Temporal.PlainDate.from)],
  [OID.time, Temporal.PlainTime.from],
  [OID.timestamp, Temporal.PlainDateTime.from],
  [OID.timestamptz, Temporal.Instant.from],
  [OID.timestamptzArray, (text) => listOf(text, Temporal.Instant.from)],
]);

/** For our own statements. */
export const ourTypes = typesFrom(ours);

/** For libraries: as `pg` has it, but for `int8`, which it leaves a string. */
export const libraryTypes = typesFrom(new Map([[OID.int8, wholeNumber]]));

function typesFrom(parsers: ReadonlyMap<number, Parse>): ValueTypes {
  const asPgHasIt = pg.types.getTypeParser as (oid: number, format?: string) => Parse;
  const getTypeParser = (oid: number, format?: string) =>
    (format === "binary" ? undefined : parsers.get(oid)) ?? asPgHasIt(oid, format);
  return { getTypeParser: getTypeParser as ValueTypes["getTypeParser"] };
}

/** An `int8` is a count, an id of ours or milliseconds: beyond 2^53 is a bug that must not be rounded away. */
function wholeNumber(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), `too large for a whole number: ${text}`);
  return value;
}

/** A one-dimensional array of values that need no quotes inside: `{"2026-01-01 00:00:00+00",NULL}`. */
function listOf<T>(text: string, parse: (item: string) => T): (T | null)[] {
  const inner = text.slice(1, -1);
  if (inner === "") return [];
  return inner.split(",").map((item) => (item === "NULL" ? null : parse(item.replaceAll('"', ""))));
}

/** A parameter as `pg` understands it: Temporal's values as text, everything else as it is. */
export function toParameter(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toParameter);
  if (
    value instanceof Temporal.Instant ||
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.PlainTime ||
    value instanceof Temporal.PlainDateTime ||
    value instanceof Temporal.Duration
  ) {
    return value.toString();
  }
  assert(!(value instanceof Temporal.ZonedDateTime), "a zoned time has no column: store its instant and its zone");
  return value;
}
