import type { Formats } from "../../messages/format.ts";

/** Figures of staff. */
export const en = (format: Formats) => ({
  title: "Figures",
  intro: "Hours, overtime, absence and cost of those you manage, counted from schedules and from what was clocked.",
  from: "First month",
  to: "Last month",
  by: "By",
  bys: { department: "Department", team: "Team" },
  within: "Within",
  everybody: "Everybody",
  window: (most: number) =>
    `The last month is not before the first, and they are ${format.number(most)} months at most.`,
  csv: "CSV for payroll",
  xlsx: "XLSX for payroll",
  print: "Print",
  table: "Figures by group",
  group: { department: "Department", team: "Team" },
  none: { department: "In no department", team: "In no team" },
  people: "People",
  metrics: {
    planned: "Planned",
    worked: "Worked",
    overtime: "Overtime",
    absence: "Absence",
    leave: "Leave taken",
    cost: "Cost",
  },
  days: (days: number) => format.plural(days, { one: "# day", other: "# days" }),
  total: "Together",
  months: (name: string) => `Months of ${name}`,
  noCost: "–",
  finding: (worked: string, planned: string, overtime: string) =>
    `${worked} worked of ${planned} planned, ${overtime} of it overtime.`,
  empty: "Nobody whom you manage has a contract in these months.",
});

export type StaffFigureWords = ReturnType<typeof en>;
