import { memo } from "react";
import type { Glyph as Kind } from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Button, Key } from "../../ui/button.tsx";
import { Glyph } from "../../ui/glyph.tsx";
import styles from "./legend.module.css";

const KINDS: readonly Kind[] = ["time", "resource"];

/** What the signs mean. */
export const Legend = memo(function Legend({ onKeys }: { onKeys: () => void }) {
  const { words } = useLanguage();
  return (
    <footer className={styles.legend}>
      <b>{words.year.legend.conflicts}</b>
      {KINDS.map((kind) => (
        <span key={kind} className={styles.item}>
          <span className={styles.sign}>
            <Glyph kind={kind} />
          </span>
          {words.year.sources[kind]}
        </span>
      ))}
      <i className={styles.separator} />
      <b>{words.year.legend.day}</b>
      <span className={styles.item}>
        <svg width="30" height="11" aria-hidden="true">
          <path className={styles.tick} d="M1 0h6v11H1zM9 0h3v11H9zM18 0h9v11h-9z" />
        </svg>
        {words.year.legend.dayRange}
      </span>
      <span className={styles.item}>
        <svg width="12" height="11" aria-hidden="true">
          <path className={styles.clash} d="M2 0h8v11H2z" />
        </svg>
        {words.year.legend.shared}
      </span>
      <span className={styles.end}>
        <Key>X</Key> {words.year.nextConflict}
        <Button kind="quiet" size="small" onPress={onKeys}>
          <Key>?</Key> {words.year.allKeys}
        </Button>
      </span>
    </footer>
  );
});
