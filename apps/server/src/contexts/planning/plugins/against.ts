import { setTimeout as sleep } from "node:timers/promises";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import type { Task, WorkerPool } from "../../../platform/workers/pool.ts";
import { claimsOfCommitments, openTimeText, takenAlongText } from "../../claims/public.ts";
import type { StandingClaim } from "../../claims/pure.ts";
import type { Describe } from "../conflicts.ts";
import { bookFor, type RuleFacts } from "../rules/book.ts";
import { clocksOf } from "../rules/scene.ts";
import type { CommitmentDate } from "../situation.ts";
import { zonedText } from "../tell.ts";
import type { FoundByPlugin, Plugins } from "./asking.ts";
import type { Lines, LinesInput } from "./lines.task.ts";
import type { AllowedPlugin } from "./model.ts";
import { sayingOf } from "./standing.ts";
import { allowedPluginsOf } from "./store.ts";

// What plug-ins say against a change that is thought of. They are asked when its locks are gone, and refuse nothing (ADR 16).

/** What would stand around a change, read in its unit before that is rolled back. */
export type Foreseen = {
  /** Whom it takes, or took. */
  readonly people: readonly string[];
  readonly isCut: boolean;
  /** The days in which a breach may come or go. */
  readonly fromMs: number;
  readonly toMs: number;
  /** `takenAlongText`, with the change made. */
  readonly taken: string;
  readonly commitments: ReadonlySet<string>;
  /** As somebody has just named it; null where it is called as before. */
  readonly title: string | null;
};

export type AgainstPorts = {
  readonly plugins: Plugins;
  readonly questions: WorkerPool;
  readonly describe: Describe;
  readonly ruleFacts: RuleFacts;
  readonly monotonicMs: () => number;
};

/** What a plug-in finds that a change would break, or break more than before. */
export type Objection = {
  readonly plugin: string;
  readonly severity: "must" | "should" | "look";
  readonly subjectId: string;
  readonly subject: string;
  readonly start: string;
  readonly end: string;
  readonly units: number;
  readonly sentence: string;
};

/** `missing`: plug-ins that did not answer in time, or were not asked about all. */
export type Objections = { readonly found: readonly Objection[]; readonly missing: readonly string[] };

/** Whoever waits for what a write would be answered waits for plug-ins no longer than this; a process starts in a fifth of a second. */
export const OBJECTIONS_MS_MAX = 3_000;
/** People of one change who are asked about. */
const PEOPLE_MAX = 50;
/** A breach of a day or a week may lie so far before a change, or behind it. */
const REACH_MS = 8 * DAY_MS;
/** And is judged by what stands so far around it. */
const SEEN_MS = 8 * DAY_MS;
const CLAIMS_READ_MAX = 100_000;
/** Objections told of one change. */
const TOLD_MAX = 20;

/** The claims that some commitments have: read before a write and after it. */
export const claimsOf = (unit: Unit, commitments: readonly string[]): Promise<StandingClaim[]> =>
  claimsOfCommitments(unit, "calendars", commitments);

/** Whether any is allowed here. */
export const asksPlugins = async (unit: Unit): Promise<boolean> =>
  (await allowedPluginsOf(unit)).some(({ off }) => off === null);

/** Reads what plug-ins are asked about; null where no time is taken or given back. */
export async function foreseenBy(
  unit: Unit,
  was: readonly StandingClaim[],
  { uids, title }: { readonly uids: readonly string[]; readonly title: string | null },
): Promise<Foreseen | null> {
  const all = [...was, ...(await claimsOf(unit, uids))];
  if (all.length === 0) return null;
  const people = [...new Set(all.map(({ subjectId }) => subjectId))];
  const asked = people.slice(0, PEOPLE_MAX);
  const fromMs = all.reduce((first, { startMs }) => Math.min(first, startMs), Infinity) - REACH_MS;
  const toMs = all.reduce((last, { endMs }) => Math.max(last, endMs), -Infinity) + REACH_MS;
  return {
    people: asked,
    isCut: asked.length < people.length,
    fromMs,
    toMs,
    taken: await takenAlongText(unit, asked, fromMs - SEEN_MS, toMs + SEEN_MS, CLAIMS_READ_MAX),
    commitments: new Set(uids),
    title,
  };
}

const linesOf: Task<LinesInput, never, Lines> = {
  module: new URL("lines.task.ts", import.meta.url),
  name: "linesTask",
};

type Read = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

