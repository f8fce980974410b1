import { useEffect, useMemo, useState } from "react";
import { announce } from "../data/announcement.ts";
import type { Me, Repair } from "../data/api.ts";
import type { Clash } from "../data/entries.ts";
import { betweenTheSame, keepBoth, letCount } from "../data/kept.ts";
import {
  applyProposal,
  PROPOSED_MAX,
  propose as addToProposal,
  proposeAll,
  proposalStore,
  proposedFor,
  withdraw,
} from "../data/proposal.ts";
import { applyRepair, dismissRepair, readRepairs } from "../data/repairs.ts";
import { useRepairs } from "../features/conflicts/conflict-panel.tsx";
import { useLanguage } from "../messages/index.tsx";

export type ConflictWork = {
  /** The conflict the inspector shows, or null. */
  readonly clash: Clash | null;
  /** Whether it was gone to, rather than lying on the selected day: only then Enter applies. */
  readonly isExplicit: boolean;
  readonly position: { readonly number: number; readonly total: number };
  readonly repairs: readonly Repair[] | null;
  readonly chosen: number;
  readonly isApplying: boolean;
  /** For a moment after a repair: a second click on the same place was not meant for what lies there now. */
  readonly isSettling: boolean;
  readonly choose: (index: number) => void;
  readonly apply: () => void;
  /** Puts the chosen repair aside: it is not offered again. */
  readonly dismiss: () => void;
  /** Keeps both events as they are, with a reason or null; and lets a conflict count again. */
  readonly keep: (note: string | null) => void;
  readonly release: (clash: Clash) => void;
  /** Puts a repair of a conflict into the proposal, or takes it out: the chosen one of that looked at, else the best. */
  readonly propose: (clash: Clash) => void;
  /** Puts the best repairs of all that are left into the proposal; null while that goes on, or where nothing is left. */
  readonly proposeAll: (() => void) | null;
  readonly applyProposal: () => void;
  readonly step: (by: 1 | -1) => void;
};

/** Longer than a double click. */
const SETTLE_MS = 600;

