import { z } from "zod";
import { plainText, thingId } from "./values.ts";

/** Values that several areas of booking share. */

/** What a file is, by its first bytes: what its name says counts for nothing. */
export const FILE_TYPES = ["pdf", "png", "jpeg", "webp", "heic", "text"] as const;

/** Bytes of a file that answers a question, at most and where nobody says; files of one question, and characters of a name. */
export const FILE_BYTES_MAX = 10_485_760;
export const FILE_BYTES_DEFAULT = 5_242_880;
export const FILES_OF_QUESTION_MAX = 5;
export const FILE_NAME_CHARACTERS_MAX = 120;
/** Of all customers of an organisation together. */
export const FILES_OF_ORGANISATION_MAX = 20_000;
export const FILES_BYTES_OF_ORGANISATION_MAX = 2_147_483_648;

const askedFields = {
  bytesMax: z.int().min(1_024).max(FILE_BYTES_MAX).describe("Of each file"),
  filesMax: z.int().min(1).max(FILES_OF_QUESTION_MAX),
  types: z
    .array(z.enum(FILE_TYPES))
    .min(1)
    .max(FILE_TYPES.length)
    .refine((all) => new Set(all).size === all.length, "each type once")
    .describe("By their first bytes, whatever they are called"),
};

/** What a question for files takes; as it is told, and as it is set. */
export const filesAsked = z.object(askedFields);
export const filesToAsk = z.strictObject({
  bytesMax: askedFields.bytesMax.default(FILE_BYTES_DEFAULT),
  filesMax: askedFields.filesMax.default(1),
  types: askedFields.types.default(["pdf", "png", "jpeg"]),
});

/** A file that was sent as an answer, without what is in it. */
export const bookingFile = z
  .object({
    id: thingId,
    question: z.string().describe("The id of the question that it answers"),
    name: z.string(),
    type: z.enum(FILE_TYPES),
    bytes: z.int(),
  })
  .meta({ id: "BookingFile" });

/** As its sender calls it: folders, control and direction signs are left out of it. */
export const givenFileName = plainText(1_000);

/** A challenge, a point and a number. */
export const proof = z
  .string()
  .max(120)
  .optional()
  .describe("Of `GET /v1/services/{id}/challenge`, where the organisation asks for it");
