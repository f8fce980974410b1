import type { Scene, Setting } from "../catalogue/check.ts";
import type { Breach } from "../catalogue/constraint.ts";
import { settingBroken } from "../catalogue/judge.ts";
import { dayOf } from "../catalogue/line.ts";
import { wishRefusal } from "./refusal.ts";
import {
  brokenAt,
  inquiryOf,
  PER_DAY_MAX,
  search,
  type Asked,
  type Candidate,
  type Inquiry,
  type Without,
} from "./search.ts";
import { startAt } from "./starts.ts";
import type { FoundTime, FoundTimes, Hindrance, Reason, Relaxation, TimeRefusal, TimeWish } from "./wish.ts";

/** Times that are weighed by soft rules, at the least; more are found than wanted, so that a better one is among them. */
const WEIGHED_MIN = 6;

/**
 * Finds times for people and a room: those at which everybody who is required can come, or else those that miss the fewest. Nobody comes
 * who is taken by something else, or against a hard rule of `settings`; soft rules and likings rank what is left. When nothing is possible it
 * says what would have to be given up. 20 people × 2 weeks take 10 to 20 ms of CPU time: O(starts × people) cheap steps, and the catalogue for
 * what is offered.
 */
export function findTimes(
  scene: Scene,
  settings: readonly Setting[],
  wish: TimeWish,
): FoundTimes | { readonly refused: TimeRefusal } {
  const refused = wishRefusal(wish);
  if (refused !== null) return { refused };
  const inquiry = inquiryOf(scene, settings, wish);
  const times = offered(inquiry);
  const isPossible = times.some(isGood);
  return {
    times,
    isPossible,
    relaxations: isPossible ? [] : relaxationsOf(inquiry),
    starts: inquiry.starts.count,
  };
}

const isGood = ({ requiredMissing, reasons }: FoundTime): boolean =>
  requiredMissing.length === 0 && !reasons.some(({ kind }) => kind === "no-room");

/** The best times with their reasons, in order; of those that are as good no more than `PER_DAY_MAX` a day before other days. */
function offered(inquiry: Inquiry): FoundTime[] {
  const { guests, roundness, starts, wish, scene } = inquiry;
  const costOf = ({ points, liking }: FoundTime): number => points / guests.length + (100 - liking);
  const weighed = search(inquiry, Math.max(wish.limit, WEIGHED_MIN))
    .map((candidate) => ({ candidate, time: timeOf(inquiry, candidate, {}) }))
    .sort(
      (a, b) =>
        a.candidate.missing.length - b.candidate.missing.length ||
        costOf(a.time) - costOf(b.time) ||
        roundness[a.candidate.at]! - roundness[b.candidate.at]! ||
        a.candidate.at - b.candidate.at,
    );
  const placeOf = ({ candidate: { at, missing } }: (typeof weighed)[number]): string =>
    `${missing.length} ${dayOf(startAt(starts, at), scene.world.zone)}`;
  const kept = new Set<(typeof weighed)[number]>();
  // All are of one class; fewer optional ones missing still goes before another day.
  for (const own of Map.groupBy(weighed, ({ candidate }) => candidate.missing.length).values()) {
    const firsts = new Set([...Map.groupBy(own, placeOf).values()].flatMap((ofDay) => ofDay.slice(0, PER_DAY_MAX)));
    for (const each of [...own.filter((one) => firsts.has(one)), ...own.filter((one) => !firsts.has(one))])
      if (kept.size < wish.limit) kept.add(each);
  }
  return weighed.filter((each) => kept.has(each)).map(({ time }) => time);
}

