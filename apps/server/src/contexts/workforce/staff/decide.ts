import { limits } from "@hourwright/contract";
import type { Row, Wrong } from "../../../platform/sheets/sheet.ts";
import { faultOf, wrongLine, type Fault } from "../../../platform/sheets/wrong.ts";
import type { WrittenShift } from "../contracts/model.ts";
import { clockOf } from "../hours/decide.ts";
import { addressOf, cut, DAY_MINUTES, dayOf, minuteOf, type Read } from "./cells.ts";

// Pure: what a file says of people and their contracts.

/** What a line says of a contract; null where it says nothing. */
export type WrittenLine = {
  readonly line: number;
  readonly name: string;
  readonly email: string | null;
  /** From the top: `["Pool", "Guards"]`. */
  readonly department: readonly string[] | null;
  readonly from: string | null;
  readonly until: string | null;
  /** A week. */
  readonly minutes: number | null;
  readonly partPermille: number | null;
  readonly week: readonly WrittenShift[] | null;
  readonly site: string | null;
  readonly region: string | null;
  readonly rules: string | null;
  readonly cost: { readonly minorUnits: number; readonly currency: string } | null;
};

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** How columns are called: in English, then German, French and Spanish; upper and lower case are alike. */
const COLUMNS = {
  name: ["name", "person", "mitarbeiter", "nom", "nombre"],
  email: ["email", "e-mail", "mail", "adresse e-mail", "correo"],
  department: ["department", "abteilung", "service", "departamento"],
  from: ["from", "contract from", "ab", "von", "vertrag ab", "depuis", "desde"],
  until: ["until", "contract until", "bis", "jusque", "hasta"],
  hours: ["hours", "hours a week", "stunden", "wochenstunden", "heures", "horas"],
  part: ["part", "part time", "teilzeit", "umfang", "temps partiel", "jornada"],
  monday: ["monday", "mon", "montag", "mo", "lundi", "lunes"],
  tuesday: ["tuesday", "tue", "dienstag", "di", "mardi", "martes"],
  wednesday: ["wednesday", "wed", "mittwoch", "mi", "mercredi", "miércoles"],
  thursday: ["thursday", "thu", "donnerstag", "do", "jeudi", "jueves"],
  friday: ["friday", "fri", "freitag", "fr", "vendredi", "viernes"],
  saturday: ["saturday", "sat", "samstag", "sonnabend", "sa", "samedi", "sábado"],
  sunday: ["sunday", "sun", "sonntag", "so", "dimanche", "domingo"],
  site: ["site", "ort", "standort", "lieu", "lugar"],
  region: ["region", "holidays of", "feiertage", "région", "región"],
  rules: ["rules", "rule set", "regeln", "règles", "reglas"],
  cost: ["cost", "cost an hour", "kosten", "stundenkosten", "coût", "coste"],
  currency: ["currency", "währung", "devise", "moneda"],
} as const;
type Column = keyof typeof COLUMNS;

const columnOf = (cell: string): Column | null => {
  const name = cell.trim().toLowerCase();
  return (Object.keys(COLUMNS) as Column[]).find((each) => (COLUMNS[each] as readonly string[]).includes(name)) ?? null;
};

const TEXT_MAX = 200;

/** People that the rows of a file are, its first row naming the columns in any order; and what is wrong with them, by line. */
export function staffIn([header, ...rows]: readonly Row[]): {
  readonly people: readonly WrittenLine[];
  readonly wrong: readonly Wrong[];
} {
  if (header === undefined) return { people: [], wrong: [wrongLine(1, "", "empty", {})] };
  const columns = header.cells.map(columnOf);
  const wrong: Wrong[] = wrongHeader(header, columns, rows.length);
  if (wrong.length > 0) return { people: [], wrong };
  const people = rows.map((row) => personIn(row, columns, wrong));
  return { people, wrong: [...wrong, ...namedTwice(people)] };
}

function wrongHeader({ line, cells }: Row, columns: readonly (Column | null)[], rows: number): Wrong[] {
  const wrong: Wrong[] = [];
  if (!columns.includes("name")) wrong.push(wrongLine(line, "name", "no-column", { column: "name" }));
  const twice = columns.find((column, at) => column !== null && columns.indexOf(column) !== at);
  if (twice !== undefined && twice !== null) wrong.push(wrongLine(line, twice, "column-twice", { column: twice }));
  const unknown = cells.filter((cell, at) => columns[at] === null && cell.trim() !== "");
  for (const cell of unknown) {
    const column = cell.slice(0, 100);
    wrong.push(wrongLine(line, column, "unknown-column", { column, columns: Object.keys(COLUMNS) }));
  }
  if (rows > limits.STAFF_FILE_ROWS_MAX)
    wrong.push(wrongLine(line, "", "people", { most: limits.STAFF_FILE_ROWS_MAX }));
  return wrong;
}

