import { findZone } from "@hourwright/time";
import {
  ask,
  effectOf,
  hardOf,
  ownOf,
  type Change,
  type Effect,
  type Scene,
  type Setting,
} from "../catalogue/check.ts";
import { judgesAlone } from "../catalogue/catalogue.ts";
import type { Breach } from "../catalogue/constraint.ts";
import { dayOf, lineOf, takenFrom, type Taken } from "../catalogue/line.ts";
import { pairs } from "../catalogue/pairs.ts";
import { NEEDS } from "../schedule.ts";
import {
  apartOf,
  BUSY,
  hindrancesOf,
  holdsFor,
  likingsOf,
  OUTSIDE,
  roundnessOf,
  startAt,
  startsIn,
  type Starts,
} from "./starts.ts";
import type { Guest, TimeWish, Venue } from "./wish.ts";

/** Somebody or a room, with what is known of each start at once. */
export type Asked = {
  readonly subject: number;
  readonly how: number;
  readonly bits: Uint8Array;
  /** The hard rules that hold for them and are not in the bits: those that judge a taking alone, and others. */
  readonly rules: { readonly alone: readonly Setting[]; readonly others: readonly Setting[] };
  /** What stands of the same event in the window, and gives way to it. */
  readonly gone: readonly Taken[];
  /** By start: which of these would be broken, where it was asked. */
  readonly judged: Map<number, readonly string[]>;
};

/** What a search for times knows before it begins; shared by those that leave something out. */
export type Inquiry = {
  readonly scene: Scene;
  readonly wish: TimeWish;
  readonly starts: Starts;
  readonly hard: readonly Setting[];
  readonly soft: readonly Setting[];
  /** Required ones first. */
  readonly guests: readonly (Asked & { readonly isRequired: boolean })[];
  /** Rooms that would do, the smallest first. */
  readonly rooms: readonly Asked[];
  readonly likings: Float64Array;
  readonly roundness: Uint8Array;
  /** 1 at starts outside the part of the day that is wished. */
  readonly apart: Uint8Array;
  /** What was asked of groups, kept for all searches. */
  readonly compared: Map<string, Effect>;
};

/** What a search leaves out, to see whether there would be a time then. */
export type Without = {
  readonly guest?: number;
  readonly rule?: string;
  readonly room?: true;
};

/** A start that was judged to the end: who cannot come, by place among the guests, and the room that would be taken. */
export type Candidate = {
  readonly at: number;
  readonly missing: readonly number[];
  readonly requiredMissing: number;
  readonly room: number | null;
  readonly isRoomMissing: boolean;
};

export function inquiryOf(scene: Scene, given: readonly Setting[], wish: TimeWish): Inquiry {
  const starts = startsIn(wish);
  // What is set for what it does not lie in is no matter of it.
  const settings = given.filter(
    ({ collection }) => collection === undefined || wish.traits.collections.includes(collection),
  );
  const hard = hardOf(settings);
  const outside = hard.filter(({ constraint }) => constraint.id === "outside");
  const asked = (subject: number, how: number): Asked => ({
    subject,
    how,
    rules: rulesFor(hard, subject),
    judged: new Map(),
    gone: takenFrom(scene.index, subject, wish.window, scene.traitsOf).filter(({ event }) => event === wish.event),
    bits: hindrancesOf(
      scene,
      subject,
      starts,
      wish.event,
      outside.some((setting) => holdsFor(setting, subject)),
    ),
  });
  const { zone } = scene.world;
  const zoneOf = (guest: Guest) => (guest.zone === null ? zone : (findZone(guest.zone) ?? zone));
  return {
    scene,
    wish,
    starts,
    hard,
    soft: settings.filter(({ isHard }) => !isHard),
    guests: [
      ...wish.required.map((guest) => ({ ...asked(guest.subject, guest.how), isRequired: true })),
      ...wish.optional.map((guest) => ({ ...asked(guest.subject, guest.how), isRequired: false })),
    ],
    rooms: suitedRooms(wish).map(({ subject }) => asked(subject, NEEDS)),
    likings: likingsOf([...wish.required, ...wish.optional], starts, zoneOf),
    roundness: Uint8Array.from({ length: starts.count }, (_, at) => roundnessOf(startAt(starts, at), zone)),
    apart: apartOf(starts, wish.part, zone),
    compared: new Map(),
  };
}

