import { checkProposal, type Found, type Repair, type Wish } from "@hourwright/conflict";
import type { Around } from "./conflicts.ts";
import { foundIn, tellingOf, type TellInput } from "./conflicts.task.ts";
import { askedRepair } from "./objections.ts";
import { dateOf, situationIn, type CommitmentDate } from "./situation.ts";
import type { MadeChange } from "./store.ts";
import { askedMoveIn, concernedBy, idOf, shownRepair, zonedText, type ShownRepair } from "./tell.ts";

/** Repairs to be looked at together. `places` are the found ones of their conflicts. */
export type ProposalInput = Omit<TellInput, "repairs" | "names" | "kept"> & {
  /** Each repair's id with its conflict's, in the order in which they are to be made; of each conflict one. */
  readonly asked: readonly { readonly id: string; readonly conflictId: string }[];
  readonly around: Around;
};

/** What became of one repair of a proposal. */
export type ProposalStep = {
  readonly asked: string;
  readonly conflictId: string;
  readonly state: "ready" | "changed" | "solved" | "gone" | "stuck";
  readonly repair: ShownRepair | null;
  /** The times that its moves leave. */
  readonly before: readonly { readonly start: string; readonly end: string }[];
  /** Whose time it takes, by id. */
  readonly subjects: readonly string[];
  /** What is kept of it once it is applied; null when it is not made. */
  readonly made: {
    readonly kind: string;
    readonly dates: readonly CommitmentDate[];
    readonly moves: readonly MadeChange[];
  } | null;
};

export type ProposalAnswer = {
  readonly steps: readonly ProposalStep[];
  /** Ids of the conflicts that all of them together remove. */
  readonly solved: readonly string[];
  readonly made: number;
};

export async function* proposalTask(input: ProposalInput): AsyncGenerator<never, ProposalAnswer> {
  const situation = situationIn(input.taken);
  const all = foundIn(situation, input);
  const found = new Map([...input.places].map((place) => [idOf(all[place]!, situation), all[place]!]));
  const telling = tellingOf(situation, input);
  const { facts } = telling;
  const shown = (repair: Repair, conflictId: string, id?: string) => shownRepair(repair, conflictId, telling, id);
  const known = input.asked.filter(({ conflictId }) => found.has(conflictId));
  const wishes = known.map(({ id, conflictId }): Wish => {
    const own = askedRepair(id, found.get(conflictId)!, situation, facts);
    return {
      found: found.get(conflictId)!,
      choose: (offered) => own ?? offered.find((repair) => shown(repair, conflictId).id === id),
    };
  });
  const checked = checkProposal(wishes, facts);
  const stepOf = new Map(known.map(({ conflictId }, i) => [conflictId, checked.steps[i]!]));

  const steps = input.asked.map(({ id, conflictId }): ProposalStep => {
    const step = stepOf.get(conflictId);
    const repair = step?.repair ?? null;
    const nothing: ProposalStep = {
      asked: id,
      conflictId,
      state: step?.state ?? "gone",
      repair: null,
      before: [],
      subjects: [],
      made: null,
    };
    if (repair === null) return nothing;
    const moved = repair.moves.map(({ occurrence }) => situation.dates[occurrence]!);
    return {
      ...nothing,
      repair: shown(repair, conflictId, step?.state === "ready" && askedMoveIn(id) !== null ? id : undefined),
      before: moved.map(({ startMs, endMs }) => ({
        start: zonedText(startMs, input.zone),
        end: zonedText(endMs, input.zone),
      })),
      subjects: concernedBy(repair, facts).map((each) => telling.situation.subjects[each]!),
      made: madeOf(found.get(conflictId)!, repair),
    };
  });
  return {
    steps,
    solved: checked.solved.map((each) => idOf(each, situation)),
    made: checked.made.length,
  };

  function madeOf({ kind, first, second }: Found, { changes }: Repair): ProposalStep["made"] {
    const all = [...new Set([first, second, ...changes.map(({ occurrence }) => occurrence)])];
    const idOfSubject = (subject: number): string => telling.situation.subjects[subject]!;
    return {
      kind,
      dates: all.map((date) => dateOf(situation.dates[date]!)),
      moves: changes.map(({ occurrence, startMs, endMs, swaps, rest }) => ({
        date: all.indexOf(occurrence),
        startMs,
        endMs,
        rest,
        add: swaps.flatMap(({ by }) => (by === null ? [] : [idOfSubject(by)])),
        remove: swaps.map(({ subject }) => idOfSubject(subject)),
      })),
    };
  }
}
