import type { Answer, Call } from "@hourwright/client";
import { announce } from "./announcement.ts";
import { api, isOffline, RequestFailed, sentenceOf, type Job } from "./api.ts";
import { catchUp } from "./changes.ts";
import { keyOf } from "./entries.ts";
import { remember } from "./history.ts";
import { followJob } from "./jobs.ts";
import { foreseeMoves } from "./repairs.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";
import { parseInstant, printInstant } from "./wall-clock.ts";
import { yearsStore } from "./years.ts";

export type Optimised = Answer<"ai.optimizeSchedule">;
export type PlannedMove = Optimised["optimizedSchedule"][number];
export type Improvement = Optimised["improvements"][number];
export type SearchPoint = Job["soFar"][number];
export type Objective = Improvement["objective"];

/** What is looked for: whose time, from when to when (epoch ms), what is improved, and for how long. */
export type Wish = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly people: readonly string[];
  readonly objectives: readonly { readonly objective: Objective; readonly weight: number }[];
  readonly seconds: number;
};

/** One of the orders found, and which of its moves are not wanted, by key. */
export type Way = {
  /** 1 is the best. */
  readonly number: number;
  readonly moves: readonly PlannedMove[];
  readonly improvements: readonly Improvement[];
  readonly off: ReadonlySet<string>;
};

/** Why the moves were not made: somebody was faster, or some do not fit without others that are not ticked. */
export type MoveRefusal = {
  readonly sentence: string;
  readonly isStale: boolean;
  /** What goes onto taken time, by title. */
  readonly blocked: readonly string[];
  /** What stands there, and would move if it were ticked. */
  readonly inTheWay: readonly PlannedMove[];
};

/** How far it is: one wishes, it is looked, something was found or not. */
export type Search =
  | { readonly is: "wishing"; readonly isStopped: boolean }
  | {
      readonly is: "looking";
      readonly sinceMs: number;
      readonly seconds: number;
      /** Null until the server has taken it on. */
      readonly jobId: string | null;
      /** How good the best was until now. */
      readonly points: readonly SearchPoint[];
      /** The best so far was asked for. */
      readonly isEnough: boolean;
      /** The server is away; the search goes on there. */
      readonly isAway: boolean;
    }
  | { readonly is: "failed"; readonly sentence: string }
  | {
      readonly is: "found";
      readonly answer: Optimised;
      /** The best, then the others. */
      readonly ways: readonly Way[];
      readonly chosen: number;
      readonly isApplying: boolean;
      readonly refusal: MoveRefusal | null;
    };

export type Found = Extract<Search, { is: "found" }>;

/** Moves of one step: the server takes as many. */
export const MOVES_MAX = 200;
const ALTERNATIVES = 3;

/** Kept while the page lives: one may look at the Week meanwhile, and come back. */
export const optimiseStore = createStore<{
  readonly isOpen: boolean;
  readonly search: Search;
  /** The move that one looks at, by key. */
  readonly pointed: string | null;
}>({ isOpen: false, search: { is: "wishing", isStopped: false }, pointed: null });

export const keyOfMove = ({ eventId, recurrenceId }: PlannedMove): string => keyOf(eventId, recurrenceId);

export const wanted = ({ moves, off }: Way): readonly PlannedMove[] =>
  moves.filter((move) => !off.has(keyOfMove(move)));

/** What is to be shown on the timeline: the move that is looked at, else all that would be made. */
export function movesShown({ isOpen, search, pointed }: ReturnType<typeof optimiseStore.get>) {
  if (!isOpen || search.is !== "found") return NONE;
  const way = search.ways[search.chosen]!;
  const one = way.moves.find((move) => keyOfMove(move) === pointed);
  return (one === undefined ? wanted(way) : [one]).map(({ to }) => to);
}

const NONE: readonly PlannedMove["to"][] = [];

let looks = 0;
let leaving: AbortController | null = null;
let last: Wish | null = null;

