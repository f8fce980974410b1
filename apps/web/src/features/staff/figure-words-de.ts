import type { Formats } from "../../messages/format.ts";
import type { StaffFigureWords } from "./figure-words-en.ts";

export const de = (format: Formats): StaffFigureWords => ({
  title: "Kennzahlen",
  intro: "Stunden, Überstunden, Abwesenheit und Kosten der Geführten, gezählt aus Plänen und gestempelten Zeiten.",
  from: "Erster Monat",
  to: "Letzter Monat",
  by: "Nach",
  bys: { department: "Abteilung", team: "Team" },
  within: "Innerhalb von",
  everybody: "Allen",
  window: (most) => `Der letzte Monat liegt nicht vor dem ersten, und es sind höchstens ${format.number(most)} Monate.`,
  csv: "CSV für die Lohnabrechnung",
  xlsx: "XLSX für die Lohnabrechnung",
  print: "Drucken",
  table: "Kennzahlen nach Gruppe",
  group: { department: "Abteilung", team: "Team" },
  none: { department: "In keiner Abteilung", team: "In keinem Team" },
  people: "Personen",
  metrics: {
    planned: "Geplant",
    worked: "Gearbeitet",
    overtime: "Überstunden",
    absence: "Abwesend",
    leave: "Urlaub",
    cost: "Kosten",
  },
  days: (days) => format.plural(days, { one: "# Tag", other: "# Tage" }),
  total: "Zusammen",
  months: (name) => `Monate von ${name}`,
  noCost: "–",
  finding: (worked, planned, overtime) =>
    `${worked} gearbeitet von ${planned} geplanten, davon ${overtime} Überstunden.`,
  empty: "In diesen Monaten hat niemand der Geführten einen Vertrag.",
});
