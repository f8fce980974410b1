import { useEffect, useState } from "react";
import { api, sentenceOf, type Answer } from "./api.ts";
import { noticeSignedOut } from "./session.ts";
import { printInstant } from "./wall-clock.ts";
import { onYears } from "./years.ts";

export type ConflictGraph = Answer<"conflicts.graph">;

export type GraphState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly sentence: string; readonly retry: () => void }
  | { readonly status: "ready"; readonly graph: ConflictGraph };

/** Changes that come together are read together: a graph of a year looks for repairs of each conflict. */
const QUIET_MS = 1_000;

/** The conflicts of a window (epoch ms) as a graph, and again when what is planned has changed. */
export function useConflictGraph(fromMs: number, toMs: number, failed: string): GraphState {
  const [state, setState] = useState<GraphState>({ status: "loading" });
  useEffect(() => {
    let latest = 0;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const own = ++latest;
      const tell = (next: GraphState) => {
        if (own === latest) setState(next);
      };
      try {
        const query = { start: printInstant(fromMs), end: printInstant(toMs) };
        tell({ status: "ready", graph: await api("conflicts.graph", { query }) });
      } catch (error) {
        noticeSignedOut(error);
        tell({ status: "failed", sentence: sentenceOf(error, failed), retry: () => void read() });
      }
    };
    void read();
    const forget = onYears(() => {
      clearTimeout(quiet);
      quiet = setTimeout(() => void read(), QUIET_MS);
    });
    return () => {
      forget();
      clearTimeout(quiet);
      latest++;
    };
  }, [fromMs, toMs, failed]);
  return state;
}
