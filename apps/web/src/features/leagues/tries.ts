import { useEffect, useState } from "react";
import { api } from "../../data/api.ts";
import { noticeSignedOut } from "../../data/session.ts";
import { optionsFor, type Chosen, type League, type Try } from "./model.ts";

export type Tries = ReadonlyMap<string, Try>;
const NONE: Tries = new Map();

/** What each way out of what is chosen would move, break and mend, asked at once; empty until it is known. */
export function useTries(league: League, chosen: Chosen | null): { readonly tries: Tries; readonly failed: unknown } {
  const asking = chosen === null ? null : JSON.stringify([league.id, league.version, chosen]);
  const [known, setKnown] = useState<{
    readonly asking: string;
    readonly tries: Tries;
    readonly failed: unknown;
  } | null>(null);
  useEffect(() => {
    if (asking === null) return;
    const [, , of] = JSON.parse(asking) as [string, number, Chosen];
    const options = optionsFor(league, of);
    if (options.length === 0) return;
    let isOver = false;
    const changes = options.map(({ change }) => change);
    api("leagues.try", { params: { id: league.id }, body: { changes } }).then(
      (answer) => {
        if (isOver || answer.version !== league.version) return; // Another read of it is on its way.
        setKnown({ asking, tries: new Map(options.map(({ key }, at) => [key, answer.tries[at]!])), failed: null });
      },
      (failed: unknown) => {
        noticeSignedOut(failed);
        if (!isOver) setKnown({ asking, tries: NONE, failed });
      },
    );
    return () => void (isOver = true);
  }, [asking, league]);
  return known !== null && known.asking === asking ? known : { tries: NONE, failed: null };
}
