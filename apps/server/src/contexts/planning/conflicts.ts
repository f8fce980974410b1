import { Lru } from "@hourwright/std";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../platform/operations/context.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { openTimeText, takenAlongText, takenTexts } from "../claims/public.ts";
import { organisationOf, standInsOf, subjectsById } from "../identity/public.ts";
import { listAt, type Candidates, type FindInput, type TellInput, type Told } from "./conflicts.task.ts";
import { learnedFor, rememberOffered } from "./answers/learned.ts";
import { bookOf, type Book, type RuleFacts } from "./rules/book.ts";
import { groupReachMs } from "./rules/decide.ts";
import { rulesOf } from "./rules/store.ts";
import { untimed, type Stages } from "./stages.ts";
import { marksBetween } from "./store.ts";
import { AROUND_MS, CLAIMS_MAX, type CommitmentDate } from "./situation.ts";
import { REPAIRED_MAX, SHOWN_MAX, unknown, type ConflictsText, type Described, type ShownConflict } from "./tell.ts";

/** Filled in `compose.ts` by the contexts that own commitments. */
export type Describe = (
  unit: Unit,
  viewer: Caller,
  dates: readonly CommitmentDate[],
) => Promise<ReadonlyMap<CommitmentDate, Described>>;

/** How conflicts are looked for: a way to the database, and a thread that never waits for it. */
export type ConflictPorts = {
  readonly read: RequestContext["read"];
  readonly describe: Describe;
  readonly questions: WorkerPool;
  readonly ruleFacts: RuleFacts;
};

export type ConflictQuery = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Only conflicts of these subjects; null: of all. */
  readonly subjects: readonly string[] | null;
  /** Repairs for each conflict; 0 leaves them out. */
  readonly repairs: number;
};

const module = new URL("conflicts.task.ts", import.meta.url);
const find: Task<FindInput, never, Candidates> = { module, name: "findTask" };
const tell: Task<TellInput, never, Told> = { module, name: "tellTask" };

/** Conflicts of which the dates are described in one unit: some tens of milliseconds. */
const DESCRIBED_OF_A_UNIT = 500;

/** Where a conflict lay when it was shown last, so that it is found again without searching two years. */
const lastSeen = new Lru<string, Window>(20_000);

export type Window = { readonly fromMs: number; readonly toMs: number };

/**
 * The conflicts of a window that a viewer may know of: those in which they may see one side, or which are their own.
 * Read in short units, so as of more than one moment while others write; found and told on a compute thread.
 */
export async function conflictsFor(
  ports: ConflictPorts,
  viewer: Caller,
  query: ConflictQuery,
  stages: Stages = untimed,
): Promise<ConflictsText> {
  const question = await ask(ports, viewer, { ...query, only: null }, stages);
  const { conflicts, ids } = await answer(ports, viewer, question, query.repairs, stages);
  return { text: conflicts, count: ids.length, isCut: ids.length === SHOWN_MAX };
}

/** One conflict by its id, found again; null when it is gone or the viewer may not know of it. */
export async function conflictById(
  ports: ConflictPorts,
  viewer: Caller,
  id: string,
  repairs: number,
  horizon: Window,
): Promise<ShownConflict | null> {
  const question = await askFor(ports, viewer, [id], repairs, horizon);
  if (question === null) return null;
  const { conflicts } = await answer(ports, viewer, question, repairs);
  return (JSON.parse(conflicts) as ShownConflict[])[0] ?? null;
}

/**
 * Looks for some conflicts by their ids: where they were shown last, and when not all are there, everywhere in the
 * horizon as well. Null when none is found. What is taken is read in `also` too: where something may be moved to.
 */
export async function askFor(
  ports: ConflictPorts,
  viewer: Caller,
  ids: readonly string[],
  repairs: number,
  horizon: Window,
  also: readonly Window[] = [],
): Promise<Question | null> {
  const only = [...new Set(ids)].filter((id) => /^cfl_[0-9A-Z]{26}$/.test(id));
  if (only.length === 0) return null;
  const near = only.flatMap((id) => lastSeen.get(id) ?? []);
  const windows = near.length === only.length ? [hullOf([...near, ...also])] : [];
  for (const window of [...windows, hullOf([...near, ...also, horizon])]) {
    const question = await ask(ports, viewer, { ...window, subjects: null, repairs, only });
    const { size } = new Set(question.candidates.ids);
    if (size === only.length || (size > 0 && !windows.includes(window))) return question;
  }
  return null;
}

