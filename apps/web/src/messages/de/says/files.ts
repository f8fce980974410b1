import type { fileSays as english, InAnyLanguage } from "@hourwright/contract";
import type { Formats } from "../../format.ts";

/** What is said of wrong lines of files, by reason. */
export const fileSays = (format: Formats): InAnyLanguage<typeof english> => {
  const { number, plural } = format;
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
    },
  };
};
