import { seededRandom, wholeBetween } from "@hourwright/std";
import { DAY_MS, HOUR_MS, MINUTE_MS, UTC, type Interval } from "@hourwright/time";
import { catalogue } from "../catalogue/catalogue.ts";
import { presetOf, type Scene, type Setting } from "../catalogue/check.ts";
import type { Constraint } from "../catalogue/constraint.ts";
import { PLAIN } from "../catalogue/line.ts";
import { ATTENDS, indexBySubject, OWN, takingsOf } from "../schedule.ts";
import type { FoundTime, TimeWish } from "./wish.ts";

/** Monday, 1 March 2027, in UTC. */
export const MONDAY_MS = Temporal.Instant.from("2027-03-01T00:00:00Z").epochMilliseconds;

/** People who work eight hours from their hour on, then rooms; and what is taken, in minutes from Monday on. */
export type Office = {
  readonly people: number;
  readonly rooms: number;
  readonly days: number;
  readonly fromHours: readonly number[];
  readonly taken: readonly {
    readonly subject: number;
    readonly from: number;
    readonly minutes: number;
    readonly how?: number;
  }[];
};

const FEATURES = [[], ["projector"], ["projector", "screen"]];
const placesOf = (room: number): number => 4 + 4 * room;

const openOf = ({ people, days, fromHours }: Office, subject: number): Interval[] | null =>
  subject >= people
    ? null
    : Array.from({ length: days }, (_, day) => {
        const startMs = MONDAY_MS + day * DAY_MS + fromHours[subject % fromHours.length]! * HOUR_MS;
        return { startMs, endMs: startMs + 8 * HOUR_MS };
      });

const rowsOf = ({ people, rooms, taken }: Office) =>
  taken
    .filter(({ subject }) => subject < people + rooms)
    .map(({ subject, from, minutes, how = OWN }, i) => ({
      occurrence: i,
      event: i,
      subject,
      how,
      startMs: MONDAY_MS + from * MINUTE_MS,
      endMs: MONDAY_MS + (from + minutes) * MINUTE_MS,
    }));

export function officeScene(office: Office): Scene {
  return {
    index: indexBySubject(takingsOf(rowsOf(office))),
    subjectOf: (subject) => ({ open: openOf(office, subject), skills: [], places: null }),
    traitsOf: () => PLAIN,
    world: { zone: UTC, firstWeekday: 1, nowMs: MONDAY_MS - DAY_MS, holidays: new Set(), travelMs: () => 0 },
  };
}

/** The first `required` people of an office have to come, the others may. */
export function wishOf(
  office: Office,
  wanted: {
    readonly required: number;
    readonly lengthMinutes: number;
    readonly stepMinutes: number;
    readonly isRoomWanted: boolean;
    readonly limit: number;
  },
): TimeWish {
  const guests = Array.from({ length: office.people }, (_, subject) => ({
    subject,
    how: subject === 0 ? OWN : ATTENDS,
    likings: null,
    zone: null,
  }));
  return {
    window: { startMs: MONDAY_MS, endMs: MONDAY_MS + office.days * DAY_MS },
    lengthMs: wanted.lengthMinutes * MINUTE_MS,
    stepMs: wanted.stepMinutes * MINUTE_MS,
    required: guests.slice(0, wanted.required),
    optional: guests.slice(wanted.required),
    room: wanted.isRoomWanted
      ? {
          among: Array.from({ length: office.rooms }, (_, room) => ({
            subject: office.people + room,
            places: placesOf(room),
            features: FEATURES[room + 1] ?? [],
          })),
          places: 2,
          features: [],
        }
      : null,
    event: 1_000,
    traits: PLAIN,
    limit: wanted.limit,
  };
}

type SlowTime = Pick<FoundTime, "startMs" | "requiredMissing" | "optionalMissing" | "room">;

/** The same times minute by minute: who is busy or away in one of them is missing. `allowed` binds everything to two times of the day. */
export function slowTimes(office: Office, wish: TimeWish, allowed: readonly [number, number] | null): SlowTime[] {
  const rows = rowsOf(office);
  const isFree = (subject: number, startMs: number): boolean => {
    const open = openOf(office, subject);
    for (let ms = startMs; ms < startMs + wish.lengthMs; ms += MINUTE_MS) {
      const covers = (each: Interval): boolean => each.startMs <= ms && ms < each.endMs;
      if (rows.some((row) => row.subject === subject && covers(row))) return false;
      if (open !== null && !open.some(covers)) return false;
      const minute = (ms - startMs + ((startMs - MONDAY_MS) % DAY_MS)) / MINUTE_MS;
      if (allowed !== null && (minute < allowed[0] || minute >= allowed[1])) return false;
    }
    return true;
  };
  const all: (SlowTime & { readonly rank: readonly number[] })[] = [];
  for (let startMs = wish.window.startMs; startMs + wish.lengthMs <= wish.window.endMs; startMs += wish.stepMs) {
    if (wish.part !== undefined) {
      const from = ((startMs - MONDAY_MS) % DAY_MS) / MINUTE_MS;
      if (from < wish.part.from || from + wish.lengthMs / MINUTE_MS > wish.part.to) continue;
    }
    const missing = ({ subject }: { readonly subject: number }): boolean => !isFree(subject, startMs);
    const requiredMissing = wish.required.filter(missing).map(({ subject }) => subject);
    const optionalMissing = wish.optional.filter(missing).map(({ subject }) => subject);
    const room = wish.room?.among.find(({ subject }) => isFree(subject, startMs))?.subject ?? null;
    const isRoomMissing = wish.room !== null && room === null;
    const minute = ((startMs - MONDAY_MS) / MINUTE_MS) % 60;
    const roundness = minute === 0 ? 0 : minute === 30 ? 1 : 2;
    const rank = [requiredMissing.length, Number(isRoomMissing), optionalMissing.length, roundness, startMs];
    all.push({ startMs, requiredMissing, optionalMissing, room, rank });
  }
  all.sort((a, b) => compare(a.rank, b.rank));
  const good = all.filter(({ rank }) => rank[0] === all[0]?.rank[0] && rank[1] === all[0]?.rank[1]);
  // As many as are weighed, then as many as are wanted: of one rank three of each day, then the others.
  const weighed = spread(good, Math.max(wish.limit, 6));
  return spread(weighed, wish.limit).map(({ startMs, requiredMissing, optionalMissing, room }) => ({
    startMs,
    requiredMissing,
    optionalMissing,
    room,
  }));
}

