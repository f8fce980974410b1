import type { PeopleTime } from "../data/capacity.ts";
import type { Calendar, Conflict, Event, Session, Subject } from "../data/api.ts";
import { EVERYONE } from "../data/scope.ts";
import type { Directory } from "../data/session.ts";
import type { YearState } from "../data/years.ts";

/** Raised whenever what is packed here, or what the API answers of it, has another shape. */
export const FORM = 1;

export type ReadyYear = Extract<YearState, { status: "ready" }>;

export const packSession = (session: Session): Blob => new Blob([JSON.stringify(session)]);

export const unpackSession = async (blob: Blob): Promise<Session> => JSON.parse(await blob.text()) as Session;

type PackedDirectory = { calendars: Calendar[]; people: Subject[]; things: Subject[] };

export function packDirectory({ calendars, people, things }: Directory): Blob {
  return new Blob([JSON.stringify({ calendars: [...calendars.values()], people, things })]);
}

export async function unpackDirectory(blob: Blob): Promise<Directory> {
  const { calendars, people, things } = JSON.parse(await blob.text()) as PackedDirectory;
  return {
    calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])),
    people,
    things,
    names: new Map([...people, ...things].map(({ id, name }) => [id, name])),
  };
}

/** So many events are written at a time: a millisecond or two. */
const PIECE_ITEMS = 500;

/**
 * A year as lines of JSON, made in pieces with `rest` between them, so that nobody waits for it; null when it takes more
 * than `bytesMax`.
 */
export async function packYear(
  { events, scope, conflicts, isCut }: ReadyYear,
  bytesMax: number,
  rest: () => Promise<void>,
): Promise<Blob | null> {
  const pieces = [new Blob([JSON.stringify({ whose: scope === EVERYONE ? EVERYONE : [...scope], isCut })])];
  let bytes = pieces[0]!.size;
  for (const [key, items] of Object.entries({ events, conflicts }))
    for (let from = 0; from < items.length; from += PIECE_ITEMS) {
      const piece = new Blob(["\n", JSON.stringify({ [key]: items.slice(from, from + PIECE_ITEMS) })]);
      bytes += piece.size;
      if (bytes > bytesMax) return null;
      pieces.push(piece);
      await rest();
    }
  return new Blob(pieces);
}

export async function unpackYear(blob: Blob): Promise<ReadyYear> {
  const [first, ...lines] = (await blob.text()).split("\n");
  const { whose, isCut } = JSON.parse(first!) as { whose: typeof EVERYONE | string[]; isCut: boolean };
  const pieces = lines.map((line) => JSON.parse(line) as { events?: Event[]; conflicts?: Conflict[] });
  return {
    status: "ready",
    events: pieces.flatMap(({ events = [] }) => events),
    scope: whose === EVERYONE ? EVERYONE : new Set(whose),
    conflicts: pieces.flatMap(({ conflicts = [] }) => conflicts),
    areConflictsKnown: true,
    isCut,
  };
}

const BYTES_A_NUMBER = 8;
/** A name, and what a map takes for it. */
const BYTES_A_PERSON = 100;

/** What people's time takes: it is kept as it is, tables of numbers that many people share. */
export function bytesOfTime({ open, taken }: PeopleTime): number {
  const tables = new Set([...open.values(), ...taken.values()]);
  const numbers = [...tables].reduce((sum, { startMs, endMs }) => sum + startMs.length + endMs.length, 0);
  return numbers * BYTES_A_NUMBER + (open.size + taken.size) * BYTES_A_PERSON;
}
