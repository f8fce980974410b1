import { fileProblems } from "../problems/files.ts";
import { refuserOf } from "../says.ts";

type Column = { readonly column: string };
type Most = { readonly most: number };

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
    "address-twice": ({ other }: { readonly other: number }) => `The same address stands on line ${other}.`,
  },
} as const;

/** Refuses a line of a file for a reason. */
export const refuseFile = refuserOf(fileProblems, fileSays);