function timeOf(inquiry: Inquiry, candidate: Candidate, { guest }: Without): FoundTime {
  const { guests, starts, wish, likings } = inquiry;
  const { at, room, isRoomMissing } = candidate;
  // Whoever is left out is told as missing, with what stands against them.
  const missing = guest === undefined ? candidate.missing : [guest, ...candidate.missing];
  const reasons: Reason[] = [];
  if (missing.length === 0) reasons.push({ kind: "everybody", count: guests.length });
  const absent = { required: [] as number[], optional: [] as number[] };
  for (const i of missing) {
    const { subject, isRequired } = guests[i]!;
    const hindrances = rulesAgainst(inquiry, guests[i]!, at);
    absent[isRequired ? "required" : "optional"].push(subject);
    reasons.push({ kind: isRequired ? "required-missing" : "optional-missing", subject, hindrances });
  }
  if (room !== null) reasons.push({ kind: "room", subject: room });
  if (isRoomMissing) reasons.push({ kind: "no-room", hindrances: roomsAgainst(inquiry, at) });
  const liking = likings[at]!;
  if (liking !== 0) reasons.push({ kind: "liked", liking });
  const come = guests.filter((_, i) => !missing.includes(i));
  const taken = inquiry.rooms.filter(({ subject }) => subject === room);
  const costs = costsOf(inquiry, [...come, ...taken], at);
  const startMs = startAt(starts, at);
  return {
    startMs,
    endMs: startMs + wish.lengthMs,
    requiredMissing: absent.required,
    optionalMissing: absent.optional,
    room,
    liking,
    points: costs.points,
    reasons: [...reasons, ...costs.reasons],
  };
}

const rulesAgainst = (inquiry: Inquiry, asked: Asked, at: number): Hindrance[] =>
  brokenAt(inquiry, inquiry.hard, asked, at).made.map((breach) => ({ kind: "rule", subject: asked.subject, breach }));

/** Why no room will do: too small, lacking something, or taken. */
function roomsAgainst(inquiry: Inquiry, at: number): Hindrance[] {
  const { room } = inquiry.wish;
  return (room?.among ?? []).flatMap(({ subject, places, features }): Hindrance[] => {
    const missing = room!.features.filter((each) => !features.includes(each));
    if (places !== null && places < room!.places)
      return [{ kind: "room-places", subject, places, wanted: room!.places }];
    if (missing.length > 0) return [{ kind: "room-features", subject, missing }];
    return inquiry.rooms.filter((each) => each.subject === subject).flatMap((each) => rulesAgainst(inquiry, each, at));
  });
}

/** What soft rules say about those who come. */
function costsOf(
  inquiry: Inquiry,
  come: readonly Asked[],
  at: number,
): { readonly points: number; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  let points = 0;
  const weigh = (breach: Breach): number => breach.units * settingBroken(inquiry.soft, breach).weight;
  for (const asked of come) {
    const { made, removed } = brokenAt(inquiry, inquiry.soft, asked, at);
    for (const breach of made) {
      reasons.push({ kind: "cost", subject: asked.subject, breach, points: weigh(breach) });
      points += weigh(breach);
    }
    for (const breach of removed) points -= weigh(breach);
  }
  return { points, reasons };
}

/** People whom it is tried without, when nothing is possible. */
const PEOPLE_TRIED_MAX = 50;

/** What to give up so that a time is possible: a room, one person, or one rule; each with the best time then. */
function relaxationsOf(inquiry: Inquiry): Relaxation[] {
  const { guests, hard, wish } = inquiry;
  const possible = (without: Without): FoundTime | null => {
    const [best] = search(inquiry, 1, without);
    const isPossible = best !== undefined && best.requiredMissing === 0 && !best.isRoomMissing;
    return isPossible ? timeOf(inquiry, best, without) : null;
  };
  const found: Relaxation[] = [];
  const roomless = wish.room === null ? null : possible({ room: true });
  if (roomless !== null) found.push({ kind: "room", time: roomless });
  const required = [...guests.entries()].filter(([, { isRequired }]) => isRequired);
  for (const [guest, { subject }] of required.length > 1 ? required.slice(0, PEOPLE_TRIED_MAX) : []) {
    const time = possible({ guest });
    if (time !== null) found.push({ kind: "person", subject, time });
  }
  const rules = new Set(
    hard.filter(({ constraint }) => !PAIRS.has(constraint.id)).map(({ constraint }) => constraint.id),
  );
  for (const constraint of rules) {
    const time = possible({ rule: constraint });
    if (time !== null) found.push({ kind: "rule", constraint, time });
  }
  return found;
}

/** Nobody is asked to be in two places at once. */
const PAIRS: ReadonlySet<string> = new Set(["overlap", "attendee", "resource"]);