function rulesFor(hard: readonly Setting[], subject: number): Asked["rules"] {
  const own = hard.filter(
    (setting) =>
      !pairIds.has(setting.constraint.id) && setting.constraint.id !== "outside" && holdsFor(setting, subject),
  );
  const isAlone = ({ constraint }: Setting): boolean => judgesAlone(constraint);
  return { alone: own.filter(isAlone), others: own.filter((setting) => !isAlone(setting)) };
}

const pairIds: ReadonlySet<string> = new Set(pairs.map(({ id }) => id));

/** Rooms with places and features enough, the smallest first; what has no number of places last. */
function suitedRooms({ room }: TimeWish): Venue[] {
  if (room === null) return [];
  return room.among
    .filter(({ places }) => places === null || places >= room.places)
    .filter(({ features }) => room.features.every((each) => features.includes(each)))
    .sort((a, b) => (a.places ?? Infinity) - (b.places ?? Infinity) || 0);
}

/** Times of one day that are offered before other days are looked at. */
export const PER_DAY_MAX = 3;

/**
 * The best starts, judged to the end, best first: at most `wanted`, all with as few required missing as can be. A start is first ranked
 * by what is known at once, which is never too bad; it is judged when its rank comes, and falls back when more is found against it.
 */
export function search(inquiry: Inquiry, wanted: number, without: Without = {}): Candidate[] {
  const { starts, scene } = inquiry;
  const ranks = ranked(inquiry, without);
  const found: Candidate[] = [];
  const best = compareStarts(inquiry);
  const perDay = new Map<number, number>();
  let worst = Infinity;
  while (found.length < wanted && ranks.size > 0) {
    const rank = [...ranks.keys()].reduce((least, each) => Math.min(least, each));
    const own = ranks.get(rank)!;
    ranks.delete(rank);
    if (classOf(inquiry, rank) > worst) break;
    own.sort((a, b) => best(a.at, b.at));
    const aside: Pending[] = [];
    perDay.clear();
    const judge = (pending: Pending): void => {
      const next = judged(inquiry, pending, rank, without);
      if ("rank" in next) {
        const list = ranks.get(next.rank);
        if (list === undefined) ranks.set(next.rank, [next.pending]);
        else list.push(next.pending);
        return;
      }
      found.push(next);
      worst = Math.min(worst, classOf(inquiry, rank));
      const day = dayOf(startAt(starts, next.at), scene.world.zone);
      perDay.set(day, (perDay.get(day) ?? 0) + 1);
    };
    for (const pending of own) {
      if (found.length >= wanted) break;
      const day = dayOf(startAt(starts, pending.at), scene.world.zone);
      if ((perDay.get(day) ?? 0) >= PER_DAY_MAX) aside.push(pending);
      else judge(pending);
    }
    for (const pending of aside) {
      if (found.length >= wanted) break;
      judge(pending);
    }
  }
  return found;
}

/** A start on its way: the guests before `next` are judged. */
type Pending = { readonly at: number; readonly next: number; readonly missing: readonly number[] };

/** How bad a start is: required missing first, then a missing room, then optional ones. */
const rankOf = (
  { guests }: Inquiry,
  requiredMissing: number,
  isRoomMissing: boolean,
  optionalMissing: number,
): number => (requiredMissing * 2 + (isRoomMissing ? 1 : 0)) * (guests.length + 1) + optionalMissing;

const classOf = ({ guests }: Inquiry, rank: number): number => Math.floor(rank / (guests.length + 1));

const bitsMeant = (without: Without): number => (without.rule === "outside" ? BUSY : BUSY | OUTSIDE);

const wantsRoom = ({ wish }: Inquiry, without: Without): boolean => wish.room !== null && without.room !== true;

