import { useEffect, useState } from "react";
import { announce } from "../data/announcement.ts";
import type { Repair } from "../data/api.ts";
import type { Clash } from "../data/entries.ts";
import { applyRepair } from "../data/repairs.ts";
import { catchUp } from "../data/changes.ts";
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
  readonly step: (by: 1 | -1) => void;
};

/** Longer than a double click. */
const SETTLE_MS = 600;

/** Walking through the conflicts, choosing a repair, applying it. */
export function useConflictWork(props: {
  /** All that are shown, by start. */
  readonly clashes: readonly Clash[];
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
  const { clashes, mine, left, conflictId, ofDay, selectedDay, onLookAt, onDone } = props;
  const { words, format } = useLanguage();
  const named = clashes.find(({ conflict }) => conflict.id === conflictId) ?? null;
  const clash = named ?? ofDay[0] ?? null;
  const repairs = useRepairs(clash);
  const [choice, setChoice] = useState({ conflictId: "", index: 0 });
  const [isApplying, setApplying] = useState(false);
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
    if (clash === null || repair === undefined || isApplying) return;
    setApplying(true);
    const sentences = { done: words.undo.done, failed: words.failures.apply };
    void applyRepair(clash.conflict, repair, sentences, catchUp)
      .then((isDone) => {
        if (!isDone) return;
        setSettling(true);
        setTimeout(() => setSettling(false), SETTLE_MS);
        onDone();
      })
      .finally(() => setApplying(false));
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
      if (named === null) onLookAt(clash);
    },
    apply,
    step,
  };
}
