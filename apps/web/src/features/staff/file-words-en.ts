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
  starting: "Beginning to write …",
  taken: (done: number, of: number) =>
    `${format.number(done)} of ${format.plural(of, { one: "# person", other: "# people" })} written`,
  goesOn: "It goes on without this page: come back to this address to see how far it is.",
  away: "The server cannot be reached just now. It goes on there.",
  stop: "Stop",
  cancelled: "Stopped. What was written until then stays; send the file again, and it goes on there.",
  cancelledDone: "The file was stopped",
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
  changed: "What is new",
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
  noLines: "There is no line below the names of the columns.",
  write: (count: number) => format.plural(count, { one: "Write # line", other: "Write # lines" }),
  done: (count: number) =>
    format.plural(count, { one: "# person was taken in from the file", other: "# people were taken in from the file" }),
  doneTitle: "Written",
  stopped: (count: number) =>
    `${format.plural(count, { one: "# line was written", other: "# lines were written" })}, then one was refused. Send the file again: it goes on there.`,
  toPeople: "To the people",
  shifts: {
    title: "Shifts from a file",
    intro:
      "Shifts that stand elsewhere, from CSV or XLSX, into a new draft. First they are looked at; nobody is told of a draft.",
    file: "File of shifts",
    columnsText:
      "Either a line for each shift: person (name, address or employee number; empty: an open shift), day, from, to, break (minutes), shift, site, skill. Or people down and days across with 07:00-15:00 or codes, which lines under “Legend” explain. Commas, semicolons or tabs; days as 2027-03-01 or 01.03.2027.",
    counts: {
      added: (count: number) => format.plural(count, { one: "# new shift", other: "# new shifts" }),
      replacing: (count: number) =>
        format.plural(count, { one: "# in the place of another", other: "# in the place of others" }),
      unchanged: (count: number) => format.plural(count, { one: "# stands already", other: "# stand already" }),
    },
    wrongText: "No draft is made while a line is wrong. Put it right in the file, then choose it again.",
    nothing: "Every shift of this file stands already.",
    heads: ["Person", "Day", "Times", "In the place of"],
    open: "open shift",
    changes: "Shifts of the file",
    name: "What the draft is called",
    nameNeeded: "A draft has a name.",
    make: (count: number) =>
      format.plural(count, { one: "Make a draft of # shift", other: "Make a draft of # shifts" }),
    made: (name: string) => `Draft “${name}” was made of the file`,
    toDraft: "Open the draft in Team",
  },
  retry: "Try again",
});

export type FileWords = ReturnType<typeof en>;
