import type { Formats } from "../../messages/format.ts";

/** The words of what a service asks. */
export const en = (format: Formats) => ({
  title: "What the customer is asked",
  none: "Name, email and telephone are always asked.",
  add: "Add a question",
  question: (number: number) => `Question ${format.number(number)}`,
  remove: (number: number) => `Remove question ${format.number(number)}`,
  label: "What is asked",
  labelWrong: "Something is asked.",
  kind: "Answered by",
  kinds: { text: "Text", choice: "One of some answers", file: "A file", consent: "A tick: I agree" },
  required: "Has to be answered",
  options: "Answers",
  optionsHint: "Set apart by commas.",
  optionsWrong: "One to fifty, set apart by commas.",
  types: "What it may be",
  typesWrong: "At least one.",
  typeNames: { pdf: "PDF", png: "PNG", jpeg: "JPEG", webp: "WebP", heic: "HEIC (iPhone)", text: "Plain text" },
  megabytes: "Megabytes at most",
  megabytesWrong: "From 0.01 to 10.",
  files: "Files at most",
  filesWrong: "From 1 to 5.",
  size: (kilobytes: string) => `${kilobytes} kB`,
  save: (name: string) => `Save the file “${name}”`,
});

export type QuestionWords = ReturnType<typeof en>;
