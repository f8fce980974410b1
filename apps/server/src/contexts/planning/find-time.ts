import { planningProblems, refusePlanning, type Refused } from "@hourwright/contract";
import { MINUTE_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Task } from "../../platform/workers/pool.ts";
import { openTimeTexts, takenTexts } from "../claims/public.ts";
import { organisationOf, subjectIds, subjectsById } from "../identity/public.ts";
import type { ConflictPorts, Window } from "./conflicts.ts";
import type { FindTimeInput, FoundTimesShown } from "./find-time.task.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { bookFor, bookToldTo } from "./rules/book.ts";
import { asksForPlaces, reachMsOf } from "./rules/decide.ts";
import { rulesOf } from "./rules/store.ts";
import { CLAIMS_MAX } from "./situation.ts";
import type { Likings } from "./answers/model.ts";

const find: Task<FindTimeInput, never, FoundTimesShown | { readonly refused: string }> = {
  module: new URL("find-time.task.ts", import.meta.url),
  name: "findTimeTask",
};

export type TimeAsked = Window & {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Empty `among`: any room there is. */
  readonly room: { readonly among: readonly string[]; readonly places: number | null } | null;
  readonly minutes: number;
  readonly stepMinutes: number;
  /** Minutes of one day between which it lies. */
  readonly dayPart: { readonly from: number; readonly to: number } | null;
  readonly limit: number;
  /** In which calendar it will lie; null where none is known. */
  readonly calendarId: string | null;
  readonly isWithinHours: boolean;
  readonly likings: Likings;
};

/**
 * When some people, and a room, are free at once: ranked, with what speaks for each time and against it; and what to give up
 * when there is none. Tells who is free, never what takes them: as free/busy does, to everyone of the organisation.
 */
export async function timesFor(
  { read, questions, ruleFacts }: Pick<ConflictPorts, "read" | "questions" | "ruleFacts">,
  viewer: Caller,
  asked: TimeAsked,
) {
  const people = [...new Set([...asked.required, ...asked.optional])];
  const { book, around, here, mayLieThere, zone, nowMs } = await read(async (unit) => {
    const rooms = asked.room === null ? [] : await roomsAmong(unit, asked.room.among);
    const here = (await subjectsById(unit, people)).filter(({ retired }) => !retired);
    const rules = await rulesOf(unit);
    const reachMs = reachMsOf(rules);
    const around = { fromMs: asked.fromMs - reachMs, toMs: asked.toMs + reachMs };
    const book = await bookFor(unit, [...new Set([...people, ...rooms])], ruleFacts, around, rules);
    return {
      book: await bookToldTo(unit, viewer, book, ruleFacts),
      around,
      mayLieThere:
        asked.calendarId === null || (await ruleFacts.collections.seenBy(unit, viewer)).has(asked.calendarId),
      here: new Set(here.map(({ id }) => id)),
      zone: (await organisationOf(unit)).zone,
      nowMs: unit.nowMs,
    };
  });
  if (!mayLieThere) return refusePlanning("plan-refused", "calendar", {});
  const known = new Map(book.holders.map((holder) => [holder.id, holder]));
  const stranger = people.find((id) => known.get(id)?.kind !== "person" || !here.has(id));
  if (stranger !== undefined) return refusePlanning("plan-refused", "person", {});
  const among = book.holders.filter(({ id, kind }) => kind === "thing" && !people.includes(id)).map(({ id }) => id);
  // Those are read as well with whom a rule compares who is wanted.
  const holders = book.holders.filter(({ kind }) => kind !== "outside");
  const ids = holders.map(({ id }) => id);
  const found = await questions.run(
    find,
    {
      taken: await takenTexts(read, asksForPlaces(book) ? null : ids, around, CLAIMS_MAX),
      openTime: await openTimeTexts(read, ids, around),
      book: { ...book, holders },
      required: [...new Set(asked.required)],
      optional: [...new Set(asked.optional)].filter((id) => !asked.required.includes(id)),
      rooms: asked.room === null ? null : { among, places: asked.room.places ?? people.length },
      fromMs: asked.fromMs,
      toMs: asked.toMs,
      lengthMs: asked.minutes * MINUTE_MS,
      stepMs: asked.stepMinutes * MINUTE_MS,
      part: asked.dayPart,
      limit: asked.limit,
      calendarId: asked.calendarId,
      isWithinHours: asked.isWithinHours,
      likings: asked.likings,
      zone,
      nowMs,
    },
    {},
  );
  if ("refused" in found) return refusal(found.refused);
  const nameOf = (id: string) => ({ id, name: known.get(id)!.name });
  return {
    ...found,
    times: found.times.map(({ requiredMissing, optionalMissing, roomId, ...time }) => ({
      ...time,
      requiredMissing: requiredMissing.map(nameOf),
      optionalMissing: optionalMissing.map(nameOf),
      room: roomId === null ? null : nameOf(roomId),
    })),
    relaxations: found.relaxations.map(({ withoutId, roomId, ...relaxation }) => ({
      ...relaxation,
      without: withoutId === null ? null : nameOf(withoutId),
      room: roomId === null ? null : nameOf(roomId),
    })),
  };
}

/** Those of some rooms and things that are still here; of none, every room there is. */
async function roomsAmong(unit: Unit, among: readonly string[]): Promise<string[]> {
  const subjects = await subjectsById(unit, among.length > 0 ? among : await subjectIds(unit));
  const isMeant = ({ kind, retired }: (typeof subjects)[number]): boolean =>
    !retired && (among.length > 0 ? kind !== "person" && kind !== "outside" : kind === "room");
  return subjects.filter(isMeant).map(({ id }) => id);
}

const refusal = (sentence: string): Refused<"planning/plan-refused"> =>
  planningProblems.refuse("plan-refused", sentence);
