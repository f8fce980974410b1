import type { Severity } from "@hourwright/conflict";
import { limits } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Caller } from "../../../platform/operations/context.ts";
import type { Task } from "../../../platform/workers/pool.ts";
import { openTimeTexts, takenTexts } from "../../claims/public.ts";
import { organisationOf, subjectIds } from "../../identity/public.ts";
import type { ConflictPorts, Window } from "../conflicts.ts";
import { CLAIMS_MAX } from "../situation.ts";
import { unknown, zonedText } from "../tell.ts";
import type { Plugins } from "../plugins/asking.ts";
import { standingByPlugins } from "../plugins/standing.ts";
import { allowedPluginsOf } from "../plugins/store.ts";
import { bookFor, type Book } from "./book.ts";
import { constraintOf, reachMsOf } from "./decide.ts";
import { clocksOf } from "./scene.ts";
import { isToldTo } from "./queries.ts";
import { sayingOf, type Rule, type ShownBreach } from "./model.ts";
import { rulesOf } from "./store.ts";
import type { FoundBreach, Standing, StandingInput } from "./standing.task.ts";

const find: Task<StandingInput, never, Standing> = {
  module: new URL("standing.task.ts", import.meta.url),
  name: "standingTask",
};

/** The year ahead, in which a rule is tried. */
const TRIED_DAYS = 365;
/** Breaches shown of a rule that is tried. */
const EXAMPLES_MAX = 20;

/** How a breach is told: of a rule as its constraint says it, of a plug-in as that does. */
export type Saying = {
  readonly severity: Severity;
  readonly sentence: (telling: {
    readonly subject: string;
    readonly titleOf: (date: number) => string | null;
    readonly zone: string;
  }) => string;
};

/**
 * What stands in a window and breaks a rule, or what a plug-in asks, as far as a viewer may know of it: their own time, and what
 * they may read.
 */
export async function brokenFor(ports: ConflictPorts & { readonly plugins: Plugins }, viewer: Caller, window: Window) {
  const most = limits.BREACHES_OF_AN_ANSWER_MAX;
  const allowed = (await ports.read(allowedPluginsOf)).filter(({ off }) => off === null);
  const ofRules = (rules: readonly Rule[]) => ({ rules, instead: null });
  const { standing, book, input } = await judge(ports, window, ofRules, most, allowed.length > 0);
  const asked = book.rules.length + allowed.length;
  if (allowed.length === 0)
    return {
      items: await tell(ports, viewer, standing.breaches, book),
      isCut: standing.isCut,
      isPartial: false,
      asked,
    };
  const found = await standingByPlugins(ports, viewer.organisation, allowed, input);
  const all = [...standing.breaches, ...found.breaches].sort((a, b) => a.startMs - b.startMs);
  return {
    items: await tell(ports, viewer, all.slice(0, most), book, found.sayings),
    isCut: standing.isCut || all.length > most,
    isPartial: found.isCut,
    asked,
  };
}

/** What the year ahead would look like with a rule, in place of another or beside all. */
export async function trialOf(ports: ConflictPorts, viewer: Caller, rule: Rule, replaces: string | null) {
  const { nowMs, zone } = await ports.read(async (unit) => ({
    nowMs: unit.nowMs,
    zone: (await organisationOf(unit)).zone,
  }));
  const window = { fromMs: nowMs, toMs: nowMs + TRIED_DAYS * DAY_MS };
  const rulesOf = (rules: readonly Rule[]) => ({
    rules,
    instead: [...rules.filter(({ id }) => id !== replaces), rule],
  });
  const { standing, book } = await judge(ports, window, rulesOf, EXAMPLES_MAX);
  const months = Map.groupBy(standing.madeMs, (ms) => zonedText(ms, zone).slice(0, "2027-01".length));
  return {
    start: zonedText(window.fromMs, zone),
    end: zonedText(window.toMs, zone),
    made: standing.made,
    removed: standing.removed,
    events: standing.events,
    people: standing.lines,
    months: Array.from(months, ([month, list]) => ({ month, made: list.length })),
    sentence: trialText(standing),
    examples: await tell(ports, viewer, standing.breaches, book),
  };
}

