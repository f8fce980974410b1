import { fileProblems } from "../problems/files.ts";
import { refuserOf } from "../says.ts";

type Column = { readonly column: string };
type Columns = { readonly columns: readonly string[] };
type Most = { readonly most: number };
type Name = { readonly name: string };
/** As the cell has it, cut short. */
type Cell = { readonly cell: string };
/** The other line. */
type Other = { readonly other: number };

/** What is said of a wrong line of a file, by its reason. */
export const fileSays = {
  line: {
    "no-text": () => "It is no text and no spreadsheet: save it as CSV or XLSX.",
    record: ({ most }: Most) => `A record has at most ${most} characters.`,
    quotation: () => "A quotation mark is not closed, or stands within a field that has none around it.",
    "no-sheet": ({ megabytes }: { readonly megabytes: number }) =>
      `It is no spreadsheet, or more than ${megabytes} MB of one.`,
    far: () => "Some of its cells lie far away from the others: copy the table alone into a new one.",
    archive: () => "It is a ZIP archive, and no spreadsheet that can be read.",
    empty: () => "The file is empty.",
    "no-column": ({ column }: Column) => `There is no column “${column}”.`,
    "column-twice": ({ column }: Column) => `The column “${column}” is there twice.`,
    customers: ({ most }: Most) => `A file has at most ${most} customers.`,
    fields: ({ fields, most }: Most & { readonly fields: number }) =>
      `It has ${fields} fields, and the header ${most}.`,
    nobody: () => "Nobody is named.",
    long: ({ most }: Most) => `It is longer than ${most} characters.`,
    characters: () => "It holds what is no text.",
    address: ({ address }: { readonly address: string }) => `“${address}” is no address.`,
    accents: ({ address }: { readonly address: string }) =>
      `“${address}” is no address: letters with accents before @ are not promised to arrive.`,
    "address-twice": ({ other }: Other) => `The same address stands on line ${other}.`,
    "unknown-column": ({ column, columns }: Column & Columns) =>
      `Nobody knows the column “${column}”: there are ${columns.join(", ")}.`,
    people: ({ most }: Most) => `A file has at most ${most} people.`,
    currency: () => "A currency has three letters: EUR.",
    "no-currency": () => "It says no currency.",
    "name-twice": ({ name, other }: Name & Other) =>
      `“${name}” stands on line ${other} as well: tell them apart by their addresses.`,
    "department-nameless": () => "A department on its way has no name.",
    "department-deep": ({ most }: Most) => `Departments lie at most ${most} deep.`,
    "no-number": ({ cell }: Cell) => `“${cell}” is no number: write 38.5 or 38,5.`,
    "week-hours": ({ most }: Most) => `A week has ${most} hours.`,
    part: () => "A part is more than 0 % and at most 100 %.",
    "no-span": ({ cell }: Cell) => `“${cell}” is no time from and until: write 08:00-16:30.`,
    "shift-begins": () => "A shift begins from 00:00 to 23:59.",
    "no-day": ({ cell }: Cell) => `“${cell}” is no day: write 2027-03-01 or 01.03.2027.`,
    "day-years": ({ from, to }: { readonly from: number; readonly to: number }) =>
      `Days lie in the years ${from} to ${to}.`,
    "day-missing": ({ cell }: Cell) => `There is no such day: “${cell}”.`,
    alike: ({ name, count }: Name & { readonly count: number }) =>
      `${count} people are called “${name}”: say the address.`,
    "retired-first": ({ name }: Name) => `${name} is retired: bring them back first, then repeat this.`,
    "no-rule-set": ({ name }: Name) => `There is no rule set “${name}”.`,
    "first-day": () => "A first contract begins on a day, and the line says none.",
    "first-hours": () => "A first contract has hours, or the shifts of a week.",
    "change-day": ({ columns }: Columns) =>
      `The contract changes (${columns.join(", ")}), and the line says no day from which on.`,
    "change-late": ({ columns, from, since }: Columns & { readonly from: string; readonly since: string }) =>
      `The contract changes (${columns.join(", ")}) on ${from}, and the one that holds begins on ${since}: a change begins after it.`,
    shifts: ({ most }: Most) => `A file has at most ${most} shifts.`,
    "no-column-or-days": ({ column }: Column) => `There is no column “${column}”, and no days across.`,
    "break-long": () => "The break is as long as the shift.",
    "no-time": ({ cell }: Cell) => `“${cell}” is no time: write 07:00.`,
    "no-break": ({ cell }: Cell) => `“${cell}” is no break: write 30.`,
    "draft-days": ({ most }: Most) => `A draft is of at most ${most} days.`,
    "day-twice": ({ day }: { readonly day: string }) => `${day} is there twice.`,
    "code-length": ({ most }: Most) => `A code has 1 to ${most} characters.`,
    "code-twice": ({ cell }: Cell) => `“${cell}” is explained twice.`,
    "no-day-above": () => "No day stands above it.",
    "day-shifts": ({ most }: Most) => `A day has at most ${most} shifts.`,
    "no-span-or-code": ({ cell }: Cell) =>
      `“${cell}” is no time from and until, and no code of the legend: write 07:00-15:00.`,
    "far-days": ({ day, first, most }: Most & { readonly day: string; readonly first: string }) =>
      `A draft is of at most ${most} days: ${day} is too far from ${first}.`,
    overlaps: ({ day, starts, other }: Other & { readonly day: string; readonly starts: string }) =>
      `It overlaps the shift of ${day} ${starts} on line ${other}.`,
    "same-person": ({ other }: Other) => `It is the same person as on line ${other}, and overlaps that shift.`,
    "nobody-here": ({ cell }: Cell) => `Nobody here is “${cell}”, by name, address or number.`,
    retired: ({ name }: Name) => `${name} is retired.`,
    "no-contract": ({ name }: Name) => `${name} has no contract.`,
    "no-skill": ({ name }: Name) => `There is no skill “${name}”.`,
    /** What the core says itself. */
    shift: ({ sentence }: { readonly sentence: string }) => sentence,
  },
} as const;

/** Refuses a line of a file for a reason. */
export const refuseFile = refuserOf(fileProblems, fileSays);