/** What those that are allowed say against a change, in `OBJECTIONS_MS_MAX` at most. */
export async function objectionsTo(
  ports: AgainstPorts,
  read: Read,
  viewer: Caller,
  foreseen: Foreseen,
): Promise<Objections> {
  const { people, fromMs, toMs } = foreseen;
  const ground = await read(async (unit) => {
    const allowed = (await allowedPluginsOf(unit)).filter(({ off }) => off === null);
    if (allowed.length === 0) return null;
    const around = { fromMs: fromMs - SEEN_MS, toMs: toMs + SEEN_MS };
    const known = await bookFor(unit, people, ports.ruleFacts, around);
    return {
      allowed,
      book: { ...known, holders: known.holders.filter(({ id }) => people.includes(id)) },
      openTime: [await openTimeText(unit, people, around.fromMs, around.toMs)],
      before: await takenAlongText(unit, people, around.fromMs, around.toMs, CLAIMS_READ_MAX),
    };
  });
  if (ground === null) return NOTHING;
  const { allowed, book, openTime, before } = ground;
  const lines = async (taken: string) =>
    ports.questions.run(linesOf, { taken: [taken], openTime, book, fromMs, toMs }, {});
  const [was, will] = [await lines(before), await lines(foreseen.taken)];
  const isCut = was.isCut || will.isCut || foreseen.isCut;
  const { answers, missing } = await askedInTime(ports, viewer.organisation, allowed, [was, will]);
  const worse = answers.flatMap((found) => worsened(found, was.lines.length));
  const dates = [...new Set(worse.flatMap((each) => each.dates))];
  const said = await read((unit) => ports.describe(unit, viewer, dates));
  const holders = new Map(book.holders.map((holder) => [holder.id, holder]));
  return {
    found: worse.slice(0, TOLD_MAX).map((found): Objection => {
      const { allowed: by, breach, subjectId } = found;
      const holder = holders.get(subjectId)!;
      const zone = clocksOf(null, holder, book);
      const { severity, sentence } = sayingOf(found);
      const titleOf = (at: number): string | null => titleFor(found.dates[at]!, foreseen, said.get(found.dates[at]!));
      return {
        plugin: by.name,
        severity,
        subjectId,
        subject: holder.name,
        start: zonedText(breach.startMs, zone),
        end: zonedText(breach.endMs, zone),
        units: breach.units,
        sentence: sentence({ subject: holder.name, titleOf, zone }),
      };
    }),
    missing: isCut ? allowed.map(({ name }) => name) : missing,
  };
}

const NOTHING: Objections = { found: [], missing: [] };

/** What somebody plans they may be told of, whatever it is called in the log; else what may be read. */
function titleFor(
  { source, commitment }: CommitmentDate,
  { commitments, title }: Foreseen,
  said: { readonly mayRead: boolean; readonly title: string } | undefined,
): string | null {
  if (title !== null && source === "calendars" && commitments.has(commitment)) return title;
  return said?.mayRead === true ? said.title : null;
}

/** Each plug-in about all lines in one process, as long as there is time. */
async function askedInTime(
  { plugins, monotonicMs }: Pick<AgainstPorts, "plugins" | "monotonicMs">,
  organisation: number,
  allowed: readonly AllowedPlugin[],
  [was, will]: readonly [Lines, Lines],
): Promise<{ readonly answers: readonly (readonly FoundByPlugin[])[]; readonly missing: readonly string[] }> {
  const untilMs = monotonicMs() + OBJECTIONS_MS_MAX;
  const answers: (readonly FoundByPlugin[])[] = [];
  const missing: string[] = [];
  for (const each of allowed) {
    const answer = await inTime(
      plugins.ask(organisation, [each], [...was.lines, ...will.lines]),
      untilMs - monotonicMs(),
    );
    if (answer === null || answer.isCut) missing.push(each.name);
    if (answer !== null && !answer.isCut) answers.push(answer.found);
  }
  return { answers, missing };
}

/** An answer, or null where it takes longer: it goes on, and is known when it is asked for again. */
export async function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer | null> {
  const giveUp = new AbortController();
  const late = sleep(Math.max(0, ms), null, { signal: giveUp.signal }).catch(() => null);
  try {
    return await Promise.race([answer, late]);
  } finally {
    giveUp.abort();
  }
}

/** Of what one plug-in finds before a change and after it, what is new on lines that are worse than they were. */
export function worsened(found: readonly FoundByPlugin[], linesBefore: number): FoundByPlugin[] {
  const [before, after] = [
    found.filter(({ line }) => line < linesBefore),
    found.filter(({ line }) => line >= linesBefore),
  ];
  const known = new Set(before.map(keyOf));
  const still = new Set(after.map(keyOf));
  const made = Map.groupBy(
    after.filter((each) => !known.has(keyOf(each))),
    ({ subjectId }) => subjectId,
  );
  const removed = Map.groupBy(
    before.filter((each) => !still.has(keyOf(each))),
    ({ subjectId }) => subjectId,
  );
  return [...made].flatMap(([subjectId, own]) => (unitsOf(own) > unitsOf(removed.get(subjectId) ?? []) ? own : []));
}

const unitsOf = (found: readonly FoundByPlugin[]): number => found.reduce((sum, { breach }) => sum + breach.units, 0);

const keyOf = ({ subjectId, breach, dates }: FoundByPlugin): string =>
  JSON.stringify([subjectId, breach.startMs, breach.endMs, breach.units, dates.map(({ commitment }) => commitment)]);
