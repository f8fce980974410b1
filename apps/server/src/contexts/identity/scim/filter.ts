// Pure: what a filter or a path of SCIM says (RFC 7644 §3.4.2.2, §3.5.2). What it means for a resource is `matching.ts`.

/** A longer filter is refused unread: reading takes time that others wait for. */
export const FILTER_CHARACTERS_MAX = 4_000;
/** Brackets within brackets: people write three. */
export const FILTER_DEPTH_MAX = 16;

/** Comparisons of one filter: each is made for everybody. People write five. */
export const FILTER_TERMS_MAX = 50;

/** `userName`, `name.familyName`, `urn:…:User:manager.value`. As written: nothing here knows which attributes there are. */
export type AttributePath = { readonly schema: string | null; readonly name: string; readonly sub: string | null };

export const operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
export type Operator = (typeof operators)[number];
export type Literal = string | number | boolean | null;

export type Filter =
  | { readonly kind: "compare"; readonly path: AttributePath; readonly operator: Operator; readonly value: Literal }
  | { readonly kind: "present"; readonly path: AttributePath }
  | { readonly kind: "and" | "or"; readonly filters: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  /** One value of several for which all of it holds: `emails[type eq "work" and primary eq true]`. */
  | { readonly kind: "values"; readonly path: AttributePath; readonly filter: Filter };

/** What a PATCH changes: an attribute, of several values those that a filter finds, and of these a part. */
export type Target = { readonly path: AttributePath; readonly filter: Filter | null; readonly sub: string | null };

/** Comparisons that a filter makes of one value. */
export function termsOf(filter: Filter): number {
  if (filter.kind === "and" || filter.kind === "or")
    return filter.filters.reduce((sum, each) => sum + termsOf(each), 0);
  return filter.kind === "not" || filter.kind === "values" ? termsOf(filter.filter) : 1;
}

export type Unread = { readonly why: string };

/**
 * Reads a filter. Linear; refuses more than `FILTER_CHARACTERS_MAX`, what is nested deeper than `FILTER_DEPTH_MAX`,
 * and what compares more often than `FILTER_TERMS_MAX`.
 */
export function readFilter(text: string): Filter | Unread {
  const reader = readerOf(text);
  if ("why" in reader) return reader;
  const filter = readEither(reader, 0);
  if (filter === null) return { why: reader.fault ?? "It is no filter." };
  return reader.at === reader.tokens.length
    ? filter
    : { why: `Nobody knows what “${reader.tokens[reader.at]!}” is for.` };
}

/** Reads the path of a PATCH operation: `emails[type eq "work"].value`. */
export function readTarget(text: string): Target | Unread {
  const reader = readerOf(text);
  if ("why" in reader) return reader;
  const path = pathOf(take(reader) ?? "");
  if (path === null) return { why: "A path begins with an attribute." };
  if (reader.at === reader.tokens.length) return { path: { ...path, sub: null }, filter: null, sub: path.sub };
  if (take(reader) !== "[" || path.sub !== null)
    return { why: "After an attribute comes “[” and a filter, or nothing." };
  const filter = readEither(reader, 1, true);
  if (filter === null || take(reader) !== "]") return { why: reader.fault ?? "A “]” is missing." };
  const rest = take(reader);
  const sub = rest === null ? null : (/^\.(\$?[a-z][\w-]*)$/i.exec(rest)?.[1] ?? "");
  if (sub === "" || reader.at < reader.tokens.length)
    return { why: "After “]” comes a part of the attribute, or nothing." };
  return { path, filter, sub };
}

/** The same in words that are read as it is. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case "compare":
      return `${printPath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case "present":
      return `${printPath(filter.path)} pr`;
    case "not":
      return `not (${printFilter(filter.filter)})`;
    case "values":
      return `${printPath(filter.path)}[${printFilter(filter.filter)}]`;
    default:
      return filter.filters.map(printPart).join(` ${filter.kind} `);
  }
}

const printPart = (filter: Filter): string =>
  filter.kind === "and" || filter.kind === "or" ? `(${printFilter(filter)})` : printFilter(filter);

export const printPath = ({ schema, name, sub }: AttributePath): string =>
  `${schema === null ? "" : `${schema}:`}${name}${sub === null ? "" : `.${sub}`}`;

type Reader = { readonly tokens: readonly string[]; at: number; terms: number; fault: string | null };

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[()[\]]|[^\s()[\]"]+)/suy;

function readerOf(text: string): Reader | Unread {
  if (text.length > FILTER_CHARACTERS_MAX) return { why: `It has more than ${FILTER_CHARACTERS_MAX} characters.` };
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const found = TOKEN.exec(text);
    if (found === null) return { why: "A quotation mark is not closed." };
    tokens.push(found[1]!);
  }
  return tokens.length === 0 ? { why: "It is empty." } : { tokens, at: 0, terms: 0, fault: null };
}

const take = (reader: Reader): string | null => reader.tokens[reader.at++] ?? null;

const peek = (reader: Reader): string | null => reader.tokens[reader.at]?.toLowerCase() ?? null;

function fail(reader: Reader, why: string): null {
  reader.fault ??= why;
  return null;
}

const readEither = (reader: Reader, depth: number, isWithin = false): Filter | null =>
  readJoined(reader, "or", () => readBoth(reader, depth, isWithin));

const readBoth = (reader: Reader, depth: number, isWithin: boolean): Filter | null =>
  readJoined(reader, "and", () => readOne(reader, depth, isWithin));

function readJoined(reader: Reader, kind: "and" | "or", read: () => Filter | null): Filter | null {
  const filters: Filter[] = [];
  do {
    const filter = read();
    if (filter === null) return null;
    filters.push(filter);
  } while (peek(reader) === kind && take(reader) !== null);
  return filters.length === 1 ? filters[0]! : { kind, filters };
}

function readOne(reader: Reader, depth: number, isWithin: boolean): Filter | null {
  const isNot = peek(reader) === "not" && reader.tokens[reader.at + 1] === "(";
  if (isNot) take(reader);
  if (peek(reader) !== "(") return readAttribute(reader, depth, isWithin);
  take(reader);
  if (depth >= FILTER_DEPTH_MAX) return fail(reader, `It is nested deeper than ${FILTER_DEPTH_MAX}.`);
  const filter = readEither(reader, depth + 1, isWithin);
  if (filter === null) return null;
  if (take(reader) !== ")") return fail(reader, "A “)” is missing.");
  return isNot ? { kind: "not", filter } : filter;
}

function readAttribute(reader: Reader, depth: number, isWithin: boolean): Filter | null {
  if (++reader.terms > FILTER_TERMS_MAX) return fail(reader, `It compares more than ${FILTER_TERMS_MAX} times.`);
  const word = take(reader);
  const path = pathOf(word ?? "");
  if (path === null) return fail(reader, word === null ? "It ends too early." : `“${word}” is no attribute.`);
  const operator = take(reader)?.toLowerCase() ?? "";
  if (operator === "pr") return { kind: "present", path };
  if (operator === "[") return readValues(reader, depth, isWithin, path);
  if (!isOperator(operator)) return fail(reader, `After “${word}” comes one of ${operators.join(", ")}, pr.`);
  const value = literalOf(take(reader) ?? "");
  if (value === undefined) return fail(reader, `After “${operator}” comes "text", a number, true, false or null.`);
  return { kind: "compare", path, operator, value };
}

function readValues(reader: Reader, depth: number, isWithin: boolean, path: AttributePath): Filter | null {
  if (isWithin || path.sub !== null)
    return fail(reader, "Brackets stand after an attribute with several values, and not within each other.");
  if (depth >= FILTER_DEPTH_MAX) return fail(reader, `It is nested deeper than ${FILTER_DEPTH_MAX}.`);
  const filter = readEither(reader, depth + 1, true);
  if (filter === null) return null;
  return take(reader) === "]" ? { kind: "values", path, filter } : fail(reader, "A “]” is missing.");
}

const isOperator = (text: string): text is Operator => (operators as readonly string[]).includes(text);

const PATH = /^(?:(urn:[\w.:-]+):)?([a-z][\w-]*)(?:\.(\$?[a-z][\w-]*))?$/i;

/** An attribute by its name; what stands before it is the name of its schema, in which dots stand too. */
export function pathOf(text: string): AttributePath | null {
  const found = PATH.exec(text);
  return found === null ? null : { schema: found[1] ?? null, name: found[2]!, sub: found[3] ?? null };
}

function literalOf(text: string): Literal | undefined {
  const plain = text.startsWith('"') || /^-?\d/.test(text) ? text : text.toLowerCase();
  if (!/^(".*"|-?\d+(\.\d+)?(e[+-]?\d+)?|true|false|null)$/isu.test(plain)) return undefined;
  try {
    const value = JSON.parse(plain) as Literal;
    return typeof value === "number" && !Number.isFinite(value) ? undefined : value;
  } catch {
    return undefined;
  }
}
