import type { fileSays as english, InAnyLanguage } from "@hourwright/contract";
import type { Formats } from "../../format.ts";
import { dayText } from "./days.ts";

/** What a contract says, as the columns of a file are called. */
const CHANGED: Readonly<Record<string, string>> = {
  until: "Ende",
  hours: "Stunden",
  part: "Teilzeit",
  shifts: "Schichten",
  site: "Standort",
  region: "Feiertage",
  rules: "Regeln",
  cost: "Kosten",
};

/** What is said of wrong lines of files, by reason. */
export const fileSays = (format: Formats): InAnyLanguage<typeof english> => {
  const { number, plural, list } = format;
  const day = (text: string) => dayText(text, format);
  const changed = (columns: readonly string[]) => list(columns.map((each) => CHANGED[each] ?? each));
  return {
    line: {
      "no-text": () => "Das ist weder Text noch eine Tabelle: bitte als CSV oder XLSX speichern.",
      record: ({ most }) => `Eine Zeile hat höchstens ${number(most)} Zeichen.`,
      quotation: () => "Ein Anführungszeichen ist nicht geschlossen oder steht mitten in einem Feld.",
      "no-sheet": ({ megabytes }) => `Das ist keine Tabelle, oder sie hat mehr als ${number(megabytes)} MB.`,
      far: () => "Einige Zellen liegen weit weg von den anderen: bitte nur die Tabelle in eine neue Datei kopieren.",
      archive: () => "Das ist ein ZIP-Archiv und keine lesbare Tabelle.",
      empty: () => "Die Datei ist leer.",
      "no-column": ({ column }) => `Die Spalte „${column}“ fehlt.`,
      "column-twice": ({ column }) => `Die Spalte „${column}“ steht doppelt da.`,
      customers: ({ most }) => `Eine Datei hat höchstens ${plural(most, { one: "# Person", other: "# Personen" })}.`,
      fields: ({ fields, most }) =>
        `Die Zeile hat ${plural(fields, { one: "# Feld", other: "# Felder" })}, die Kopfzeile ${number(most)}.`,
      nobody: () => "Der Name fehlt.",
      long: ({ most }) => `Möglich sind höchstens ${number(most)} Zeichen.`,
      characters: () => "Darin steht etwas, das kein Text ist.",
      address: ({ address }) => `„${address}“ ist keine E-Mail-Adresse.`,
      accents: ({ address }) =>
        `„${address}“ ist keine E-Mail-Adresse: Mit Akzenten oder Umlauten vor dem @ kommt nicht sicher etwas an.`,
      "address-twice": ({ other }) => `Dieselbe Adresse steht in Zeile ${number(other)}.`,
      "unknown-column": ({ column, columns }) =>
        `Die Spalte „${column}“ ist unbekannt. Möglich sind: ${columns.join(", ")}.`,
      people: ({ most }) => `Eine Datei hat höchstens ${plural(most, { one: "# Person", other: "# Personen" })}.`,
      currency: () => "Eine Währung hat drei Buchstaben: EUR.",
      "no-currency": () => "Die Währung fehlt.",
      "name-twice": ({ name, other }) =>
        `„${name}“ steht auch in Zeile ${number(other)}: bitte durch ihre Adressen unterscheiden.`,
      "department-nameless": () => "Eine der Abteilungen hat keinen Namen.",
      "department-deep": ({ most }) =>
        `Abteilungen haben höchstens ${plural(most, { one: "# Ebene", other: "# Ebenen" })}.`,
      "no-number": ({ cell }) => `„${cell}“ ist keine Zahl: bitte wie 38,5 schreiben.`,
      "week-hours": ({ most }) => `Eine Woche hat ${plural(most, { one: "# Stunde", other: "# Stunden" })}.`,
      part: () => "Ein Anteil ist größer als 0 % und höchstens 100 %.",
      "no-span": ({ cell }) => `„${cell}“ ist keine Zeit von und bis: bitte wie 08:00-16:30 schreiben.`,
      "shift-begins": () => "Eine Schicht beginnt von 00:00 bis 23:59 Uhr.",
      "no-day": ({ cell }) => `„${cell}“ ist kein Tag: bitte wie 01.03.2027 schreiben.`,
      "day-years": ({ from, to }) => `Tage liegen in den Jahren ${from} bis ${to}.`,
      "day-missing": ({ cell }) => `Den Tag „${cell}“ gibt es nicht.`,
      alike: ({ name, count }) =>
        `${plural(count, { one: "# Person heißt", other: "# Personen heißen" })} „${name}“: bitte die Adresse angeben.`,
      "retired-first": ({ name }) => `${name} ist archiviert: erst zurückholen, dann wiederholen.`,
      "no-rule-set": ({ name }) => `Die Regeln „${name}“ gibt es nicht.`,
      "first-day": () => "Ein erster Vertrag beginnt an einem Tag; die Zeile nennt keinen.",
      "first-hours": () => "Ein erster Vertrag hat Stunden oder die Schichten einer Woche.",
      "change-day": ({ columns }) =>
        `Der Vertrag ändert sich (${changed(columns)}); die Zeile nennt keinen Tag, von dem an das gilt.`,
      "change-late": ({ columns, from, since }) =>
        `Der Vertrag ändert sich (${changed(columns)}) am ${day(from)}, und der bisherige beginnt am ${day(since)}: Eine Änderung beginnt danach.`,
      shifts: ({ most }) => `Eine Datei hat höchstens ${plural(most, { one: "# Schicht", other: "# Schichten" })}.`,
      "no-column-or-days": ({ column }) => `Die Spalte „${column}“ fehlt, und es stehen keine Tage nebeneinander.`,
      "break-long": () => "Die Pause ist so lang wie die Schicht.",
      "no-time": ({ cell }) => `„${cell}“ ist keine Zeit: bitte wie 07:00 schreiben.`,
      "no-break": ({ cell }) => `„${cell}“ ist keine Pause: bitte wie 30 schreiben.`,
      "draft-days": ({ most }) => `Ein Entwurf hat höchstens ${plural(most, { one: "# Tag", other: "# Tage" })}.`,
      "day-twice": ({ day: on }) => `Der ${day(on)} steht doppelt da.`,
      "code-length": ({ most }) => `Ein Kürzel hat 1 bis ${number(most)} Zeichen.`,
      "code-twice": ({ cell }) => `„${cell}“ ist zweimal erklärt.`,
      "no-day-above": () => "Darüber steht kein Tag.",
      "day-shifts": ({ most }) => `Ein Tag hat höchstens ${plural(most, { one: "# Schicht", other: "# Schichten" })}.`,
      "no-span-or-code": ({ cell }) =>
        `„${cell}“ ist weder eine Zeit von und bis noch ein Kürzel der Legende: bitte wie 07:00-15:00 schreiben.`,
      "far-days": ({ day: on, first, most }) =>
        `Ein Entwurf hat höchstens ${plural(most, { one: "# Tag", other: "# Tage" })}: Der ${day(on)} ist zu weit vom ${day(first)} entfernt.`,
      overlaps: ({ day: on, starts, other }) =>
        `Die Schicht überschneidet sich mit der vom ${day(on)} um ${starts} Uhr in Zeile ${number(other)}.`,
      "same-person": ({ other }) =>
        `Das ist dieselbe Person wie in Zeile ${number(other)}, und die Schicht überschneidet sich mit jener.`,
      "nobody-here": ({ cell }) => `Niemand hier ist „${cell}“, nach Name, Adresse oder Nummer.`,
      retired: ({ name }) => `${name} ist archiviert.`,
      "no-contract": ({ name }) => `${name} hat keinen Vertrag.`,
      "no-skill": ({ name }) => `Die Fähigkeit „${name}“ gibt es nicht.`,
      shift: () => "Die Schicht geht so nicht: Name, Dauer oder Pausen passen nicht.",
    },
  };
};