/** Walking through the conflicts, choosing a repair, applying it. */
export function useConflictWork(props: {
  /** All that are shown, by start. */
  readonly clashes: readonly Clash[];
  /** Those that are kept: they can be looked at, and are not walked. */
  readonly kept: readonly Clash[];
  readonly me: Me;
  /** Those of them that are for whoever looks to resolve. */
  readonly mine: readonly Clash[];
  /** Those of these that are not over. */
  readonly left: readonly Clash[];
  readonly conflictId: string | null;
  readonly ofDay: readonly Clash[];
  readonly selectedDay: number;
  readonly onLookAt: (clash: Clash) => void;
  readonly onDone: () => void;
}): ConflictWork {
  const { clashes, kept, me, mine, left, conflictId, ofDay, selectedDay, onLookAt, onDone } = props;
  const { words, format } = useLanguage();
  const named = useMemo(
    () =>
      (conflictId === null ? null : [...clashes, ...kept].find(({ conflict }) => conflict.id === conflictId)) ?? null,
    [clashes, kept, conflictId],
  );
  const clash = named ?? ofDay[0] ?? null;
  const repairs = useRepairs(clash);
  const [choice, setChoice] = useState({ conflictId: "", index: 0 });
  const [isApplying, setApplying] = useState(false);
  const [isFilling, setFilling] = useState(false);
  const [isSettling, setSettling] = useState(false);
  const chosen = choice.conflictId === clash?.conflict.id ? Math.min(choice.index, (repairs?.length ?? 1) - 1) : 0;
  // The keys walk through what is left to resolve; from one that is over through all of one's own, and from one of
  // others', or where nothing is one's own, through everything.
  const walk = [left, mine].find((some) => some.length > 0 && (clash === null || some.includes(clash))) ?? clashes;
  const index = clash === null ? -1 : walk.indexOf(clash);

  useEffect(() => {
    if (named === null) return;
    const { kind, explanation } = named.conflict;
    announce(words.conflict.announce(words.conflict.kind(kind), format.day(named.fromDay), explanation));
  }, [named, words, format]);

  const step = (by: 1 | -1) => {
    if (walk.length === 0) return;
    const before = walk.findLastIndex(({ fromDay }) => fromDay < selectedDay);
    const after = walk.findIndex(({ fromDay }) => fromDay > selectedDay);
    const next = index >= 0 ? index + by : by === 1 ? after : before;
    const target = walk.at(next >= walk.length ? 0 : next); // Past the ends it begins again.
    if (target !== undefined) onLookAt(target);
  };

  const apply = () => {
    const repair = repairs?.[chosen];
    if (clash === null || clash.conflict.kept !== null || repair === undefined || isApplying) return;
    setApplying(true);
    const sentences = { done: words.undo.done, failed: words.failures.network };
    void applyRepair(clash.conflict, repair, sentences)
      .then((isDone) => {
        if (!isDone) return;
        setSettling(true);
        setTimeout(() => setSettling(false), SETTLE_MS);
        onDone();
      })
      .finally(() => setApplying(false));
  };

  const dismiss = () => {
    const repair = repairs?.[chosen];
    if (clash === null || repair === undefined || isApplying) return;
    setApplying(true);
    withdraw(clash.conflict.id);
    const sentences = { done: words.undo.done, summary: words.conflict.dismissed, failed: words.failures.network };
    void dismissRepair(repair, sentences).finally(() => setApplying(false));
  };

  const sentences = { done: words.undo.done, failed: words.failures.network };
  const keep = (note: string | null) => {
    if (clash === null) return;
    onDone();
    const known = clashes.map(({ conflict }) => conflict);
    void keepBoth(betweenTheSame(clash.conflict, known), { note, me }, sentences);
  };
  const release = ({ conflict }: Clash) => void letCount(conflict, { ...sentences, failed: words.failures.network });

  const propose = async (wanted: Clash): Promise<void> => {
    const { conflict } = wanted;
    if (proposedFor(proposalStore.get(), conflict) !== null) {
      withdraw(conflict.id);
      return announce(words.proposal.removed(proposalStore.get().items.length));
    }
    const here = wanted === clash ? repairs?.[chosen] : undefined;
    const repair = here ?? (await readRepairs(conflict, 1).catch(() => []))[0];
    if (repair === undefined) return announce(words.proposal.nothing);
    const isIn = addToProposal(conflict, repair);
    announce(
      isIn ? words.proposal.added(repair.what, proposalStore.get().items.length) : words.proposal.full(PROPOSED_MAX),
    );
  };

  const fill = async (): Promise<void> => {
    setFilling(true);
    announce(words.proposal.filling);
    const added = await proposeAll(left.map(({ conflict }) => conflict));
    setFilling(false);
    announce(words.proposal.filled(added));
  };

  return {
    clash,
    isExplicit: named !== null,
    position: { number: index + 1, total: walk.length },
    repairs,
    chosen,
    isApplying,
    isSettling,
    choose: (wanted) => {
      if (clash === null || wanted > Math.max(0, (repairs?.length ?? 1) - 1)) return;
      setChoice({ conflictId: clash.conflict.id, index: wanted });
      const repair = repairs?.[wanted];
      if (repair !== undefined && proposedFor(proposalStore.get(), clash.conflict) !== null)
        addToProposal(clash.conflict, repair);
      if (named === null) onLookAt(clash);
    },
    apply,
    dismiss,
    keep,
    release,
    propose: (wanted) => void propose(wanted),
    proposeAll: isFilling || left.length === 0 ? null : () => void fill(),
    applyProposal: () => {
      const sentences = { done: words.undo.done, failed: words.failures.network };
      void applyProposal(sentences).then((isDone) => {
        if (isDone) onDone();
      });
    },
    step,
  };
}
