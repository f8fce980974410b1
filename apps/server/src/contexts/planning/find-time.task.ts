import {
  ATTENDS,
  brokenBy,
  catalogue,
  lineOf,
  NEEDS,
  PLAIN,
  presetOf,
  type Constraint,
  type Setting,
} from "@hourwright/conflict";
import { findTimes, reasonText, relaxationText, type FoundTime, type Guest } from "@hourwright/conflict/find-time";
import { openTimeFrom, takenFrom } from "../claims/pure.ts";
import type { Book } from "./rules/book.ts";
import { sayingOf } from "./rules/model.ts";
import { namerOf, numbersOfCollections, sceneIn, scenesOf, siteOn, traitsOfTakers, worldOf } from "./rules/scene.ts";
import { situationFrom } from "./situation.ts";
import { zonedText } from "./tell.ts";
import type { Likings } from "./answers/model.ts";

// Finding a time for some people and a room, on a compute thread.

export type FindTimeInput = {
  /** `takenTexts` and `openTimeTexts` of claims, of everybody and everything in the book. */
  readonly taken: readonly string[];
  readonly openTime: readonly string[];
  readonly book: Book;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Of these one is wanted, for so many people; null where no room is. */
  readonly rooms: { readonly among: readonly string[]; readonly places: number } | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly lengthMs: number;
  readonly stepMs: number;
  readonly part: { readonly from: number; readonly to: number } | null;
  readonly limit: number;
  /** In which calendar it will lie; null where none is known. */
  readonly calendarId: string | null;
  /** Whether nobody is wanted outside their hours, whatever the rules say. */
  readonly isWithinHours: boolean;
  readonly likings: Likings;
  readonly zone: string;
  readonly nowMs: number;
};

export type FoundTimesShown = {
  readonly times: {
    start: string;
    end: string;
    requiredMissing: string[];
    optionalMissing: string[];
    roomId: string | null;
    points: number;
    reasons: string[];
  }[];
  readonly isPossible: boolean;
  readonly relaxations: {
    kind: "person" | "room" | "rule";
    sentence: string;
    withoutId: string | null;
    roomId: string | null;
    start: string;
    end: string;
  }[];
  readonly starts: number;
};

/** More are looked at than wanted, since the clocks of whoever comes may forbid some. */
const LOOKED_AT_FOR_ONE = 3;
const TIMES_LOOKED_AT_MAX = 50;

const outside = catalogue.find(({ id }) => id === "outside")!;

