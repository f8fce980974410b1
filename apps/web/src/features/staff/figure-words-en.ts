import type { Formats } from "../../messages/format.ts";

/** Figures of staff. */
export const en = (format: Formats) => ({
  title: "Figures",
  intro:
    "Hours, overtime, coverage, absence and cost of those you manage, counted from schedules and from what was clocked.",
  from: "First month",
  to: "Last month",
  by: "By",
  bys: { department: "Department", team: "Team", site: "Site" },
  within: "Within",
  everybody: "Everybody",
  window: (most: number) =>
    `The last month is not before the first, and they are ${format.number(most)} months at most.`,
  files: {
    groups: { csv: "CSV of this table", xlsx: "XLSX of this table" },
    people: { csv: "CSV for payroll", xlsx: "XLSX for payroll" },
  },
  print: "Print",
  table: "Figures by group",
  group: { department: "Department", team: "Team", site: "Site" },
  none: { department: "In no department", team: "In no team", site: "At no site" },
  people: "People",
  metrics: {
    planned: "Planned",
    worked: "Worked",
    overtime: "Overtime",
    coverage: "Coverage",
    absence: "Absence",
    leave: "Leave taken",
    cost: "Cost",
  },
  days: (days: number) => format.plural(days, { one: "# day", other: "# days" }),
  total: "Together",
  months: (name: string) => `Months of ${name}`,
  nothing: "–",
  short: (part: string, missing: string) => `${part} · ${missing} missing`,
  finding: (worked: string, planned: string, overtime: string) =>
    `${worked} worked of ${planned} planned, ${overtime} of it overtime.`,
  covered: (part: string, missing: string) => `${part} of what is needed is covered, ${missing} missing.`,
  counts: {
    department:
      "Coverage: of the sites at which its people have shifts, whoever is there. Together each site counts once.",
    team: "Coverage: of the sites at which its people have shifts, whoever is there. Together each site counts once.",
    site: "Coverage: of the site, whoever is there. Who has shifts at two sites counts at both with all hours, and once together.",
  },
  tooMany: "Coverage counts everybody, and is told for fewer months.",
  empty: "Nobody whom you manage has a contract in these months.",
});

export type StaffFigureWords = ReturnType<typeof en>;