function spread<Ranked extends SlowTime & { readonly rank: readonly number[] }>(
  list: Ranked[],
  limit: number,
): Ranked[] {
  const kept = new Set<Ranked>();
  const dayOf = ({ startMs }: SlowTime): number => Math.floor((startMs - MONDAY_MS) / DAY_MS);
  for (const optional of new Set(list.map(({ rank }) => rank[2]))) {
    const own = list.filter(({ rank }) => rank[2] === optional);
    const first = own.filter((each, i) => own.slice(0, i).filter((one) => dayOf(one) === dayOf(each)).length < 3);
    for (const each of [...first, ...own.filter((one) => !first.includes(one))]) if (kept.size < limit) kept.add(each);
  }
  return list.filter((each) => kept.has(each));
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((order, each, i) => order || each - b[i]!, 0);

/** Nobody is kept apart, everybody may be with everybody, and in every room. */
function namedBy({ id, names }: Constraint, people: number, rooms: number): number[] {
  if (names === undefined || names.of === "skills" || id === "apart") return [];
  const [from, count] = names.of === "people" ? [0, people] : [people, rooms];
  return Array.from({ length: count }, (_, i) => from + i);
}

/** Two weeks of a department with rooms, two things a day each, under the whole catalogue as it is preset; all are wanted for an hour. */
export function seededMeeting({ people, seed }: { readonly people: number; readonly seed: number }): {
  readonly scene: Scene;
  readonly settings: readonly Setting[];
  readonly wish: TimeWish;
} {
  const random = seededRandom(seed);
  const days = Array.from({ length: 14 }, (_, day) => day).filter((day) => day % 7 < 5);
  const rooms = Math.ceil(people / 2);
  const rows = Array.from({ length: people + rooms }, (_, subject) =>
    days.flatMap((day) =>
      [0, 1].map(() => {
        const startMs = MONDAY_MS + day * DAY_MS + wholeBetween(random, 36, 66) * 15 * MINUTE_MS;
        return { subject, how: OWN, startMs, endMs: startMs + 45 * MINUTE_MS };
      }),
    ),
  )
    .flat()
    .map((row, i) => ({ ...row, occurrence: i, event: i }));
  const open = days.map((day) => ({
    startMs: MONDAY_MS + day * DAY_MS + 8 * HOUR_MS,
    endMs: MONDAY_MS + day * DAY_MS + 17 * HOUR_MS,
  }));
  const likings = Array.from({ length: 168 }, (_, hour) => (hour % 24 < 12 ? 30 : -10));
  const guests = Array.from({ length: people }, (_, subject) => ({ subject, how: ATTENDS, likings, zone: null }));
  const required = Math.ceil((people * 3) / 5);
  return {
    scene: {
      index: indexBySubject(takingsOf(rows)),
      subjectOf: (subject) => ({ open: subject < people ? open : null, skills: [], places: null }),
      traitsOf: () => PLAIN,
      world: { zone: UTC, firstWeekday: 1, nowMs: MONDAY_MS - DAY_MS, holidays: new Set(), travelMs: () => 0 },
    },
    settings: catalogue.map((constraint) => presetOf(constraint, {}, namedBy(constraint, people, rooms))),
    wish: {
      window: { startMs: MONDAY_MS, endMs: MONDAY_MS + 14 * DAY_MS },
      lengthMs: HOUR_MS,
      stepMs: 15 * MINUTE_MS,
      required: guests.slice(0, required),
      optional: guests.slice(required),
      room: {
        among: Array.from({ length: rooms }, (_, room) => ({
          subject: people + room,
          places: people + 4 * room,
          features: [],
        })),
        places: people,
        features: [],
      },
      event: rows.length,
      traits: { ...PLAIN, guests: people, people: guests.map(({ subject }) => subject) },
      limit: 5,
    },
  };
}