/** "17 things of the year ahead would break this, of 4 people or rooms." */
function trialText({ made, events, lines, removed }: Standing): string {
  if (made > 0)
    return `${counted(events, "thing")} of the year ahead would break this, ${counted(made, "time")} on ${counted(lines, "line")}.`;
  return removed > 0
    ? `Nothing of the year ahead would break this, and ${counted(removed, "breach", "breaches")} would be gone.`
    : "Nothing of the year ahead would break this.";
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

async function judge(
  { read, questions, ruleFacts }: ConflictPorts,
  { fromMs, toMs }: Window,
  which: (rules: readonly Rule[]) => { readonly rules: readonly Rule[]; readonly instead: readonly Rule[] | null },
  most: number,
  isAskedBeside = false,
): Promise<{ readonly standing: Standing; readonly book: Book; readonly input: StandingInput }> {
  const { book, rules, instead, around, nowMs } = await read(async (unit) => {
    const { rules: stands, instead: tried } = which(await rulesOf(unit));
    const all = [...stands, ...(tried ?? [])];
    const reachMs = reachMsOf(all);
    const window = { fromMs: fromMs - reachMs, toMs: toMs + reachMs };
    const known = await bookFor(unit, await subjectIds(unit), ruleFacts, window, all);
    return { book: { ...known, rules: stands }, rules: stands, instead: tried, around: window, nowMs: unit.nowMs };
  });
  const isAsked = rules.length > 0 || instead !== null || isAskedBeside;
  const people = book.holders.filter(({ kind }) => kind === "person").map(({ id }) => id);
  const taken = isAsked ? await takenTexts(read, null, around, CLAIMS_MAX) : [];
  const openTime = isAsked ? await openTimeTexts(read, people, around) : [];
  const input = { taken, openTime, book, instead, fromMs, toMs, nowMs, most };
  return { standing: await questions.run(find, input, {}), book, input };
}

/** Breaches in words, of those lines that a viewer may know of: their own, and those of which they may read a thing. */
async function tell(
  { read, describe, ruleFacts }: ConflictPorts,
  viewer: Caller,
  breaches: readonly FoundBreach[],
  book: Book,
  sayings: ReadonlyMap<FoundBreach, Saying> = new Map(),
): Promise<ShownBreach[]> {
  const { holders, rules } = book;
  const said = await read((unit) => describe(unit, viewer, [...new Set(breaches.flatMap(({ dates }) => dates))]));
  const byId = new Map(holders.map((holder) => [holder.id, holder]));
  const seen = await read((unit) => ruleFacts.collections.seenBy(unit, viewer));
  const untold = new Set(rules.filter((rule) => !isToldTo(viewer, rule, seen)).map(({ id }) => id));
  return breaches.flatMap((found) => {
    const { dates, others } = found;
    if (untold.has(found.ruleId)) return [];
    const of = dates.map((date) => said.get(date) ?? unknown);
    const holder = byId.get(found.subjectId);
    if (holder === undefined || (holder.id !== viewer.personId && of.every(({ mayRead }) => !mayRead))) return [];
    const { severity, sentence } = sayings.get(found) ?? sayingOfRule(found);
    const zone = clocksOf(constraintOf(found.constraintId), holder, book);
    const titleOf = (i: number): string | null => (of[i]!.mayRead ? of[i]!.title : null);
    return {
      constraintId: found.constraintId,
      ruleId: found.ruleId,
      isHard: found.isHard,
      severity,
      collection: found.collection,
      subjectId: holder.id,
      subject: holder.name,
      start: zonedText(found.startMs, zone),
      end: zonedText(found.endMs, zone),
      units: found.units,
      facts: { ...found.facts },
      others: [...others],
      sentence: sayingOf(found.collection, sentence({ subject: holder.name, titleOf, zone })),
      events: of.map(({ eventId, title }, i) => ({
        eventId,
        // Of what may only be known as busy nobody learns whether it is of a series, and where it was meant to be.
        recurrenceId: eventId === null || dates[i]!.occurrence === "" ? null : dates[i]!.occurrence,
        title,
      })),
    };
  });
}

function sayingOfRule({ dates, others, ...found }: FoundBreach): Saying {
  const constraint = constraintOf(found.constraintId)!;
  const breach = {
    ...found,
    constraint: constraint.id,
    subject: 0,
    occurrences: dates.map((_, i) => i),
    others: others.map((_, i) => i),
  };
  return {
    severity: constraint.severity,
    sentence: (telling) => constraint.explain(breach, { ...telling, nameOf: (i) => others[i]! }),
  };
}
