import type { Formats } from "../../messages/format.ts";
import type { StaffFigureWords } from "./figure-words-en.ts";

export const de = (format: Formats): StaffFigureWords => ({
  title: "Kennzahlen",
  intro:
    "Stunden, Überstunden, Besetzung, Abwesenheit und Kosten der Geführten, gezählt aus Plänen und gestempelten Zeiten.",
  from: "Erster Monat",
  to: "Letzter Monat",
  by: "Nach",
  bys: { department: "Abteilung", team: "Team", site: "Standort" },
  within: "Innerhalb von",
  everybody: "Allen",
  window: (most) => `Der letzte Monat liegt nicht vor dem ersten, und es sind höchstens ${format.number(most)} Monate.`,
  files: {
    groups: { csv: "CSV dieser Tabelle", xlsx: "XLSX dieser Tabelle" },
    people: { csv: "CSV für die Lohnabrechnung", xlsx: "XLSX für die Lohnabrechnung" },
  },
  print: "Drucken",
  table: "Kennzahlen nach Gruppe",
  group: { department: "Abteilung", team: "Team", site: "Standort" },
  none: { department: "In keiner Abteilung", team: "In keinem Team", site: "An keinem Standort" },
  people: "Personen",
  metrics: {
    planned: "Geplant",
    worked: "Gearbeitet",
    overtime: "Überstunden",
    coverage: "Besetzung",
    absence: "Abwesend",
    leave: "Urlaub",
    cost: "Kosten",
  },
  days: (days) => format.plural(days, { one: "# Tag", other: "# Tage" }),
  total: "Zusammen",
  months: (name) => `Monate von ${name}`,
  nothing: "–",
  short: (part, missing) => `${part} · ${missing} fehlen`,
  finding: (worked, planned, overtime) =>
    `${worked} gearbeitet von ${planned} geplanten, davon ${overtime} Überstunden.`,
  covered: (part, missing) => `${part} des Bedarfs sind besetzt, ${missing} fehlen.`,
  counts: {
    department:
      "Besetzung: die der Standorte, an denen Personen der Abteilung Schichten haben, gleich wer dort ist. Zusammen zählt jeder Standort einmal.",
    team: "Besetzung: die der Standorte, an denen Personen des Teams Schichten haben, gleich wer dort ist. Zusammen zählt jeder Standort einmal.",
    site: "Besetzung: die des Standorts, gleich wer dort ist. Wer an zwei Standorten Schichten hat, zählt an beiden mit allen Stunden, zusammen einmal.",
  },
  tooMany: "Die Besetzung zählt alle Personen und wird für weniger Monate genannt.",
  empty: "In diesen Monaten hat niemand der Geführten einen Vertrag.",
});