const hullOf = (windows: readonly Window[]): Window => ({
  fromMs: Math.min(...windows.map(({ fromMs }) => fromMs)),
  toMs: Math.max(...windows.map(({ toMs }) => toMs)),
});

export type Question = {
  readonly input: FindInput;
  readonly candidates: Candidates;
  readonly zone: string;
  readonly nowMs: number;
};

async function ask(
  { read, questions }: ConflictPorts,
  viewer: Caller,
  { fromMs, toMs, subjects, repairs, only }: ConflictQuery & { readonly only: readonly string[] | null },
  stages: Stages = untimed,
): Promise<Question> {
  const around = repairs > 0 ? AROUND_MS + groupReachMs(await read(rulesOf)) : 0;
  // Repairs look for free time of everybody around; without them what these subjects do is enough.
  const collect = async () =>
    subjects === null || repairs > 0
      ? takenTexts(read, null, { fromMs: fromMs - around, toMs: toMs + around }, CLAIMS_MAX)
      : [await read((unit) => takenAlongText(unit, subjects, fromMs, toMs, CLAIMS_MAX))];
  const taken = await stages.run("collect", collect);
  const { zone, nowMs } = await read(async (unit) => ({
    zone: (await organisationOf(unit)).zone,
    nowMs: unit.nowMs,
  }));
  const input = { taken, fromMs, toMs, subjects, only, personId: viewer.personId };
  return { input, candidates: await stages.run("detect", () => questions.run(find, input, {})), zone, nowMs };
}

/** Tells what a viewer may know of the candidates: the first of them, with their repairs. */
async function answer(
  ports: ConflictPorts,
  viewer: Caller,
  { input, candidates, zone, nowMs }: Question,
  repairs: number,
  stages: Stages = untimed,
): Promise<Told> {
  const { seen, described } = await stages.run("describe", () => seenBy(ports, viewer, candidates));
  if (seen.length === 0) return { conflicts: "[]", ids: [], offered: [] };
  const learned = repairs > 0 ? await learnedFor(ports, viewer) : null;
  const subjects = [...new Set(seen.flatMap((each) => [...listAt(candidates.subjectsOf, each)]))];
  const facts = await ports.read(async (unit) => ({
    ...(await namesAndKept(
      unit,
      subjects.map((subject) => candidates.subjects[subject]!),
      input,
    )),
    around: repairs > 0 ? await aroundOf(unit, ports, candidates, seen.slice(0, REPAIRED_MAX)) : null,
  }));
  const { taken, fromMs, toMs, only, personId } = input;
  const toTell: TellInput = {
    taken,
    personId,
    fromMs,
    toMs,
    only,
    zone,
    nowMs,
    names: facts.names,
    kept: facts.kept,
    places: Int32Array.from(seen, (each) => candidates.places[each]!),
    described: [...described].map(([date, each]) => [dateAt(candidates, date), each] as const),
    repairs: facts.around === null || learned === null ? null : { most: repairs, learned, ...facts.around },
  };
  const told = await stages.run("tell", () => ports.questions.run(tell, toTell, {}));
  rememberOffered(viewer, told.offered);
  told.ids.forEach((id, i) => {
    const each = seen[i]!;
    lastSeen.set(id, { fromMs: candidates.startMs[each]!, toMs: candidates.endMs[each]! });
  });
  return told;
}

/** What subjects are called, and what of a window is kept by whom. */
async function namesAndKept(unit: Unit, subjects: readonly string[], { fromMs, toMs }: Window) {
  const marks = await marksBetween(unit, fromMs, toMs);
  const ids = new Set([...subjects, ...marks.map(({ personId }) => personId)]);
  const names = new Map((await subjectsById(unit, [...ids])).map(({ id, name }) => [id, name]));
  const kept = marks.map(({ clash, personId, atMs, note }) => {
    const at = Temporal.Instant.fromEpochMilliseconds(atMs).toString();
    return [clash, { by: names.get(personId) ?? "Somebody", byId: personId, at, note }] as const;
  });
  return { names, kept: new Map(kept) };
}

