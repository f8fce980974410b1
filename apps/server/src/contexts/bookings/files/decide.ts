import { isUtf8 } from "node:buffer";
import { limits, refuseBooking, type Refused } from "@hourwright/contract";
import type { Question } from "../model.ts";

// Pure: what a file is, what it may be called, and whether a question takes it.

export type FileType = (typeof limits.FILE_TYPES)[number];

type Unfit = Refused<"bookings/file-unfit">;

const startsWith = (bytes: Uint8Array, signs: readonly number[], at = 0): boolean =>
  signs.every((sign, index) => bytes[at + index] === sign);

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** Brands of ISO base media files that hold HEIC images, or may (ISO/IEC 23008-12). */
const HEIC_BRANDS: ReadonlySet<string> = new Set(["heic", "heix", "heim", "heis", "mif1", "msf1"]);

/** What a browser could take for a page, whatever it is called: no plain text. */
const MARKUP = /^\s*<(?:!|\?|html|head|body|script|svg|iframe|style|title|table|a[\s>]|div|p[\s>]|img|h1)/i;
const MARKUP_CHARACTERS = 1_024;

/** Control signs that no text has. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/;

/** What a file is by its bytes; null for what is none of the types that can be asked for. Text is read whole, else the first bytes. */
export function typeOf(bytes: Uint8Array): FileType | null {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return "pdf";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  if (ascii(bytes, 4, 8) === "ftyp") return HEIC_BRANDS.has(ascii(bytes, 8, 12)) ? "heic" : null;
  if (bytes.length === 0 || !isUtf8(bytes)) return null;
  const text = new TextDecoder().decode(bytes);
  return CONTROLS.test(text) || MARKUP.test(text.slice(0, MARKUP_CHARACTERS)) ? null : "text";
}

/** How each type is named on the web, and how the names of its files end, the usual one first. */
export const MEDIA: Readonly<Record<FileType, { readonly type: string; readonly endings: readonly string[] }>> = {
  pdf: { type: "application/pdf", endings: [".pdf"] },
  png: { type: "image/png", endings: [".png"] },
  jpeg: { type: "image/jpeg", endings: [".jpg", ".jpeg"] },
  webp: { type: "image/webp", endings: [".webp"] },
  heic: { type: "image/heic", endings: [".heic", ".heif"] },
  text: { type: "text/plain; charset=utf-8", endings: [".txt", ".text", ".csv", ".md", ".log"] },
};

/** Signs that turn the direction of text or are not seen, and what no file of some system may be called. */
const UNFIT_IN_NAMES = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu;

/**
 * The name under which a file is kept: the last part of what its sender calls it, without what could lead elsewhere or be read as
 * something else, ending as files of its type do. At most 120 characters.
 */
export function nameOf(given: string, type: FileType): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const clean = last.replaceAll(UNFIT_IN_NAMES, "").replaceAll(/\s+/g, " ").trim().replace(/^\.+/, "");
  const { endings } = MEDIA[type];
  const ending = endings.find((each) => clean.toLowerCase().endsWith(each));
  const stem = ending === undefined ? clean : clean.slice(0, -ending.length);
  const end = ending === undefined ? endings[0]! : clean.slice(-ending.length);
  const short = cutWhole(stem, limits.FILE_NAME_CHARACTERS_MAX - end.length).trim();
  return `${short === "" ? "file" : short}${end}`;
}

/** Cut to so many units, never within a character. */
function cutWhole(text: string, most: number): string {
  let cut = "";
  for (const sign of text) {
    if (cut.length + sign.length > most) break;
    cut += sign;
  }
  return cut;
}

/** What stands already: of the question, and of the organisation. */
export type Standing = {
  readonly ofQuestion: number;
  readonly ofOrganisation: number;
  readonly bytesOfOrganisation: number;
};

/** Why a question does not take a file of such a type and size, beside those that are there; null when it does. */
export function whyUnfitFile(
  question: Question | undefined,
  file: { readonly type: FileType | null; readonly bytes: number },
  standing: Standing,
): Unfit | null {
  const asked = question?.kind === "file" ? question.file : null;
  if (asked === null) return refuseBooking("file-unfit", "unasked", {});
  if (file.bytes === 0) return refuseBooking("file-unfit", "empty", {});
  const { bytesMax, filesMax, types } = asked;
  if (file.bytes > bytesMax) return refuseBooking("file-unfit", "too-large", { bytesMax }, { bytesMax });
  if (file.type === null || !types.includes(file.type))
    return refuseBooking("file-unfit", "type", { types }, { types });
  if (standing.ofQuestion >= filesMax) return refuseBooking("file-unfit", "too-many", { filesMax }, { filesMax });
  const isFull =
    standing.ofOrganisation >= limits.FILES_OF_ORGANISATION_MAX ||
    standing.bytesOfOrganisation + file.bytes > limits.FILES_BYTES_OF_ORGANISATION_MAX;
  return isFull ? refuseBooking("file-unfit", "full", {}) : null;
}

type Sent = { readonly id: string; readonly question: string; readonly type: FileType; readonly bytes: number };

/** Which of the files that were sent elsewhere some questions take, those that were sent first before others. */
export function fittingFiles<File extends Sent>(files: readonly File[], questions: readonly Question[]): File[] {
  const taken: File[] = [];
  for (const file of files.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const asking = questions.find(({ id }) => id === file.question);
    const ofQuestion = taken.filter(({ question }) => question === file.question).length;
    // They stand in the organisation already.
    if (whyUnfitFile(asking, file, { ofQuestion, ofOrganisation: 0, bytesOfOrganisation: 0 }) === null)
      taken.push(file);
  }
  return taken;
}
