import { asciiAddress, limits, whyNoAddress } from "@hourwright/contract";
import type { Row, Wrong } from "../../../platform/sheets/sheet.ts";
import { wrongLine } from "../../../platform/sheets/wrong.ts";

// Pure: what a file says of customers.

/** A customer as a file writes them down. `line`: where, from 1. */
export type Written = {
  readonly line: number;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly notes: string;
};

const COLUMNS = {
  name: ["name", "nom", "nombre", "kunde", "customer"],
  email: ["email", "e-mail", "mail", "address", "adresse e-mail", "correo"],
  phone: ["phone", "telefon", "téléphone", "teléfono", "tel", "mobile"],
  notes: ["notes", "note", "notizen", "notas", "remarks"],
} as const;
type Column = keyof typeof COLUMNS;

const MOST = { name: 200, phone: 40, notes: 4_000 } as const;

/** Customers that the rows of a file are, its first row naming the columns in any order; and what is wrong with them, by line. */
export function customersIn([header, ...rows]: readonly Row[]): {
  readonly customers: readonly Written[];
  readonly wrong: readonly Wrong[];
} {
  if (header === undefined) return { customers: [], wrong: [wrongLine(1, "", "empty", {})] };
  const columns = header.cells.map((cell) => columnOf(cell));
  const missing = (["name", "email"] as const).filter((column) => !columns.includes(column));
  const twice = columns.find((column, at) => column !== null && columns.indexOf(column) !== at);
  const wrong: Wrong[] = missing.map((column) => wrongLine(header.line, column, "no-column", { column }));
  if (twice) wrong.push(wrongLine(header.line, twice, "column-twice", { column: twice }));
  if (rows.length > limits.CUSTOMERS_FILE_ROWS_MAX)
    wrong.push(wrongLine(header.line, "", "customers", { most: limits.CUSTOMERS_FILE_ROWS_MAX }));
  if (wrong.length > 0) return { customers: [], wrong };

  const placeOf = new Map(columns.map((column, place) => [column, place]));
  const lineOf = new Map<string, number>();
  const customers = rows.map(({ line, cells }): Written => {
    const cell = (column: Column) => cells[placeOf.get(column) ?? -1]?.trim() ?? "";
    const customer = {
      line,
      name: cell("name"),
      email: cell("email"),
      phone: cell("phone"),
      notes: cell("notes"),
    };
    if (cells.length > columns.length)
      wrong.push(wrongLine(line, "name", "fields", { fields: cells.length, most: columns.length }));
    if (customer.name === "") wrong.push(wrongLine(line, "name", "nobody", {}));
    for (const [column, most] of Object.entries(MOST) as [keyof typeof MOST, number][]) {
      if (customer[column].length > most) wrong.push(wrongLine(line, column, "long", { most }));
      if (customer[column].includes("\0") || !customer[column].isWellFormed())
        wrong.push(wrongLine(line, column, "characters", {}));
    }
    const known = (asciiAddress(customer.email) ?? customer.email).toLowerCase();
    const noAddress = whyNoAddress(customer.email);
    const other = lineOf.get(known);
    if (noAddress !== null) {
      const address = customer.email.slice(0, 100);
      wrong.push(wrongLine(line, "email", noAddress === "local-part" ? "accents" : "address", { address }));
    } else if (other !== undefined) wrong.push(wrongLine(line, "email", "address-twice", { other }));
    lineOf.set(known, line);
    return customer;
  });
  return { customers, wrong };
}

function columnOf(cell: string): Column | null {
  const name = cell.trim().toLowerCase();
  const found = (Object.keys(COLUMNS) as Column[]).find((column) =>
    (COLUMNS[column] as readonly string[]).includes(name),
  );
  return found ?? null;
}