function personIn({ line, cells }: Row, columns: readonly (Column | null)[], wrong: Wrong[]): WrittenLine {
  const say = (column: Column, why: Fault): null => {
    wrong.push(why(line, column));
    return null;
  };
  if (cells.length > columns.length) say("name", faultOf("fields", { fields: cells.length, most: columns.length }));
  const cell = (column: Column): string => cells[columns.indexOf(column)]?.trim() ?? "";
  const text = (column: Column): string | null => {
    const value = cell(column);
    if (value.length > TEXT_MAX) return say(column, faultOf("long", { most: TEXT_MAX }));
    if (value.includes("\0") || !value.isWellFormed()) return say(column, faultOf("characters", {}));
    return value === "" ? null : value;
  };
  const read = <Value>(column: Column, reader: (value: string) => Read<Value>): Value | null => {
    const value = text(column);
    if (value === null) return null;
    const found = reader(value);
    return "why" in found ? say(column, found.why) : found.value;
  };
  const name = text("name");
  if (name === null && cell("name") === "") say("name", faultOf("nobody", {}));
  const units = read("cost", decimalOf);
  const currency = text("currency");
  if (currency !== null && !/^[A-Z]{3}$/.test(currency)) say("currency", faultOf("currency", {}));
  if (units !== null && currency === null) say("cost", faultOf("no-currency", {}));
  return {
    line,
    name: name ?? "",
    email: read("email", addressOf),
    department: read("department", pathOf),
    from: read("from", dayOf),
    until: read("until", dayOf),
    minutes: read("hours", hoursOf),
    partPermille: read("part", partOf),
    week: weekOf(cell, say),
    site: text("site"),
    region: text("region"),
    rules: text("rules"),
    cost: units === null || currency === null ? null : { minorUnits: minorUnitsOf(units, currency), currency },
  };
}

/** The same person on two lines: by address, or where there is none by name. */
function namedTwice(people: readonly WrittenLine[]): Wrong[] {
  const lines = new Map<string, number>();
  return people.flatMap(({ line, name, email }) => {
    const key = email === null ? `name ${name.toLowerCase()}` : `email ${email}`;
    const first = lines.get(key);
    lines.set(key, first ?? line);
    if (first === undefined || name === "") return [];
    return email === null
      ? [wrongLine(line, "name", "name-twice", { name, other: first })]
      : [wrongLine(line, "email", "address-twice", { other: first })];
  });
}

const LEVELS_MAX = limits.DEPARTMENT_LEVELS_MAX;

function pathOf(text: string): Read<readonly string[]> {
  const value = text.split(/\s*[/>›]\s*/).map((each) => each.trim());
  if (value.includes("")) return { why: faultOf("department-nameless", {}) };
  return value.length > LEVELS_MAX ? { why: faultOf("department-deep", { most: LEVELS_MAX }) } : { value };
}

/** `38.5` or `38,5`. */
function decimalOf(text: string): Read<number> {
  const plain = text.replace(",", ".");
  if (/^\d{1,7}(\.\d{1,4})?$/.test(plain)) return { value: Number(plain) };
  return { why: faultOf("no-number", cut(text)) };
}

const WEEK_HOURS = 168;

/** Minutes, of `38.5` or `38:30`. */
function hoursOf(text: string): Read<number> {
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(text);
  const read =
    clock === null ? decimalOf(text.replace(/\s*h$/i, "")) : { value: Number(clock[1]) + Number(clock[2]) / 60 };
  if ("why" in read) return read;
  return read.value > WEEK_HOURS
    ? { why: faultOf("week-hours", { most: WEEK_HOURS }) }
    : { value: Math.round(read.value * 60) };
}

/** Thousandths, of `80 %`, `80` or `0,8`. */
function partOf(text: string): Read<number> {
  const read = decimalOf(text.replace(/\s*%$/, ""));
  if ("why" in read) return read;
  const isPercent = text.endsWith("%") || read.value > 1;
  const value = Math.round(read.value * (isPercent ? 10 : 1_000));
  return value < 1 || value > 1_000 ? { why: faultOf("part", {}) } : { value };
}

/** The shifts of a week: an empty cell is a free day. Null where all are empty; a stroke in one says that the week is free. */
function weekOf(
  cell: (column: Column) => string,
  say: (column: Column, why: Fault) => null,
): readonly WrittenShift[] | null {
  if (DAYS.every((day) => cell(day) === "")) return null;
  return DAYS.flatMap((day, i) => {
    const read = shiftsOf(cell(day), i + 1);
    if ("value" in read) return read.value;
    say(day, read.why);
    return [];
  });
}

/** `8-16:30`, two by a comma; one that ends before it begins ends on the next day. */
function shiftsOf(text: string, weekday: number): Read<readonly WrittenShift[]> {
  if (text === "" || text === "-" || text === "–") return { value: [] };
  const value: WrittenShift[] = [];
  for (const part of text.split(/\s*[,;\n]\s*/)) {
    const [starts, ends, ...more] = part.split(/\s*[-–—]\s*/).map(minuteOf);
    if (starts === undefined || ends === undefined || starts === null || ends === null || more.length > 0)
      return { why: faultOf("no-span", cut(part)) };
    if (starts === DAY_MINUTES) return { why: faultOf("shift-begins", {}) };
    const minutes = ends > starts ? ends - starts : ends + DAY_MINUTES - starts;
    value.push({ weekday, name: "", kind: "work", starts: clockOf(starts), minutes, breaks: [], site: null });
  }
  return { value };
}

/** In the smallest units of a currency (ISO 4217), as the language's own tables have it. */
function minorUnitsOf(units: number, currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 0;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return Math.round(units * 10 ** maximumFractionDigits);
}