/** Every start by the rank that is known at once. */
function ranked(inquiry: Inquiry, without: Without): Map<number, Pending[]> {
  const { starts, guests, rooms } = inquiry;
  const mask = bitsMeant(without);
  const required = new Uint16Array(starts.count);
  const optional = new Uint16Array(starts.count);
  const isRoomFree = new Uint8Array(starts.count);
  for (const [i, { bits, isRequired }] of guests.entries()) {
    if (i === without.guest) continue;
    const counts = isRequired ? required : optional;
    for (let at = 0; at < starts.count; at++) if ((bits[at]! & mask) !== 0) counts[at]! += 1;
  }
  for (const { bits } of rooms)
    for (let at = 0; at < starts.count; at++) if ((bits[at]! & mask) === 0) isRoomFree[at] = 1;
  const ranks = new Map<number, Pending[]>();
  for (let at = 0; at < starts.count; at++) {
    if (inquiry.apart[at] === 1) continue;
    const isRoomMissing = wantsRoom(inquiry, without) && isRoomFree[at] === 0;
    const rank = rankOf(inquiry, required[at]!, isRoomMissing, optional[at]!);
    const own = ranks.get(rank);
    if (own === undefined) ranks.set(rank, [{ at, next: 0, missing: [] }]);
    else own.push({ at, next: 0, missing: [] });
  }
  return ranks;
}

/** Starts of one rank: what is liked more, what is rounder, what is earlier. */
const compareStarts =
  ({ likings, roundness }: Inquiry) =>
  (a: number, b: number): number =>
    likings[b]! - likings[a]! || roundness[a]! - roundness[b]! || a - b;

/** Judges on; what comes out worse than its rank falls back to where it belongs. */
function judged(
  inquiry: Inquiry,
  { at, next, missing }: Pending,
  rank: number,
  without: Without,
): Candidate | { readonly rank: number; readonly pending: Pending } {
  const { guests, rooms } = inquiry;
  const mask = bitsMeant(without);
  const isBusy = ({ bits }: Asked): boolean => (bits[at]! & mask) !== 0;
  const all = [...missing];
  for (let i = next; i < guests.length; i++) {
    const guest = guests[i]!;
    if (i === without.guest) continue;
    if (isBusy(guest)) all.push(i);
    else if (isHindered(inquiry, guest, at, without)) {
      all.push(i);
      // Everybody after is still taken as known at once.
      const known = guests.flatMap((each, k) => (k > i && k !== without.guest && isBusy(each) ? [k] : []));
      const isRoomMissing = wantsRoom(inquiry, without) && !rooms.some((room) => !isBusy(room));
      const [required, optional] = countsOf(inquiry, [...all, ...known]);
      return { rank: rankOf(inquiry, required, isRoomMissing, optional), pending: { at, next: i + 1, missing: all } };
    }
  }
  const [requiredMissing, optionalMissing] = countsOf(inquiry, all);
  const room = wantsRoom(inquiry, without)
    ? rooms.find(
        (each) =>
          !isBusy(each) &&
          !isHindered(inquiry, each, at, without) &&
          mayBeUsed(inquiry, each.subject, all, at, without),
      )
    : undefined;
  const isRoomMissing = wantsRoom(inquiry, without) && room === undefined;
  const is = rankOf(inquiry, requiredMissing, isRoomMissing, optionalMissing);
  if (is > rank) return { rank: is, pending: { at, next: guests.length, missing: all } };
  return { at, missing: all, requiredMissing, room: room?.subject ?? null, isRoomMissing };
}

function countsOf({ guests }: Inquiry, missing: readonly number[]): [required: number, optional: number] {
  const required = missing.filter((i) => guests[i]!.isRequired).length;
  return [required, missing.length - required];
}

/** Whether a hard rule that is not known at once stands against somebody, or a room, at a start. */
const isHindered = (inquiry: Inquiry, asked: Asked, at: number, without: Without): boolean =>
  rulesHindering(inquiry, asked, at).some((id) => id !== without.rule);

