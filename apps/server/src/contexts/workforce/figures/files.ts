import { FileAnswer } from "../../../platform/operations/context.ts";
import { csvOf } from "../../../platform/sheets/csv.ts";
import { xlsxOf } from "../../../platform/sheets/xlsx.ts";
import type { Figures } from "./decide.ts";
import { linesByGroup, linesTogether, type Counted, type Line } from "./groups.ts";

// Figures as files: hours to the hundredth; money in the unit that has a name, to the smallest one.

type Cell = string | number | null;
type Sheet = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

export async function fileOf({ columns, rows }: Sheet, name: string, format: "csv" | "xlsx"): Promise<FileAnswer> {
  if (format === "xlsx") return new FileAnswer(XLSX, `${name}.xlsx`, [await xlsxOf(columns, rows)]);
  const texts = rows.map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
  return new FileAnswer("text/csv; charset=utf-8", `${name}.csv`, [Buffer.from(csvOf(columns, texts))]);
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const NUMBERS = [
  "hours by contract",
  "hours planned",
  "hours worked",
  "hours credited",
  "hours of overtime",
  "leave (hours)",
  "sick (hours)",
  "training (hours)",
  "time off in lieu (hours)",
  "unpaid leave (hours)",
  "parental leave (hours)",
  "leave (days)",
];
const MONEY = ["cost", "currency"];

/** A line for each person and month. */
export function sheetOfPeople({ people, months }: Counted, tellsCost: boolean): Sheet {
  const rows = people.flatMap(({ personId, name, groups, months: own }) =>
    months.flatMap((month, i) => {
      const figures = own[i] ?? null;
      if (figures === null) return [];
      const of = groups[i]!.map((group) => group.name).join(", ");
      return rowsOf([name, personId, of, month.name], numbersOf(figures), figures, tellsCost);
    }),
  );
  return { columns: ["person", "id", "of", "month", ...NUMBERS, ...MONEY], rows };
}

/** A line for each group and month, and for each month of all together. */
export function sheetOfGroups(counted: Counted, by: "department" | "team" | "site", tellsCost: boolean): Sheet {
  const rowsOfLine = (head: readonly Cell[], { month, people, figures, coverage }: Line) => {
    const { neededMinutes = 0, coveredMinutes = 0, spareMinutes = 0 } = coverage ?? {};
    const covered =
      coverage === null
        ? [null, null, null, null]
        : [neededMinutes, coveredMinutes, neededMinutes - coveredMinutes, spareMinutes].map(hours);
    return rowsOf([...head, month], [people, ...numbersOf(figures), ...covered], figures, tellsCost);
  };
  return {
    columns: ["of", "name", "id", "month", "people", ...NUMBERS, ...COVERAGE, ...MONEY],
    rows: [
      ...linesByGroup(counted, by).flatMap(({ group, lines }) =>
        lines.flatMap((line) => rowsOfLine([by, group.name, group.id], line)),
      ),
      ...linesTogether(counted).flatMap((line) => rowsOfLine(["total", null, null], line)),
    ],
  };
}

const COVERAGE = ["hours needed", "hours covered", "hours short", "hours above the ideal"];

function numbersOf({ nominal, planned, worked, credited, overtime, absence, leaveHundredths }: Figures): number[] {
  const { leave, sick, training, compensation, unpaid, parental } = absence;
  const minutes = [nominal, planned, worked, credited, overtime, leave, sick, training, compensation, unpaid, parental];
  return [...minutes.map(hours), leaveHundredths / 100];
}

const hours = (minutes: number): number => Math.round((minutes * 100) / 60) / 100;

/** A row; where money is of several currencies one for each: the numbers stand in the first. */
function rowsOf(
  head: readonly Cell[],
  numbers: readonly Cell[],
  { cost }: Pick<Figures, "cost">,
  tellsCost: boolean,
): Cell[][] {
  const told = tellsCost ? [...cost] : [];
  const [first, ...rest] = told.map(([currency, units]): Cell[] => [money(units, currency), currency]);
  return [
    [...head, ...numbers, ...(first ?? [null, null])],
    ...rest.map((own) => [...head, ...numbers.map(() => null), ...own]),
  ];
}

/** Of how many smallest units a currency is made (ISO 4217), as the language's own tables have it. */
function money(units: number, currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return Math.round(units) / 10 ** maximumFractionDigits;
}