/** Looks for a better order. What was looked for before is given up. */
export async function look(
  wish: Wish,
  sentences: { readonly found: (moves: number) => string; readonly failed: string },
): Promise<void> {
  leaving?.abort();
  const mine = ++looks;
  leaving = new AbortController();
  last = wish;
  const { seconds } = wish;
  const sinceMs = performance.now();
  search({ is: "looking", sinceMs, seconds, jobId: null, points: [], isEnough: false, isAway: false });
  let job: Job | null = null;
  try {
    job = await api.later("ai.optimizeSchedule", {
      body: {
        timeRange: { start: printInstant(wish.fromMs), end: printInstant(wish.toMs) },
        people: [...wish.people],
        objectives: wish.objectives.map((each) => ({ ...each })),
        seconds: wish.seconds,
        alternatives: ALTERNATIVES,
      },
      signal: leaving.signal,
    });
    hear(job);
    const { plan: answer, failure } = await followJob(job, hear, leaving.signal, HEARD_EVERY_MS);
    if (mine !== looks) return;
    if (answer === null) return search({ is: "failed", sentence: failure ?? sentences.failed });
    const { optimizedSchedule: moves, improvements, alternatives } = answer;
    const ways = [{ moves, improvements }, ...alternatives].map(wayOf);
    search({ is: "found", answer, ways, chosen: 0, isApplying: false, refusal: null });
    announce(sentences.found(moves.length));
  } catch (error) {
    if (mine !== looks) return job === null ? undefined : giveUp(job.id); // It was stopped.
    noticeSignedOut(error);
    search({ is: "failed", sentence: sentenceOf(error, sentences.failed) });
  }
}

const HEARD_EVERY_MS = 400;

/** What the server says of the search; null while it is away. */
function hear(job: Job | null): void {
  const { search: now } = optimiseStore.get();
  if (now.is !== "looking") return;
  if (job === null) return optimiseStore.set({ search: { ...now, isAway: true } });
  const points = job.soFar.length === 0 ? now.points : job.soFar;
  optimiseStore.set({ search: { ...now, jobId: job.id, points, isAway: false } });
}

/** Nobody waits for it any longer. Failing to say so is harmless: it ends by itself. */
function giveUp(id: string): void {
  api("jobs.cancel", { params: { id } }).catch(noticeSignedOut);
}

/** The best so far is enough: the search ends with it. */
export function takeSoFar(): void {
  const { search: now } = optimiseStore.get();
  if (now.is !== "looking" || now.jobId === null || now.isEnough) return;
  optimiseStore.set({ search: { ...now, isEnough: true } });
  // Refused when it is over already; then its answer is on its way.
  api("jobs.accept", { params: { id: now.jobId } }).catch(noticeSignedOut);
}

/** The same once more: what stands is another by now. */
export function lookAgain(sentences: Parameters<typeof look>[1]): void {
  if (last !== null) void look(last, sentences);
}

/** Back to the wishes; what is under way is given up. */
export function toWishes(isStopped: boolean): void {
  looks++;
  leaving?.abort();
  leaving = null;
  search({ is: "wishing", isStopped });
}

export function openOptimise(): void {
  optimiseStore.set({ isOpen: true });
}

/** Closes it, and gives up what is under way. What was found stays for the next time. */
export function closeOptimise(): void {
  if (optimiseStore.get().search.is === "looking") toWishes(false);
  optimiseStore.set({ isOpen: false, pointed: null });
}

export const choose = (chosen: number): void => change(() => ({ chosen, refusal: null }));

export function tick(moves: readonly PlannedMove[], isTicked: boolean): void {
  const keys = new Set(moves.map(keyOfMove));
  change(({ ways, chosen }) => {
    const way = ways[chosen]!;
    const off = isTicked ? way.off.difference(keys) : way.off.union(keys);
    return { ways: ways.with(chosen, { ...way, off }), refusal: null };
  });
}

export const point = (pointed: string | null): void => optimiseStore.set({ pointed });

/**
 * Makes the moves that are ticked as one step: shown at once, then confirmed by the server. A refusal puts everything back, and
 * says which do not fit. Answers as soon as that is known: what follows from the moves is read afterwards.
 */