export async function* findTimeTask(
  input: FindTimeInput,
): AsyncGenerator<never, FoundTimesShown | { readonly refused: string }> {
  const { book, required, optional, rooms, zone, nowMs } = input;
  const ids = book.holders.map(({ id }) => id);
  const situation = situationFrom(takenFrom(input.taken), ids);
  const openTime = openTimeFrom(input.openTime);
  const { scene, settings } = sceneIn(zone, situation, book, openTime, nowMs);
  const numberOf = new Map(ids.map((id, number) => [id, number]));
  const guest = (id: string): Guest => {
    const number = numberOf.get(id)!;
    const likings = id === input.likings.of ? input.likings.hours : null;
    return { subject: number, how: ATTENDS, likings, zone: book.holders[number]!.zone };
  };
  const set = inOwnZones(settings, book, zone, nowMs);
  const asked: readonly Setting[] = input.isWithinHours ? withHours(set) : set;
  const collections = numbersOfCollections(input.calendarId === null ? [] : [input.calendarId], book);
  const found = findTimes(scene, asked, {
    window: { startMs: Math.max(input.fromMs, nowMs), endMs: input.toMs },
    lengthMs: input.lengthMs,
    stepMs: input.stepMs,
    ...(input.part === null ? {} : { part: input.part }),
    required: required.map(guest),
    optional: optional.map(guest),
    room:
      rooms === null
        ? null
        : {
            among: rooms.among.map((id) => {
              const subject = numberOf.get(id)!;
              return { subject, places: book.holders[subject]!.places, features: [] };
            }),
            places: rooms.places,
            features: [],
          },
    event: -1,
    traits: {
      ...PLAIN,
      guests: required.length + optional.length,
      people: required.map((id) => numberOf.get(id)!),
      collections,
    },
    limit: Math.min(TIMES_LOOKED_AT_MAX, input.limit * LOOKED_AT_FOR_ONE),
  });
  if ("refused" in found) return { refused: found.refused.sentence };
  // Whole days and weeks were those of one zone; what a write would be refused for by those of whoever comes is not offered.
  const judged = scenesOf(situation, book, openTime, nowMs);
  const isBarred = (time: FoundTime): boolean => {
    const comes = new Set([...required, ...optional].map((id) => numberOf.get(id)!));
    for (const missing of [...time.requiredMissing, ...time.optionalMissing]) comes.delete(missing);
    const takes = Array.from(comes, (subject) => ({ subject, how: ATTENDS }));
    if (time.room !== null) takes.push({ subject: time.room, how: NEEDS });
    const traits = traitsOfTakers(takes, siteOn(ids, book), collections);
    const changes = takes.map(({ subject, how }) => ({
      subject,
      gone: null,
      come: { occurrence: -1, event: -1, how, startMs: time.startMs, endMs: time.endMs, traits },
    }));
    return judged.some(
      ({ scene: own, settings: set }) =>
        brokenBy({ scene: own, settings: set.filter(({ isHard }) => isHard) }, changes, changes).length > 0,
    );
  };
  const times = found.times.filter((time) => !isBarred(time)).slice(0, input.limit);
  const telling = {
    nameOf: namerOf(situation, book),
    titleOf: () => null,
    zone,
    settings: asked,
    sayOf: ({ collection }: Setting, sentence: string) =>
      sayingOf(collection === undefined ? null : book.collections[collection]!.name, sentence),
  };
  const span = ({ startMs, endMs }: FoundTime) => ({ start: zonedText(startMs, zone), end: zonedText(endMs, zone) });
  return {
    isPossible: found.isPossible && times.some(({ requiredMissing }) => requiredMissing.length === 0),
    starts: found.starts,
    times: times.map((time) => ({
      ...span(time),
      requiredMissing: time.requiredMissing.map((number) => ids[number]!),
      optionalMissing: time.optionalMissing.map((number) => ids[number]!),
      roomId: time.room === null ? null : ids[time.room]!,
      points: time.points,
      reasons: time.reasons.map((reason) => reasonText(reason, telling)),
    })),
    relaxations: found.relaxations.map((each) => ({
      kind: each.kind,
      sentence: relaxationText(each, telling),
      withoutId: each.kind === "person" ? ids[each.subject]! : null,
      roomId: each.time.room === null ? null : ids[each.time.room]!,
      ...span(each.time),
    })),
  };
}

/** Rules that judge each thing by itself, by the clocks of whoever they hold for: a scene has those of one zone alone. */
function inOwnZones(settings: readonly Setting[], book: Book, zone: string, nowMs: number): Setting[] {
  return settings.flatMap((setting) => {
    const { constraint, values, subjects } = setting;
    if (constraint.reach(values) !== "spot") return [setting];
    const byZone = Map.groupBy(subjects!, (subject) => book.holders[subject]!.zone);
    return Array.from(byZone, ([own, list]): Setting => {
      const bound = { ...setting, subjects: new Set(list) };
      if (own === zone) return bound;
      const world = worldOf(book, own, nowMs);
      const find: Constraint["find"] = (line, part, given, _world, report, named) =>
        constraint.find(lineOf(line.subject, line.taken, world), part, given, world, report, named);
      return { ...bound, constraint: { ...constraint, find } };
    });
  });
}

/** Everybody's hours as a hard rule, whatever is set. */
const withHours = (settings: readonly Setting[]): readonly Setting[] => [
  ...settings.filter(({ constraint }) => constraint.id !== outside.id),
  presetOf(outside),
];
