import type { Formats } from "../../messages/format.ts";

/** Importing files. */
export const en = (format: Formats) => ({
  title: "Import calendars",
  choose: "Choose .ics files …",
  hint: "Or drop them anywhere in this window. Nothing is imported before you have seen what is in them, and nobody is invited.",
  files: (count: number) => format.plural(count, { one: "# file", other: "# files" }),
  calendar: "Into which calendar",
  newCalendar: "A new calendar",
  newName: "Its name",
  whose: "Whose time it takes",
  nobody: "Nobody's",
  zone: "Zone for times that name none",
  zoneOfCalendar: (zone: string) => `As the calendar (${zone})`,
  preview: "Show what is in them",
  accept: (count: number) => format.plural(count, { one: "Import # event", other: "Import # events" }),
  nothingNew: "Nothing new to import",
  reading: "Reading …",
  working: "Importing …",
  found: (count: number) => `${format.number(count)} found`,
  created: (count: number) => `${format.number(count)} new`,
  updated: (count: number) => `${format.number(count)} changed`,
  unchanged: (count: number) => `${format.number(count)} known already`,
  unclaimed: (count: number) =>
    format.plural(count, {
      one: "# takes time that is taken, and is a conflict now",
      other: "# take time that is taken, and are conflicts now",
    }),
  problems: (count: number) => format.plural(count, { one: "# thing is wrong", other: "# things are wrong" }),
  moreProblems: (count: number) => `and ${format.number(count)} more`,
  line: (line: number, column: number) => `Line ${line}, column ${column}`,
  tooLarge: (megabytes: number) => `Larger than ${format.number(megabytes)} MB, the most that is taken at once.`,
  tooMany: (most: number) => `At most ${format.number(most)} files at once; the others were left out.`,
  failed: "It could not be imported.",
  lost: "The server could not be reached. Try again.",
  waiting: "The server does not answer just now. It is asked again; what it has been given is safe.",
  done: (events: number, files: number) =>
    `${format.plural(events, { one: "Imported # event", other: "Imported # events" })}${files > 1 ? ` from ${format.number(files)} files` : ""}`,
  remove: (name: string) => `Leave out ${name}`,
});

export type ImportWords = ReturnType<typeof en>;
