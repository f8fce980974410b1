import { isRefused, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { FileAnswer, type RequestContext } from "../../../platform/operations/context.ts";
import { createTurns } from "../../../platform/http/turns.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { holdOver, isBooked, isOver } from "../decide.ts";
import type { Sealing } from "../sealing.ts";
import { bookingById, lockBooking, offeredService } from "../store.ts";
import { MEDIA, nameOf, typeOf, whyUnfitFile, type FileType } from "./decide.ts";
import { fileIdsOf, placeOfName, placeOfPart, shownFile } from "./queries.ts";
import {
  deleteFile,
  fileById,
  finishFile,
  insertFile,
  insertPart,
  PART_BYTES,
  partOf,
  sameFile,
  standingFiles,
  type FileRecord,
} from "./store.ts";

export type FileIds = "holds.addFile" | "holds.removeFile" | "bookings.file";

type HoldOver = Refused<"bookings/hold-over">;

const noFile = refuseRequest("not-found", "file", {});

/** Files that are read at once, each held in memory whole: twice while it is put together. */
const UPLOADS_AT_ONCE_MAX = 12;
export const UPLOADS_OF_ADDRESS_MAX = 4;

/** Parts that are written by one unit: a megabyte, some dozens of milliseconds. */
const PARTS_AT_ONCE = 4;

/** What was sent, as far as it is known before it is asked whether it is wanted. */
type Sent = {
  readonly holdId: string;
  readonly question: string;
  readonly name: string;
  readonly type: FileType | null;
  readonly contents: Buffer;
  readonly mark: string;
};

export function fileOperations(sealing: Sealing): Handlers<FileIds> {
  const inTurn = createTurns("files", { all: UPLOADS_AT_ONCE_MAX, ofOne: UPLOADS_OF_ADDRESS_MAX });

  /** Makes room for a file, if it is wanted. `isNew`: its parts have to be written. */
  async function openFile(unit: Unit, sent: Sent) {
    const { holdId, question, contents, mark } = sent;
    const hold = await lockBooking(unit, holdId);
    if (hold === null || isBooked(hold) || isOver(hold, unit.nowMs)) return holdOver;
    const same = await sameFile(unit, { bookingId: holdId, question, mark });
    // Who was interrupted while they sent it, or sends it twice at once, writes what is not there yet.
    if (same !== null) return { file: same, isNew: !same.isWhole };
    const service = (await offeredService(unit, hold.serviceId))?.service;
    const asked = service?.questions.find(({ id }) => id === question);
    const standing = await standingFiles(unit, holdId, question);
    const why = whyUnfitFile(asked, { type: sent.type, bytes: contents.length }, standing);
    if (why !== null) return why;
    const id = unit.newId("fil");
    const type = sent.type!;
    const name = Buffer.from(nameOf(sent.name, type), "utf8");
    const sealed = sealing.sealPart(unit.organisation, placeOfName(id), name);
    const file: FileRecord = { id, bookingId: holdId, question, name: sealed, type, bytes: contents.length };
    await insertFile(unit, file, mark);
    return { file, isNew: true };
  }

  /** Writes its parts in short units; the last shows it. */
  async function writeParts(context: RequestContext, { id }: FileRecord, contents: Buffer): Promise<HoldOver | null> {
    const count = Math.ceil(contents.length / PART_BYTES);
    for (let from = 0; from < count; from += PARTS_AT_ONCE) {
      const to = Math.min(count, from + PARTS_AT_ONCE);
      const isWritten = await context.write(async (unit) => {
        for (let number = from; number < to; number++) {
          const part = contents.subarray(number * PART_BYTES, (number + 1) * PART_BYTES);
          const sealed = sealing.sealPart(unit.organisation, placeOfPart(id, number), part);
          if (!(await insertPart(unit, id, number, sealed))) return false;
        }
        return to < count || finishFile(unit, id);
      });
      if (!isWritten) return holdOver;
    }
    return null;
  }

  /** Who may have a file: its customer by the link, and managers of the organisation. */
  const mayRead = ({ caller }: RequestContext, bookingId: string, key: string | undefined): boolean =>
    key === undefined ? caller !== null && caller.role !== "member" : sealing.isLinkKey(bookingId, key);

  /** What is in a file, part after part. */
  async function* contentsOf(context: RequestContext, file: FileRecord): AsyncGenerator<Uint8Array> {
    for (let number = 0; number * PART_BYTES < file.bytes; number++) yield await partAt(context, file, number);
  }

  async function partAt(context: RequestContext, { id }: FileRecord, number: number): Promise<Uint8Array> {
    const part = await context.read(async (unit) => {
      const sealed = await partOf(unit, id, number);
      return sealed === null ? null : sealing.unsealPart(unit.organisation, placeOfPart(id, number), sealed);
    });
    if (part === null) throw new Error(`part ${number} of ${id} cannot be read`);
    return part;
  }

  return {
    "holds.addFile": async ({ params, query, body }, context) => {
      if (!sealing.isLinkKey(params.id, query.key)) return noFile;
      return inTurn(context.addressHash, async () => {
        const contents = Buffer.concat(await Array.fromAsync(body as unknown as AsyncIterable<Uint8Array>));
        const made = await context.write((unit) =>
          openFile(unit, {
            holdId: params.id,
            question: query.question,
            name: query.name,
            type: typeOf(contents),
            contents,
            mark: sealing.fileMark(unit.organisation, contents),
          }),
        );
        if (isRefused(made)) return made;
        const { file, isNew } = made;
        const over = isNew ? await writeParts(context, file, contents) : null;
        return over ?? shownFile({ organisation: context.organisation! }, sealing, file);
      });
    },

    "holds.removeFile": async ({ params, query }, context) => {
      if (!sealing.isLinkKey(params.id, query.key)) return noFile;
      return context.write(async (unit) => {
        const hold = await lockBooking(unit, params.id);
        if (hold === null || isBooked(hold) || isOver(hold, unit.nowMs)) return holdOver;
        return (await deleteFile(unit, params.id, params.file)) ? null : noFile;
      });
    },

    "bookings.file": async ({ params, query }, context) => {
      if (!mayRead(context, params.id, query.key)) return noFile;
      const file = await context.read(async (unit) => {
        const [booking, found] = [await bookingById(unit, params.id), await fileById(unit, params.file)];
        if (booking === null || found === null) return null;
        const isOwn = isBooked(booking)
          ? fileIdsOf(booking).includes(found.id)
          : found.bookingId === booking.id && !isOver(booking, unit.nowMs);
        return isOwn ? found : null;
      });
      if (file === null) return noFile;
      const { name } = shownFile({ organisation: context.organisation! }, sealing, file);
      return new FileAnswer(MEDIA[file.type].type, name, contentsOf(context, file));
    },
  };
}
