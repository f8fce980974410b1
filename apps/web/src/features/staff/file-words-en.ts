import type { Formats } from "../../messages/format.ts";

/** Staff from a file. */
export const en = (format: Formats) => ({
  title: "From a file",
  intro:
    "People, their departments and contracts from CSV or XLSX. First it is looked at: nothing is written until you say so.",
  choose: "Choose a file",
  another: "Choose another file",
  drop: "Drop a CSV or XLSX file here, or choose one.",
  file: "File of staff",
  columns: "What the file may hold",
  columnsText:
    "A first line with names of columns: name, email, department (levels with /), from, until, hours (38.5 or 38:30), part, monday … sunday (6:00-14:00, or 22:00-6:00), site, region, rules, cost, currency. Commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252; days as 2027-03-01 or 01.03.2027. What a line does not say stays as it is.",
  tooBig: (most: string) => `The file is larger than ${most}.`,
  reading: (name: string) => `Looking at ${name} …`,
  writing: (lines: number) =>
    `Writing ${format.plural(lines, { one: "# line", other: "# lines" })}: this may take a minute. You may go elsewhere meanwhile.`,
  found: (name: string, rows: number) => `${name}: ${format.plural(rows, { one: "# line", other: "# lines" })}`,
  counts: {
    created: (count: number) => format.plural(count, { one: "# new person", other: "# new people" }),
    updated: (count: number) => format.plural(count, { one: "# changes", other: "# change" }),
    unchanged: (count: number) => format.plural(count, { one: "# stays as it is", other: "# stay as they are" }),
    wrong: (count: number) => format.plural(count, { one: "# line is wrong", other: "# things are wrong" }),
  },
  wrongTitle: "What is wrong",
  wrongText: "Nothing is written while a line is wrong. Put it right in the file, then choose it again.",
  line: "Line",
  column: "Column",
  why: "Why",
  again: "Choose it again",
  sendAgain: "Send it again",
  changes: "What would be new",
  person: "Person",
  what: { created: "new", updated: "changed" },
  change: (column: string, before: string, after: string) =>
    before === "" ? `${column}: ${after}` : `${column}: ${before} → ${after === "" ? "nothing" : after}`,
  names: {
    name: "name",
    email: "e-mail",
    department: "department",
    from: "from",
    until: "until",
    hours: "hours",
    part: "part",
    shifts: "shifts",
    site: "site",
    region: "region",
    rules: "rules",
    cost: "cost",
    currency: "currency",
  } as Readonly<Record<string, string>>,
  more: (count: number) => `Show all ${format.number(count)}`,
  toldFirst: (count: number) => `The first ${format.number(count)} are told.`,
  nothing: "Everything in this file is here already.",
  write: (count: number) => format.plural(count, { one: "Write # line", other: "Write # lines" }),
  done: (count: number) =>
    format.plural(count, { one: "# person was taken in from the file", other: "# people were taken in from the file" }),
  doneTitle: "Written",
  stopped: (count: number) =>
    `${format.plural(count, { one: "# line was written", other: "# lines were written" })}, then one was refused. Send the file again: it goes on there.`,
  toPeople: "To the people",
  retry: "Try again",
});

export type FileWords = ReturnType<typeof en>;
