import { learnConfidence, newWeights, type Reliability } from "@hourwright/learn";
import { Lru } from "@hourwright/std";
import type { Caller } from "../../../platform/operations/context.ts";
import type { Task } from "../../../platform/workers/pool.ts";
import { organisationOf, subjectsById } from "../../identity/public.ts";
import type { ConflictPorts } from "../conflicts.ts";
import type { LearnAnswer, LearnInput } from "./learn.task.ts";
import { DEFAULTS, scoresOf, type Answered, type Learned } from "./model.ts";
import type { OfferedFor } from "./offers.ts";
import { answersOf, learnerOf, type Learner } from "./store.ts";

const learn: Task<LearnInput, never, LearnAnswer> = {
  module: new URL("learn.task.ts", import.meta.url),
  name: "learnTask",
};

const NOTHING: LearnAnswer = { weights: newWeights(DEFAULTS), confidence: learnConfidence([]), reliability: null };

/** What was learned of somebody last, by the mark of what it was learned from. */
const lastLearned = new Lru<string, { readonly mark: string; readonly answer: LearnAnswer }>(1_000);

/** What was offered to whom, by person and conflict, on this process: what nobody was shown, nobody has answered. */
const lastOffered = new Lru<string, OfferedFor>(5_000);

/**
 * What was learned of whoever asks. Worked out again only when there is another answer: one short statement otherwise, 32 ms of a
 * compute thread for 500 answers.
 */
export async function learnedFor(
  ports: Pick<ConflictPorts, "read" | "questions">,
  viewer: Caller,
): Promise<Learned & { readonly learner: Learner; readonly reliability: Reliability | null }> {
  const { personId } = viewer;
  const { learner, zone } = await ports.read(async (unit) => ({
    learner: await learnerOf(unit, personId),
    zone: (await subjectsById(unit, [personId]))[0]?.zone ?? (await organisationOf(unit)).zone,
  }));
  const { weights, confidence, reliability } = learner.isOn ? await answerOf(ports, viewer, learner) : NOTHING;
  return {
    personId,
    isOn: learner.isOn,
    weights,
    confidence,
    reliability,
    scores: learner.isOn ? scoresOf(learner.hours) : null,
    zone,
    dismissed: new Set(learner.dismissed),
    learner,
  };
}

async function answerOf(
  { read, questions }: Pick<ConflictPorts, "read" | "questions">,
  { organisation, personId }: Caller,
  { mark, resets }: Learner,
): Promise<LearnAnswer> {
  const key = `${organisation} ${personId}`;
  const known = lastLearned.get(key);
  if (known?.mark === mark) return known.answer;
  const answers = await read((unit) => answersOf(unit, personId));
  const answer = answers.length === 0 ? NOTHING : await questions.run(learn, { answers, resets }, {});
  lastLearned.set(key, { mark, answer });
  return answer;
}

/** Remembers what somebody was offered, until they answer. */
export function rememberOffered({ organisation, personId }: Caller, offered: readonly OfferedFor[]): void {
  for (const each of offered) lastOffered.set(`${organisation} ${personId} ${each.conflictId}`, each);
}

/** What somebody was offered for a conflict on this process; null: nothing, or long ago. */
export const offeredTo = ({ organisation, personId }: Caller, conflictId: string): OfferedFor | null =>
  lastOffered.get(`${organisation} ${personId} ${conflictId}`) ?? null;

/** Offers of a conflict that are surely read: the web app shows three. */
const READ_MAX = 3;

/** That a repair was taken, with those that stood before it; null where it was not offered here. */
export function acceptedOf(viewer: Caller, conflictId: string, repairId: string): Answered | null {
  const offered = offeredTo(viewer, conflictId);
  const place = offered?.offers.findIndex(({ id }) => id === repairId) ?? -1;
  if (offered === null || place < 0) return null;
  const { way, costs } = offered.offers[place]!;
  const passedOver = offered.offers.slice(0, place).map((before) => before.costs);
  return { kind: offered.kind, way, isAccepted: true, costs, passedOver };
}

/** That one repair of a conflict was refused, or all that were read of it; empty where nothing was offered here. */
export function refusedOf(viewer: Caller, conflictId: string, repairId: string | null): Answered[] {
  const offered = offeredTo(viewer, conflictId);
  if (offered === null) return [];
  const refused =
    repairId === null ? offered.offers.slice(0, READ_MAX) : offered.offers.filter(({ id }) => id === repairId);
  return refused.map(({ way, costs }) => ({ kind: offered.kind, way, isAccepted: false, costs, passedOver: [] }));
}
