import { useEffect, useRef, useState } from "react";
import type { Conflict, Repair } from "../../data/api.ts";
import { offersStore } from "../../data/offers.ts";
import { readRepairs } from "../../data/repairs.ts";
import { useStore } from "../../data/store.ts";
import { useStable } from "../../ui/use-stable.ts";

/** Finding repairs is the dearest thing one may ask the server: few at once, and a bounded number a visit. */
const AT_ONCE = 2;
const ASKED_MAX = 200;

export type BestRepairs = {
  /** Null when there is none; undefined while that is not known. */
  readonly of: (conflict: Conflict) => Repair | null | undefined;
  /** For a row's `ref`: its repair is asked for when the row is first seen. */
  readonly watch: (conflict: Conflict) => (row: HTMLElement | null) => (() => void) | undefined;
};

/**
 * The best repair of each conflict whose row has been in sight, asked for once: choosing the conflict asks again, and
 * applying checks again. After a failure the row stays without one.
 */
export function useBestRepairs(): BestRepairs {
  const [known, setKnown] = useState<ReadonlyMap<string, Repair | null>>(new Map());
  const asked = useRef(new Map<string, Conflict>());
  const waiting = useRef<Conflict[]>([]);
  const running = useRef(0);
  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    return () => void (isLeft.current = true);
  }, []);

  const ask = useStable(async (): Promise<void> => {
    if (running.current >= AT_ONCE) return;
    running.current++;
    for (let next = waiting.current.shift(); next !== undefined; next = waiting.current.shift()) {
      const { id } = next;
      if (isLeft.current) break;
      const best = await readRepairs(next, 1).then(
        ([first]) => first ?? null,
        () => null,
      );
      setKnown((before) => new Map(before).set(id, best));
    }
    running.current--;
  });
  const seen = (conflict: Conflict) => {
    if (asked.current.has(conflict.id) || asked.current.size >= ASKED_MAX) return;
    asked.current.set(conflict.id, conflict);
    waiting.current.push(conflict);
    void ask();
  };
  const offers = useStore(offersStore, (all) => all);
  useEffect(() => {
    const conflict = asked.current.get(offers.conflictId ?? "");
    if (conflict === undefined) return;
    waiting.current.push(conflict);
    void ask();
  }, [offers, ask]);
  return {
    of: ({ id }) => known.get(id),
    watch: useStable((conflict) => (row) => {
      if (row === null) return;
      const observer = new IntersectionObserver((entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) seen(conflict);
      });
      observer.observe(row);
      return () => observer.disconnect();
    }),
  };
}