/** Whether none of those who come has a hard rule against a room: of those that name rooms. */
function mayBeUsed(
  { scene, guests, starts, wish }: Inquiry,
  room: number,
  missing: readonly number[],
  at: number,
  without: Without,
): boolean {
  return guests.every(({ subject, how, rules }, i) => {
    if (missing.includes(i) || i === without.guest) return true;
    const naming = rules.alone.filter(({ constraint: { id, names } }) => names?.of === "things" && id !== without.rule);
    if (naming.length === 0) return true;
    const come = takenAt({ starts, wish: { ...wish, traits: { ...wish.traits, things: [room] } } }, how, at);
    const line = lineOf(scene.subjectOf(subject), [come], scene.world);
    let isBroken = false;
    for (const setting of naming)
      ask(setting, line, { startMs: come.startMs, endMs: come.startMs + 1 }, scene.world, () => (isBroken = true));
    return !isBroken;
  });
}

/** The hard rules that are not known at once and would be broken, by their ids: asked once, for all searches of an inquiry. */
function rulesHindering(inquiry: Inquiry, asked: Asked, at: number): readonly string[] {
  const { subject, how, rules, judged: known } = asked;
  const before = known.get(at);
  if (before !== undefined) return before;
  const { scene } = inquiry;
  const come = takenAt(inquiry, how, at);
  const line = lineOf(scene.subjectOf(subject), [come], scene.world);
  const part = { startMs: come.startMs, endMs: come.startMs + 1 };
  const broken: string[] = [];
  for (const setting of rules.alone) {
    let isBroken = false;
    ask(setting, line, part, scene.world, () => (isBroken = true));
    if (isBroken) broken.push(setting.constraint.id);
  }
  if (rules.others.length > 0)
    for (const { constraint } of brokenAt(inquiry, rules.others, asked, at).made) broken.push(constraint);
  known.set(at, broken);
  return broken;
}

/** What planning it at a start would newly break for somebody, or a room, of some settings; and what it would mend. */
export function brokenAt(
  inquiry: Inquiry,
  settings: readonly Setting[],
  asked: Asked,
  at: number,
): { readonly made: readonly Breach[]; readonly removed: readonly Breach[] } {
  const own = changesAt(asked, takenAt(inquiry, asked.how, at));
  const isOfGroup = ({ constraint }: Setting): boolean => constraint.compares !== undefined;
  const group = settings.find(isOfGroup);
  if (group === undefined) return effectOf(inquiry.scene, settings, own);
  const alone = effectOf(
    inquiry.scene,
    settings.filter((setting) => !isOfGroup(setting)),
    own,
  );
  const together = comparedAt(inquiry, group.isHard, asked, at);
  const isOwn = ({ subject }: Breach): boolean => subject === asked.subject;
  return {
    made: [...alone.made, ...ownOf(together).filter(isOwn)],
    removed: [...alone.removed, ...together.removed.filter(isOwn)],
  };
}

/**
 * What the settings that compare groups would say, all hard or all soft ones, when everybody comes who is free then, and somebody
 * beside: what all of them get is no more than others have. Asked once for all who are free.
 */
function comparedAt(inquiry: Inquiry, isHard: boolean, asked: Asked, at: number): Effect {
  const { guests, hard, soft, scene, compared } = inquiry;
  const isFree = ({ bits }: Asked): boolean => bits[at] === 0;
  const isAmong = isFree(asked) && guests.some(({ subject }) => subject === asked.subject);
  const key = `${at} ${isHard} ${isAmong ? "" : asked.subject}`;
  const known = compared.get(key);
  if (known !== undefined) return known;
  const come = [...guests.filter((guest) => isFree(guest) && guest.subject !== asked.subject), asked];
  const effect = effectOf(
    scene,
    (isHard ? hard : soft).filter(({ constraint }) => constraint.compares !== undefined),
    come.flatMap((each) => changesAt(each, takenAt(inquiry, each.how, at))),
  );
  compared.set(key, effect);
  return effect;
}

/** An occurrence that no scene has. */
const NEW = -1;

function takenAt({ starts, wish }: Pick<Inquiry, "starts" | "wish">, how: number, at: number): Taken {
  const startMs = startAt(starts, at);
  return { occurrence: NEW, event: wish.event, how, startMs, endMs: startMs + wish.lengthMs, traits: wish.traits };
}

/** What comes, and what it replaces. */
const changesAt = ({ subject, gone }: Asked, come: Taken): Change[] => [
  { subject, gone: null, come },
  ...gone.map((each) => ({ subject, gone: each, come: null })),
];
