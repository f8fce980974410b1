import { isRefused, limits, type Catalogue, type OperationAnswer, type Problem } from "@hourwright/contract";
import type { Visit } from "../booking.ts";
import type { Wrong } from "./details.ts";
import type { Offered } from "./free.ts";
import { html, type Html } from "./html.ts";
import { icon } from "./icons.ts";
import { answerField } from "./state.ts";
import type { Words } from "./words.ts";

export type HeldFile = OperationAnswer<Catalogue["holds.addFile"]>;

type Question = Offered["questions"][number];
type Asked = NonNullable<Question["file"]>;
type FileType = HeldFile["type"];

/** What is shown of files: those that are here, in which locale sizes are written, and where one is taken away. */
export type FilesShown = { readonly held: readonly HeldFile[]; readonly locale: string; readonly action: string };

/** Where no question asks for any. */
export const NO_FILES: FilesShown = { held: [], locale: "en", action: "" };

/** What each type is called, and by what browsers look for it. */
const TYPES: Readonly<Record<FileType, { readonly name: string; readonly accept: string }>> = {
  pdf: { name: "PDF", accept: "application/pdf,.pdf" },
  png: { name: "PNG", accept: "image/png,.png" },
  jpeg: { name: "JPEG", accept: "image/jpeg,.jpg,.jpeg" },
  webp: { name: "WebP", accept: "image/webp,.webp" },
  heic: { name: "HEIC", accept: "image/heic,image/heif,.heic,.heif" },
  text: { name: "", accept: "text/plain,.txt" },
};

const namesOf = (types: readonly FileType[], words: Words, locale: string): string =>
  new Intl.ListFormat(locale, { type: "disjunction" }).format(
    types.map((type) => (type === "text" ? words.files.text : TYPES[type].name)),
  );

const MEGABYTE = 1_048_576;

const sizeText = (bytes: number, locale: string): string => {
  const isSmall = bytes < MEGABYTE;
  const format = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: isSmall ? "kilobyte" : "megabyte",
    maximumFractionDigits: isSmall ? 0 : 1,
  });
  return format.format(isSmall ? Math.max(1, Math.round(bytes / 1_024)) : bytes / MEGABYTE);
};

/** A question for files: what was sent, each with a button that takes it away, and a field while more may come. */
export function filesLine(
  { id, label, isRequired }: Question,
  asked: Asked,
  why: string | null,
  words: Words,
  { held, locale, action }: FilesShown,
): Html {
  const field = answerField(id);
  const own = held.filter(({ question }) => question === id);
  const isMore = own.length < asked.filesMax;
  const described = [`hint-${field}`, ...(why === null ? [] : [`why-${field}`])].join(" ");
  const name = html`${label} ${!isRequired && html`<em>${words.optional}</em>`}`;
  return html`<div class="line files" ${!isMore && html`id="${field}" tabindex="-1"`}>
    ${isMore ? html`<label for="${field}">${name}</label>` : html`<p class="label">${name}</p>`}
    ${
      own.length > 0 &&
      html`<ul>
        ${own.map(
          (file) =>
            html`<li>
              ${icon("check", 14)}<span><b>${file.name}</b> ${words.files.kept}, ${sizeText(file.bytes, locale)}</span>
              <button
                formaction="${action}"
                formnovalidate
                name="file"
                value="${file.id}"
                data-keep="${field}"
                aria-label="${words.files.remove(file.name)}"
              >
                ×
              </button>
            </li>`,
        )}
      </ul>`
    }
    ${
      isMore &&
      html`<input
        class="field"
        type="file"
        id="${field}"
        name="${field}"
        accept="${asked.types.map((type) => TYPES[type].accept).join(",")}"
        ${asked.filesMax - own.length > 1 && html`multiple`}
        ${isRequired && own.length === 0 && html`required`}
        ${why !== null && html`aria-invalid="true"`}
        aria-describedby="${described}"
      />`
    }
    <p class="hint" id="hint-${field}">
      ${words.files.hint(namesOf(asked.types, words, locale), sizeText(asked.bytesMax, locale), asked.filesMax)}
    </p>
    ${why !== null && html`<p class="why" id="why-${field}">${why}</p>`}
  </div>`;
}

/** Keeps the files of a form with what is held: those that are kept now, and what is wrong with the others. */
export async function sendFiles(
  { ask, files, words, reader }: Visit,
  { service }: { readonly service: Offered },
  hold: { readonly id: string; readonly key: string },
): Promise<{ readonly kept: readonly HeldFile[]; readonly wrong: readonly Wrong[] }> {
  const kept: HeldFile[] = [];
  const wrong: Wrong[] = [];
  for (const { field, name, contents } of files) {
    const question = service.questions.find(({ id, file }) => file !== null && answerField(id) === field);
    if (question === undefined) continue;
    const refuse = (problem: Pick<Problem, "extra" | "code">) =>
      wrong.push({ field, why: whyText(problem, shortName(name), question.file!, words, reader.locale) });
    if (contents === null) {
      refuse({ code: "bookings/file-unfit", extra: { reason: "too-large" } });
      continue;
    }
    const query = { key: hold.key, question: question.id, name: name.slice(0, NAME_CHARACTERS_MAX).toWellFormed() };
    const sent = await ask("holds.addFile", { params: { id: hold.id }, query, upload: contents });
    if (isRefused(sent)) refuse(sent.refused);
    else kept.push(sent);
  }
  return { kept, wrong };
}

/** As long as the contract takes them. */
const NAME_CHARACTERS_MAX = 1_000;

const shortName = (name: string): string => name.slice(-limits.FILE_NAME_CHARACTERS_MAX).toWellFormed();

function whyText(
  { code, extra }: Pick<Problem, "extra" | "code">,
  name: string,
  { bytesMax, filesMax, types }: Asked,
  words: Words,
  locale: string,
): string {
  const said = words.files;
  if (code !== "bookings/file-unfit") return words.unavailableBody; // The hold has ended, or too many send files: nothing is wrong with the file.
  switch (extra["reason"]) {
    case "empty":
      return said.empty(name);
    case "too-large":
      return said.tooLarge(name, sizeText(bytesMax, locale));
    case "too-many":
      return said.tooMany(filesMax);
    case "full":
      return said.full;
    default:
      return said.wrongType(name, namesOf(types, words, locale));
  }
}
