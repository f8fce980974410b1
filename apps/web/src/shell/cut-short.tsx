import type { WallClock } from "@hourwright/timeline";
import { parseInstant, wallMs } from "../data/wall-clock.ts";
import type { YearState } from "../data/years.ts";
import { useLanguage } from "../messages/index.tsx";
import styles from "./shell.module.css";

const DAY_MS = 86_400_000;

/** Says that the list of conflicts has no end in sight: what is not listed must not look free of them. */
export function CutShort({ state, clock }: { state: YearState; clock: WallClock }) {
  const { words, format } = useLanguage();
  if (state.status !== "ready" || !state.isCut) return null;
  const { conflicts } = state;
  const until = format.day(Math.floor(wallMs(clock, parseInstant(conflicts.at(-1)!.start)!) / DAY_MS));
  return <output className={styles.notice}>{words.conflict.cut(conflicts.length, until)}</output>;
}