export async function applyMoves(sentences: {
  readonly done: (summary: string) => string;
  readonly failed: string;
}): Promise<boolean> {
  const { search: before } = optimiseStore.get();
  if (before.is !== "found" || before.isApplying) return false;
  const way = before.ways[before.chosen]!;
  const moves = wanted(way);
  if (moves.length === 0 || moves.length > MOVES_MAX) return false;
  change(() => ({ isApplying: true, refusal: null }));
  const stood = subjectsOf(moves);
  const takeBack = foreseeMoves(
    moves.map(({ eventId, recurrenceId, to }) => ({ eventId, recurrenceId, ...to })),
    new Set(),
  );
  try {
    const body: Call<"events.move">["body"] = {
      moves: moves.map(({ eventId, recurrenceId, from, to }) => ({ eventId, recurrenceId, ...to, from })),
    };
    const { requestId, summary } = await api("events.move", { body });
    remember({ requestIds: [requestId], summary }, sentences.done(summary));
    optimiseStore.set({ isOpen: false, pointed: null, search: { is: "wishing", isStopped: false } });
    return true;
  } catch (error) {
    takeBack();
    noticeSignedOut(error);
    change(() => ({ isApplying: false, refusal: refusalOf(error, way, stood, sentences.failed) }));
    return false;
  } finally {
    void catchUp();
  }
}

/** Keeps the moves that are ticked as a proposal instead of making them. */
export async function keepMoves(sentences: {
  readonly title: string;
  readonly said: string;
  readonly failed: string;
}): Promise<void> {
  const { search: now } = optimiseStore.get();
  if (now.is !== "found" || now.isApplying) return;
  const way = now.ways[now.chosen]!;
  const changes = wanted(way).map(({ eventId, recurrenceId, to }) => ({
    operation: "events.move",
    body: { moves: [{ eventId, recurrenceId, ...to }] },
  }));
  change(() => ({ isApplying: true, refusal: null }));
  try {
    const { keepAsDraft } = await import("./drafts.ts");
    const refused = await keepAsDraft({ title: sentences.title, source: "plan", changes }, sentences.said);
    if (refused === null) optimiseStore.set({ isOpen: false, pointed: null });
    else change(() => ({ refusal: { sentence: refused.sentence, isStale: false, blocked: [], inTheWay: [] } }));
  } catch (error) {
    change(() => ({
      refusal: { sentence: sentenceOf(error, sentences.failed), isStale: false, blocked: [], inTheWay: [] },
    }));
  } finally {
    change(() => ({ isApplying: false }));
  }
}

function search(next: Search): void {
  optimiseStore.set({ search: next, pointed: null });
}

function change(part: (found: Found) => Partial<Found>): void {
  const { search: now } = optimiseStore.get();
  if (now.is === "found") optimiseStore.set({ search: { ...now, ...part(now) } });
}

/** All are ticked, as far as one step goes. */
function wayOf({ moves, improvements }: Pick<Way, "moves" | "improvements">, index: number): Way {
  return { number: index + 1, moves, improvements, off: new Set(moves.slice(MOVES_MAX).map(keyOfMove)) };
}

type Clash = { readonly subjectId: string; readonly start: string; readonly end: string };

function refusalOf(
  error: unknown,
  way: Way,
  stood: ReadonlyMap<string, readonly string[]>,
  failed: string,
): MoveRefusal {
  const problem = error instanceof RequestFailed && !isOffline(error) ? error.problem : null;
  const clashes = Array.isArray(problem?.["clashes"]) ? (problem["clashes"] as readonly Clash[]) : [];
  const takes = (move: PlannedMove, { subjectId }: Clash) => stood.get(keyOfMove(move))?.includes(subjectId) ?? true;
  const meets = (move: PlannedMove, span: PlannedMove["to"]) =>
    clashes.some((clash) => takes(move, clash) && overlap(span, clash));
  return {
    sentence: sentenceOf(error, failed),
    isStale: problem?.code === "planning/repair-stale",
    blocked: wanted(way).flatMap((move) => (meets(move, move.to) ? [move.title] : [])),
    inTheWay: way.moves.filter((move) => way.off.has(keyOfMove(move)) && meets(move, move.from)),
  };
}

/** Whose time each event takes, as far as the page knows. */
function subjectsOf(moves: readonly PlannedMove[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Set(moves.map(({ eventId }) => eventId));
  const known = [...yearsStore.get().years.values()].flatMap((year) => (year.status === "ready" ? year.events : []));
  return new Map(
    known
      .filter(({ id }) => ids.has(id))
      .map(({ id, recurrenceId, subjectIds }) => [keyOf(id, recurrenceId), subjectIds]),
  );
}

function overlap(one: PlannedMove["to"], other: PlannedMove["to"]): boolean {
  const [from, to, otherFrom, otherTo] = [one.start, one.end, other.start, other.end].map(parseInstant);
  return from! < otherTo! && otherFrom! < to!;
}
