import { z } from "zod";
import { bookingFile, FILE_BYTES_MAX, givenFileName } from "../booking-values.ts";
import { operation } from "../operation.ts";
import { idParams, nothing, thingId } from "../values.ts";
import { key } from "./bookings.ts";

const byAnybody = {
  problems: [],
  permission: "everyone",
  publicBy: "params.id",
  rateClass: "booking",
  mcp: "none",
  since: "0.6.0",
  example: {},
} as const;

const fileParams = idParams.extend({ file: thingId });

export const addFile = operation({
  ...byAnybody,
  id: "holds.addFile",
  kind: "command",
  method: "POST",
  path: "/v1/holds/{id}/files",
  summary:
    "Send a file that answers a question of what is held: it is kept with the hold, and booked or gone with it; the same again is the same file",
  params: idParams,
  query: z.strictObject({
    key,
    question: z.string().max(40).describe("The id of the question"),
    name: givenFileName.default(""),
  }),
  upload: { mediaType: "application/octet-stream", bytesMax: FILE_BYTES_MAX },
  answer: bookingFile,
  status: 201,
  problems: ["bookings/hold-over", "bookings/file-unfit"],
  idempotent: "by itself",
  example: { query: { key: "…", question: "licence", name: "licence.pdf" } },
});

export const removeFile = operation({
  ...byAnybody,
  id: "holds.removeFile",
  kind: "command",
  method: "DELETE",
  path: "/v1/holds/{id}/files/{file}",
  summary: "Take a file away that was sent for what is held",
  params: fileParams,
  query: z.strictObject({ key }),
  answer: nothing,
  status: 204,
  problems: ["bookings/hold-over"],
  example: { params: { file: "fil_01J8Z3K4M5N6P7Q8R9S0T1V2W3" }, query: { key: "…" } },
});

export const readFile = operation({
  ...byAnybody,
  id: "bookings.file",
  kind: "file",
  method: "GET",
  path: "/v1/bookings/{id}/files/{file}",
  summary:
    "A file that was sent with a booking, always to be saved and never shown: for its customer by the link's key, and for managers",
  params: fileParams,
  query: z.strictObject({ key: key.optional() }),
  answer: { mediaType: "application/octet-stream" },
  status: 200,
  rateClass: "read",
  example: { params: { file: "fil_01J8Z3K4M5N6P7Q8R9S0T1V2W3" } },
});
