import { isRefused, type Refused } from "@hourwright/contract";
import { dayAndSpanText } from "@hourwright/conflict";
import { runCalls, type Call, type OperationCall } from "../../../platform/bundle/bundle.ts";
import { attempted, rolledBack } from "../../../platform/bundle/trial.ts";
import type { Unit } from "../../../platform/db/database.ts";
import { RawJson, type RequestContext } from "../../../platform/operations/context.ts";
import { eventsOf, stepsOf, type Step } from "./decide.ts";
import type { EventNow, EventRef } from "./model.ts";
import type { LookAt } from "./since.ts";

// What changes would do, found out by making them and taking them back: by the code that makes them, under its locks.

export type TrialPorts = { readonly call: Call; readonly lookAt: LookAt };

export type Problem = { readonly code: string; readonly sentence: string; readonly reasons: readonly string[] };

export type Trial = {
  /** Why it cannot be made; null when it can. */
  readonly problem: Problem | null;
  readonly warnings: readonly string[];
  /** Its events as they would be, in the order of what it touches, then what it makes; null for what would be gone. */
  readonly after: readonly (EventNow | null)[];
};

export type Numbered = { readonly index: number; readonly call: OperationCall };

/** Changes tried by themselves in one unit: some 50 ms, so that nobody waits for more. */
const TRIED_OF_A_UNIT = 5;

/** Each of some changes made by itself. Not inside a unit. */
export async function triedAlone(
  ports: TrialPorts,
  context: RequestContext,
  changes: readonly Numbered[],
  zone: string,
): Promise<ReadonlyMap<number, Trial>> {
  const trials = new Map<number, Trial>();
  for (let from = 0; from < changes.length; from += TRIED_OF_A_UNIT)
    await rolledBack(context, async (unit) => {
      for (const { index, call } of changes.slice(from, from + TRIED_OF_A_UNIT))
        trials.set(index, await tryStep(ports, context, unit, { call, indexes: [index] }, { isKept: false, zone }));
    });
  return trials;
}

/** Some changes made one after the other. What cannot be made is left out, and the next are tried without it. */
export function triedTogether(
  ports: TrialPorts,
  context: RequestContext,
  changes: readonly Numbered[],
  zone: string,
): Promise<ReadonlyMap<number, Trial>> {
  return rolledBack(context, (unit) => tryInOrder(ports, context, unit, changes, zone));
}

/** The same in a unit that will be rolled back by whoever has it. */
export async function tryInOrder(
  ports: TrialPorts,
  context: RequestContext,
  unit: Unit,
  changes: readonly Numbered[],
  zone: string,
): Promise<ReadonlyMap<number, Trial>> {
  const trials = new Map<number, Trial>();
  const byIndex = new Map(changes.map((change) => [change.index, change.call]));
  for (const step of stepsOf(changes)) {
    const trial = await tryStep(ports, context, unit, step, { isKept: true, zone });
    if (trial.problem === null || step.indexes.length === 1) {
      for (const index of step.indexes) trials.set(index, trial);
      continue;
    }
    // What is moved as one does not fit as one: which of it, each by itself tells.
    const each = new Map<number, Trial>();
    for (const index of step.indexes) {
      const single = { call: byIndex.get(index)!, indexes: [index] };
      each.set(index, await tryStep(ports, context, unit, single, { isKept: true, zone }));
    }
    const isToldApart = [...each.values()].some(({ problem }) => problem !== null);
    for (const [index, single] of each) trials.set(index, isToldApart ? single : trial);
  }
  return trials;
}

async function tryStep(
  { call, lookAt }: TrialPorts,
  context: RequestContext,
  unit: Unit,
  step: Step,
  { isKept, zone }: { readonly isKept: boolean; readonly zone: string },
): Promise<Trial> {
  const looked: { after: readonly (EventNow | null)[] } = { after: [] };
  const answers = await attempted(
    unit,
    async () => {
      const made = await runCalls(context, unit, [step.call], call);
      // Of moves that are made as one it is known where each goes.
      if (!isRefused(made) && step.indexes.length === 1)
        looked.after = await lookAt(unit, context.caller!, refsAfter(step.call, made[0]), { isHeld: false });
      return made;
    },
    isKept,
  );
  if (isRefused(answers)) return { problem: problemOf(answers, zone), warnings: [], after: [] };
  return { problem: null, warnings: warningsOf(answers[0]), after: looked.after };
}

/** What a call leaves to look at: what it touches, what it makes, and what goes on in its place. */
function refsAfter(call: OperationCall, answer: unknown): EventRef[] {
  const refs = eventsOf(call);
  const { id, event } = answer instanceof RawJson ? (JSON.parse(answer.text) as Partial<Made>) : {};
  if (id === undefined) return refs;
  const whole = { id, recurrenceId: null, isWhole: true };
  if (refs.length === 0) return [whole];
  // The first date of all that follow has another name when they are moved.
  const dateOf = (ref: EventRef) =>
    ref.isWhole && ref.recurrenceId !== null ? { ...ref, recurrenceId: event?.recurrenceId ?? null } : ref;
  return refs.map((ref) => (ref.id === id ? dateOf(ref) : whole));
}

type Made = { readonly id: string; readonly event: { readonly recurrenceId: string | null } };

function warningsOf(answer: unknown): readonly string[] {
  if (!(answer instanceof RawJson)) return [];
  return (JSON.parse(answer.text) as { readonly warnings?: readonly string[] }).warnings ?? [];
}

/** Reasons of one problem that are told. */
const REASONS_MAX = 10;

type Clashed = { readonly subject: string; readonly start: string; readonly end: string };

/** A refusal in words: what stands in the way, and the rules that would not hold. */
export function problemOf({ refused: { code, title, detail, extra } }: Refused, zone: string): Problem {
  const { clashes = [], broken = [] } = extra as {
    readonly clashes?: readonly Clashed[];
    readonly broken?: readonly { readonly sentence: string }[];
  };
  const taken = clashes.map(
    ({ subject, start, end }) => `${subject} is taken on ${dayAndSpanText(msOf(start), msOf(end), zone)}.`,
  );
  const reasons = [...taken, ...broken.map((each) => each.sentence)].slice(0, REASONS_MAX);
  // What the detail says of taken time and rules, the reasons say of all of it.
  return { code, sentence: reasons.length > 0 || detail === "" ? `${title}.` : `${title}. ${detail}`, reasons };
}

const msOf = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
