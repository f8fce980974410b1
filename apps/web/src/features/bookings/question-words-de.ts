import type { Formats } from "../../messages/format.ts";
import type { QuestionWords } from "./question-words-en.ts";

export const de = (format: Formats): QuestionWords => ({
  title: "Was gefragt wird",
  none: "Name, E-Mail und Telefon werden immer gefragt.",
  add: "Frage hinzufügen",
  question: (number) => `Frage ${format.number(number)}`,
  remove: (number) => `Frage ${format.number(number)} entfernen`,
  label: "Die Frage",
  labelWrong: "Die Frage fehlt.",
  kind: "Antwort",
  kinds: { text: "Text", choice: "Eine von mehreren", file: "Datei", consent: "Häkchen: Ich stimme zu" },
  required: "Muss beantwortet werden",
  options: "Antworten",
  optionsHint: "Mit Kommas getrennt.",
  optionsWrong: "Eine bis fünfzig, mit Kommas getrennt.",
  types: "Was es sein darf",
  typesWrong: "Mindestens eines.",
  typeNames: { pdf: "PDF", png: "PNG", jpeg: "JPEG", webp: "WebP", heic: "HEIC (iPhone)", text: "Einfacher Text" },
  megabytes: "Höchstens Megabyte",
  megabytesWrong: "Von 0,01 bis 10.",
  files: "Höchstens Dateien",
  filesWrong: "Von 1 bis 5.",
  size: (kilobytes) => `${kilobytes} kB`,
  save: (name) => `Datei „${name}“ speichern`,
});
