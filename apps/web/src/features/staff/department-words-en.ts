import type { Formats } from "../../messages/format.ts";

/** Departments as a tree. */
export const en = (format: Formats) => ({
  title: "Departments",
  intro: "Who manages a department answers for it and all below it. Each person is in one at most.",
  keys: "Arrows move in the tree, F2 changes, Insert adds one within, Delete removes.",
  empty: "No departments yet. Add one: then people can be put there, and somebody can manage it.",
  add: "Add a department",
  addWithin: (name: string) => `Add within ${name}`,
  addHere: "Add within",
  change: "Change …",
  changeOf: (name: string) => `Change ${name}`,
  remove: "Remove",
  removeOf: (name: string) => `Remove ${name}`,
  removed: (name: string) => `“${name}” was removed`,
  added: (name: string) => `“${name}” was added`,
  saved: (name: string) => `“${name}” was changed`,
  moved: (name: string, to: string | null) =>
    to === null ? `“${name}” stands at the top` : `“${name}” is part of “${to}”`,
  tree: "Departments",
  counted: (own: number, within: number) =>
    own === within ? format.number(own) : `${format.number(own)} / ${format.number(within)}`,
  people: (own: number, within: number) =>
    own === within
      ? format.plural(own, { one: "# person", other: "# people" })
      : `${format.plural(own, { one: "# person", other: "# people" })}, ${format.number(within)} with all below`,
  open: (name: string) => `Show what lies below ${name}`,
  close: (name: string) => `Hide what lies below ${name}`,
  choose: "Choose a department.",
  name: "Name",
  nameNeeded: "A department has a name.",
  twin: "There is a department of this name beside it already.",
  parent: "Part of",
  top: "Nothing: it stands at the top",
  managers: "Managers",
  noManagers: "Nobody manages it by itself: who manages the department above it does.",
  noManagersAtTop: "Nobody manages it but who runs the organisation.",
  addManager: "Somebody who manages it",
  addManagerDo: "Add",
  removeManager: (name: string) => `${name} does not manage it any more`,
  left: "has left",
  deputies: (names: readonly string[]) => `while away: ${format.list(names)}`,
  noDeputy: "nobody stands in",
  members: "People",
  membersOf: (name: string) => `People of ${name}`,
  nobody: "Nobody is in it itself.",
  put: "Put somebody here",
  putDo: "Put here",
  out: "Take out",
  outOf: (name: string) => `Take out ${name}`,
  placed: (name: string, department: string) => `${name} is in ${department}`,
  takenOut: (name: string) => `${name} is in no department`,
  save: "Save",
});

export type DepartmentWords = ReturnType<typeof en>;
