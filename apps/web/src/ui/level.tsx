import type { Level } from "@hourwright/capacity";
import { useLanguage } from "../messages/index.tsx";
import styles from "./level.module.css";

/** How loaded something is, by swatch, number and word: never by colour alone. */
export function LevelWord({ level, part }: { level: Level; part: number }) {
  const { words, format } = useLanguage();
  return (
    <span className={styles.level}>
      <Swatch level={level} /> {words.year.level(format.percent(part), level)}
    </span>
  );
}

const HEIGHTS: Readonly<Record<Level, number>> = { open: 4, steady: 7, full: 9, over: 10 };

/** A piece of ribbon as the year draws it: its height, its edge, its hatch. */
export function Swatch({ level }: { level: Level }) {
  return (
    <svg className={styles.swatch} data-level={level} width="15" height="11" aria-hidden="true">
      <rect className={styles.fill} y={11 - HEIGHTS[level]} width="15" height={HEIGHTS[level]} />
      {level === "over" && <path className={styles.hatch} d="M1 11 12 0M-3 8 5 0M5 12 16 1" />}
      <rect className={styles.edge} y={11 - HEIGHTS[level]} width="15" height="1.2" />
    </svg>
  );
}