/** The first candidates that a viewer may know of, and what they may know of their dates. Some are described a unit. */
export async function seenBy({ read, describe }: ConflictPorts, viewer: Caller, candidates: Candidates) {
  const { first, second, isOwn } = candidates;
  const described = new Map<number, Described>();
  const seen: number[] = [];
  for (let from = 0; from < first.length && seen.length < SHOWN_MAX; from += DESCRIBED_OF_A_UNIT) {
    const some = Array.from(first.subarray(from, from + DESCRIBED_OF_A_UNIT), (_, i) => from + i);
    const numbers = new Set(some.flatMap((each) => [first[each]!, second[each]!]));
    const fresh = [...numbers].filter((number) => !described.has(number));
    const dates = new Map(fresh.map((number) => [dateAt(candidates, number), number]));
    const said = await read((unit) => describe(unit, viewer, [...dates.keys()]));
    for (const [date, number] of dates) described.set(number, said.get(date) ?? unknown);
    const mayRead = (number: number) => described.get(number)!.mayRead;
    seen.push(...some.filter((each) => isOwn[each] === 1 || mayRead(first[each]!) || mayRead(second[each]!)));
  }
  const shown = seen.slice(0, SHOWN_MAX);
  if (candidates.neighbours.length > 0) {
    const dates = new Map([...candidates.neighbours].map((number) => [dateAt(candidates, number), number]));
    const said = await read((unit) => describe(unit, viewer, [...dates.keys()]));
    for (const [date, number] of dates) described.set(number, said.get(date) ?? unknown);
  }
  const needed = new Set([...candidates.neighbours, ...shown.flatMap((each) => [first[each]!, second[each]!])]);
  return { seen: shown, described: new Map([...described].filter(([number]) => needed.has(number))) };
}

export const dateAt = ({ dates }: Candidates, number: number): CommitmentDate => ({
  source: dates.source[number]!,
  commitment: dates.commitment[number]!,
  occurrence: dates.occurrence[number]!,
  startMs: dates.startMs[number]!,
  endMs: dates.endMs[number]!,
});

/** What binds repairs, and who takes part in them. */
export type Around = {
  /** `openTimeText` of claims. */
  readonly openTime: string;
  /** The rules; null where there are none. */
  readonly book: Book | null;
  /** Who or what may be taken instead of those who are taken twice, the best first. */
  readonly standIns: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlyMap<string, string>;
  /** Who of them is a person here. */
  readonly people: ReadonlySet<string>;
};

/** What binds everybody whom a repair of these candidates may move, around them and around another window. */
export async function aroundOf(
  unit: Unit,
  { ruleFacts }: Pick<ConflictPorts, "ruleFacts">,
  candidates: Candidates,
  some: readonly number[],
  also?: Window,
): Promise<Around> {
  const sides = some.flatMap((each) => [candidates.first[each]!, candidates.second[each]!]);
  const dates = [...new Set([...sides, ...candidates.neighbours])];
  const subjects = new Set(dates.flatMap((date) => [...listAt(candidates.takenBy, date)]));
  let [fromMs, toMs] = [also?.fromMs ?? Infinity, also?.toMs ?? -Infinity];
  for (const date of dates) {
    fromMs = Math.min(fromMs, candidates.dates.startMs[date]!);
    toMs = Math.max(toMs, candidates.dates.endMs[date]!);
  }
  const idOf = (subject: number): string => candidates.subjects[subject]!;
  const clashing = new Set(some.flatMap((each) => [...listAt(candidates.subjectsOf, each)].map(idOf)));
  const standIns = await standInsOf(unit, [...clashing]);
  const ids = [...new Set([...[...subjects].map(idOf), ...[...standIns.values()].flat()])];
  const known = await subjectsById(unit, ids);
  const rules = await rulesOf(unit);
  const around = AROUND_MS + groupReachMs(rules);
  const window = { fromMs: fromMs - around, toMs: toMs + around };
  const book = await bookOf(unit, ids, ruleFacts, window);
  const all = [...new Set([...ids, ...(book?.holders ?? []).map(({ id }) => id)])];
  return {
    openTime: await openTimeText(unit, all, window.fromMs, window.toMs),
    book,
    standIns,
    names: new Map(known.map(({ id, name }) => [id, name])),
    people: new Set(known.flatMap(({ id, kind }) => (kind === "person" ? [id] : []))),
  };
}
