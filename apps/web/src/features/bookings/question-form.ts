import type { Answer } from "../../data/api.ts";
import { slugOf } from "./slug.ts";

// Pure: what stands in the fields of a service's questions, and the questions that they make.

export type Question = Answer<"services.list">["items"][number]["questions"][number];
export type QuestionKind = Question["kind"];
export type FileType = NonNullable<Question["file"]>["types"][number];

export const KINDS = ["text", "choice", "file", "consent"] as const satisfies readonly QuestionKind[];
export const FILE_TYPES = ["pdf", "png", "jpeg", "webp", "heic", "text"] as const satisfies readonly FileType[];

/** Text as it is typed: options set apart by commas, sizes in megabytes. */
export type QuestionFields = {
  /** Tells one from another while they ask nothing. */
  readonly key: string;
  /** Empty of a new one: it is called by what it asks. */
  readonly id: string;
  readonly kind: QuestionKind;
  readonly label: string;
  readonly isRequired: boolean;
  readonly options: string;
  readonly types: readonly FileType[];
  readonly megabytes: string;
  readonly files: string;
};

export const QUESTIONS_MAX = 20;
const OPTIONS_MAX = 50;
const ID_CHARACTERS_MAX = 36;
const MEGABYTE = 1_048_576;
const MEGABYTES_MAX = 10;
const FILES_MAX = 5;

export const newQuestion = (): QuestionFields => ({
  key: crypto.randomUUID(),
  id: "",
  kind: "text",
  label: "",
  isRequired: false,
  options: "",
  types: ["pdf", "png", "jpeg"],
  megabytes: "5",
  files: "1",
});

export const questionFields = ({ id, kind, label, isRequired, options, file }: Question): QuestionFields => ({
  ...newQuestion(),
  id,
  kind,
  label,
  isRequired,
  options: options.join(", "),
  ...(file === null
    ? {}
    : {
        types: file.types,
        megabytes: String(Number((file.bytesMax / MEGABYTE).toFixed(2))),
        files: String(file.filesMax),
      }),
});

export const optionsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ),
];

/** What of a question is missing or wrong; null where nothing is. */
export function wrongOf({ kind, label, options, types, megabytes, files }: QuestionFields) {
  if (label.trim() === "") return "label";
  const count = optionsIn(options).length;
  if (kind === "choice" && (count === 0 || count > OPTIONS_MAX)) return "options";
  if (kind !== "file") return null;
  if (types.length === 0) return "types";
  const size = Number(megabytes);
  if (megabytes.trim() === "" || !(size >= 0.01 && size <= MEGABYTES_MAX)) return "megabytes";
  return /^\d$/.test(files) && Number(files) >= 1 && Number(files) <= FILES_MAX ? null : "files";
}

/** The questions that the fields make, each with an id of its own; null while something is missing or wrong. */
export function questionsIn(fields: readonly QuestionFields[]): Question[] | null {
  if (fields.some((each) => wrongOf(each) !== null)) return null;
  const taken = new Set(fields.map(({ id }) => id));
  return fields.map((each, at) => {
    const { kind, label, isRequired, types, megabytes, files } = each;
    const id = each.id === "" ? newId(label, at, taken) : each.id;
    taken.add(id);
    return {
      id,
      kind,
      label: label.trim(),
      isRequired,
      options: kind === "choice" ? optionsIn(each.options) : [],
      file:
        kind === "file"
          ? {
              bytesMax: Math.round(Number(megabytes) * MEGABYTE),
              filesMax: Number(files),
              types: FILE_TYPES.filter((type) => types.includes(type)),
            }
          : null,
    };
  });
}

function newId(label: string, at: number, taken: ReadonlySet<string>): string {
  const own = slugOf(label).slice(0, ID_CHARACTERS_MAX).replace(/-$/, "");
  const wanted = /^[a-z]/.test(own) ? own : `question-${at + 1}`;
  for (let number = 1; ; number++) {
    const id = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(id)) return id;
  }
}
