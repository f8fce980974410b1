import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import type { FastifyRequest } from "fastify";
import { limits } from "@hourwright/contract";
import { createTurns } from "../../../platform/http/turns.ts";
import { bounded, TooLarge, textOf } from "../../rest/bodies.ts";

/** A file as a form brings it; `contents` are null where it is larger than any may be. */
export type SentFile = {
  readonly field: string;
  readonly name: string;
  readonly contents: Buffer | null;
};

export type Form = { readonly fields: URLSearchParams; readonly files: readonly SentFile[] };

const NOTHING: Form = { fields: new URLSearchParams(), files: [] };

/** A form of twenty answers of two thousand characters, each of them escaped. */
const FORM_BYTES_MAX = 262_144;
/** One that brings files: two of the largest, or five of the usual size. More are sent one after the other. */
const FILES_FORM_BYTES_MAX = 27_262_976;
/** Fields beside the questions: what is chosen, who asks, and dates of a series. */
const FIELDS_MAX = 150;
const FILES_MAX = 20;
/** Units of an answer are two thousand, of at most four bytes. */
const FIELD_BYTES_MAX = 8_400;
/** Forms with files that are read at once, each held in memory until it is answered. */
const READ_AT_ONCE_MAX = 6;
/** Of those so many of one address: who begins forms and never ends them keeps nobody else from sending theirs. */
export const FORMS_OF_ADDRESS_MAX = 2;
/** The largest over a line of two megabits a second. */
const READ_MS_MAX = 120_000;

export const isFilesForm = (request: FastifyRequest): boolean => typeOf(request) === "multipart/form-data";

const typeOf = ({ headers }: FastifyRequest): string =>
  (headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();

const inTurn = createTurns("forms with files", { all: READ_AT_ONCE_MAX, ofOne: FORMS_OF_ADDRESS_MAX });

/** What a form says. Empty when it is no form; of one that breaks off, or is too long, what came before. */
export async function formOf(request: FastifyRequest, address: string): Promise<Form> {
  if (isFilesForm(request)) return inTurn(address, () => readParts(request));
  if (typeOf(request) !== "application/x-www-form-urlencoded") return NOTHING;
  try {
    const text = await textOf(bounded(request.body as Readable, FORM_BYTES_MAX));
    return { fields: new URLSearchParams(text), files: [] };
  } catch (error) {
    if (error instanceof TooLarge || error instanceof TypeError) return NOTHING;
    throw error;
  }
}

async function readParts(request: FastifyRequest): Promise<Form> {
  const fields = new URLSearchParams();
  const files: SentFile[] = [];
  try {
    const parts = new Busboy({
      headers: { ...request.headers, "content-type": request.headers["content-type"]! },
      limits: {
        fieldNameSize: 100,
        fieldSize: FIELD_BYTES_MAX,
        fields: FIELDS_MAX,
        files: FILES_MAX,
        fileSize: limits.FILE_BYTES_MAX,
        parts: FIELDS_MAX + FILES_MAX,
        headerPairs: 10,
        headerSize: 4_096,
      },
    });
    parts.on("field", (name, value) => fields.append(name, value));
    parts.on("file", (field, stream, name) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", () => chunks.splice(0)); // It broke off: the form says so as well.
      stream.on("end", () => {
        const isTooLarge = stream.truncated;
        if (isTooLarge) chunks.splice(0);
        const contents = isTooLarge ? null : Buffer.concat(chunks);
        // A field in which nothing was chosen is a file without a name and with nothing in it.
        if (contents === null || contents.length > 0 || name) files.push({ field, name: name ?? "", contents });
      });
    });
    const signal = AbortSignal.timeout(READ_MS_MAX);
    await pipeline(bounded(request.body as Readable, FILES_FORM_BYTES_MAX), parts, { signal });
  } catch (error) {
    request.log.info({ err: error }, "a form with files could not be read to its end");
  }
  return { fields, files };
}
