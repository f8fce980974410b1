import { ATTENDS, catalogue, PLAIN, presetOf, type Setting } from "@hourwright/conflict";
import { findTimes, reasonText, relaxationText, type FoundTime, type Guest } from "@hourwright/conflict/find-time";
import { openTimeFrom, takenFrom } from "../claims/public.ts";
import type { Book } from "./rules/book.ts";
import { sceneIn } from "./rules/scene.ts";
import { situationFrom } from "./situation.ts";
import { zonedText } from "./tell.ts";

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
  readonly limit: number;
  /** Whether nobody is wanted outside their hours, whatever the rules say. */
  readonly isWithinHours: boolean;
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
  readonly relaxations: { kind: "person" | "room" | "rule"; sentence: string; start: string; end: string }[];
  readonly starts: number;
};

const outside = catalogue.find(({ id }) => id === "outside")!;

export async function* findTimeTask(
  input: FindTimeInput,
): AsyncGenerator<never, FoundTimesShown | { readonly refused: string }> {
  const { book, required, optional, rooms, zone, nowMs } = input;
  const ids = book.holders.map(({ id }) => id);
  const situation = situationFrom(takenFrom(input.taken), ids);
  const { scene, settings } = sceneIn(zone, situation, book, openTimeFrom(input.openTime), nowMs);
  const numberOf = new Map(ids.map((id, number) => [id, number]));
  const guest = (id: string): Guest => {
    const number = numberOf.get(id)!;
    return { subject: number, how: ATTENDS, likings: null, zone: book.holders[number]!.zone };
  };
  const asked: readonly Setting[] = input.isWithinHours ? withHours(settings) : settings;
  const found = findTimes(scene, asked, {
    window: { startMs: Math.max(input.fromMs, nowMs), endMs: input.toMs },
    lengthMs: input.lengthMs,
    stepMs: input.stepMs,
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
    traits: { ...PLAIN, guests: required.length + optional.length },
    limit: input.limit,
  });
  if ("refused" in found) return { refused: found.refused.sentence };
  const telling = {
    nameOf: (number: number) => book.holders[number]!.name,
    titleOf: () => null,
    zone,
    settings: asked,
  };
  const span = ({ startMs, endMs }: FoundTime) => ({ start: zonedText(startMs, zone), end: zonedText(endMs, zone) });
  return {
    isPossible: found.isPossible,
    starts: found.starts,
    times: found.times.map((time) => ({
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
      ...span(each.time),
    })),
  };
}

/** People's hours as a hard rule, where no rule for all of them says so already. */
const withHours = (settings: readonly Setting[]): readonly Setting[] =>
  settings.some(({ constraint, isHard, subjects }) => constraint.id === outside.id && isHard && subjects === null)
    ? settings
    : [...settings.filter(({ constraint }) => constraint.id !== outside.id), presetOf(outside)];
