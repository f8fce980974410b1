import type { Unit } from "../../../platform/db/database.ts";
import { isBooked } from "../decide.ts";
import type { Booking } from "../model.ts";
import type { Sealing } from "../sealing.ts";
import { offeredService } from "../store.ts";
import type { FileType } from "./decide.ts";
import { filesFor, type FileRecord } from "./store.ts";

export type ShownFile = {
  readonly id: string;
  readonly question: string;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
};

/** What was sent with bookings, by their ids; of holds what has been sent so far. One statement, none where no file can be. */
export async function filesOfBookings(
  unit: Unit,
  sealing: Sealing,
  bookings: readonly Booking[],
): Promise<ReadonlyMap<string, readonly ShownFile[]>> {
  const holdIds: string[] = [];
  for (const booking of bookings)
    if (!isBooked(booking) && (await asksForFiles(unit, booking))) holdIds.push(booking.id);
  const ids = bookings.flatMap(fileIdsOf);
  const files = new Map((await filesFor(unit, { ids, holdIds })).map((file) => [file.id, file]));
  const ofHolds = Map.groupBy(files.values(), ({ bookingId }) => bookingId);
  return new Map(
    bookings.map((booking) => {
      const own = isBooked(booking)
        ? fileIdsOf(booking).flatMap((id) => files.get(id) ?? [])
        : (ofHolds.get(booking.id) ?? []);
      return [booking.id, own.map((file) => shownFile(unit, sealing, file))];
    }),
  );
}

/** The files that answer its questions. */
export const fileIdsOf = (booking: Booking): readonly string[] =>
  isBooked(booking) ? booking.answers.flatMap(({ files = [] }) => files) : [];

const asksForFiles = async (unit: Unit, { serviceId }: Booking): Promise<boolean> =>
  (await offeredService(unit, serviceId))?.service.questions.some(({ kind }) => kind === "file") === true;

export const placeOfName = (id: string): string => `${id} name`;
export const placeOfPart = (id: string, number: number): string => `${id} ${number}`;

export function shownFile(unit: Pick<Unit, "organisation">, sealing: Sealing, file: FileRecord): ShownFile {
  const { id, question, type, bytes } = file;
  const name = sealing.unsealPart(unit.organisation, placeOfName(id), file.name);
  // Sealed with another secret: it is there, and can be read by nobody.
  return { id, question, name: name?.toString("utf8") ?? "?", type, bytes };
}
